"""Some three hundred cases, worked out by hand from data/rules/display.yml and the law it cites, go through publish.

cases.csv has a line per case: what the row says, the day, and what has to come of it (`why` in the
words of the rules). `first_day` is blank for what was never shown, `last_day` is the last day of
display as the rules of `today` give it; 长期 is no end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from display.case_table import CASES, NO_END, Case, after, before, day, on_day, outcomes

CHANGES = ("2019-07-01", "2020-05-01", "2023-05-01", "2026-04-01")
"""First days of the rule sets."""

each_case = pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])


def test_there_are_cases_of_every_sort() -> None:
    assert len(CASES) >= 200
    states = Counter((case["kind"], case["state"]) for case in CASES)
    assert len(states) == 2 * 4
    assert {case["subject"] for case in CASES} == {"法人及非法人组织", "自然人", "个体工商户"}
    assert {case["grade"] for case in CASES} >= {"轻微", "一般", "严重", ""}
    assert len({case["case"] for case in CASES}) == len(CASES)


@each_case
def test_state(case: Case) -> None:
    assert on_day(day(case["today"]))[case["case"]].state == case["state"], case["why"]


@each_case
def test_what_is_said_of_a_record_that_is_shown(case: Case) -> None:
    record = on_day(day(case["today"]))[case["case"]].record
    if case["state"] != "published":
        assert record is None, case["why"]
        return
    assert record is not None, case["why"]
    assert record["last_day"] == ("" if case["last_day"] == NO_END else case["last_day"]), case["why"]
    assert record["BSRQ"] == case["first_day"]
    assert record["state"] == case["label"]
    assert record["suggested"] == (case["kind"] == "penalty" and case["grade"] == "")


def test_nothing_is_shown_before_its_first_day() -> None:
    """Not even where the file came early."""
    days = {case["first_day"] for case in CASES if case["first_day"]}
    for first in sorted(days)[::6]:
        found = outcomes(before(first), [case for case in CASES if case["first_day"] == first])
        assert [name for name, outcome in found.items() if outcome.record is not None] == []
        assert {outcome.state for outcome in found.values()} == {"withheld"}


def _settled() -> Iterator[Case]:
    """Cases whose last day no other rule set and no withdrawal moves between `today` and the day after it."""
    for case in CASES:
        last, today = case["last_day"], case["today"]
        if case["state"] in ("published", "expired") and last != NO_END and case["first_day"] and not case["withdrawn"]:
            low, high = min(last, today), max(last, today)
            if not any(low < change <= high or change == after(last).isoformat() for change in CHANGES):
                yield case


def test_a_last_day_is_still_a_day_of_display_and_the_next_is_not() -> None:
    settled = list(_settled())
    assert len(settled) > 100
    # Each case's last day is compared above; of every sixth day it is seen to be one of display.
    for last in sorted({case["last_day"] for case in settled})[::6]:
        cases = [case for case in settled if case["last_day"] == last]
        on_it, behind_it = outcomes(day(last), cases), outcomes(after(last), cases)
        for case in cases:
            record = on_it[case["case"]].record
            assert record is not None, case
            assert record["last_day"] == last, case
            assert behind_it[case["case"]].state == "expired", case


def test_what_a_new_rule_set_takes_away_was_shown_to_the_day_before() -> None:
    taken = [case for case in CASES if case["state"] == "not_public" and case["first_day"]]
    assert len(taken) >= 7
    for case in taken:
        assert outcomes(day(case["last_day"]), [case])[case["case"]].state == "published", case
        assert outcomes(after(case["last_day"]), [case])[case["case"]].state in ("not_public", "expired"), case


REPAIR = {
    # decided, grade, field, today → first day on which repair may be applied for
    "527号严重六个月": ("2021-06-15", "严重", "", "2021-07-01", "2021-12-15"),
    "527号一般三个月": ("2021-06-15", "一般", "", "2021-07-01", "2021-09-15"),
    "527号三个月后没有该日": ("2020-11-30", "一般", "", "2020-12-05", "2021-02-28"),
    "58号令三个月": ("2023-12-01", "严重", "", "2024-01-05", "2024-03-01"),
    "58号令食品一年": ("2023-12-01", "一般", "食品", "2024-01-05", "2024-12-01"),
    "58号令消防一年": ("2024-02-29", "一般", "消防", "2024-03-05", "2025-02-28"),
    "58号令其他领域三个月": ("2023-12-01", "一般", "其他-交通", "2024-01-05", "2024-03-01"),
    "36号令严重一年": ("2026-05-20", "严重", "", "2026-06-01", "2027-05-20"),
    "36号令一般三个月": ("2026-05-20", "一般", "食品", "2026-06-01", "2026-08-20"),
    "现行规定说了算：58号令的决定按36号令": ("2025-12-01", "严重", "", "2026-04-01", "2026-12-01"),
    "尚无规定": ("2018-01-01", "一般", "", "2019-06-30", ""),
}


@pytest.mark.parametrize(("decided", "grade", "field", "today", "repair"), REPAIR.values(), ids=list(REPAIR))
def test_repair_may_be_applied_for_after_the_shortest_period(
    decided: str, grade: str, field: str, today: str, repair: str
) -> None:
    case = {
        **CASES[0],
        "grade": grade,
        "field": field,
        "categories": "罚款",
        "decided": decided,
        "reported": decided,
        "first_day": decided,
    }
    record = outcomes(day(today), [case])[case["case"]].record
    assert record is not None
    assert record["repair_from"] == repair


RULING = {
    # decided, grade, staff, today → the rule that is cited
    "527号先到": ("2023-04-30", "一般", "", "2023-05-05", "ndrc-2019-527"),
    "58号令": ("2023-12-01", "一般", "", "2024-01-05", "ndrc-order-58"),
    "36号令先到": ("2025-06-01", "一般", "", "2026-04-01", "ndrc-order-36"),
    "填写的截止期": ("2023-12-01", "一般", "2024-03-01", "2024-01-05", "staff"),
    "不延长的截止期不算依据": ("2023-12-01", "一般", "2030-01-01", "2024-01-05", "ndrc-order-58"),
    "尚无规定": ("2018-01-01", "一般", "", "2019-06-30", ""),
}


@pytest.mark.parametrize(("decided", "grade", "staff", "today", "rule"), RULING.values(), ids=list(RULING))
def test_a_notice_cites_the_rule_that_gives_its_last_day(
    decided: str, grade: str, staff: str, today: str, rule: str
) -> None:
    case = {**CASES[0], "grade": grade, "categories": "罚款", "decided": decided, "reported": decided, "staff": staff}
    record = outcomes(day(today), [case])[case["case"]].record
    assert record is not None
    assert record["rule"] == rule
