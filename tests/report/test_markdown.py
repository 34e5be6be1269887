"""The summary for a pull request: what a clerk reads on the page, and that nothing of a cell works as markup there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from markdown import markdown
from portals import LICENCES, licence, run

from generator.issues import Issue
from generator.publish.tallies import Tallies
from generator.report import report
from generator.report.markdown import LIMIT
from generator.review import Review

Make = Callable[..., Path]
FILE = "<code>" + re.sub(r"[/.-]", lambda mark: f"&#{ord(mark[0])};", LICENCES) + "</code>"
NOTHING = Tallies(pd.DataFrame({name: [] for name in ("kind", "unit", "month", "state", "counted", "count")}))


def summary(root: Path) -> str:
    return run(root, "check", "--format", "markdown").stdout


def told(value: str) -> str:
    """A summary of one fault whose value is this text."""
    issue = Issue("a.csv", row=2, column="许可类别", code="choice-unknown", value=value, details=(("options", "普通"),))
    other = Issue("a.csv", row=3, column="许可类别", code="choice-unknown", value="乙", details=(("options", "普通"),))
    return report(Review(1, NOTHING, [issue, other]), "markdown")


def test_the_summary_begins_with_totals_and_unfolds_each_fault(root: Make) -> None:
    rows = [licence(1), licence(2, XK_XKLB="甲类"), licence(3, XK_YXQZ="")]
    assert summary(root({LICENCES: rows}, address="https://xy.example.cn/")) == (
        "## 数据核查：❌ 有 1 种错误，须改正\n"
        "\n"
        "共核查 1 个文件 3 行：可公示 2 行，期满 0 行，撤下 0 行，依法不公示 0 行，"
        "被后来报送替代 0 行，因错误不公示 1 行。错误 1 处，提示 1 处。\n"
        "\n"
        "| 文件 | 行数 | 可公示 | 未公示 | 不是数据 |\n"
        "| --- | ---: | ---: | --- | ---: |\n"
        f"| {FILE} | 3 | 2 | 1（因错误 1） | 0 |\n"
        "\n"
        "<details open><summary>[错误] 1 处，所在行不公示：“许可类别”的值“甲类”不在规定的选项内</summary>\n"
        "\n"
        "改正：请填写：普通、特许、认可、核准、登记、其他&#45;（写明类别）"
        "（[choice-unknown](https://xy.example.cn/staff/faults/#choice-unknown)）\n"
        "\n"
        "| 文件 | 工作表 | 行 | 列 | 现有内容 |\n"
        "| --- | --- | ---: | --- | --- |\n"
        f"| {FILE} |  | 3 | K 列 | <code>甲类</code> |\n"
        "\n"
        "</details>\n"
        "\n"
        "<details><summary>[提示] 1 处，照常公示：“有效期自”为空</summary>\n"
        "\n"
        "改正：按数据标准应填写，请补填"
        "（[recommended-missing](https://xy.example.cn/staff/faults/#recommended-missing)）\n"
        "\n"
        "| 文件 | 工作表 | 行 | 列 | 现有内容 |\n"
        "| --- | --- | ---: | --- | --- |\n"
        f"| {FILE} |  | 4 | N 列 |  |\n"
        "\n"
        "</details>\n"
        "\n"
        "<details><summary>自动改正 1 种写法（意思明确，不算问题，请核对读得对不对）</summary>\n"
        "\n"
        f"- {FILE}，“当前状态”：其他写法改为规定的选项，3 处（如第 2 行“1”读作“有效”）\n"
        "\n"
        "</details>\n"
    )


def test_files_without_fault_are_said_to_have_none(root: Make) -> None:
    assert summary(root({LICENCES: [licence()]})).startswith("## 数据核查：✅ 没有发现问题\n")


def test_a_cell_is_text_whatever_stands_in_it() -> None:
    evil = "甲 | 乙 `丙` <b>丁</b> @octocat #12 [戊](https://example.cn) **己** ~~庚~~ \\| &lt; :tada: www.example.cn"
    text = told(evil)
    line = next(line for line in text.splitlines() if "<code>甲" in line)
    # Nothing of it is left that Markdown or GitHub could take for a mark.
    inside = line.partition("<code>甲")[2].partition("</code>")[0]
    assert not set(inside.replace("&#8203;", "")) & set("|`<>@[]()*~\\:/._!\"'")
    shown = markdown(text, extensions=["tables", "md_in_html"])
    assert "@octocat" not in shown
    assert "<b>" not in shown
    assert "example.cn</a>" not in shown


def test_line_breaks_and_unseen_characters_stay_in_their_cell() -> None:
    text = told("甲\n\n# 乙\u202e\u200b\x07丙")
    assert "<code>甲⏎⏎&#35; 乙丙</code>" in text


def test_a_mention_in_a_heading_calls_nobody() -> None:
    issue = Issue("a.csv", column="", code="heading-unknown", value="@octocat", details=(("nearest", ""),))
    assert "&#64;&#8203;octocat" in report(Review(1, NOTHING, [issue]), "markdown").partition("</summary>")[0]


def test_a_summary_fits_into_a_comment_and_says_what_is_left_out() -> None:
    long = "<|>" * 400
    issues = [
        Issue("a.csv", row=row, column=f"第{group}列", code="choice-unknown", value=f"{long}{row}")
        for group in range(60)
        for row in range(2, 40)
    ]
    issues = [Issue(**{**vars(issue), "details": (("options", "普通"),)}) for issue in issues]
    text = report(Review(1, NOTHING, issues), "markdown")
    assert len(text) <= LIMIT < 65_536
    shown = text.count("<details")
    assert shown >= 1
    assert text.endswith(f"另有 {60 - shown} 种问题 {(60 - shown) * 38:,} 处，因篇幅所限未列出。\n")


def test_the_summary_is_added_to_the_page_of_a_job_beside_the_annotations(root: Make, tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    page.write_text("前一步\n", encoding="utf-8")
    portal = root({LICENCES: [licence(XK_XKLB="甲类")]})
    said = run(portal, "check", "--format", "github", "--summary", str(page)).stdout
    assert said.startswith("::error file=")
    assert page.read_text(encoding="utf-8").startswith("前一步\n## 数据核查：❌ 有 1 种错误，须改正\n")
