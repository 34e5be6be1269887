"""A reader of articles: without scripts, by type and place, from page to page, on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from readers import PHONE, OpenReader


def test_without_scripts_a_reader_narrows_the_news_by_type_and_place(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto("news/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("信用动态")
    reader.get_by_role("navigation", name="按类型筛选").get_by_role("link", name="诚信宣传").click()
    for meta in reader.locator(".documents__meta").all_inner_texts():
        assert meta.startswith("诚信宣传")
    reader.get_by_role("navigation", name="按区域筛选").get_by_role("link", name="鲁山县").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("信用动态：诚信宣传，鲁山县")
    entries = reader.locator(".documents li")
    assert entries.count() >= 1
    for title in entries.get_by_role("link").all_inner_texts():
        assert title.startswith("鲁山县")
    entries.get_by_role("link").first.click()
    expect(reader.locator(".facts")).to_contain_text("区域：鲁山县")
    expect(reader.locator(".tabs__link[aria-current]")).to_have_text("信用动态")


def test_every_article_of_a_section_is_reached_by_paging(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto("policies/")
    told = reader.locator(".facts").inner_text()
    total = int(re.search(r"共 (\d+) 篇", told)[1])  # type: ignore[index]
    seen: list[str] = []
    following = reader.get_by_role("link", name="下一页")
    while True:
        seen += reader.locator(".documents a").all_inner_texts()
        if not following.count():
            break
        following.click()
    assert len(seen) == len(set(seen)) == total > 20
    assert seen[0] == "信用修复管理办法"


def test_a_document_of_the_law_says_number_issuer_and_whether_it_is_in_force(reader: Page) -> None:
    reader.goto("policies/")
    reader.get_by_role("link", name="失信行为纠正后的信用信息修复管理办法").click()
    expect(reader.locator(".fields dt").filter(has_text="文号")).to_be_visible()
    fields = dict(
        zip(reader.locator(".fields dt").all_inner_texts(), reader.locator(".fields dd").all_inner_texts(), strict=True)
    )
    assert fields["文号"] == "国家发展和改革委员会令第58号"
    assert (fields["施行日期"], fields["废止日期"]) == ("2023-05-01", "2026-04-01")
    assert fields["效力"] == "现行有效"  # on the day of the demo, 2024-01-05


def test_an_attachment_is_taken_along_and_names_its_kind_and_size(reader: Page) -> None:
    reader.goto("policies/2023/measures-list-demo/")
    attachment = reader.get_by_role("region", name="附件").get_by_role("listitem")
    expect(attachment).to_have_text(re.compile(r"奖惩措施清单（示例）\.csv CSV 表格，\d"))
    with reader.expect_download() as download:
        attachment.get_by_role("link").click()
    assert "守信激励" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_reader_goes_from_article_to_article_and_back_to_the_section(reader: Page) -> None:
    reader.goto("scenes/")
    names = reader.locator(".documents a").all_inner_texts()
    reader.get_by_role("link", name=names[0]).click()
    reader.get_by_role("navigation", name="相邻文章").get_by_role("link", name=names[1]).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(names[1])
    reader.get_by_role("navigation", name="当前位置").get_by_role("link", name="信易+").click()
    expect(reader).to_have_url(re.compile(r"/scenes/$"))


def test_the_home_page_leads_to_the_newest_article(reader: Page) -> None:
    reader.goto("./")
    panel = reader.get_by_role("region", name="最新文章")
    name = panel.locator(".latest__name").first.inner_text()
    panel.get_by_role("link", name=name).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(name)


def test_an_article_is_found_by_its_words(reader: Page) -> None:
    reader.goto("search/?q=周清")
    found = reader.locator("[data-articles]")
    expect(found.get_by_role("link", name=re.compile("双公示.*周清"))).to_be_visible()


def test_an_article_is_printed_without_what_only_makes_sense_on_a_screen(reader: Page) -> None:
    reader.goto("news/2023/training-data-quality-202312/")
    reader.emulate_media(media="print")
    expect(reader.get_by_role("heading", level=1)).to_be_visible()
    expect(reader.locator(".facts")).to_contain_text("来源")
    for part in (".tabs", ".neighbours", ".masthead__search"):
        expect(reader.locator(part)).to_be_hidden()


def test_choices_and_neighbours_are_large_enough_on_a_phone(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE, has_touch=True)
    for address in ("news/", "news/2023/jiaxian-school-202311/"):
        reader.goto(address)
        heights = reader.locator(".choices a, .neighbours a, .pager a").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().height)"
        )
        assert heights
        assert min(heights) >= 43.5
