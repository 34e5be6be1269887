"""A reader works with the table of a kind, by keyboard where possible."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from published import PublishedSite

ROWS = "[data-portal-table] tbody tr"
STATUS = "[data-portal-table] .results__status"


def test_the_keyboard_alone_sorts_and_filters(reader: Page, site: PublishedSite) -> None:
    kind = site.kind("licence")
    records = site.of_kind("licence")
    reader.goto("notices/licence/")
    expect(reader.locator(STATUS)).to_contain_text(f"共 {len(records):,} 条")
    decided = reader.locator(f'th[data-field="{kind["roles"]["decided"]}"]')
    expect(decided).to_have_attribute("aria-sort", "descending")

    decided.get_by_role("button").focus()
    reader.keyboard.press("Enter")
    expect(decided).to_have_attribute("aria-sort", "ascending")
    expect(reader.locator(STATUS)).to_contain_text("升序")
    expect(reader.locator(ROWS).first.locator("time")).to_have_text(min(record.decided for record in records))
    expect(decided.get_by_role("button")).to_be_focused()

    subject = reader.locator(f'th[data-field="{kind["roles"]["subject"]}"]')
    subject.get_by_role("button").focus()
    reader.keyboard.press("Space")
    expect(subject).to_have_attribute("aria-sort", "ascending")
    expect(decided).not_to_have_attribute("aria-sort", re.compile(".*"))

    reader.get_by_label("包含文字").focus()
    reader.keyboard.type("超市")
    reader.keyboard.press("Enter")
    count = sum("超市" in record.subject for record in records)
    expect(reader.locator(STATUS)).to_contain_text(f"共 {count:,} 条")
    names = reader.locator(f"{ROWS} th").all_inner_texts()
    assert len(names) == 20
    assert all("超市" in name for name in names)
    in_order = reader.evaluate("names => [...names].sort(new Intl.Collator('zh', {numeric: true}).compare)", names)
    assert names == in_order


def test_paging_in_the_given_order_shows_every_record_once(reader: Page, site: PublishedSite) -> None:
    expected = [notice.id for notice in site.of_kind("penalty")]
    last = -(-len(expected) // 20)
    reader.goto("notices/penalty/")
    seen: list[str] = []
    for page in (1, 2, 3):
        expect(reader.locator(STATUS)).to_contain_text(f"第 {page} 页，共 {last} 页")
        seen += _ids(reader)
        reader.get_by_role("link", name="下一页").click()
    assert seen == expected[:60]
    reader.goto(f"notices/penalty/?page={last}")
    expect(reader.locator(STATUS)).to_contain_text(f"第 {last} 页")
    assert _ids(reader) == expected[(last - 1) * 20 :]


def test_the_first_page_needs_no_shard_at_all(reader: Page) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto("notices/licence/")
    expect(reader.locator(STATUS)).to_contain_text("共")
    assert not [url for url in asked if url.endswith(".json.gz")]


def test_conditions_on_unit_and_days_agree_with_the_records(reader: Page, site: PublishedSite) -> None:
    unit = site.manifest["units"][0]
    reader.goto("notices/licence/")
    reader.get_by_label("报送单位").select_option(unit["id"])
    reader.get_by_label("决定日期自").fill("2023-12-05")
    reader.get_by_label("决定日期至").fill("2023-12-20")
    reader.get_by_role("button", name="筛选").click()
    count = sum(
        notice.unit == unit["name"] and "2023-12-05" <= notice.decided <= "2023-12-20"
        for notice in site.of_kind("licence")
    )
    expect(reader.locator(STATUS)).to_contain_text(f"共 {count:,} 条")
    reader.reload()
    expect(reader.locator(STATUS)).to_contain_text(f"共 {count:,} 条")
    reader.get_by_role("button", name="清除").click()
    expect(reader.locator(STATUS)).to_contain_text(f"共 {len(site.of_kind('licence')):,} 条")


def test_back_undoes_a_sort(reader: Page) -> None:
    reader.goto("notices/penalty/")
    expect(reader.locator(STATUS)).to_contain_text("由近到远")
    before = _ids(reader)
    reader.get_by_role("button", name="处罚机关").click()
    expect(reader.locator(STATUS)).to_contain_text("按处罚机关升序")
    assert _ids(reader) != before
    reader.go_back()
    expect(reader.locator(STATUS)).to_contain_text("由近到远")
    assert _ids(reader) == before


def test_without_its_data_the_table_stays_readable_and_says_so(reader: Page) -> None:
    reader.route(re.compile("manifest.json"), lambda route: route.fulfill(status=404))
    reader.goto("notices/penalty/")
    expect(reader.get_by_role("alert")).to_contain_text("排序和筛选暂不可用")
    expect(reader.locator(ROWS)).to_have_count(20)
    expect(reader.get_by_role("alert").get_by_role("link", name="查看按月归档")).to_have_attribute(
        "href", re.compile("/notices/penalty/archive/$")
    )


def _ids(reader: Page) -> list[str]:
    links = reader.locator(f"{ROWS} a")
    ids: list[str] = links.evaluate_all("links => links.map(a => new URL(a.href).searchParams.get('id'))")
    return ids
