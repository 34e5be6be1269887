"""A reader looks for a notice."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from published import Notice, PublishedSite, bare
from readers import PHONE, OpenReader

STATUS = "[data-status]"
RESULTS = ".results__list > .result"


def test_a_part_of_a_name_typed_at_home_leads_to_the_notice(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("penalty")[0]
    reader.goto("./")
    reader.get_by_label("行政相对人名称").fill(wanted.subject[2:9])
    reader.get_by_role("button", name="查询").click()
    expect(reader).to_have_url(re.compile(r"/portal/search/\?q="))
    link = reader.locator(f'{RESULTS} a[href$="notice/?id={wanted.id}"]')
    expect(link.locator("mark")).to_have_text(wanted.subject[2:9])
    link.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(wanted.subject)
    expect(reader.locator("dl.fields").first).to_contain_text(wanted.number)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda notice: notice.code[5:14].lower(), id="the middle of a code in small letters"),
        pytest.param(lambda notice: notice.code[-6:], id="the end of a code"),
        pytest.param(lambda notice: bare(notice.number), id="a document number without brackets"),
        pytest.param(lambda notice: notice.number.replace("〔", "[").replace("〕", "]"), id="square brackets"),
        pytest.param(
            lambda notice: notice.number.replace("〔", "（").replace("〕", "） "), id="round brackets and a space"
        ),
        pytest.param(
            lambda notice: "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in notice.number),
            id="full-width digits",
        ),
        pytest.param(lambda notice: re.sub(r"(?<=[〕第])0+", "", notice.number), id="no leading zeros"),
        pytest.param(lambda notice: notice.number.replace("〕第", "〕"), id="without 第"),
    ],
)
def test_codes_and_document_numbers_are_found_as_people_write_them(
    reader: Page, site: PublishedSite, typed: Callable[[Notice], str]
) -> None:
    wanted = next(
        notice for notice in site.of_kind("licence") if re.search(r"〕第0\d+号", notice.number) and notice.code
    )
    reader.goto(f"search/?q={quote(typed(wanted))}")
    expect(reader.locator(f'{RESULTS} a[href$="notice/?id={wanted.id}"]')).to_be_visible()


def test_the_total_is_that_of_a_substring_scan(reader: Page, site: PublishedSite) -> None:
    for query in ("超市", "示例", "DEM", "0412", "处罚〔2023〕"):
        reader.goto(f"search/?q={quote(query)}")
        # Other notations of a document number are tested above; these queries have one reading only.
        long_enough = len(bare(query)) >= 4  # for codes and document numbers
        count = sum(
            bare(query) in bare(notice.subject)
            or (long_enough and any(bare(query) in bare(text) for text in (notice.code, notice.number)))
            for notice in site.notices
        )
        said = f"共找到 {count:,} 条" if count else "没有找到"
        expect(reader.locator(STATUS)).to_contain_text(said)


def test_both_ways_to_write_jiaxian_find_the_same(reader: Page) -> None:
    found = []
    for query in ("郏县", "郟县"):
        reader.goto(f"search/?q={quote(query)}")
        expect(reader.locator(STATUS)).to_contain_text("共找到")
        found.append(reader.locator(STATUS).inner_text())
    assert found[0] == found[1]


def test_conditions_narrow_the_search_and_stand_in_the_address(reader: Page, site: PublishedSite) -> None:
    unit = site.manifest["units"][0]
    reader.goto("search/?q=示例")
    expect(reader.locator(STATUS)).to_contain_text("共找到")
    reader.get_by_label("类别").select_option("penalty")
    reader.get_by_label("报送单位").select_option(unit["id"])
    reader.get_by_label("决定日期自").fill("2023-12-10")
    reader.get_by_role("button", name="查询").click()
    expect(reader).to_have_url(re.compile("from=2023-12-10"))
    expected = [
        notice
        for notice in site.of_kind("penalty")
        if notice.unit == unit["name"] and notice.decided >= "2023-12-10" and "示例" in notice.subject
    ]
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {len(expected):,} 条")
    assert f"kind=penalty&unit={unit['id']}&from=2023-12-10" in reader.url
    reader.reload()
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {len(expected):,} 条")
    expect(reader.get_by_label("报送单位")).to_have_value(unit["id"])


def test_on_a_phone_the_choices_stay_folded_while_none_is_used(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE)
    reader.goto("search/?q=示例")
    expect(reader.locator(RESULTS).first).to_be_in_viewport()
    expect(reader.get_by_label("类别")).to_be_hidden()
    reader.goto("search/?q=示例&kind=penalty")
    expect(reader.get_by_label("类别")).to_be_visible()


def test_the_pages_of_a_result_hold_every_record_once(reader: Page, site: PublishedSite) -> None:
    expected = sorted(
        (notice for notice in site.notices if "超市" in notice.subject), key=lambda notice: notice.decided, reverse=True
    )
    reader.goto("search/?q=超市")
    seen: list[str] = []
    pages = -(-len(expected) // 20)
    for page in range(1, min(pages, 4) + 1):
        expect(reader.locator(STATUS)).to_contain_text(f"第 {page} 页，共 {pages} 页")
        seen += reader.locator(f"{RESULTS} a").evaluate_all(
            "links => links.map(a => new URL(a.href).searchParams.get('id'))"
        )
        if page < pages:
            reader.get_by_role("link", name="下一页").click()
    assert len(set(seen)) == len(seen) == min(len(expected), 80)
    days = {notice.id: notice.decided for notice in expected}
    assert [days[one] for one in seen] == [notice.decided for notice in expected[: len(seen)]]


def test_back_from_a_notice_brings_the_same_page_of_the_search_again(reader: Page) -> None:
    reader.goto("search/?q=超市&kind=licence")
    reader.get_by_role("link", name="下一页").click()
    expect(reader.locator(STATUS)).to_contain_text("第 2 页")
    status = reader.locator(STATUS).inner_text()
    first = reader.locator(f"{RESULTS} a").first.inner_text()
    reader.locator(f"{RESULTS} a").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(first)
    reader.go_back()
    expect(reader.locator(STATUS)).to_have_text(status)
    expect(reader.locator("#q")).to_have_value("超市")
    reader.go_back()
    expect(reader.locator(STATUS)).to_contain_text("第 1 页")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("q=超", "请至少输入两个字"),
        ("q=〔〕", "请至少输入两个字"),
        ("q=并无此名", "没有找到"),
        ("q=示例&from=2024-01-01&to=2023-01-01", "起始日期晚于截止日期"),
        ("q=示例&unit=nowhere", "无法识别：报送单位"),
    ],
)
def test_a_search_that_cannot_find_says_why(reader: Page, asked: str, said: str) -> None:
    reader.goto(f"search/?{asked}")
    expect(reader.locator(STATUS)).to_contain_text(said)


def test_an_old_browser_is_told_and_sent_to_the_archive(reader: Page) -> None:
    reader.add_init_script("delete window.DecompressionStream")
    reader.goto("search/?q=示例")
    expect(reader.get_by_role("alert")).to_contain_text("浏览器版本较旧")
    expect(reader.get_by_role("alert").get_by_role("link", name="查看按月归档")).to_be_visible()


def test_a_script_that_does_not_arrive_leaves_the_way_to_the_archive(reader: Page) -> None:
    reader.route(re.compile("/portal/assets/portal/search.js"), lambda route: route.abort())
    reader.goto("search/?q=示例")
    expect(reader.locator("[data-script-note]")).to_be_visible(timeout=8000)


def test_files_that_arrive_unpacked_are_read_as_well(reader: Page, site: PublishedSite) -> None:
    reader.route(
        re.compile(r"/store/(?!pages).*\.json\.gz$"),
        lambda route: route.fulfill(body=site.unpacked(route.request.url), content_type="application/json"),
    )
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_contain_text("共找到")


def test_a_record_cannot_bring_markup_into_a_page(reader: Page, site: PublishedSite) -> None:
    evil = '<img src=x onerror="document.title=1">超市'
    reader.route(
        re.compile("/store/subjects/"),
        lambda route: route.fulfill(
            body=site.unpacked(route.request.url, {"name": evil}), content_type="application/json"
        ),
    )
    reader.goto("search/?q=超市&kind=penalty")
    expect(reader.locator(f"{RESULTS} a").first).to_have_text(evil)
    assert reader.locator(f"{RESULTS} img").count() == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("\"超市'", "共找到"),
        ("（超市）", "共找到"),
        ("超市😀", "共找到"),
        (".*", "请至少输入两个字"),
        ("[超市", "共找到"),
        ("😀😀", "请至少输入两个字"),
        ("<script>alert(1)</script>", "没有找到"),
        ("超" * 200, "没有找到"),
        ("%00%", "没有找到"),
    ],
)
def test_whatever_is_typed_gets_an_answer_or_a_hint(reader: Page, typed: str, said: str) -> None:
    reader.goto("search/")
    reader.locator("#q").fill(typed)
    reader.get_by_role("button", name="查询").click()
    expect(reader.locator(STATUS)).to_contain_text(said)
    expect(reader.get_by_role("alert")).to_have_count(0)


def test_a_short_figure_is_told_how_long_it_has_to_be(reader: Page) -> None:
    reader.goto("search/?q=412")
    expect(reader.locator("[data-messages]")).to_contain_text("代码和文书号请至少输入四位")


def test_the_search_box_of_every_page_leads_to_the_answer(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("licence")[0]
    reader.goto("services/repair/")
    reader.locator("#masthead-q").fill(wanted.number)
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"/portal/search/\?q="))
    expect(reader.locator(f'{RESULTS} a[href$="notice/?id={wanted.id}"]')).to_be_visible()
