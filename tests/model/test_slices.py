"""How a month's records are divided: pages that stay where they are when a record comes or goes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from generator.model.slices import Slice, slices


def month(days: dict[int, int], seed: int = 1) -> pd.DataFrame:
    """Records of December 2023 as the view orders them: so many for each day of the month."""
    draw = np.random.default_rng(seed)
    decided = np.repeat([f"2023-12-{day:02}" for day in days], list(days.values()))
    records = pd.DataFrame(
        {"decided": pd.Series(decided, dtype="str"), "id": draw.integers(0, 2**64, len(decided), np.uint64)}
    )
    return records.sort_values(["decided", "id"], ascending=[False, True], ignore_index=True)


def division(records: pd.DataFrame, wanted: int = 100) -> dict[str, set[int]]:
    return {part.name: set(records["id"][part.start : part.end]) for part in slices(records, "decided", wanted)}


def test_a_small_month_is_one_slice() -> None:
    assert slices(month({3: 100, 9: 25}), "decided", 100) == [Slice("1", "", "", 0, 1, 0, 125)]


def test_a_month_of_some_hundred_is_divided_into_weeks() -> None:
    found = slices(month({1: 10, 7: 20, 8: 30, 29: 40, 31: 50}), "decided", 100)
    assert [(part.name, part.first_day, part.last_day, part.end - part.start) for part in found] == [
        ("29", "2023-12-29", "2023-12-31", 90),
        ("8", "2023-12-08", "2023-12-14", 30),
        ("1", "2023-12-01", "2023-12-07", 30),
    ]


def test_a_large_month_is_divided_into_days_and_full_days_by_id() -> None:
    records = month({5: 120, 6: 300, 20: 130})
    found = slices(records, "decided", 100)
    assert [part.name for part in found] == ["20-0", "20-1", "6-0", "6-1", "6-2", "5"]
    assert [part.start for part in found[1:]] == [part.end for part in found[:-1]]
    limits = [int(records["id"][part.end - 1]) / 2**64 for part in found if part.name.startswith("6-")]
    assert limits[0] < 1 / 3 < limits[1] < 2 / 3 < limits[2]


@pytest.mark.parametrize("seed", range(20))
def test_a_record_that_leaves_changes_its_own_slice_only(seed: int) -> None:
    records = month({day: 137 + 11 * day for day in range(1, 31)}, seed)
    gone = int(np.random.default_rng(seed).integers(len(records)))
    before, after = division(records), division(records.drop(index=gone).reset_index(drop=True))
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    id_ = records["id"][gone]
    # Unless it was the one too many for the number of parts of its day: then that day is divided anew.
    day = int(records["decided"][gone][8:])
    rows = 137 + 11 * day
    allowed = {name for name in before.keys() | after.keys() if name.partition("-")[0] == str(day)}
    assert changed <= allowed
    if -(-rows // 100) == -(-(rows - 1) // 100):
        assert changed == {name for name, ids in before.items() if id_ in ids}


def test_no_record_is_lost_between_slices() -> None:
    records = month({day: 1 + 37 * day % 400 for day in range(1, 32)})
    for wanted in (1, 7, 100, 1000):
        found = [id_ for part in division(records, wanted).values() for id_ in part]
        assert sorted(found) == sorted(records["id"])
