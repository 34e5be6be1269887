"""What the office does with an invented month at the command line, and what the site then shows and offers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from issued import with_histories, words
from portals import LICENCES, PENALTIES, build_site, licence, make_portal, penalty, run

from generator.bulletin.issues import bulletin_issues

FILE = "data/bulletins/2023-12.yml"
COUNTY = "data/records/licence/2023-12/lushan.csv"
Make = Callable[..., Path]
OF_COUNTY = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175", "XK_XKJGDM": "11410423DEMX010175"}


def page_of(site: Path, address: str) -> str:
    return words((site / address / "index.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A portal whose month was frozen, changed, corrected and verified, and what the commands said."""
    late = licence(3, BSRQ="2023/12/13")
    files = {
        LICENCES: [licence(1), licence(2), late],
        PENALTIES: [penalty(1)],
        COUNTY: [licence(11, **OF_COUNTY), licence(12, **OF_COUNTY)],
        "data/records/licence/2023-11/scjgj.csv": [licence(4, XK_JDRQ="2023/11/20", BSRQ="2023/11/21")],
    }
    root = make_portal(tmp_path_factory.mktemp("issued") / "portal", files, pages=True)

    def told(*more: str) -> str:
        result = run(root, "bulletin", *more, "--jobs", "1")
        return f"{result.exit_code} {result.stdout}{result.stderr}"

    said = [told("2023-12", "--freeze"), told("2023-12", "--freeze"), told("--verify")]
    path = root / LICENCES
    path.write_text(path.read_text(encoding="utf-8").replace("2023/12/13", "2023/12/05"), encoding="utf-8")
    said += [told("--verify"), told("2023-12", "--correct", "报送日期录入有误"), told("--verify")]
    said += [told("2023-12", "--correct", "再次"), told(), told("2023-10", "--kind", "weekly")]
    said += [told("2023-12", "--correct", " ")]
    return root, said


def test_each_step_says_what_it_did_or_why_it_did_not(issued: tuple[Path, list[str]]) -> None:
    frozen, again, clean, changed, corrected, accounted, nothing, without, unknown, silent = issued[1]
    assert frozen.startswith("0 已写入 data/bulletins/2023-12.yml（“双公示”月度通报）")
    assert again.startswith("1 ")
    assert "已于 2024-01-05 发布，不能再次冻结" in again
    assert clean.startswith("0 共核对 2 期通报，0 处不一致")
    assert changed.startswith("1 错误 data/bulletins/2023-12.yml：2023-12，市市场监管局·迟报量：发布时为1，现为0\n")
    assert corrected.startswith("0 已登记 2 处更正到 data/bulletins/2023-12.yml")
    assert accounted.startswith("0 共核对 2 期通报，0 处不一致")
    assert nothing[:2] == "1 "
    assert "没有未登记的变动" in nothing
    assert without.startswith("2 ")
    assert "没有名为“weekly”的通报；现有：double、progress" in unknown
    assert silent.startswith("2 ")
    assert "--correct 须写明更正的原因" in silent


@pytest.fixture(scope="module")
def site(issued: tuple[Path, list[str]]) -> Path:
    return build_site(issued[0])


def test_the_page_shows_the_month_as_issued_and_the_correction_with_its_reason(site: Path) -> None:
    text = page_of(site, "bulletins/2023-12")
    assert "信息6条，数据质量合格率100%，迟报数据1条，迟报率为16.67%" in text
    assert "自发布以来的更正" in text
    assert "2024-01-05，原因：报送日期录入有误" in text
    assert "市市场监管局·迟报量：发布时为1，现为0" in text
    assert "本期尚未定稿" not in text
    assert "本期尚未定稿" in page_of(site, "bulletins/2023-11")


def test_the_dashboards_show_the_month_as_issued(site: Path) -> None:
    # 报送量, 数据总量, 行政许可, 行政处罚, 迟报量, 未定; five of six in time, the sixth was corrected after issue.
    assert "2023年12月66511083.332024-01-05 发布，有更正" in page_of(site, "statistics")


def test_a_build_tells_of_what_is_not_accounted_for(issued: tuple[Path, list[str]], root: Make) -> None:
    portal = root({LICENCES: [licence(1)], "data/bulletins/2023-12.yml": (issued[0] / FILE).read_text("utf-8")})
    [issue, *others] = bulletin_issues(*with_histories(portal))
    assert (issue.file, issue.level, issue.code) == (FILE, "warning", "bulletin-differs")
    assert issue.message == "通报前后不一致：2023-12，市市场监管局·报送量：发布时为4，现为1"
    assert len(others) > 1


def test_the_archive_lists_both_months_and_says_which_is_issued(site: Path) -> None:
    text = page_of(site, "bulletins")
    assert "2023年12月6116.672024-01-05 发布，有更正" in text
    assert "未定稿" in text


def test_annexes_are_offered_as_files_for_spreadsheets_and_programs(site: Path) -> None:
    folder = site / "bulletins/2023-12"
    assert list(csv.reader(io.StringIO((folder / "departments.csv").read_text("utf-8-sig")))) == [
        ["序号", "成员单位名称", "数据总量", "迟报量", "迟报率（%）"],
        ["1", "市市场监管局", "4", "1", "25.00"],
        ["2", "市住建局", "0", "-", "-"],
        ["", "合计", "4", "1", "25.00"],
    ]
    document = json.loads((folder / "figures.json").read_bytes())
    assert (document["period"], [table["name"] for table in document["tables"]]) == (
        "2023-12",
        ["departments", "counties"],
    )
    assert document["tables"][1]["rows"] == [["lushan", "鲁山县", "2", "0", "0"], ["jiaxian", "郏县", "0", "-", "-"]]


def test_a_page_offers_its_bulletin_for_word_and_excel(site: Path) -> None:
    address = "bulletins/2023-12/"
    for folder, title in (
        (address, "关于2023年12月份全市行政许可和行政处罚等信用信息公示工作情况的通报"),
        ("bulletins/units/scjgj/", "市市场监管局“双公示”信息报送情况"),
    ):
        page = (site / folder / "index.html").read_text(encoding="utf-8")
        for ending in ("docx", "xlsx"):
            # Saved under the title, not under the name that all of them have on the site.
            assert f'<a href="bulletin.{ending}" download="{title}.{ending}">' in page
            assert (site / folder / f"bulletin.{ending}").stat().st_size > 5_000
    assert f'href="{address.removeprefix("bulletins/")}bulletin.docx"' in (site / "bulletins/index.html").read_text(
        "utf-8"
    )


def test_the_files_for_word_and_excel_are_searched_for_what_may_not_be_public(
    issued: tuple[Path, list[str]], site: Path
) -> None:
    result = run(issued[0], "verify", str(site), "--jobs", "1")
    assert (result.exit_code, "验证通过" in result.stdout) == (0, True), result.stdout


def test_a_number_leads_to_its_line_and_from_the_unit_to_the_records(site: Path) -> None:
    page = (site / "bulletins/2023-12/index.html").read_text(encoding="utf-8")
    assert '<a class="traced" href="#sum-reported-all">6</a>' in page
    assert 'id="sum-reported-all"' in page
    assert 'href="../../bulletins/units/scjgj/#2023-12"' in page
    unit = (site / "bulletins/units/scjgj/index.html").read_text(encoding="utf-8")
    assert 'id="2023-12"' in unit
    asked = "../../../notices/licence/?unit=scjgj&amp;reported=2023-12"
    assert f'<a href="{asked}">3</a>' in unit
    assert '<a href="../../notices/licence/?reported=2023-12">5</a>' in page
    assert "市市场监管局推送“双公示”信息4条，其中行政许可3条、行政处罚1条" in words(unit)
