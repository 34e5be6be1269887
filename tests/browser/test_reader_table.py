"""A reader works with the table of a kind, by keyboard where possible."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, Route, expect
from published import PublishedSite

ROWS = "[data-portal-table] tbody tr"
STATUS = "[data-portal-table] .results__status"
DOWNLOAD = "下载所列结果 (CSV)"


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

    reader.get_by_label("名称、代码或者文书号").last.focus()
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


def test_the_oldest_first_is_the_same_turned_round(reader: Page, site: PublishedSite) -> None:
    expected = [notice.id for notice in site.of_kind("licence")][::-1]
    reader.goto(f"notices/licence/?sort={site.kind('licence')['roles']['decided']}&page=200")
    expect(reader.locator(STATUS)).to_contain_text("第 200 页")
    assert _ids(reader) == expected[199 * 20 : 200 * 20]


def test_the_first_page_needs_no_shard_and_a_far_one_needs_two_at_most(reader: Page, site: PublishedSite) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto("notices/licence/")
    expect(reader.locator(STATUS)).to_contain_text("共")
    assert not [url for url in asked if url.endswith(".json.gz")]
    reader.goto("notices/licence/?page=300")
    expect(reader.locator(STATUS)).to_contain_text("第 300 页")
    assert 1 <= len([url for url in asked if re.search(r"/licence/\d{4}-", url)]) <= 2
    assert _ids(reader) == [notice.id for notice in site.of_kind("licence")][299 * 20 : 300 * 20]


def test_conditions_on_unit_state_and_days_agree_with_the_records(reader: Page, site: PublishedSite) -> None:
    unit = site.manifest["units"][0]
    reader.goto("notices/licence/")
    reader.get_by_label("报送单位").select_option(unit["id"])
    reader.get_by_label("状态").select_option("有效")
    reader.get_by_label("决定日期自").fill("2023-12-05")
    reader.get_by_label("决定日期至").fill("2023-12-20")
    reader.get_by_role("button", name="筛选").click()
    count = sum(
        notice.unit == unit["name"] and notice.state == "有效" and "2023-12-05" <= notice.decided <= "2023-12-20"
        for notice in site.of_kind("licence")
    )
    expect(reader.locator(STATUS)).to_contain_text(f"共 {count:,} 条")
    reader.reload()
    expect(reader.locator(STATUS)).to_contain_text(f"共 {count:,} 条")
    reader.get_by_role("button", name="清除").click()
    expect(reader.locator(STATUS)).to_contain_text(f"共 {len(site.of_kind('licence')):,} 条")


def test_a_unit_has_a_table_of_its_own_by_address(reader: Page, site: PublishedSite) -> None:
    unit = site.manifest["units"][1]
    expected = [notice for notice in site.of_kind("licence") if notice.unit == unit["name"]]
    reader.goto(f"notices/licence/?unit={unit['id']}&page=2")
    expect(reader.locator(STATUS)).to_contain_text(f"共 {len(expected):,} 条")
    assert _ids(reader) == [notice.id for notice in expected[20:40]]


def test_a_text_is_searched_among_the_records_of_the_kind(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("penalty")[5]
    reader.goto(f"notices/penalty/?text={quote(wanted.number)}")
    expect(reader.locator(STATUS)).to_contain_text("共 1 条")
    assert _ids(reader) == [wanted.id]
    cells = reader.locator(f"{ROWS} td").all_inner_texts()
    assert all(cells)  # also the columns that the index does not know
    reader.goto("notices/penalty/?text=超")
    expect(reader.locator(STATUS)).to_contain_text("请至少输入两个字")


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


def test_more_rows_than_can_be_sorted_are_to_be_narrowed_first(reader: Page, site: PublishedSite) -> None:
    def as_of_a_large_city(route: Route) -> None:
        directory = json.loads(site.unpacked(route.request.url))
        directory["count"][1:] = [100 * count for count in directory["count"][1:]]
        route.fulfill(body=json.dumps(directory))

    reader.route(re.compile("directory.json.gz"), as_of_a_large_city)
    first, *others = json.loads(site.unpacked("/portal/store/licence/directory.json.gz"))["count"]
    total = first + 100 * sum(others)
    reader.goto("notices/licence/?sort=XK_XDR_MC")
    expect(reader.locator(STATUS)).to_contain_text(
        f"共 {total:,} 条，按行政相对人名称升序排列请先把范围缩小到 2 万条以内；现按决定日期由近到远排列"
    )
    expect(reader.locator(ROWS)).to_have_count(20)
    expect(reader.locator("th[data-field='XK_XDR_MC']")).not_to_have_attribute("aria-sort", re.compile(".*"))
    reader.get_by_role("button", name=DOWNLOAD).click()
    expect(reader.locator(STATUS)).to_contain_text("下载请先把范围缩小到 2 万条以内")


def test_what_is_listed_can_be_downloaded_and_opened_in_excel(
    reader: Page, site: PublishedSite, tmp_path: Path
) -> None:
    unit = site.manifest["units"][0]
    expected = [notice for notice in site.of_kind("licence") if notice.unit == unit["name"]]
    reader.goto(f"notices/licence/?unit={unit['id']}")
    expect(reader.locator(STATUS)).to_contain_text(f"共 {len(expected):,} 条")
    with reader.expect_download() as coming:
        reader.get_by_role("button", name=DOWNLOAD).click()
    expect(reader.locator(STATUS)).to_contain_text(f"已下载 {len(expected):,} 条")
    path = tmp_path / "rows.csv"
    coming.value.save_as(path)
    assert coming.value.suggested_filename == "行政许可-2024-01-05.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [row["公示编号"] for row in rows] == [notice.id for notice in expected]
    kind = site.kind("licence")
    labels = {field["code"]: field["label"] for field in kind["fields"]}
    for role, texts in {
        "subject_code": [notice.code for notice in expected],
        "number": [notice.number for notice in expected],
    }.items():
        assert [row[labels[kind["roles"][role]]] for row in rows] == texts


def test_a_file_for_excel_runs_nothing_and_rounds_nothing(reader: Page, site: PublishedSite, tmp_path: Path) -> None:
    kind = site.kind("penalty")
    newest = site.shards("penalty")[0]
    values = {kind["roles"]["subject"]: '=1+1"', kind["roles"]["subject_code"]: "914104001234567890"}
    reader.route(
        re.compile(re.escape(newest)), lambda route: route.fulfill(body=site.unpacked(route.request.url, values))
    )
    first = site.of_kind("penalty")[0].decided
    reader.goto(f"notices/penalty/?from={first}")
    expect(reader.locator(STATUS)).to_contain_text("共")
    with reader.expect_download() as coming:
        reader.get_by_role("button", name=DOWNLOAD).click()
    path = tmp_path / "rows.csv"
    coming.value.save_as(path)
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line.startswith('"\'=1+1""",')
    assert ',"\'914104001234567890",' in line


def test_without_its_data_the_table_stays_readable_and_says_so(reader: Page) -> None:
    reader.route(re.compile("manifest.json"), lambda route: route.fulfill(status=404))
    reader.goto("notices/penalty/")
    expect(reader.get_by_role("alert")).to_contain_text("排序和筛选暂不可用")
    expect(reader.locator(ROWS)).to_have_count(20)
    expect(reader.get_by_role("alert").get_by_role("link", name="查看按月归档")).to_have_attribute(
        "href", re.compile("/notices/penalty/archive/$")
    )


def test_a_slice_that_fails_is_named_and_the_other_rows_are_shown(reader: Page, site: PublishedSite) -> None:
    newest = re.compile(re.escape(site.shards("penalty")[0]))
    reader.route(newest, lambda route: route.fulfill(body=b"\x1f\x8bno gzip"))
    reader.goto("notices/penalty/?from=2023-11-01")
    alert = reader.get_by_role("alert")
    expect(alert).to_contain_text("行政处罚 2023-12", timeout=15_000)
    expect(alert).to_contain_text("所列结果不完整")
    reader.unroute(newest)
    alert.get_by_role("button", name="重试").click()
    expect(reader.get_by_role("alert")).to_have_count(0)


def _ids(reader: Page) -> list[str]:
    links = reader.locator(f"{ROWS} a")
    ids: list[str] = links.evaluate_all("links => links.map(a => new URL(a.href).searchParams.get('id'))")
    return ids
