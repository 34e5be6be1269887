"""A reader opens one notice by its address."""

from __future__ import annotations

import re

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
    expect(reader.locator("table.records tbody").first).to_be_visible()


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


def _value(reader: Page, label: str) -> Locator:
    term = reader.locator("dt", has_text=re.compile(f"^{re.escape(label)}$"))
    return reader.locator("dl.fields > div", has=term).locator("dd")
