"""Days as clerks and Excel write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from reading import faults, normal, read


@pytest.mark.parametrize(
    "written",
    [
        "2023-12-01",
        "2023/12/01",
        "2023/12/1",
        "2023.12.1",
        "2023年12月1日",
        "2023年12月01日",
        "20231201",
        "２０２３／１２／０１",
        "2023 年 12 月 1 日",
    ],
)
def test_every_usual_way_to_write_a_day_is_understood(written: str) -> None:
    assert normal("day", written) == "2023-12-01"


@pytest.mark.parametrize("day", ["2023/12/1", "2023-12-01", "2023年12月1日", "2023-12-1"])
@pytest.mark.parametrize("time", ["0:00", "9:30", "10:30", "23:59:59", "00:00:00", "10:30:00.000"])
def test_the_time_of_day_behind_a_day_never_changes_the_day(day: str, time: str) -> None:
    assert normal("day", f"{day} {time}") == "2023-12-01"
    assert normal("day", f"{day}T{time}") == "2023-12-01"


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-29",
        "2023-13-01",
        "2023-04-31",
        "2023-00-10",
        "20231301",
        "1948-12-31",
        "12/01/2023",
        "2023-12",
        "2023",
        "45261",
        "十二月一日",
        "昨天",
        "2023-12-01至2024-12-01",
        "2023-12-01 25",
        "长期",
    ],
)
def test_what_is_no_day_is_reported_and_kept_as_written(written: str) -> None:
    assert read("day", written) == [(written, ["day-unreadable"])]


def test_a_blank_day_is_not_given_and_no_fault() -> None:
    assert read("day", "", "2024-02-29", "") == [("", []), ("2024-02-29", []), ("", [])]


@given(some.dates(min_value=date(1949, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_in_normal_form_stays_as_it_is(day: date) -> None:
    for written in (day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert normal("day", written) == day.isoformat()
    assert faults("day", normal("day", day.isoformat())) == []


@given(some.lists(some.sampled_from(["2023-12-01", "", "x", "20231202", "2023/2/30"]), max_size=8))
def test_a_value_reads_the_same_alone_and_among_others(values: list[str]) -> None:
    assert read("day", *values) == [read("day", value)[0] for value in values]
