"""Results come as a reader types, and filters say what they would leave."""

from __future__ import annotations

import json
import re
from collections import Counter

from playwright.sync_api import Page, Route, expect
from published import PublishedSite

STATUS = "[data-status]"
SAID = "[data-said]"
RESULTS = ".results__list > .result"


def found(site: PublishedSite, part: str) -> int:
    return sum(part in notice.subject for notice in site.notices)


def test_results_come_as_one_types_and_leave_no_trace_in_the_history(reader: Page, site: PublishedSite) -> None:
    reader.goto("services/repair/")
    reader.goto("search/")
    before = reader.evaluate("history.length")
    reader.locator("#q").press_sequentially("超市", delay=40)
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {found(site, '超市'):,} 条")
    expect(reader.locator("#q")).to_be_focused()
    assert reader.url.endswith("search/?q=%E8%B6%85%E5%B8%82")
    assert reader.evaluate("history.length") == before
    reader.locator("#q").press("Backspace")
    expect(reader.locator(STATUS)).to_contain_text("请至少输入两个字")
    expect(reader.locator(RESULTS)).to_have_count(0)
    reader.go_back()
    expect(reader).to_have_url(re.compile("services/repair/$"))


def test_a_search_that_was_sent_can_be_gone_back_to(reader: Page) -> None:
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_contain_text("共找到")
    reader.locator("#q").fill("药房")
    reader.keyboard.press("Enter")
    expect(reader.locator(f"{RESULTS} mark").first).to_have_text("药房")
    reader.go_back()
    expect(reader.locator("#q")).to_have_value("超市")
    expect(reader.locator(f"{RESULTS} mark").first).to_have_text("超市")


def test_an_input_method_is_waited_for(reader: Page) -> None:
    reader.goto("search/")
    client = reader.context.new_cdp_session(reader)
    reader.locator("#q").focus()
    client.send("Input.imeSetComposition", {"text": "chao shi", "selectionStart": 8, "selectionEnd": 8})
    reader.wait_for_timeout(500)
    assert reader.url.endswith("search/")
    client.send("Input.insertText", {"text": "超市"})
    expect(reader.locator(STATUS)).to_contain_text("共找到")


def test_a_late_answer_does_not_overwrite_a_later_question(reader: Page, site: PublishedSite) -> None:
    held: list[Route] = []
    reader.route(re.compile("/store/subjects/"), lambda route: held.append(route))
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_have_text("正在查询……")
    reader.wait_for_timeout(500)
    assert held
    reader.unroute(re.compile("/store/subjects/"))
    reader.locator("#q").fill("药房")
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {found(site, '药房'):,} 条")
    for route in held:
        try:
            route.continue_()
        except Exception:  # noqa: BLE001 - given up by the page, as it should be
            continue
    reader.wait_for_timeout(500)
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {found(site, '药房'):,} 条")
    assert set(reader.locator(f"{RESULTS} mark").all_inner_texts()) == {"药房"}


def test_what_is_given_up_is_no_longer_fetched(reader: Page) -> None:
    reader.route(re.compile("/store/subjects/"), lambda route: None)  # never answered
    failed: list[str] = []
    reader.on("requestfailed", lambda request: failed.append(request.url))
    with reader.expect_request(re.compile("/store/subjects/")):
        reader.goto("search/?q=超市")
    reader.locator("#q").fill("")
    expect(reader.locator(STATUS)).to_have_text("")
    reader.wait_for_timeout(300)
    assert [url for url in failed if "/store/subjects/" in url]


def test_only_an_answer_at_rest_is_read_aloud(reader: Page) -> None:
    reader.goto("search/")
    reader.evaluate(
        """() => {
          window.heard = [];
          const said = document.querySelector("[data-said]");
          new MutationObserver(() => window.heard.push(said.textContent)).observe(said, {childList: true});
        }"""
    )
    reader.locator("#q").press_sequentially("超市超市", delay=300)
    expect(reader.locator(SAID)).to_contain_text("没有找到")
    reader.wait_for_timeout(300)
    assert reader.evaluate("heard") == [reader.locator(STATUS).inner_text()]
    assert reader.locator(SAID).get_attribute("role") == "status"


def test_filters_say_how_much_they_would_leave(reader: Page, site: PublishedSite) -> None:
    named = [notice for notice in site.notices if "超市" in notice.subject]
    by_kind = Counter(notice.kind for notice in named)
    by_unit = Counter(notice.unit for notice in named)
    reader.goto("search/?q=超市")
    expect(reader.get_by_label("类别")).to_contain_text(f"行政处罚（{by_kind['penalty']:,}）")
    unit, count = by_unit.most_common(1)[0]
    expect(reader.get_by_label("报送单位")).to_contain_text(f"{unit}（{count:,}）")
    reader.get_by_label("报送单位").select_option(label=f"{unit}（{count:,}）")
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {count:,} 条")


def test_filters_alone_browse_all_kinds_by_day(reader: Page, site: PublishedSite) -> None:
    unit = site.manifest["units"][0]
    expected = [notice for notice in site.notices if notice.unit == unit["name"] and notice.decided <= "2023-12-20"]
    days = sorted((notice.decided for notice in expected), reverse=True)
    reader.goto(f"search/?unit={unit['id']}&to=2023-12-20")
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {len(expected):,} 条")
    for page in (1, 2):
        expect(reader.locator(STATUS)).to_contain_text(f"第 {page} 页")
        shown = reader.locator(f"{RESULTS} time").all_inner_texts()
        assert shown == days[(page - 1) * 20 : page * 20]
        reader.get_by_role("link", name="下一页").click()
    last = -(-len(expected) // 20)
    reader.goto(f"search/?unit={unit['id']}&to=2023-12-20&page={last}")
    expect(reader.locator(f"{RESULTS} time").last).to_have_text(days[-1])


def test_state_and_region_narrow_as_well(reader: Page, site: PublishedSite) -> None:
    region = site.manifest["regions"][1]
    place = site.manifest["regions"].index(region)
    units = {unit["name"] for unit in site.manifest["units"] if unit["region"] == place}
    state = Counter(notice.state for notice in site.notices if notice.state).most_common(1)[0][0]
    reader.goto(f"search/?region={region['code']}&status={state}")
    count = sum(notice.unit in units and notice.state == state for notice in site.notices)
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {count:,} 条" if count else "没有找到")
    reader.goto(f"search/?q=示例&region={region['code']}&status={state}")
    named = sum(notice.unit in units and notice.state == state and "示例" in notice.subject for notice in site.notices)
    expect(reader.locator(STATUS)).to_contain_text(f"共找到 {named:,} 条" if named else "没有找到")


def test_pages_of_the_site_come_as_a_second_group(reader: Page) -> None:
    texts = [f"第{number}篇说到信用修复的办法" for number in range(7)]
    pages = {
        "address": [f"news/{number}/" for number in range(7)],
        "title": ["信用修复指南" if number == 6 else f"文章{number}" for number in range(7)],
        "section": ["政策法规"] * 7,
        "text": texts,
        "date": [""] * 7,
    }
    reader.route(re.compile("pages.json.gz"), lambda route: route.fulfill(body=json.dumps(pages)))
    reader.goto("search/?q=信用修复")
    group = reader.locator("[data-articles]")
    expect(group.get_by_role("heading")).to_have_text("文章、政策与通报（7）")
    expect(group.get_by_role("listitem")).to_have_count(5)
    first = group.get_by_role("link").first
    expect(first).to_have_text("信用修复指南")  # a title counts more than a text
    expect(first).to_have_attribute("href", re.compile("/portal/news/6/$"))
    expect(group.locator("mark").first).to_have_text("信用修复")
    group.get_by_role("button", name="显示其余 2 篇").click()
    expect(group.get_by_role("listitem")).to_have_count(7)
    expect(group.get_by_role("listitem").nth(5).get_by_role("link")).to_be_focused()


def test_without_a_list_of_pages_there_is_no_second_group(reader: Page) -> None:
    reader.route(re.compile("pages.json.gz"), lambda route: route.fulfill(status=404))
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_contain_text("共找到")
    expect(reader.locator("[data-articles]")).to_be_hidden()
    expect(reader.get_by_role("alert")).to_have_count(0)
