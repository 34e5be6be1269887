"""What readers are told came of repairs and objections: counts by month, working days across 调休, and no names.

Working days by the notice for 2024 (国办发明电〔2023〕7号): 10 to 17 February off, Sundays 4 and 18 February worked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from portals import LICENCES, Admitted, admitted, licence, run, write

from generator.bulletin.outcomes import ObjectionMonth, Objections, objections, repairs_by_month
from generator.model.portal import load_portal
from generator.model.record_id import as_text
from generator.render.services import service_pages

Make = Callable[..., Path]
FEBRUARY = "data/records/licence/2024-02/scjgj.csv"
NEWER = {"XK_JDRQ": "2024/02/01", "XK_YXQZ": "2024/02/01", "BSRQ": "2024/02/02"}


@pytest.fixture
def portal(root: Make) -> tuple[Path, list[str]]:
    """Three records of December, three of February, and the ids of all."""
    december, february = [licence(n) for n in (1, 2, 3)], [licence(n, **NEWER) for n in (4, 5, 6)]
    made = root({LICENCES: december, FEBRUARY: february}, today=None)
    with admitted(made, date(2024, 2, 20)) as found:
        return made, sorted(as_text(found.records("licence")["id"].to_numpy()))


def lay_out(portal: tuple[Path, list[str]]) -> Path:
    """The registers that the tests look at."""
    made, (a, b, c, d, e, f) = portal
    lines = [
        "公示编号,受理日期,办结日期,说明,结果",
        f"{a},2024-02-02,2024-02-08,,成立",  # 4, 5, 6, 7, 8: the fifth day
        f"{a},2024-02-02,2024-02-08,同一件,属实",
        f"{b},2024/2/2,2024/2/9,王示例,不成立",  # the sixth
        f"{c},2024-02-07,,,",  # 8, 9, 18, 19, 20
        f"{d},2024-01-31,,,",  # 1, 2, 4, 5, 6
        f"{e},2024-01-03,2024-01-10,,",  # 4, 5, 8, 9, 10; its record was withdrawn for it
        f"{f},2024-01-04,2024-01-05,,",
        f"{f},2024-02-21,,,",  # tomorrow
        f"{f},下月,,,",
    ]
    write(made / "data/objections.csv", "\n".join([*lines, ""]))
    withdrawn = [
        "公示编号,撤下日期,原因,说明",
        f"{e},2024-01-10,异议成立,",
        f"{a},2024-01-30,修复,",
        f"{b},2024-02-05,信用修复,",
        f"{c},2024-02-06,修复,",
        f"{d},2024-02-21,修复,",
    ]
    write(made / "data/withdrawals.csv", "\n".join([*withdrawn, ""]))
    return made


def counted(found: Admitted, today: date) -> Objections:
    guide = found.portal.services.objection
    return objections(found.published.registers, guide, found.portal.working_days, found.published.tallies, today)


def test_objections_are_counted_by_month_with_what_came_of_them(portal: tuple[Path, list[str]]) -> None:
    today = date(2024, 2, 20)
    with admitted(lay_out(portal), today) as found:
        result = counted(found, today)
    assert result.months == [
        # One valid objection to six records, and to three.
        ObjectionMonth("2024-02", 3, 1, 1, 0, 1, overdue=0, late=1, undetermined=0, per_100000=Decimal("16666.67")),
        ObjectionMonth("2024-01", 3, 1, 0, 1, 1, overdue=1, late=0, undetermined=0, per_100000=Decimal("33333.33")),
    ]
    assert result.mean_days == Decimal("4.25")  # 5, 6, 5 and 1


@pytest.mark.parametrize(
    ("today", "overdue", "following", "left"),
    [
        ("2024-02-08", 1, "2024-02-08", 0),
        ("2024-02-09", 1, "2024-02-20", 3),  # 18, 19, 20
        ("2024-02-17", 1, "2024-02-20", 3),  # within the festival
        ("2024-02-20", 1, "2024-02-20", 0),
        ("2024-02-21", 2, "2024-02-28", 5),  # the next one was accepted today: 22, 23, 26, 27, 28
    ],
)
def test_days_to_the_next_answer_are_working_days(
    portal: tuple[Path, list[str]], today: str, overdue: int, following: str, left: int
) -> None:
    day = date.fromisoformat(today)
    with admitted(lay_out(portal), day) as found:
        result = counted(found, day)
    assert result.total("overdue") == overdue
    assert (result.next_deadline, result.days_left) == (date.fromisoformat(following), left)


def test_where_the_calendar_ends_nothing_is_called_overdue(portal: tuple[Path, list[str]]) -> None:
    made, (a, *_) = portal
    write(made / "data/objections.csv", f"公示编号,受理日期,办结日期\n{a},2026-12-30,\n")
    today = date(2027, 2, 1)
    with admitted(made, today) as found:
        result = counted(found, today)
    assert (result.total("pending"), result.total("overdue"), result.total("undetermined")) == (1, 0, 1)
    assert (result.next_deadline, result.mean_days) == (None, None)


def test_repairs_are_counted_by_the_month_in_which_they_left(portal: tuple[Path, list[str]]) -> None:
    today = date(2024, 2, 20)
    with admitted(lay_out(portal), today) as found:
        assert repairs_by_month(found.published.registers, "修复", today) == [("2024-02", 2), ("2024-01", 1)]


def pages(root: Path, today: date) -> dict[str, str]:
    with admitted(root, today) as found:
        return service_pages(found.portal, found.published.registers, found.published.tallies, today)


def test_the_pages_say_the_counts_and_no_name_id_or_note(portal: tuple[Path, list[str]]) -> None:
    told = pages(lay_out(portal), date(2024, 2, 20))
    row = re.search(r"<tr><th[^>]*>2024年2月</th>(.*)</tr>", told["services/objection.md"])
    assert row is not None
    assert re.findall(r">([^<]+)</td>", row[1]) == ["3", "1", "1", "0", "1", "0", "1", "16666.67"]
    assert "今天到期" in told["services/objection.md"]
    rows = re.findall(
        r"<tr><th scope=\"row\">(\S+月|合计)</th><td class=\"num\">(\d+)</td>", told["services/repair.md"]
    )
    assert rows == [("2024年2月", "2"), ("2024年1月", "1"), ("合计", "3")]
    for text in told.values():
        assert not [word for word in ("王示例", "同一件", "粮油商贸", "平市监许", *portal[1]) if word in text]


def test_a_portal_without_registers_says_so_in_a_sentence(root: Make) -> None:
    told = pages(root({LICENCES: [licence()]}), date(2024, 1, 5))
    assert "截至 2024-01-05，没有受理的异议。" in told["services/objection.md"]
    assert "截至 2024-01-05，没有准予修复、停止公示的信息。" in told["services/repair.md"]


def test_a_line_from_memory_is_to_be_checked_and_a_change_of_the_law_is_a_change_of_data(root: Make) -> None:
    made = root({LICENCES: [licence()]})
    before = pages(made, date(2026, 3, 31))["services/repair.md"]
    assert re.search(r"<strong>现行。</strong>《失信行为纠正后的信用信息修复管理办法（试行）》", before)
    assert re.search(r"<strong>尚未施行。</strong>《信用修复管理办法》", before)
    assert re.search(r"<li>受理或者告知补正〔须核实〕 <a .*</a>：<strong>3 个工作日</strong></li>", before)
    after = pages(made, date(2026, 4, 1))["services/repair.md"]
    assert re.search(r"<strong>已经停止施行。</strong>《失信行为纠正后", after)
    path = made / "data/rules/services.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("working_days: 3, source: order-36-memory", "working_days: 2, source: order-36"), encoding="utf-8"
    )
    mended = pages(made, date(2026, 4, 1))["services/repair.md"]
    assert re.search(r"<li>受理或者告知补正 <a .*</a>：<strong>2 个工作日</strong></li>", mended)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: plan-22}", "source: plan-23}", "sources 中没有：plan-23"),
        ("      until: 2026-03-31\n", "      until: 2026-04-01\n", "各段须按施行日期先后排列，互不重叠"),
        ("  upheld: 成立\n", "  upheld: 属实\n", "“属实”不在 data/vocab/objection_outcome.yml 所列选项内"),
        ("working_days: 10", "working_days: 0", "应大于 0"),
    ],
)
def test_a_fault_in_the_guides_is_one_line_with_its_place(root: Make, old: str, new: str, said: str) -> None:
    made = root({LICENCES: [licence()]})
    path = made / "data/rules/services.yml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = run(made, "check")
    assert result.exit_code == 2
    assert re.match(r"配置有误：data/rules/services\.yml:\d+: ", result.stderr)
    assert said in result.stderr


def test_the_project_s_own_guides_name_a_source_for_every_line() -> None:
    services = load_portal(Path(__file__).parents[2]).services
    used = {
        line.source for guide in (services.repair, services.objection) for e in guide.editions for line in e.lines()
    }
    assert used == set(services.sources)
