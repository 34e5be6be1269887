"""When a record leaves the site: what the feeds of changes tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd

from generator.model.display import day_after
from generator.model.kind import Kind
from generator.model.record_id import from_text
from generator.publish.ledger import as_number

_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Withdrawn:
    """Records that are taken down."""

    ids: np.ndarray
    """uint64, sorted."""
    days: np.ndarray
    """ISO day of the withdrawal, for each of `ids`."""

    @classmethod
    def of(cls, days: Mapping[str, str]) -> Withdrawn:
        """From id → day. Text and number of an id are in the same order."""
        return cls(from_text(days), np.array([days[text] for text in sorted(days)], dtype=object))

    def day(self, ids: np.ndarray) -> pd.Series:
        """ISO day on which each of these ids was withdrawn, "" where it was not."""
        found = np.isin(ids, self.ids)
        days = np.full(len(ids), "", dtype=object)
        days[found] = self.days[np.searchsorted(self.ids, ids[found])]
        return pd.Series(days, dtype="str")


def first_day_without(frame: pd.DataFrame, kind: Kind, ends: list[pd.Series], seen: np.ndarray) -> np.ndarray:
    """First day without each row that is not seen, int32 YYYYMMDD; 0 for the others.

    `ends`: ISO days, "" for none, from which on a row is not seen; the last day that staff gave is one more.
    """
    ends = list(ends)
    if kind.roles.last_day:
        ends.append(day_after(frame[kind.roles.last_day]))
    left = np.zeros(len(frame), np.int32)
    days = [day[~seen] for day in ends]
    # A text that sorts behind every day stands for none.
    first = reduce(np.minimum, [day.where(day != "", _NEVER).to_numpy(dtype=object) for day in days])
    left[~seen] = as_number(pd.Series(first, dtype="str"))
    return left
