"""A record that is reported again: the later report stands, the address stays, the first report counts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from portals import LICENCES, PENALTIES, Rows, admitted, licence, penalty, person

from generator.model.record_id import as_text

Make = Callable[..., Path]
NOVEMBER = "data/records/licence/2023-11/scjgj.csv"
OTHER_UNIT = "data/records/licence/2023-12/lushan.csv"


def version(content: str, reported: str, **changes: str) -> dict[str, str]:
    return licence(1, XK_NR=content, BSRQ=reported, **{"XK_JDRQ": "2023/11/01", **changes})


def standing(root: Path) -> tuple[list[str], list[str]]:
    """Contents and ids of what may be seen."""
    with admitted(root) as found:
        records = found.records("licence")
        return records["XK_NR"].tolist(), as_text(records["id"].to_numpy()).tolist()


def test_the_later_report_stands_under_the_same_address(root: Make) -> None:
    before = standing(root({NOVEMBER: [version("原内容", "2023/11/02")]}))
    after = standing(root({NOVEMBER: [version("原内容", "2023/11/02")], LICENCES: [version("更正内容", "2023/12/20")]}))
    assert before[0] == ["原内容"]
    assert after == (["更正内容"], before[1])


def test_the_last_reported_row_stands_wherever_it_lies_in_the_file(root: Make) -> None:
    orders = list(itertools.permutations(["2023/12/05", "2023/12/06", "2023/12/20"]))
    rows = [
        licence(number, XK_NR=f"报于{day}", BSRQ=day, XK_JDRQ="2023/11/01")
        for number, order in enumerate(orders)
        for day in order
    ]
    assert standing(root({LICENCES: rows}))[0] == ["报于2023/12/20"] * len(orders)


def test_of_two_reports_of_one_day_the_lower_row_stands(root: Make) -> None:
    assert standing(root({LICENCES: [version("上", "2023/12/05"), version("下", "2023/12/05")]}))[0] == ["下"]


def test_a_row_in_an_earlier_folder_that_was_reported_later_stands(root: Make) -> None:
    files = {NOVEMBER: [version("后报", "2023/12/20")], LICENCES: [version("先报", "2023/12/05")]}
    assert standing(root(files))[0] == ["后报"]


def test_the_clerk_is_told_which_row_stands(root: Make) -> None:
    files = {NOVEMBER: [licence(9), version("原", "2023/11/02")], LICENCES: [version("新", "2023/12/20")]}
    with admitted(root(files)) as found:
        lines = [line for line in found.lines() if "record-repeated" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"[提示] {NOVEMBER}，第 3 行：与 {LICENCES} 第 2 行 是同一条记录")


def test_a_faulty_correction_leaves_the_earlier_report_standing(root: Make) -> None:
    files = {LICENCES: [version("原", "2023/12/05"), version("新", "2023/12/20", XK_XKLB="甲类")]}
    with admitted(root(files)) as found:
        assert found.records("licence")["XK_NR"].tolist() == ["原"]
        assert found.counts() == {"total": 2, "published": 1, "expired": 0, "superseded": 0, "withheld": 1}


def test_a_correction_of_the_day_moves_the_record_to_another_month_and_leaves_no_copy(root: Make) -> None:
    rows = [version("原", "2023/12/05"), version("新", "2023/12/20", XK_JDRQ="2023/12/04")]
    with admitted(root({LICENCES: rows})) as found:
        assert found.published.view.counts(["licence"]) == {"licence": {"2023-12": 1}}
        assert len(found.published.view.ids("licence")) == 1


def test_a_correction_that_ends_the_display_takes_the_record_away(root: Make) -> None:
    rows = [penalty(1), penalty(1, CF_GSJZQ="2024/01/04", BSRQ="2023/12/20")]
    with admitted(root({PENALTIES: rows})) as found:
        assert found.counts() == {"total": 2, "published": 0, "expired": 1, "superseded": 1, "withheld": 0}
        assert found.published.view.ids("penalty").tolist() == []


def test_a_correction_that_lengthens_the_display_brings_the_record_back(root: Make) -> None:
    rows = [penalty(1, CF_GSJZQ="2024/01/04"), penalty(1, CF_GSJZQ="", BSRQ="2023/12/20")]
    with admitted(root({PENALTIES: rows})) as found:
        assert found.counts() == {"total": 2, "published": 1, "expired": 0, "superseded": 1, "withheld": 0}


def test_a_number_written_with_other_brackets_is_the_same_record(root: Make) -> None:
    rows = [version("原", "2023/12/05"), version("新", "2023/12/20", XK_WSH="平市监许 [２０２３] 1号")]
    assert standing(root({LICENCES: rows}))[0] == ["新"]


def test_the_same_number_of_two_kinds_or_two_subjects_is_two_records(root: Make) -> None:
    one, other = licence(1), licence(2, XK_WSH="平市监许〔2023〕1号")
    files: dict[str, Rows] = {LICENCES: [one, other], PENALTIES: [penalty(CF_WSH="平市监许〔2023〕1号")]}
    with admitted(root(files)) as found:
        assert found.lines() == []
        assert found.counts()["published"] == 3


def test_two_persons_under_one_number_are_two_records(root: Make) -> None:
    rows = [person(licence(1)), person(licence(1), number="11010519491231002X")]
    with admitted(root({LICENCES: rows})) as found:
        assert found.counts()["published"] == 2


def counted(root: Path, today: date = date(2024, 1, 5)) -> dict[tuple[str, str], int]:
    """(month, timeliness) → records that bulletins count."""
    with admitted(root, today) as found:
        rows = found.published.tallies.records().counts
    total: Counter[tuple[str, str]] = Counter()
    for row in rows.to_dict("records"):
        total[row["month"], row["timeliness"]] += row["count"]
    return dict(total)


def test_a_correction_counts_in_the_month_of_the_first_report_and_not_again(root: Make) -> None:
    files = {NOVEMBER: [version("原", "2023/11/02")], LICENCES: [version("新", "2023/12/20")]}
    assert counted(root(files)) == {("2023-11", "on_time"): 1}


def test_a_record_that_came_late_stays_late_after_its_correction(root: Make) -> None:
    files = {NOVEMBER: [version("原", "2023/11/30")], LICENCES: [version("新", "2023/12/20", XK_JDRQ="2023/12/18")]}
    assert counted(root(files)) == {("2023-11", "late"): 1}


def test_expired_records_still_count_in_their_bulletin(root: Make) -> None:
    rows = [penalty(1, CF_GSJZQ="2024/01/04"), penalty(2)]
    assert counted(root({PENALTIES: rows})) == {("2023-12", "on_time"): 2}


def test_a_withheld_row_counts_in_no_bulletin(root: Make) -> None:
    assert counted(root({LICENCES: [licence(1), licence(2, XK_XKLB="甲类")]})) == {("2023-12", "on_time"): 1}


def test_a_row_counts_in_the_month_it_was_reported_whatever_its_folder(root: Make) -> None:
    assert counted(root({NOVEMBER: [licence(1)]})) == {("2023-12", "on_time"): 1}


def test_where_the_calendar_ends_lateness_is_undetermined_and_publishing_goes_on(root: Make) -> None:
    rows = [
        licence(1, XK_JDRQ="2026/12/22", BSRQ="2026/12/31"),
        licence(2, XK_JDRQ="2026/12/22", BSRQ="2027/01/04"),
        licence(3, XK_JDRQ="2026/12/23", BSRQ="2026/12/31"),
        licence(4, XK_JDRQ="2027/01/04", BSRQ="2027/01/04"),
    ]
    files = {"data/records/licence/2026-12/scjgj.csv": rows}
    today = date(2027, 1, 5)
    assert counted(root(files), today) == {
        ("2026-12", "on_time"): 1,
        ("2027-01", "late"): 1,
        ("2026-12", "undetermined"): 1,
        ("2027-01", "undetermined"): 1,
    }
    with admitted(root(files), today) as found:
        assert found.counts()["published"] == 4
        [line] = [line for line in found.lines() if "timeliness-undetermined" in line]
        assert "2 条记录" in line


def test_penalties_go_on_expiring_where_the_calendar_ends(root: Make) -> None:
    today = date(2027, 1, 5)
    rows = [penalty(1, CF_JDRQ="2024/01/04", BSRQ="2024/01/05"), penalty(2, CF_JDRQ="2026/12/28", BSRQ="2026/12/28")]
    files = {"data/records/penalty/2024-01/scjgj.csv": rows[:1], "data/records/penalty/2026-12/scjgj.csv": rows[1:]}
    with admitted(root(files), today) as found:
        assert found.counts() == {"total": 2, "published": 1, "expired": 1, "superseded": 0, "withheld": 0}


@pytest.mark.parametrize("decided", ["1998/05/04", "2003/12/30"])
def test_a_decision_older_than_the_calendar_is_late_and_no_reason_to_fail(root: Make, decided: str) -> None:
    row = licence(XK_JDRQ=decided, XK_YXQZ=decided)
    with admitted(root({LICENCES: [row]})) as found:
        assert found.lines() == []
        assert found.published.tallies.late().total() == 1
