"""The report in its forms, and what the exit code says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from portals import LICENCES, PENALTIES, csv_of, licence, make_portal, penalty, run
from rich.cells import cell_len
from rich.console import Console

from generator.issues import Issue
from generator.model.portal import load_portal
from generator.publish.tallies import Tallies
from generator.report import report
from generator.report.text import show
from generator.review import Review, review

Make = Callable[..., Path]
GOOD = {LICENCES: [licence()]}
FAULTY = {LICENCES: [licence(1), licence(2, XK_XKLB="甲类"), licence(3, XK_YXQZ="")]}
HINTS = {LICENCES: [licence(1), licence(3, XK_YXQZ="")]}


def test_the_report_for_people_says_each_fault_and_its_remedy_once_and_ends_with_sums(root: Make) -> None:
    assert run(root(FAULTY), "check").stdout == (
        "[错误] 1 处，所在行不公示：“许可类别”的值“甲类”不在规定的选项内（choice-unknown）\n"
        "  改正：请填写：普通、特许、认可、核准、登记、其他-（写明类别）\n"
        "  说明：/staff/faults/#choice-unknown\n"
        f"    {LICENCES}，第 3 行，K 列：甲类\n"
        "\n"
        "[提示] 1 处，照常公示：“有效期自”为空（recommended-missing）\n"
        "  改正：按数据标准应填写，请补填\n"
        "  说明：/staff/faults/#recommended-missing\n"
        f"    {LICENCES}，第 4 行，N 列\n"
        "\n"
        "自动改正（意思明确，不算问题，请核对读得对不对）：\n"
        f"  {LICENCES}，“当前状态”：其他写法改为规定的选项，3 处（如第 2 行“1”读作“有效”）\n"
        "\n"
        "各文件的行数：\n"
        f"  {LICENCES}：3 行 = 可公示 2 行 + 未公示 1 行（因错误 1） + 不是数据 0 行\n"
        "\n"
        "共核查 1 个文件 3 行：可公示 2 行，期满 0 行，撤下 0 行，依法不公示 0 行，"
        "被后来报送替代 0 行，因错误不公示 1 行。错误 1 处，提示 1 处。\n"
    )


def test_of_many_places_the_first_are_named_and_what_differs_stands_beside_each(root: Make) -> None:
    rows = [licence(number, XK_XKLB=f"甲{number}") for number in range(1, 8)]
    said = run(root({LICENCES: rows}, address="https://xy.example.cn/"), "check").stdout.splitlines()
    assert said[:9] == [
        "[错误] 7 处，所在行不公示：“许可类别”的值“…”不在规定的选项内（choice-unknown）",
        "  改正：请填写：普通、特许、认可、核准、登记、其他-（写明类别）",
        "  说明：https://xy.example.cn/staff/faults/#choice-unknown",
        *(f"    {LICENCES}，第 {row} 行，K 列：甲{row - 1}" for row in range(2, 7)),
        "    另有 2 处（全部列出：--format lines，或者 --format xlsx 标在表格里）",
    ]


def test_what_weighs_most_is_told_first(root: Make) -> None:
    hints = [licence(number, XK_YXQZ="") for number in range(1, 5)]
    files = {
        LICENCES: [*hints, licence(5, XK_XKLB="甲")],
        PENALTIES: [{key: value for key, value in penalty().items() if key != "CF_WSH"}],
    }
    said = [line for line in run(root(files), "check").stdout.splitlines() if line.startswith("[")]
    assert [line.rpartition("（")[2] for line in said] == [
        "heading-missing）",
        "choice-unknown）",
        "recommended-missing）",
    ]


def test_every_row_of_a_file_is_accounted_for(root: Make) -> None:
    rows = [
        licence(1),
        licence(1, BSRQ="2023/12/06"),  # in place of the first
        licence(2, XK_XKLB="甲"),
        licence(3, XK_XDR_MC="【示例】某某公司（此行是示例，请删去）"),
    ]
    text = csv_of(rows) + "甲,乙\n"
    assert (
        f"  {LICENCES}：5 行 = 可公示 1 行 + 未公示 3 行（因错误 2、被后来报送替代 1） + 不是数据 1 行\n"
        in run(root({LICENCES: text}), "check").stdout
    )


def test_on_a_terminal_lines_are_wrapped_by_the_width_of_chinese_characters(root: Make) -> None:
    console = Console(file=io.StringIO(), width=60, force_terminal=True, color_system=None)
    portal = root(FAULTY)
    show(review(load_portal(portal), [], date(2024, 1, 5), None, 1), console)
    shown = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert all(cell_len(line) <= 60 for line in shown)
    assert shown[0].rstrip() == "[错误] 1 处，所在行不公示：“许可类别”的值“甲类”不在规定的选"
    assert shown[1].rstrip() == "项内（choice-unknown）"


def test_the_full_list_names_files_counts_faults_and_sums_up(root: Make) -> None:
    assert run(root(FAULTY), "check", "--format", "lines").stdout == (
        f"{LICENCES}（2 处）\n"
        f"  [错误] {LICENCES}，第 3 行：“许可类别”的值“甲类”不在规定的选项内。"
        "请填写：普通、特许、认可、核准、登记、其他-（写明类别）（choice-unknown）\n"
        f"  [提示] {LICENCES}，第 4 行：“有效期自”为空。按数据标准应填写，请补填（recommended-missing）\n"
        "\n"
        "按问题统计：\n"
        "  choice-unknown：1 处\n"
        "  recommended-missing：1 处\n"
        "\n"
        "共核查 1 个文件 3 行：可公示 2 行，期满 0 行，撤下 0 行，依法不公示 0 行，"
        "被后来报送替代 0 行，因错误不公示 1 行。错误 1 处，提示 1 处。\n"
    )


def test_faults_are_told_file_by_file_and_in_the_order_of_rows(root: Make) -> None:
    rows = [licence(number, XK_XKLB="甲") for number in range(1, 13)]
    files = {LICENCES: rows, PENALTIES: [penalty(CF_CFLB="罚款；乙")], "data/records/licence/2023-11/scjgj.csv": ""}
    said = run(root(files), "check", "--format", "lines").stdout
    lines = [line.strip() for line in said.splitlines() if line.startswith("  [")]
    places = [line.partition("：")[0].removeprefix("[错误] ") for line in lines]
    assert places == [
        "data/records/licence/2023-11/scjgj.csv",
        *(f"{LICENCES}，第 {row} 行" for row in range(2, 14)),
        f"{PENALTIES}，第 2 行",
    ]


def test_the_report_for_programs_has_every_fault_with_its_place(root: Make) -> None:
    document = json.loads(run(root(FAULTY), "check", "--format", "json").stdout)
    assert {name: value for name, value in document.items() if not isinstance(value, list)} == {
        "version": 1,
        "files": 1,
        "rows": 3,
        "published": 2,
        "expired": 0,
        "withdrawn": 0,
        "not_public": 0,
        "counted": 0,
        "exited": 0,
        "restricted": 0,
        "added": 0,
        "superseded": 0,
        "withheld": 1,
    }
    assert document["mendings"] == [
        {
            "file": LICENCES,
            "sheet": "",
            "column": "当前状态",
            "way": "choice",
            "count": 3,
            "row": 2,
            "written": "1",
            "read": "有效",
        }
    ]
    assert document["sums"] == [
        {
            "file": LICENCES,
            "kind": "licence",
            "month": "2023-12",
            "unit": "scjgj",
            "rows": 3,
            "published": 2,
            "withheld": 1,
            "not_data": 0,
            "nothing": False,
            "states": {"published": 2, "withheld": 1},
            "late": [],
        }
    ]
    assert document["issues"] == [
        {
            "code": "choice-unknown",
            "level": "error",
            "file": LICENCES,
            "sheet": "",
            "row": 3,
            "column": "许可类别",
            "column_number": 11,
            "value": "甲类",
            "message": "“许可类别”的值“甲类”不在规定的选项内",
            "remedy": "请填写：普通、特许、认可、核准、登记、其他-（写明类别）",
        },
        {
            "code": "recommended-missing",
            "level": "warning",
            "file": LICENCES,
            "sheet": "",
            "row": 4,
            "column": "有效期自",
            "column_number": 14,
            "value": "",
            "message": "“有效期自”为空",
            "remedy": "按数据标准应填写，请补填",
        },
    ]


def annotations(root: Path) -> list[str]:
    return [line for line in run(root, "check", "--format", "github").stdout.splitlines() if line.startswith("::")]


def test_annotations_stand_at_the_faulty_lines(root: Make) -> None:
    assert annotations(root(FAULTY)) == [
        f"::error file={LICENCES},line=3,title=数据核查：错误::{LICENCES}，第 3 行："
        "“许可类别”的值“甲类”不在规定的选项内。"
        "请填写：普通、特许、认可、核准、登记、其他-（写明类别）",
        f"::warning file={LICENCES},line=4,title=数据核查：提示::{LICENCES}，第 4 行："
        "“有效期自”为空。按数据标准应填写，请补填",
    ]


def test_an_annotation_of_a_whole_file_has_no_line(root: Make) -> None:
    [line] = annotations(root({LICENCES: ""}))
    assert line.startswith(f"::error file={LICENCES},title=")


@pytest.mark.parametrize(
    ("value", "shown"),
    [("100%", "100%25"), ("甲%0A乙", "甲%250A乙"), ("甲::error::乙", "甲::error::乙"), ("甲\r\n乙", "甲⏎乙")],
)
def test_no_value_breaks_out_of_its_annotation(root: Make, value: str, shown: str) -> None:
    lines = annotations(root({LICENCES: [licence(XK_XKLB=value)]}))
    assert len(lines) == 1
    assert f"的值“{shown}”" in lines[0]


def test_marks_in_a_files_name_are_escaped_in_annotations(root: Make) -> None:
    name = "data/records/licence/2023-12/市监局,第1批:50%.csv"
    [line] = annotations(root({name: [licence()]}))
    assert "file=data/records/licence/2023-12/市监局%2C第1批%3A50%25.csv,title=" in line


def test_of_more_faults_than_github_shows_one_annotation_tells_all_of_a_kind(root: Make) -> None:
    rows = [licence(number, XK_XKLB=f"甲{number}") for number in range(1, 12)]
    assert annotations(root({LICENCES: [*rows, licence(12, XK_YXQZ="")]})) == [
        f"::error file={LICENCES},line=2,title=数据核查：错误::{LICENCES}，第 2 行等 11 处："
        "“许可类别”的值“…”不在规定的选项内。请填写：普通、特许、认可、核准、登记、其他-（写明类别）",
        f"::warning file={LICENCES},line=13,title=数据核查：提示::{LICENCES}，第 13 行："
        "“有效期自”为空。按数据标准应填写，请补填",
    ]


def test_of_more_kinds_of_faults_than_github_shows_the_rest_is_a_number() -> None:
    nothing = Tallies(pd.DataFrame({name: [] for name in ("kind", "unit", "month", "state", "counted", "count")}))
    issues = [
        Issue("a.csv", row=row, column=f"第{row}列", code="required-missing", details=(("condition", ""),))
        for row in range(2, 14)
    ]
    lines = report(Review(1, nothing, issues), "github").splitlines()
    assert len([line for line in lines if line.startswith("::error")]) == 10
    assert lines[9] == "::error title=数据核查：错误::另有 3 种问题 3 处，见核查摘要"


def test_a_line_break_in_a_files_name_stays_in_its_annotation() -> None:
    nothing = Tallies(pd.DataFrame({name: [] for name in ("kind", "unit", "month", "state", "counted", "count")}))
    text = report(Review(1, nothing, [Issue("a\nb.csv", code="file-empty")]), "github")
    assert text.splitlines()[0].startswith("::error file=a%0Ab.csv,title=")


def test_with_line_breaks_in_cells_annotations_still_stand_at_the_line_of_the_file(root: Make) -> None:
    rows = [licence(1, XK_NR="一\n二\n三"), licence(2, XK_XKLB="甲类")]
    portal = root({LICENCES: rows})
    text = (portal / LICENCES).read_text(encoding="utf-8").splitlines()
    line = next(number for number, content in enumerate(text, 1) if "甲类" in content)
    assert line == 5
    [shown] = annotations(portal)
    assert f",line={line}," in shown
    assert "第 3 行" in shown  # as Excel counts


@pytest.mark.parametrize(
    ("files", "words", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--strict"], 0),
        (FAULTY, [], 0),
        (FAULTY, ["--strict"], 1),
        (HINTS, ["--strict"], 0),
        ({}, ["--strict"], 0),
    ],
)
def test_only_strict_and_only_errors_fail(root: Make, files: dict, words: list[str], code: int) -> None:  # type: ignore[type-arg]
    assert run(root(files), "check", *words).exit_code == code


@pytest.mark.parametrize("form", ["lines", "json", "github", "markdown", "xlsx"])
def test_strict_fails_whatever_the_form_of_the_report(root: Make, form: str) -> None:
    assert run(root(FAULTY), "check", "--format", form, "--strict").exit_code == 1


def test_checking_one_file_looks_at_no_other(root: Make) -> None:
    portal = root({**FAULTY, PENALTIES: [penalty(CF_CFLB="x")]})
    result = run(portal, "check", "--strict", str(portal / PENALTIES))
    assert "共核查 1 个文件 1 行" in result.stdout
    assert LICENCES not in result.stdout
    assert result.exit_code == 1


def test_checking_a_file_that_is_no_data_file_tells_so(root: Make, tmp_path: Path) -> None:
    portal = root(GOOD)
    (tmp_path / "elsewhere.csv").write_text("x", encoding="utf-8")
    result = run(portal, "check", str(tmp_path / "elsewhere.csv"), str(portal / "data/site.yml"))
    assert result.exit_code == 0
    assert "没有认出任何规定的列名，可能缺少标题行（headings-not-found）" in result.stdout
    assert "文件不在“类别/年-月/单位”文件夹中，未读取（file-misplaced）" in result.stdout


@pytest.mark.parametrize("words", [["--format", "xml"], ["nothing.csv"], ["--today", "5. Januar"], ["--jobs", "0"]])
def test_wrong_use_is_exit_code_2(root: Make, words: list[str]) -> None:
    assert run(root(GOOD), "check", *words).exit_code == 2


def test_the_day_of_the_check_can_be_given(root: Make) -> None:
    portal = root(GOOD)
    assert "day-after-today" in run(portal, "check", "--today", "2023-12-04").stdout
    assert "day-after-today" not in run(portal, "check", "--today", "2023-12-05").stdout


def test_a_file_checked_by_itself_says_nothing_of_records_in_other_files(tmp_path: Path) -> None:
    register = "公示编号,撤下日期,原因,说明\n0123456789abc,2024-01-02,修复,\n"
    root = make_portal(tmp_path / "portal", {LICENCES: [licence()], "data/withdrawals.csv": register})
    assert "register-unknown" in run(root, "check").output
    assert "register-unknown" not in run(root, "check", str(root / LICENCES)).output
