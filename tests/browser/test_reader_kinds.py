"""A kind that no developer thought of, declared in YAML alone; the kinds on a subject's page and in the menu."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

import pytest
from codes import credit_code
from playwright.sync_api import Page, expect
from portals import ADDRESS, LICENCES, build_site, licence, make_portal
from published import PublishedSite
from readers import PHONE, OpenReader
from static_server import served

FACTORY = credit_code("91410400MA9P00001")
OFFICE = "11410400DEMX00014A"
NAME = "示例排污化工有限公司"

DECLARED = """
title: 排污许可
order: 50
summary: 生态环境部门对排放污染物作出的许可。
roles:
  {subject: HOLDER, subject_code: HOLDER_CODE, number: PERMIT_NO, decided: ISSUED, reported: REPORTED,
  authority: BUREAU, source: SENDER}
key: [PERMIT_NO]
indexed: true
downloads: true
list: [HOLDER, PERMIT_NO, POLLUTANT, ISSUED, BUREAU]
fields:
  HOLDER: {title: 排污单位, type: text, required: true, aliases: [Permit Holder]}
  HOLDER_CODE: {title: 统一社会信用代码, type: credit_code, required: true, aliases: [Unified Code]}
  PERMIT_NO: {title: 排污许可证编号, type: text, required: true, aliases: [Permit Number]}
  POLLUTANT: {title: 主要污染物, type: text, aliases: [Main Pollutants]}
  OUTLETS: {title: 排放口数量, type: text, aliases: [Outlets]}
  LIMIT: {title: 许可排放量, type: text, aliases: [Annual Limit]}
  BASIN: {title: 受纳水体, type: text, aliases: [Receiving Water]}
  INDUSTRY: {title: 行业类别, type: text, aliases: [Industry]}
  CONTACT: {title: 联系人, type: text, private: true, aliases: [Contact Person]}
  ISSUED: {title: 发证日期, type: day, required: true, aliases: [Issue Date]}
  EXPIRES: {title: 有效期限, type: day, aliases: [Expiry Date]}
  BUREAU: {title: 发证机关, type: text, required: true, aliases: [Issuing Authority]}
  SENDER: {title: 来源单位, type: text, required: true, aliases: [Data Source]}
  REPORTED: {title: 报送日期, type: day, required: true, aliases: [Report Date]}
"""
ROW = {
    "Permit Holder": NAME,
    "Unified Code": FACTORY,
    "Permit Number": "PW2023-0001",
    "Main Pollutants": "化学需氧量",
    "Outlets": "3",
    "Annual Limit": "12吨",
    "Receiving Water": "示例河",
    "Industry": "化学原料制造",
    "Contact Person": "犇骉",
    "Issue Date": "2023/12/01",
    "Expiry Date": "2028/11/30",
    "Issuing Authority": "平顶山市生态环境局",
    "Data Source": "市市场监管局",
    "Report Date": "2023/12/20",
}
AWARD = {
    "XDR_MC": NAME,
    "XDR_LB": "法人及非法人组织",
    "XDR_SHXYM": FACTORY,
    "LB": "通报表扬",
    "MC": "示例先进单位",
    "NR": "授予称号",
    "JDRQ": "2023/12/01",
    "JDJG": "平顶山市市场监督管理局",
    "JDJGDM": OFFICE,
    "LYDW": "市市场监管局",
    "LYDWDM": OFFICE,
    "BSRQ": "2023/12/05",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """In place of the demo city: one factory with a permit of a new kind, a licence and an award."""
    month = "2023-12/scjgj.csv"
    files = {
        "data/kinds/discharge-permit/kind.yml": DECLARED,
        f"data/records/discharge-permit/{month}": [ROW],
        f"data/records/award/{month}": [AWARD],
        LICENCES: [licence(1, XK_XDR_MC=NAME, XK_XDR_SHXYM=FACTORY)],
    }
    root = make_portal(tmp_path_factory.mktemp("kinds") / "portal", files, pages=True, address=ADDRESS)
    return PublishedSite(build_site(root))


@pytest.fixture(scope="module")
def portal(site: PublishedSite) -> Iterator[str]:
    with served(site.folder) as address:
        yield address


def test_a_kind_nobody_knew_has_its_page(reader: Page) -> None:
    assert len(ROW) == 14
    reader.goto("notices/")
    reader.get_by_role("navigation", name="其他信用信息").get_by_role("link", name="排污许可").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("排污许可")
    row = reader.locator(".records tbody tr")
    expect(row).to_contain_text("化学需氧量")
    row.get_by_role("link", name=NAME).click()
    expect(reader.locator("[data-portal-notice]")).to_contain_text("示例河")


def test_a_kind_nobody_knew_is_found_by_its_number(reader: Page) -> None:
    reader.goto("search/?q=PW2023-0001")
    expect(reader.locator(".result").first).to_contain_text(NAME)
    expect(reader.locator(".result").first).to_contain_text("排污许可")


def test_a_kind_nobody_knew_can_be_downloaded_and_is_in_the_feed(site: PublishedSite) -> None:
    text = (site.folder / "data/discharge-permit/2023-12.csv").read_text(encoding="utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text))
    assert line["POLLUTANT"] == "化学需氧量"
    assert "犇骉" not in text
    feed = json.loads((site.folder / "data/changes.json").read_text(encoding="utf-8"))
    assert sum("排污许可" in item["title"] for item in feed["items"]) == 1


def test_a_subject_is_reported_on_in_the_order_of_the_national_report(reader: Page) -> None:
    reader.goto(f"subject/?code={FACTORY}")
    report = reader.locator(".subject__report")
    expect(report.locator("dt")).to_have_text(
        ["行政管理", "诚实守信", "严重失信主体名单", "经营异常", "信用承诺", "信用评价", "司法判决", "其他"]
    )
    none = "暂无此类信息"
    known = ["行政许可 1 条行政奖励 1 条", *[none] * 6, "排污许可 1 条"]
    expect(report.locator("dd")).to_have_text(known)
    headings = reader.locator("[data-portal-subject] h2")
    expect(headings).to_have_text(["行政许可共 1 条", "行政奖励共 1 条", "排污许可共 1 条"])
    expect(reader.locator(".subject__note").last).to_contain_text("不含评分")
    reader.emulate_media(media="print")
    expect(reader.locator(".subject__what")).to_have_text("公共信用信息公示报告")
    expect(reader.locator(".subject__what")).to_be_visible()


def test_the_menu_has_at_most_eight_columns_in_two_rows_on_a_phone(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE, java_script_enabled=False)
    reader.goto("./")
    tabs = reader.locator(".tabs__link")
    assert tabs.count() <= 8
    tops = {tab.bounding_box()["y"] for tab in tabs.all()}  # type: ignore[index]
    assert len(tops) <= 2
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    expect(reader.locator(".colophon").get_by_role("link", name="报送指南")).to_be_visible()


def test_what_there_is_none_of_is_said_in_a_sentence(reader: Page) -> None:
    reader.goto("notices/levy/")
    expect(reader.locator("article")).to_contain_text("暂无此类信息。")
    expect(reader.locator("article table")).to_have_count(0)


def test_a_search_without_words_asks_no_file_of_kinds_without_records(reader: Page) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto("search/?from=2023-12-01")
    expect(reader.locator(".result").first).to_be_visible()
    assert [url for url in asked if "/levy/" in url] == []
