"""A reader opens one notice by its address."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Locator, Page, expect
from published import PublishedSite
from readers import OpenReader

CONTENT = "[data-portal-notice]"


def test_a_notice_shows_its_public_fields_in_the_declared_order(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("penalty")[0]
    values = site.record(wanted.id)
    labels = [field["label"] for field in site.kind("penalty")["fields"] if values.get(field["code"])]
    reader.goto(f"notice/?id={wanted.id}")
    expect(reader.locator(f"{CONTENT} dl.fields").first.locator("dt")).to_have_text(labels)
    expect(reader).to_have_title(re.compile(re.escape(wanted.subject)))


def test_amounts_carry_their_unit_and_days_without_end_are_long_term(reader: Page, site: PublishedSite) -> None:
    money = next(field for field in site.kind("penalty")["fields"] if field["type"] == "money")
    fined = next(notice for notice in site.of_kind("penalty") if site.record(notice.id).get(money["code"]))
    reader.goto(f"notice/?id={fined.id}")
    amount = site.record(fined.id)[money["code"]]
    expect(_value(reader, money["label"])).to_have_text(f"{amount} {money['unit']}")

    endless, field = next(
        (notice, field)
        for notice in site.of_kind("licence")
        for field in site.kind("licence")["fields"]
        if field["type"] == "day" and site.record(notice.id).get(field["code"]) == "2099-12-31"
    )
    reader.goto(f"notice/?id={endless.id}")
    expect(_value(reader, field["label"])).to_have_text("长期")


def test_a_notice_says_how_long_it_is_shown_and_what_can_be_done_about_it(reader: Page, site: PublishedSite) -> None:
    wanted = next(notice for notice in site.of_kind("penalty") if site.record(notice.id).get("last_day"))
    last_day = site.record(wanted.id)["last_day"]
    reader.goto(f"notice/?id={wanted.id}")
    expect(reader.locator(".notice__period").first).to_contain_text(f"至 {last_day}（含当日）")
    expect(reader.get_by_role("link", name="提出异议")).to_have_attribute("href", re.compile("/services/objection/$"))
    expect(reader.get_by_role("link", name="信用修复")).to_have_attribute("href", re.compile("/services/repair/$"))
    reader.get_by_role("link", name=f"{wanted.decided[:7]} 归档").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("行政处罚公示信息归档")


def test_the_link_can_be_copied(open_reader: OpenReader, portal: str, site: PublishedSite) -> None:
    reader = open_reader(permissions=["clipboard-read", "clipboard-write"])
    address = f"notice/?id={site.notices[0].id}"
    reader.goto(address)
    reader.get_by_role("button", name="复制链接").click()
    expect(reader.get_by_role("button", name="已复制")).to_be_visible()
    assert reader.evaluate("navigator.clipboard.readText()") == portal + address


def test_an_unknown_notice_is_said_to_be_unknown_and_nothing_else(reader: Page) -> None:
    reader.goto("notice/?id=0000000000000")
    expect(reader.locator(CONTENT)).to_have_text(re.compile(r"^\s*公示信息\s*未找到该公示信息。\s*$"))


def test_an_address_that_is_no_id_gets_a_hint(reader: Page) -> None:
    reader.goto("notice/?id=abc")
    expect(reader.locator(CONTENT)).to_contain_text("公示信息编号不正确")
    reader.goto("notice/")
    expect(reader.locator(CONTENT)).to_contain_text("请从查询结果或者公示列表中打开")


def test_a_failed_download_can_be_repeated(reader: Page, site: PublishedSite) -> None:
    wanted = site.notices[0]
    bucket = re.compile("store/records/")
    reader.route(bucket, lambda route: route.abort())
    reader.goto(f"notice/?id={wanted.id}")
    expect(reader.get_by_role("alert")).to_contain_text("网络连接失败")
    reader.unroute(bucket)
    reader.get_by_role("button", name="重试").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(wanted.subject)


# Cited, copied, taken along, printed


def test_a_notice_is_cited_with_authority_number_id_site_address_and_day(
    open_reader: OpenReader, portal: str, site: PublishedSite
) -> None:
    reader = open_reader(permissions=["clipboard-read", "clipboard-write"])
    # Midnight has passed in Shanghai, not yet in Greenwich: the day of the citation is the portal's.
    reader.clock.set_fixed_time(datetime(2024, 3, 8, 16, 30, tzinfo=UTC))
    wanted = site.of_kind("penalty")[0]
    authority = site.record(wanted.id)[site.kind("penalty")["roles"]["authority"]]
    reader.goto(f"notice/?id={wanted.id}")
    line = (
        f"{authority}，{wanted.number}（行政处罚），公示编号{wanted.id}，信用平顶山（示例），"
        f"{portal}notice/?id={wanted.id}，2024-03-09查阅。"
    )
    expect(reader.locator(".cite__line")).to_have_text(line)
    reader.get_by_role("button", name="复制引用").click()
    expect(reader.get_by_role("status").filter(has_text="引用格式已复制")).to_be_attached()
    assert reader.evaluate("navigator.clipboard.readText()") == line


def test_where_nothing_can_be_copied_the_text_is_there_to_be_selected(reader: Page, site: PublishedSite) -> None:
    reader.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    reader.goto(f"notice/?id={site.notices[0].id}")
    reader.get_by_role("button", name="复制链接").click()
    field = reader.get_by_label("本条公示信息的链接")
    expect(field).to_be_focused()
    expect(field).to_have_value(reader.url)


def test_the_record_can_be_taken_along_as_json_with_every_public_field(
    reader: Page, portal: str, site: PublishedSite
) -> None:
    kind = site.kind("penalty")
    wanted = next(notice for notice in site.of_kind("penalty") if site.record(notice.id).get("last_day"))
    values = site.record(wanted.id)
    reader.goto(f"notice/?id={wanted.id}")
    with reader.expect_download() as coming:
        reader.get_by_role("button", name="下载 JSON").click()
    assert coming.value.suggested_filename == f"penalty-{wanted.id}.json"
    document = json.loads(Path(coming.value.path()).read_text("utf-8"))
    assert {field["code"]: field["value"] for field in document["fields"]} == {
        field["code"]: values[field["code"]] for field in kind["fields"] if values.get(field["code"])
    }
    titles = {field["code"]: field["label"] for field in kind["fields"]}
    assert all(field["title"] == titles[field["code"]] for field in document["fields"])
    assert document["id"] == wanted.id
    assert document["address"] == f"{portal}notice/?id={wanted.id}"
    assert document["as_of"] == "2024-01-05"
    assert document["unit"]["name"] == wanted.unit
    assert document["display"]["last_day"] == values["last_day"]
    assert document["display"]["rule"] == {"id": values["rule"], "title": site.manifest["rules"][values["rule"]]}


def test_the_qr_code_leads_to_the_notice_and_costs_nothing_before(
    reader: Page, portal: str, site: PublishedSite
) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"notice/?id={site.notices[0].id}")
    button = reader.get_by_role("button", name="二维码")
    button.wait_for()
    reader.wait_for_load_state("networkidle")
    assert not [url for url in asked if "qr" in url]
    button.focus()
    reader.keyboard.press("Enter")
    code = reader.get_by_role("img", name="本页网址的二维码")
    expect(code).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert scanned(code) == f"{portal}notice/?id={site.notices[0].id}"
    reader.keyboard.press("Enter")
    expect(code).to_be_hidden()


def scanned(code: Locator) -> str:
    """What a phone reads from a QR code, taken from the shapes it is drawn of."""
    left, top, side, _ = map(int, (code.get_attribute("viewBox") or "").split())
    modules = np.full((side, side), 255, np.uint8)
    drawn = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", code.locator("path").get_attribute("d") or "")
    for x, y, width, back in (map(int, run) for run in drawn):
        assert width == back
        modules[y - top, x - left : x - left + width] = 0
    [found] = zxingcpp.read_barcodes(np.kron(modules, np.ones((4, 4), np.uint8)))
    return found.text


@pytest.mark.parametrize("way", ["button", "keys"])
def test_a_notice_is_printed_on_one_sheet_with_its_code_and_address(
    reader: Page, portal: str, site: PublishedSite, way: str
) -> None:
    # A mark in the page can be waited for; a condition in words would be run by eval, which its policy forbids.
    reader.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    wanted = site.of_kind("penalty")[0]
    reader.goto(f"notice/?id={wanted.id}")
    button = reader.get_by_role("button", name="打印")
    button.wait_for()
    if way == "button":
        button.click()
    else:
        reader.keyboard.press("Control+P")
    reader.locator("html[data-printed]").wait_for()
    reader.emulate_media(media="print")
    foot = reader.locator("figure.sheet")
    expect(foot).to_contain_text(f"{portal}notice/?id={wanted.id}")
    expect(foot).to_contain_text("打印日期")
    assert scanned(foot.get_by_role("img")) == f"{portal}notice/?id={wanted.id}"
    expect(reader.locator(".cite__line")).to_be_visible()
    for gone in (".tabs", ".masthead__search", ".notice__actions", ".notice__whole", ".breadcrumb", ".colophon"):
        expect(reader.locator(gone).first).to_be_hidden()
    pages = reader.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == 1


def test_a_notice_leads_to_the_other_records_of_a_subject_with_a_code(reader: Page, site: PublishedSite) -> None:
    wanted = next(notice for notice in site.of_kind("licence") if notice.code and set(notice.code[:17]) != {"0"})
    reader.goto(f"notice/?id={wanted.id}")
    reader.get_by_role("link", name="该主体的全部公示信息").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(wanted.subject)
    assert reader.url.endswith(f"/subject/?code={wanted.code}")


def test_a_person_has_no_such_page_nor_has_a_business_without_a_code(reader: Page, site: PublishedSite) -> None:
    person = next(notice for notice in site.notices if not notice.code)
    nobody = [notice for notice in site.notices if notice.code and set(notice.code[:17]) == {"0"}]
    for notice in [person, *nobody[:1]]:
        reader.goto(f"notice/?id={notice.id}")
        expect(reader.get_by_role("button", name="复制引用")).to_be_visible()
        expect(reader.get_by_role("link", name="该主体的全部公示信息")).to_have_count(0)


def test_the_archive_of_its_month_shows_a_notice_in_its_place_without_scripts(
    open_reader: OpenReader, reader: Page, site: PublishedSite
) -> None:
    wanted = site.of_kind("penalty")[40]
    reader.goto(f"notice/?id={wanted.id}")
    expect(reader.get_by_role("link", name=f"{wanted.decided[:7]} 归档")).to_have_attribute(
        "href", re.compile(f"/notices/penalty/archive/{wanted.decided[:7]}/$")
    )
    [page] = [
        path.parent.relative_to(site.folder).as_posix()
        for path in (site.folder / "notices/penalty/archive").glob("*/*/index.html")
        if f'id="{wanted.id}"' in path.read_text("utf-8")
    ]
    without = open_reader(java_script_enabled=False)
    without.goto(f"{page}/#{wanted.id}")
    row = without.locator(f'[id="{wanted.id}"]')
    expect(row).to_be_in_viewport()
    expect(row).to_have_css("outline-style", "solid")
    expect(without.locator("tbody:target")).to_have_count(1)


def test_a_notice_leads_to_the_site_of_the_unit_that_reported_it(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("penalty")[0]
    manifest = json.loads((site.folder / "store/manifest.json").read_text("utf-8"))
    for unit in manifest["units"]:
        unit["url"] = f"https://{unit['id']}.example.cn/"
    reader.route(re.compile("store/manifest.json"), lambda route: route.fulfill(json=manifest))
    reader.goto(f"notice/?id={wanted.id}")
    [unit] = [unit for unit in manifest["units"] if unit["name"] == wanted.unit]
    expect(_value(reader, "报送单位").get_by_role("link")).to_have_attribute("href", unit["url"])


def _value(reader: Page, label: str) -> Locator:
    term = reader.locator("dt", has_text=re.compile(f"^{re.escape(label)}$"))
    return reader.locator("dl.fields > div", has=term).locator("dd")
