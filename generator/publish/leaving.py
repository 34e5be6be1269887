"""When a record leaves the site: by rules and staff, which can be told ahead, or by a withdrawal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import numpy as np
import pandas as pd

from generator.model.display import day_after
from generator.model.kind import Kind
from generator.model.record_id import from_text
from generator.publish.ledger import (
    COUNTED,
    EXITED,
    EXPIRED,
    NOT_PUBLIC,
    PUBLISHED,
    RESTRICTED,
    STATES,
    WITHDRAWN,
    as_number,
)

_NEVER = 99991231


@dataclass(frozen=True)
class Withdrawn:
    """Records that are taken down."""

    ids: np.ndarray
    """uint64, sorted."""
    days: np.ndarray
    """int32 YYYYMMDD, the day of the withdrawal, for each of `ids`."""

    @classmethod
    def of(cls, days: Mapping[str, str]) -> Withdrawn:
        """From id → ISO day. Text and number of an id are in the same order."""
        return cls(from_text(days), as_number(pd.Series([days[text] for text in sorted(days)], dtype="str")))


def over_from(frame: pd.DataFrame, kind: Kind, ends: list[pd.Series]) -> np.ndarray:
    """First day on which each row is not shown any more, int32 YYYYMMDD; 0 where there is none.

    `ends`: ISO days, "" for none, from which on a row is not seen; the last day that staff gave is one more.
    """
    given = [day_after(frame[kind.roles.last_day])] if kind.roles.last_day else []
    return first_of([*ends, *given])


def first_of(columns: list[pd.Series]) -> np.ndarray:
    """The earliest of the ISO days of each row as int32 YYYYMMDD; 0 where all are ""."""
    numbers = [as_number(days) for days in columns]
    first = reduce(np.minimum, [np.where(days > 0, days, _NEVER) for days in numbers])
    return np.where(first == _NEVER, 0, first).astype(np.int32)


def is_over(over: np.ndarray, today: date) -> np.ndarray:
    """Where `over_from` has come."""
    return (over > 0) & (over <= int(f"{today:%Y%m%d}"))


def settle(ledger: pd.DataFrame, today: date, withdrawn: Withdrawn) -> pd.DataFrame:
    """The ledger as of a day: what is over or withdrawn by then, and `left`, the first day without each such row.

    `left`: int32 YYYYMMDD; 0 for the rows that are still shown and for withheld ones.
    """
    number = {str(state): place for place, state in enumerate(STATES.categories)}
    state = ledger["state"].cat.codes.to_numpy()
    over = ledger["over_from"].to_numpy()
    accepted = np.isin(state, [number[name] for name in (PUBLISHED, NOT_PUBLIC, RESTRICTED, COUNTED)])
    taken_down = accepted & np.isin(ledger["id"].to_numpy(), withdrawn.ids)
    may_exit = np.isin(state, [number[PUBLISHED], number[COUNTED]])
    exited = may_exit & is_over(ledger["off_list"].to_numpy(), today)
    expired = (state == number[PUBLISHED]) & is_over(over, today)
    # What staff took down goes before what forbids display for good, and that before what has ended.
    settled = np.select(
        [taken_down, exited, expired], [number[WITHDRAWN], number[EXITED], number[EXPIRED]], default=state
    )
    days = np.where(over > 0, over, _NEVER).astype(np.int32)
    places = np.searchsorted(withdrawn.ids, ledger["id"].to_numpy()[taken_down])
    days[taken_down] = np.minimum(days[taken_down], withdrawn.days[places])
    has_left = accepted & (settled != number[PUBLISHED])
    return ledger.assign(
        state=pd.Categorical.from_codes(settled.tolist(), dtype=STATES),
        left=np.where(has_left, days, 0).astype(np.int32),
    )
