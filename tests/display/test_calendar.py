"""Reported late or in time, by the State Council's calendar, through the files a portal reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from portals import Rows, admitted, licence, penalty, run, told

LIMIT = 7

INVENTED_2027 = """\
year: 2027
source: 虚构的放假安排，只用于测试
off: [2027-01-01, 2027-02-08, 2027-02-09, 2027-02-10]
work: [2027-01-03, 2027-02-06]
"""

WORKED = {
    # domain.md §4.3: decision → last day on time
    "2023-12-22": "2024-01-03",
    "2026-02-10": "2026-02-26",
    "2026-04-30": "2026-05-13",
    "2026-09-24": "2026-10-12",
    "2026-11-20": "2026-12-01",
    "2026-12-22": "2026-12-31",
}

Make = Callable[..., Path]


def naive_deadline(decided: date) -> date:
    """Counted day by day, from the day after the decision."""
    day, left = decided, LIMIT
    while left:
        day += timedelta(days=1)
        left -= chinese_calendar.is_workday(day)
    return day


def reported(*pairs: tuple[str, str]) -> Rows:
    """Penalties decided and reported on the given days."""
    return [penalty(number, CF_JDRQ=decided, BSRQ=on_day) for number, (decided, on_day) in enumerate(pairs, 1)]


def late(root: Path, today: date) -> tuple[int, int, int]:
    """Records late, undetermined, and all."""
    with admitted(root, today) as found:
        records = found.published.tallies
        return records.late().total(), records.undetermined().total(), records.records().total()


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_deadline_of_a_year_is_the_one_counted_by_hand(root: Make, year: int) -> None:
    """Two rows a day of decision: one reported on the last day on time, one on the day after."""
    pairs: list[tuple[str, str]] = []
    day = date(year, 1, 1)
    while day <= min(date(year, 12, 31), date(2026, 12, 22)):
        last = naive_deadline(day)
        pairs += [(day.isoformat(), last.isoformat()), (day.isoformat(), (last + timedelta(days=1)).isoformat())]
        day += timedelta(days=1)
    portal = root({f"data/records/penalty/{year}-01/scjgj.csv": reported(*pairs)})
    assert late(portal, date(2029, 1, 1)) == (len(pairs) // 2, 0, len(pairs))
    in_time = root({f"data/records/penalty/{year}-01/scjgj.csv": reported(*pairs[::2])})
    assert late(in_time, date(2029, 1, 1)) == (0, 0, len(pairs) // 2)


@pytest.mark.parametrize(("decided", "last"), WORKED.items())
def test_the_worked_examples(root: Make, decided: str, last: str) -> None:
    assert naive_deadline(date.fromisoformat(decided)).isoformat() == last
    behind = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    portal = root({"data/records/penalty/2026-01/scjgj.csv": reported((decided, last), (decided, behind))})
    assert late(portal, date(2027, 6, 1)) == (1, 0, 2)


def test_what_falls_into_a_year_without_calendar_is_undetermined_and_the_file_to_add_is_named(root: Make) -> None:
    portal = root(
        {"data/records/penalty/2026-12/scjgj.csv": reported(("2026-12-22", "2026-12-31"), ("2026-12-23", "2026-12-24"))}
    )
    assert late(portal, date(2026, 12, 31)) == (0, 1, 2)
    [line] = [line for line in told(portal, date(2026, 12, 31)) if "timeliness-undetermined" in line]
    assert "1 条记录" in line
    assert "data/rules/calendar/2027.yml" in line
    assert "2026-12-31" in line


def test_undetermined_rows_are_shown_all_the_same(root: Make) -> None:
    portal = root({"data/records/penalty/2026-12/scjgj.csv": reported(("2026-12-23", "2026-12-24"))})
    with admitted(portal, date(2026, 12, 31)) as found:
        assert len(found.records("penalty")) == 1


def test_both_kinds_are_counted_in_one_line(root: Make) -> None:
    portal = root(
        {
            "data/records/penalty/2026-12/scjgj.csv": reported(("2026-12-23", "2026-12-24")),
            "data/records/licence/2026-12/scjgj.csv": [
                licence(number, XK_JDRQ="2026-12-28", XK_YXQZ="2026-12-28", BSRQ="2026-12-28") for number in (1, 2)
            ],
        }
    )
    [line] = [line for line in told(portal, date(2026, 12, 31)) if "timeliness-undetermined" in line]
    assert "3 条记录" in line


@pytest.mark.parametrize(
    ("on_day", "expected"),
    [
        ("2026-12-24", (0, 0, 1)),
        # 24, 25, 28, 29, 30, 31 December; 1 January is off, 2 January a Saturday, 3 January a worked Sunday.
        ("2027-01-03", (0, 0, 1)),
        ("2027-01-04", (1, 0, 1)),
    ],
)
def test_it_is_decided_when_the_file_is_there(root: Make, on_day: str, expected: tuple[int, int, int]) -> None:
    portal = root(
        {
            "data/rules/calendar/2027.yml": INVENTED_2027,
            "data/records/penalty/2026-12/scjgj.csv": reported(("2026-12-23", on_day)),
        }
    )
    assert late(portal, date(2027, 1, 31)) == expected
    assert [line for line in told(portal, date(2027, 1, 31)) if "timeliness" in line] == []


def test_behind_the_added_year_the_next_file_is_named(root: Make) -> None:
    portal = root(
        {
            "data/rules/calendar/2027.yml": INVENTED_2027,
            "data/records/penalty/2027-12/scjgj.csv": reported(("2027-12-27", "2027-12-28")),
        }
    )
    [line] = [line for line in told(portal, date(2027, 12, 31)) if "timeliness-undetermined" in line]
    assert "data/rules/calendar/2028.yml" in line


def test_a_missing_calendar_is_an_error_of_the_strict_check(root: Make) -> None:
    portal = root({"data/records/penalty/2026-12/scjgj.csv": reported(("2026-12-23", "2026-12-24"))})
    result = run(portal, "check", "--strict", "--today", "2026-12-31")
    assert result.exit_code == 1
    assert "data/rules/calendar/2027.yml" in result.output


def test_a_penalty_that_has_left_counts_for_the_month_it_was_reported_in(root: Make) -> None:
    """Timeliness is of the report: expiry does not wash it away."""
    portal = root({"data/records/penalty/2021-06/scjgj.csv": reported(("2021-06-15", "2021-06-30"))})
    assert naive_deadline(date(2021, 6, 15)) < date(2021, 6, 30)
    assert late(portal, date(2024, 1, 5)) == (1, 0, 1)


def test_a_correction_is_not_a_late_report(root: Make) -> None:
    portal = root(
        {
            "data/records/penalty/2023-12/scjgj.csv": reported(("2023-12-01", "2023-12-05")),
            "data/records/penalty/2024-01/scjgj.csv": reported(("2023-12-01", "2024-01-04")),
        }
    )
    assert late(portal, date(2024, 1, 5)) == (0, 0, 1)
