"""Working days by the calendar of the State Council, and whether a report came in time."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pandas as pd
import pytest
from portals import ROOT

from generator.model.calendar import WorkingDays, load_working_days
from generator.model.declaration import ConfigError
from generator.model.timeliness import load_reporting_limits

KNOWN = load_working_days(ROOT / "data" / "rules" / "calendar")
LIMITS = load_reporting_limits(ROOT / "data" / "rules" / "timeliness.yml")

YEAR_2027 = """\
year: 2027
source: 虚构的放假安排，只用于测试
off: [2027-01-01, 2027-02-08]
work: [2027-02-06]
"""


def calendar(folder: Path, **files: str) -> WorkingDays:
    for name, text in files.items():
        (folder / f"{name.lstrip('_')}.yml").write_text(text, encoding="utf-8")
    return load_working_days(folder)


def refusal(folder: Path, **files: str) -> str:
    """The one line a wrong calendar file gives, below its folder."""
    with pytest.raises(ConfigError) as error:
        calendar(folder, **files)
    assert "\n" not in str(error.value)
    return str(error.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("decided", "last_day"),
    [
        ("2023-12-22", "2024-01-03"),  # New Year's Day between
        ("2026-02-10", "2026-02-26"),  # spring festival
        ("2026-04-30", "2026-05-13"),  # labour day and a worked Saturday
        ("2026-09-24", "2026-10-12"),
        ("2026-11-20", "2026-12-01"),
        ("2026-12-22", "2026-12-31"),
    ],
)
def test_the_seventh_working_day_after_the_decision_is_the_last_on_time(decided: str, last_day: str) -> None:
    assert KNOWN.deadline(date.fromisoformat(decided), 7) == date.fromisoformat(last_day)


def test_a_limit_that_falls_into_a_year_without_calendar_is_not_guessed() -> None:
    assert KNOWN.deadline(date(2026, 12, 23), 7) is None
    assert KNOWN.deadline(date(2027, 1, 4), 7) is None


def test_a_day_of_a_year_without_calendar_is_neither_worked_nor_free() -> None:
    with pytest.raises(LookupError, match="2027"):
        KNOWN.is_working(date(2027, 1, 4))


def test_every_day_is_worked_or_free_as_the_state_council_says() -> None:
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert KNOWN.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("limit", [1, 7, 20])
def test_the_limit_is_the_nth_working_day_behind_every_day_of_the_calendar(limit: int) -> None:
    days = [date(2004, 1, 1) + timedelta(days=number) for number in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    worked = [day for day in days if chinese_calendar.is_workday(day)]
    decided = [day for day in days if day < worked[-limit]]
    expected = [worked[bisect_right(worked, day) + limit - 1].isoformat() for day in decided]
    assert KNOWN.deadlines(pd.Series([day.isoformat() for day in decided], dtype="str"), limit).tolist() == expected


def test_a_declared_year_extends_the_calendar(tmp_path: Path) -> None:
    extended = calendar(tmp_path, _2027=YEAR_2027)
    assert extended.last == date(2027, 12, 31)
    # 24, 25, 28, 29, 30, 31 December, then 4 January: the 1st is off, the 2nd and 3rd are a weekend.
    assert extended.deadline(date(2026, 12, 23), 7) == date(2027, 1, 4)
    assert extended.is_working(date(2027, 2, 6))  # a worked Saturday
    assert not extended.is_working(date(2027, 2, 8))
    assert not extended.is_working(date(2027, 2, 7))
    assert extended.is_working(date(2027, 2, 9))
    assert extended.deadline(date(2023, 12, 22), 7) == date(2024, 1, 3)


def test_two_declared_years_may_follow_each_other(tmp_path: Path) -> None:
    both = calendar(tmp_path, _2027=YEAR_2027, _2028="year: 2028\nsource: 测试\noff: [2028-01-03]\n")
    assert both.last == date(2028, 12, 31)


def test_a_declared_year_corrects_the_one_that_was_known(tmp_path: Path) -> None:
    corrected = calendar(tmp_path, _2026="year: 2026\nsource: 测试\noff: [2026-11-23]\nwork: []\n")
    assert corrected.deadline(date(2026, 11, 20), 7) == date(2026, 12, 2)


def test_a_year_that_does_not_follow_the_last_known_one_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, _2028="year: 2028\nsource: 测试\noff: []\n")
    assert said == "2028.yml:1: 年份须与已有日历相连，下一个应为 2027"


def test_a_calendar_file_is_named_after_its_year(tmp_path: Path) -> None:
    assert refusal(tmp_path, _2027="year: 2026\nsource: 测试\noff: []\n") == "2027.yml:1: 文件名应为年份：2026.yml"


def test_a_day_of_another_year_is_refused(tmp_path: Path) -> None:
    said = refusal(tmp_path, _2027="year: 2027\nsource: 测试\noff: [2027-01-01, 2026-12-31]\n")
    assert said.startswith("2027.yml")
    assert "2026-12-31 不在 2027 年内" in said


def test_a_calendar_without_its_source_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, _2027="year: 2027\noff: []\n") == "2027.yml:1: source：缺少必需的键"


def state(decided: str, reported: str) -> str:
    column = LIMITS.timeliness(pd.Series([decided], dtype="str"), pd.Series([reported], dtype="str"), KNOWN)
    return str(column[0])


@pytest.mark.parametrize(
    ("decided", "reported", "expected"),
    [
        ("2023-12-22", "2023-12-22", "on_time"),
        ("2023-12-22", "2024-01-03", "on_time"),
        ("2023-12-22", "2024-01-04", "late"),
        ("2023-12-01", "2023-12-12", "on_time"),
        ("2023-12-01", "2023-12-13", "late"),
        ("2026-12-22", "2026-12-31", "on_time"),
        ("2026-12-22", "2027-01-04", "late"),
        ("2026-12-23", "2026-12-24", "undetermined"),
        ("2026-12-23", "2027-03-01", "undetermined"),
    ],
)
def test_a_report_is_late_from_the_eighth_working_day_on(decided: str, reported: str, expected: str) -> None:
    assert state(decided, reported) == expected


def test_limits_out_of_order_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "timeliness.yml"
    path.write_text(
        "limits:\n"
        "  - {since: 2020-01-01, working_days: 5, source: 甲}\n"
        "  - {since: 2004-01-01, working_days: 7, source: 乙}\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r"timeliness\.yml:\d+: .*从早到晚"):
        load_reporting_limits(path)


def test_each_decision_has_the_limit_that_was_in_force_on_its_day(tmp_path: Path) -> None:
    path = tmp_path / "timeliness.yml"
    path.write_text(
        "limits:\n"
        "  - {since: 2004-01-01, working_days: 20, source: 甲}\n"
        "  - {since: 2018-07-25, working_days: 7, source: 乙}\n",
        encoding="utf-8",
    )
    limits = load_reporting_limits(path)
    # 2018-07-24 is a Tuesday; the twentieth working day after it is 21 August, the seventh after the 25th is 3 August.
    decided = pd.Series(["2018-07-24", "2018-07-25"], dtype="str")
    assert limits.deadlines(decided, KNOWN).tolist() == ["2018-08-21", "2018-08-03"]
