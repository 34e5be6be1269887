"""How the records of a kind and month are divided into slices: archive pages, and the shards of tables.

A division by position (rows 1–100, 101–200, …) moves every later row when one leaves, and then a night that takes
down four hundred records among a million changes most files of the site. Here a slice is what was decided in some days,
and a full day is divided by id: a record that comes or goes changes its own slice only, and its address stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

_WEEKS = (1, 8, 15, 22, 29)
_FULL = 1.25
"""A slice is divided when it holds so many times the wanted rows: the parts are then not much too small."""


@dataclass(frozen=True)
class Slice:
    """Rows `start` to `end` of a partition's records, newest decision first and by id within a day."""

    name: str
    """Within its month, as part of an address: 5 (a day, or what begins with it; 1 for the whole month), or 5-3 (part
    of a day, from 0)."""
    first_day: str
    last_day: str
    """Days that the slice covers, ISO: "" where it is the whole month."""
    part: int
    parts: int
    """Place among the parts of a day; 0 of 1 where it is not divided."""
    start: int
    end: int


def is_one(rows: int, wanted: int) -> bool:
    """Whether a month with so many rows is one slice, named 1."""
    return rows <= _FULL * wanted


def slices(records: pd.DataFrame, decided: str, wanted: int) -> list[Slice]:
    """Divide a partition's records (as `PublicView.read` orders them) into slices of about `wanted` rows."""
    if records.empty:
        return []
    day_of_month = records[decided].str.slice(8, 10).astype(int).to_numpy()
    month = str(records[decided].iloc[0])[:7]
    total = len(records)
    if is_one(total, wanted):
        return [Slice("1", "", "", 0, 1, 0, total)]
    by_week = total <= len(_WEEKS) * wanted
    first_days = np.array(_WEEKS if by_week else range(1, 32))
    group = np.searchsorted(first_days, day_of_month, side="right") - 1
    found: list[Slice] = []
    # Rows are in descending order of day, so equal groups lie side by side.
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), total], strict=True):
        first = int(first_days[group[start]])
        last = (first + 6 if first < _WEEKS[-1] else 31) if by_week else first
        days = f"{month}-{first:02}", f"{month}-{last:02}"
        parts = 1 if by_week or is_one(end - start, wanted) else -(-(end - start) // wanted)
        if parts == 1:
            found.append(Slice(f"{first}", *days, 0, 1, start, end))
            continue
        part_of = (records["id"].to_numpy()[start:end] >> np.uint64(32)) * np.uint64(parts) >> np.uint64(32)
        limits = start + np.searchsorted(part_of, np.arange(parts + 1, dtype=np.uint64))
        found += [
            Slice(f"{first}-{part}", *days, part, parts, int(limits[part]), int(limits[part + 1]))
            for part in range(parts)
            if limits[part] < limits[part + 1]
        ]
    return found
