"""A reader downloads open data."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from published import PublishedSite
from readers import PHONE, OpenReader


def test_from_the_landing_page_of_a_kind_to_a_month_in_a_file(
    reader: Page, site: PublishedSite, tmp_path: Path
) -> None:
    kind = site.kind("licence")
    reader.goto(f"notices/{kind['id']}/")
    reader.get_by_role("link", name="下载数据").click()
    expect(reader.get_by_role("heading", level=2, name=kind["title"])).to_be_in_viewport()
    month = kind["months"][0]["month"]
    row = reader.get_by_role("row").filter(has=reader.get_by_role("rowheader", name=month, exact=True)).first
    with reader.expect_download() as saving:
        row.get_by_role("link", name="Parquet").click()
    assert saving.value.suggested_filename == f"{kind['id']}-{month}.parquet"
    saving.value.save_as(tmp_path / "month.parquet")
    shown = int(row.get_by_role("cell").first.inner_text().replace(",", ""))
    assert pq.read_metadata(tmp_path / "month.parquet").num_rows == shown > 0
    assert shown <= kind["months"][0]["count"]


def test_a_kind_that_is_not_offered_says_why_and_leads_to_its_notices(reader: Page, site: PublishedSite) -> None:
    reader.goto("data/")
    link = reader.get_by_text("此类信息不提供批量下载").get_by_role("link", name="行政处罚")
    link.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(site.kind("penalty")["title"])
    expect(reader.get_by_role("link", name="下载数据")).to_have_count(0)


def test_the_page_works_without_scripts_on_a_phone(open_reader: OpenReader) -> None:
    page = open_reader(viewport=PHONE, java_script_enabled=False)
    page.goto("data/")
    expect(page.get_by_role("link", name="CSV").first).to_be_visible()
    expect(page.get_by_role("heading", name="开放数据使用条款")).to_be_visible()


def test_the_page_fits_a_phone_and_has_no_barriers(open_reader: OpenReader) -> None:
    page = open_reader(viewport=PHONE)
    page.goto("data/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == []
