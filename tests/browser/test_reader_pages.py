"""A reader without scripts, on a phone, with a screen reader; and the bulletin."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from published import PublishedSite
from readers import PHONE, OpenReader

PAGES = {
    "home": "./",
    "kinds": "notices/",
    "kind": "notices/penalty/",
    "search": "search/?q=超市",
    "notice": "notice/?id={notice}",
    "subject": "subject/?code={code}",
    "archive": "{archive}",
    "archive index": "notices/licence/archive/",
    "bulletin": "bulletins/2023-12/",
    "codes": "statistics/codes/",
    "fields": "staff/fields-licence/",
    "bulletins": "bulletins/",
    "bulletin of a unit": "bulletins/units/zjj/",
    "comparison": "bulletins/compare/?a=2023-11/&b=2023-12/",
    "status": "status/",
    "guide": "services/repair/",
    "staff": "staff/",
    "faults": "staff/faults/",
    "articles": "news/",
    "articles of a place": "news/promotion/410423/",
    "article": "news/2023/training-data-quality-202312/",
    "document of the law": "policies/2024/ndrc-order-36/",
    "table for contributors": "staff/fields-articles/",
    "missing": "404.html",
}
# What a module has made of a page when it is done.
READY = {
    "search": ".result",
    "notice": ".notice__subject",
    "subject": ".subject .records",
    "kind": ".results__status:not(:empty)",
    "status": "[data-build-time]:not(:text('—'))",
    "comparison": "[data-comparison] table",
}
page_kinds = pytest.mark.parametrize("kind", PAGES)


def address(kind: str, site: PublishedSite) -> str:
    code = next(notice.code for notice in site.of_kind("licence") if notice.code.startswith("91"))
    return PAGES[kind].format(notice=site.of_kind("penalty")[0].id, archive=site.archive_page(), code=code)


def open_page(reader: Page, kind: str, site: PublishedSite) -> None:
    reader.goto(address(kind, site))
    if kind in READY:
        reader.locator(READY[kind]).first.wait_for()


def test_an_archive_page_is_complete_without_scripts(open_reader: OpenReader, site: PublishedSite) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto(site.archive_page())
    kind = re.split("/", site.archive_page())[1]
    first = reader.locator("table.records tbody").first
    wanted = next(notice for notice in site.of_kind(kind) if notice.id == first.get_attribute("id"))
    expect(first.locator("th a")).to_have_text(wanted.subject)
    first.get_by_text("其他公示内容").click()
    labels = {field["code"]: field["label"] for field in site.kind(kind)["fields"]}
    expect(first.locator("dl.fields")).to_contain_text(labels[site.kind(kind)["roles"]["reported"]])


def test_without_scripts_a_reader_gets_from_the_year_to_every_record_of_a_month(
    open_reader: OpenReader, site: PublishedSite
) -> None:
    expected = {notice.id for notice in site.of_kind("penalty") if notice.decided.startswith("2023-12")}
    reader = open_reader(java_script_enabled=False)
    reader.goto("notices/penalty/archive/")
    expect(reader.get_by_role("heading", level=2).first).to_have_text("2023年")
    month = reader.get_by_role("link", name="12月")
    expect(month).to_contain_text(f"{len(expected):,} 条")
    month.click()
    counted = reader.locator(".months small").all_inner_texts()
    assert sum(int(count.removesuffix(" 条")) for count in counted) == len(expected)
    with reader.expect_navigation():
        reader.locator(".months a").first.click()
    seen: list[str] = []
    following = reader.get_by_role("link", name="下一页")
    while True:
        seen += reader.locator("table.records tbody").evaluate_all("all => all.map(body => body.id)")
        if not following.count():
            break
        with reader.expect_navigation():
            following.click()
    assert len(seen) == len(expected)
    assert set(seen) == expected


def test_without_scripts_the_search_page_leads_to_the_archive(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto("./")
    reader.get_by_label("行政相对人名称").fill("超市")
    reader.get_by_role("button", name="查询").click()
    note = reader.locator("[data-script-note]")
    expect(note).to_be_visible()
    note.get_by_role("link").click()
    reader.get_by_role("link", name="行政处罚").click()
    reader.get_by_role("link", name="按月归档").first.click()
    reader.get_by_role("link", name="12月").click()
    reader.locator(".months a").first.click()
    expect(reader.locator("table.records tbody").first).to_be_visible()


def test_the_bulletin_gives_the_figures_of_december_2023(reader: Page) -> None:
    reader.goto("./")
    reader.get_by_role("link", name="2023年12月份全市行政许可和行政处罚").click()
    text = reader.locator("article")
    expect(text).to_contain_text("信息11455条")
    expect(text).to_contain_text("迟报数据10条，迟报率为0.09%")
    row = reader.get_by_role("row", name="市市场监管局")
    expect(row.get_by_role("cell")).to_have_text(["1", "866", "7", "0.81"])


def test_the_status_page_tells_when_the_site_was_built(reader: Page) -> None:
    reader.goto("status/")
    expect(reader.locator("[data-build-time]")).to_have_text("2024-01-05 02:30")


def test_who_sends_nothing_is_seen_on_a_phone_without_moving_the_table(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE)
    reader.goto("status/")
    units = reader.get_by_role("region", name="各单位双公示信息报送情况")
    # 市国动办 sent licences up to 4 December, 32 days before the day of the demo; 市发改委 said that December has none.
    expect(units.get_by_role("row", name="市国动办").get_by_role("cell")).to_have_text(
        ["2023-12-04", "32", "0", "超过 31 日未报送"]
    )
    expect(units.get_by_role("row", name="市发改委").get_by_role("cell")).to_have_text(
        ["2023-12-31", "5", "0", "正常（2023年12月零报告）"]
    )
    expect(units.get_by_role("row", name="市统计局").get_by_role("cell")).to_have_text(["—", "—", "0", "从未报送"])
    for table in reader.locator(".reporting").all():
        assert table.evaluate("table => table.parentElement.scrollWidth <= table.parentElement.clientWidth")


def test_every_page_of_the_demo_says_so(reader: Page, site: PublishedSite) -> None:
    for kind in PAGES:
        reader.goto(address(kind, site))
        expect(reader.get_by_text("演示数据：本站全部记录均为虚构")).to_be_visible()


@page_kinds
def test_a_page_keeps_its_own_security_policy(reader: Page, site: PublishedSite, kind: str) -> None:
    """The reader's fixture complains about violations; here the policy itself has to be there, without a way round."""
    open_page(reader, kind, site)
    policy = reader.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@page_kinds
def test_a_phone_never_scrolls_sideways(open_reader: OpenReader, site: PublishedSite, kind: str) -> None:
    reader = open_reader(viewport=PHONE)
    open_page(reader, kind, site)
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@page_kinds
def test_a_page_has_no_serious_barrier(open_reader: OpenReader, site: PublishedSite, kind: str, scheme: str) -> None:
    reader = open_reader(color_scheme=scheme)
    open_page(reader, kind, site)
    shown = reader.locator("body").get_attribute("data-md-color-scheme")
    assert shown == {"light": "default", "dark": "slate"}[scheme]
    found = Axe().run(reader).response["violations"]
    barriers = {
        fault["id"]: [node["html"] for node in fault["nodes"]][:3]
        for fault in found
        if fault["impact"] in {"serious", "critical"}
    }
    assert barriers == {}


def test_the_first_tab_stop_leads_past_the_navigation(reader: Page) -> None:
    reader.goto("notices/penalty/")
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("link", name="跳到正文")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("#content")).to_be_focused()


def test_the_colours_can_be_switched_and_stay_switched(reader: Page) -> None:
    reader.goto("./")
    reader.get_by_title("切换为深色显示").click()
    expect(reader.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    reader.goto("status/")
    expect(reader.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_targets_on_a_phone_are_large_enough(open_reader: OpenReader, site: PublishedSite) -> None:
    reader = open_reader(viewport=PHONE, has_touch=True)
    for kind in ("home", "kind", "search", "notice", "subject", "archive"):
        open_page(reader, kind, site)
        small = reader.locator(
            "button:visible, select:visible, input[type=search]:visible, .button:visible, .tabs__link, .pager a"
        ).evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 120))"
        )
        assert small == [], kind


def test_a_page_names_itself_as_government_sites_do(reader: Page, site: PublishedSite) -> None:
    reader.goto("bulletins/2023-12/")
    names = reader.locator("meta[name]").evaluate_all("all => Object.fromEntries(all.map(m => [m.name, m.content]))")
    assert names["SiteName"] == reader.locator(".masthead__name").inner_text()
    assert names["ColumnName"] == "统计与通报"
    assert "2023年12月份" in names["ArticleTitle"]
    assert re.match(r"\d{4}-\d\d-\d\d", names["PubDate"])
    assert names["ContentSource"]
    # Codes are assigned by the authorities: what data/site.yml leaves empty is not on the page.
    assert "SiteIDCode" not in names


def test_a_clerk_gets_the_blank_table_of_a_kind_from_its_field_table(reader: Page) -> None:
    reader.goto("staff/fields-licence/")
    with reader.expect_download() as download:
        reader.get_by_role("link", name="下载填报模板").click()
    assert download.value.suggested_filename == "licence.xlsx"
    assert load_workbook(BytesIO(download.value.path().read_bytes())).sheetnames == ["行政许可", "模板说明"]
