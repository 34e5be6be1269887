"""The report in its three forms, and what the exit code says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from portals import LICENCES, PENALTIES, licence, penalty, run

from generator.issues import Issue
from generator.publish.tallies import Tallies
from generator.report import report
from generator.review import Review

Make = Callable[..., Path]
GOOD = {LICENCES: [licence()]}
FAULTY = {LICENCES: [licence(1), licence(2, XK_XKLB="甲类"), licence(3, XK_YXQZ="")]}
HINTS = {LICENCES: [licence(1), licence(3, XK_YXQZ="")]}


def test_the_report_for_people_names_files_counts_faults_and_sums_up(root: Make) -> None:
    assert run(root(FAULTY), "check").stdout == (
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
    lines = [line.strip() for line in run(root(files), "check").stdout.splitlines() if line.startswith("  [")]
    places = [line.partition("：")[0].removeprefix("[错误] ") for line in lines]
    assert places == [
        "data/records/licence/2023-11/scjgj.csv",
        *(f"{LICENCES}，第 {row} 行" for row in range(2, 14)),
        f"{PENALTIES}，第 2 行",
    ]


def test_the_report_for_programs_has_every_fault_with_its_place(root: Make) -> None:
    document = json.loads(run(root(FAULTY), "check", "--format", "json").stdout)
    assert {name: value for name, value in document.items() if name != "issues"} == {
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
    assert document["issues"] == [
        {
            "code": "choice-unknown",
            "level": "error",
            "file": LICENCES,
            "sheet": "",
            "row": 3,
            "column": "许可类别",
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


@pytest.mark.parametrize("form", ["json", "github"])
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
    assert result.stdout.count("file-misplaced）") == 2


@pytest.mark.parametrize("words", [["--format", "xml"], ["nothing.csv"], ["--today", "5. Januar"], ["--jobs", "0"]])
def test_wrong_use_is_exit_code_2(root: Make, words: list[str]) -> None:
    assert run(root(GOOD), "check", *words).exit_code == 2


def test_the_day_of_the_check_can_be_given(root: Make) -> None:
    portal = root(GOOD)
    assert "day-after-today" in run(portal, "check", "--today", "2023-12-04").stdout
    assert "day-after-today" not in run(portal, "check", "--today", "2023-12-05").stdout
