"""Days as clerks and Excel write them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from reading import faults, mended, normal, read

from generator.model.values import VALUE_TYPES


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
        "1/12/2023",
        "23/12/1",
        "2023-12",
        "2023",
        "452610",
        "17898",
        "73051",
        "十二月一日",
        "昨天",
        "2023-12-01至2024-12-01",
        "2023-12-01 25",
        "20231201至20241201",
        "2023-12-01T00:00:00Z",
        "12/12/1",
        "203/12/1",
        "189/12/1",
        "民国112年13月1日",
        "民国37年12月1日",
        "二〇二三年十二月三十二日",
        "短期",
    ],
)
def test_what_is_no_day_is_reported_and_kept_as_written(written: str) -> None:
    assert read("day", written) == [(written, ["day-unreadable"])]


@pytest.mark.parametrize(
    ("written", "day", "way"),
    [
        ("2023年12月1日", "2023-12-01", "day-form"),
        ("2023.12.1", "2023-12-01", "day-form"),
        ("20231201", "2023-12-01", "day-form"),
        ("２０２３／１２／０１", "2023-12-01", "day-form"),
        ("二〇二三年十二月一日", "2023-12-01", "day-form"),
        ("二○二三年十月二十一日", "2023-10-21", "day-form"),
        ("2023-12-01 10:30", "2023-12-01", "day-time"),
        ("2023年12月1日10时30分", "2023-12-01", "day-time"),
        ("2023/12/1 上午 9:05", "2023-12-01", "day-time"),
        ("2023/12/1 9:05:00 PM", "2023-12-01", "day-time"),
        ("2023年12月1日星期五", "2023-12-01", "day-time"),
        ("2023年12月1日 星期五", "2023-12-01", "day-time"),
        ("2023年12月1日（星期五）", "2023-12-01", "day-time"),
        ("20231201103000", "2023-12-01", "day-time"),
        ("20231201 10:30", "2023-12-01", "day-time"),
        ("45261", "2023-12-01", "day-serial"),  # LibreOffice: =DATE(2023;12;1) as a number
        ("45261.4375", "2023-12-01", "day-serial"),
        ("36526", "2000-01-01", "day-serial"),
        ("17899", "1949-01-01", "day-serial"),
        ("民国112年12月1日", "2023-12-01", "day-republic"),
        ("中华民国112年12月1日", "2023-12-01", "day-republic"),
        ("民国112/12/1", "2023-12-01", "day-republic"),
        ("民国99年1月2日", "2010-01-02", "day-republic"),
        ("112/12/1", "2023-12-01", "day-republic"),
        ("112.12.01", "2023-12-01", "day-republic"),
    ],
)
def test_a_day_that_only_some_write_so_is_read_and_listed(written: str, day: str, way: str) -> None:
    assert normal("day", written) == day
    assert mended("day", written) == [way]


@pytest.mark.parametrize("written", ["2023-12-01", "2023/12/01", "2023/12/1", "2023-12-1", "2099/12/31", ""])
def test_a_day_written_as_prescribed_is_not_listed(written: str) -> None:
    assert mended("day", written) == []


@pytest.mark.parametrize(
    "written",
    [
        "长期",
        "长期有效",
        "永久",
        "无固定期限",
        "9999-12-31",
        "9999/9/9",
        "99991231",
        "9999年12月31日",
        "73050",
        "2099.12.31",
    ],
)
def test_what_means_no_end_is_read_as_the_standard_writes_it(written: str) -> None:
    assert normal("day", written) == "2099-12-31"
    assert mended("day", written) != []


def test_the_doubtful_day_for_no_end_is_read_so_with_a_warning() -> None:
    assert read("day", "2099-01-31", "2099/1/31") == [("2099-12-31", ["day-no-end-miswritten"])] * 2


@pytest.mark.parametrize("written", ["1899/12/30", "1899-12-30 00:00:00", "1900-01-00", "1900/1/0", "0000-00-00", "0"])
def test_what_programs_write_for_no_day_is_none(written: str) -> None:
    assert normal("day", written) == ""
    assert mended("day", written) == ["none"]


def test_other_than_usual_forms_are_read_only_where_a_portal_says_so() -> None:
    column = pd.Series(["45261", "长期", "2023-12-01"], dtype="str")
    reading = VALUE_TYPES["day"].read(column, None)
    assert reading.faults[0].rows.tolist() == [True, True, False]


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
