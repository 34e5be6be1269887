"""A reader of bulletins: from the archive to a number, from the number to the records, and from month to month."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from readers import PHONE, OpenReader

SHEET = {"width": 658, "height": 1017}
"""What the margins leave of A4, in the pixels of a browser."""


def test_a_number_of_a_bulletin_leads_to_the_records_that_are_still_shown(reader: Page) -> None:
    reader.goto("bulletins/")
    table = reader.get_by_role("table", name="2023年").first
    table.get_by_role("link", name="2023年12月").click()
    reader.get_by_role("table", name="市各单位").get_by_role("link", name="市住建局").click()
    month = reader.locator("[id='2023-12']")
    expect(month.get_by_role("cell").first).to_have_text("18")
    # 18 records of the annex: 16 licences and 2 penalties.
    month.get_by_role("link", name="16").click()
    expect(reader.locator(".results__status")).to_contain_text("16")


def test_two_months_are_compared_unit_by_unit(reader: Page) -> None:
    reader.goto("bulletins/compare/")
    reader.get_by_label("前一期").select_option("2023-11/")
    reader.get_by_role("button", name="比较").click()
    expect(reader).to_have_url(re.compile("a=2023-11%2F&b=2023-12%2F"))
    # The demo's November, made up, and the real December as the circular prints it.
    counties = reader.get_by_role("table", name="2023年12月份县（市、区）“双公示”工作情况统计表（与 2023-11 比较）")
    row = counties.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="鲁山县"))
    expect(row.get_by_role("cell")).to_have_text(["2449", "2810", "+361", "0", "0", "0", "0", "0", "0"])
    departments = reader.get_by_role("table", name="2023年12月份市各单位“双公示”工作情况统计表（与 2023-11 比较）")
    expect(departments.locator("thead th").last).to_have_text("增减（个百分点）")
    row = departments.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="市市场监管局"))
    expect(row.get_by_role("cell")).to_have_text(["946", "866", "−80", "6", "7", "+1", "0.63", "0.81", "+0.18"])
    row = departments.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="市国动办"))
    expect(row.get_by_role("cell")).to_have_text(["0", "1", "+1", "-", "0", "—", "-", "0", "—"])


def test_an_annex_that_one_of_two_months_lacks_is_told(reader: Page) -> None:
    for address, without in (("a=2023-11/&b=2023-12/", "2023-11"), ("a=2023-12/&b=2023-11/", "2023-11")):
        reader.goto(f"bulletins/compare/?{address}")
        expect(reader.locator("[data-comparison] .message")).to_have_text(
            f"2023年12月份省抽查“双公示”瞒报情况统计表：{without} 没有此表。"
        )


def test_bulletins_of_two_kinds_are_not_compared(reader: Page) -> None:
    reader.goto("bulletins/compare/?a=2023-03/progress/&b=2023-12/")
    expect(reader.get_by_role("alert")).to_have_text("请选择同一种通报的两期。")


def test_without_scripts_a_reader_goes_from_month_to_month(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto("bulletins/2023-12/")
    reader.get_by_role("navigation", name="前后各期").get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("2023年11月份")
    expect(reader.get_by_text("为演示编造的")).to_be_visible()
    expect(reader.get_by_role("navigation", name="前后各期").get_by_role("link")).to_have_count(2)


def test_the_circular_of_march_shows_both_figures_of_what_contradicts_itself(reader: Page) -> None:
    reader.goto("bulletins/2023-03/progress/")
    note = reader.get_by_role("region").filter(has_text="数字说明")
    expect(note.get_by_role("listitem")).to_have_count(2)
    expect(note).to_contain_text("写作5368895，统计表中为5497201，相差128306")
    expect(reader.locator(".prose")).to_contain_text("5368895条")


def test_an_issued_bulletin_ends_with_its_signer_and_day(reader: Page) -> None:
    reader.goto("bulletins/2023-03/progress/")
    lines = reader.locator(".prose + .signature p")
    expect(lines).to_have_text(["平顶山市社会信用体系建设领导小组办公室", "2023年3月13日"])


@pytest.mark.parametrize("month", ["2023-12/", "2022-06/", "2023-03/progress/"])
def test_on_paper_every_column_is_there_and_a_total_stands_once(reader: Page, month: str) -> None:
    reader.set_viewport_size(SHEET)
    reader.emulate_media(media="print")
    reader.goto(f"bulletins/{month}")
    beyond = reader.evaluate(
        """() => [...document.querySelectorAll(".stat, .chart__plot")]
            .filter((one) => one.getBoundingClientRect().right > one.parentElement.getBoundingClientRect().right + 1)
            .map((one) => one.textContent)"""
    )
    assert beyond == []
    # A table-footer-group is repeated on every sheet.
    displays = reader.locator(".stat tfoot").evaluate_all("all => all.map((one) => getComputedStyle(one).display)")
    assert set(displays) <= {"table-row-group"}


def test_a_phone_shows_the_newest_months_first_and_says_that_there_are_more(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE, has_touch=True, java_script_enabled=False)
    reader.goto("bulletins/2023-12/")
    chart = reader.get_by_role("figure", name="近12个月数据总量（条）")
    chart.scroll_into_view_if_needed()
    expect(chart.get_by_text("左右滑动可看其他月份。")).to_be_visible()
    expect(chart.get_by_text("12月", exact=True)).to_be_in_viewport()
    expect(chart.locator("text", has_text=re.compile("^1月$"))).not_to_be_in_viewport()
    chart.get_by_text("各月数据").click()
    row = chart.get_by_role("row").filter(has_text="2023年12月")
    expect(row.get_by_role("cell")).to_have_text("11455")


def test_a_desk_shows_all_months_and_no_hint(reader: Page) -> None:
    reader.goto("bulletins/2023-12/")
    chart = reader.get_by_role("figure", name="近12个月数据总量（条）")
    chart.scroll_into_view_if_needed()
    expect(chart.locator("text", has_text=re.compile("^1月$"))).to_be_in_viewport()
    expect(chart.get_by_text("左右滑动可看其他月份。")).to_be_hidden()


def test_the_search_finds_bulletins_and_the_pages_of_units(reader: Page) -> None:
    reader.goto("search/?q=瞒报抽查系统")
    expect(reader.get_by_role("link", name="2023年12月份全市行政许可和行政处罚")).to_be_visible()
    reader.goto("search/?q=市住建局“双公示”信息报送情况")
    expect(reader.get_by_role("link", name="市住建局“双公示”信息报送情况")).to_be_visible()
