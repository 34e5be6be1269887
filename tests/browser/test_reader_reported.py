"""A reader goes from a number of a bulletin to its rows: those reported in its month, whenever they were decided."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from portals import ADDRESS, LICENCES, PENALTIES, build_site, licence, make_portal, penalty
from published import PublishedSite
from readers import OpenReader
from static_server import served

ROWS = "[data-portal-table] tbody tr"
STATUS = "[data-portal-table] .results__status"
UNIT = "bulletins/units/scjgj/"
OTHER_UNIT = {"XK_LYDW": "市住建局", "XK_LYDWDM": "11410400DEMX00065J", "XK_XKJGDM": "11410400DEMX00065J"}


def decided(number: int, day: str, reported: str, **changes: str) -> dict[str, str]:
    return licence(number, XK_JDRQ=day, XK_YXQZ=day, BSRQ=reported, **changes)


NOVEMBER = [decided(number, "2023/11/10", "2023/11/15") for number in (31, 32)]
CORRECTED = decided(33, "2023/11/10", "2023/11/15")
"""Counts in November, though what stands of it was reported in December."""
LATE = decided(42, "2022/03/01", "2023/12/20")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """In place of the demo city: licences of two months of report, and a penalty that has left."""
    files = {
        "data/records/licence/2023-11/scjgj.csv": [*NOVEMBER, CORRECTED],
        LICENCES: [
            *(licence(number) for number in range(1, 26)),
            decided(41, "2023/11/29", "2023/12/04"),
            LATE,
            {**CORRECTED, "XK_NR": "更正后的许可内容", "BSRQ": "2023/12/06"},
        ],
        "data/records/licence/2023-12/zjj.csv": [decided(51, "2023/12/01", "2023/12/05", **OTHER_UNIT)],
        "data/records/licence/2024-01/scjgj.csv": [decided(61, "2023/12/28", "2024/01/03")],
        PENALTIES: [penalty(1), penalty(2, CF_GSJZQ="2024/01/04")],
    }
    root = make_portal(tmp_path_factory.mktemp("reported") / "portal", files, pages=True, address=ADDRESS)
    return PublishedSite(build_site(root))


@pytest.fixture(scope="module")
def portal(site: PublishedSite) -> Iterator[str]:
    with served(site.folder) as address:
        yield address


@pytest.mark.parametrize(("month", "number"), [("2023-11", 3), ("2023-12", 27)])
def test_the_number_of_a_unit_s_month_and_the_rows_behind_it_agree(reader: Page, month: str, number: int) -> None:
    reader.goto(UNIT)
    cell = reader.locator(f"[id='{month}'] td").nth(1)
    expect(cell).to_have_text(str(number))
    cell.get_by_role("link").click()
    expect(reader.locator(STATUS)).to_contain_text(f"共 {number} 条")
    expect(reader.get_by_label("报送月份")).to_have_value(month)


def test_the_number_of_the_whole_city_leads_to_the_rows_of_all_units(reader: Page) -> None:
    reader.goto("bulletins/2023-12/")
    reader.locator("[id='sum-reported-all']").get_by_role("link", name="28", exact=True).click()
    expect(reader).to_have_url(re.compile(r"/notices/licence/\?reported=2023-12$"))
    expect(reader.locator(STATUS)).to_contain_text("共 28 条")


def test_of_what_has_left_the_number_stays_and_the_row_is_not_shown(reader: Page) -> None:
    reader.goto(UNIT)
    cell = reader.locator("[id='2023-12'] td").nth(2)
    expect(cell).to_have_text("2")
    cell.get_by_role("link").click()
    expect(reader.locator(STATUS)).to_contain_text("共 1 条")


def test_late_rows_stand_on_the_last_page_and_the_month_can_be_taken_away(reader: Page, site: PublishedSite) -> None:
    reader.goto("notices/licence/?unit=scjgj&reported=2023-12")
    expect(reader.locator(STATUS)).to_contain_text("第 1 页，共 2 页")
    reader.get_by_role("link", name="下一页").click()
    expect(reader.locator(STATUS)).to_contain_text("第 2 页")
    expect(reader.locator(ROWS)).to_have_count(7)
    expect(reader.locator(ROWS).last).to_contain_text("2022-03-01")
    reader.get_by_label("报送月份").fill("")
    reader.get_by_role("button", name="筛选", exact=True).click()
    expect(reader).to_have_url(re.compile(r"/notices/licence/\?unit=scjgj$"))
    shown = sum(notice.unit == "市市场监管局" for notice in site.of_kind("licence"))
    expect(reader.locator(STATUS)).to_contain_text(f"共 {shown} 条")


def test_a_month_of_report_goes_with_words_states_and_days(reader: Page) -> None:
    reader.goto("notices/licence/?reported=2023-12&text=商贸第4")
    expect(reader.locator(STATUS)).to_contain_text("共 3 条")  # of 4, 41 and 42
    reader.goto("notices/licence/?reported=2023-12&status=有效&to=2023-11-30&sort=XK_JDRQ")
    expect(reader.locator(STATUS)).to_contain_text("共 2 条")
    expect(reader.locator(ROWS).first).to_contain_text("2022-03-01")


def test_the_rows_of_a_month_of_report_can_be_downloaded(reader: Page, tmp_path: Path) -> None:
    reader.goto("notices/licence/?unit=scjgj&reported=2023-12")
    expect(reader.locator(STATUS)).to_contain_text("共 27 条")
    with reader.expect_download() as coming:
        reader.get_by_role("button", name="下载所列结果 (CSV)").click()
    expect(reader.locator(STATUS)).to_contain_text("已下载 27 条")
    path = tmp_path / "rows.csv"
    coming.value.save_as(path)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 27
    assert LATE["XK_WSH"] in {row["行政许可决定文书号"] for row in rows}


def test_a_month_that_is_none_is_named_and_one_without_rows_is_not(reader: Page) -> None:
    reader.goto("notices/licence/?reported=2023-13")
    expect(reader.locator(STATUS)).to_have_text("地址中的条件无法识别：报送月份。")
    reader.goto("notices/licence/?reported=2021-05")
    expect(reader.locator(STATUS)).to_have_text("没有符合条件的公示信息。")


def test_without_scripts_the_number_leads_to_the_page_of_its_kind(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto(UNIT)
    reader.locator("[id='2023-12'] td").nth(1).get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("行政许可")
    expect(reader.get_by_role("link", name="按月归档").first).to_be_visible()
