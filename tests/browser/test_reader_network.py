"""A reader on a slow or broken network, or while a new site is being uploaded."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, Request, Route, expect
from published import PublishedSite
from readers import PHONE, OpenReader

STATUS = "[data-status]"
RESULTS = ".results__list > .result"
BLOCKS = re.compile("/store/subjects/")


def missing(route: Route) -> None:
    route.fulfill(status=404)


def test_a_part_that_fails_is_named_the_rest_is_shown_and_a_retry_completes_it(
    reader: Page, site: PublishedSite
) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_contain_text("共找到")
    whole = reader.locator(STATUS).inner_text()
    block = next(url for url in asked if BLOCKS.search(url))
    number = int(re.findall(r"(\d+)\.json\.gz", block)[0])
    reader.route(block, missing)
    reader.reload()
    expect(reader.get_by_role("alert")).to_contain_text(f"主体资料第{number + 1}部分（服务器返回 404）")
    expect(reader.locator(STATUS)).to_contain_text("结果不完整")
    expect(reader.locator(RESULTS).first).to_be_visible()
    reader.unroute(block)
    reader.get_by_role("button", name="重试").click()
    expect(reader.locator(STATUS)).to_have_text(whole)
    expect(reader.get_by_role("alert")).to_have_count(0)


def test_a_truncated_list_is_done_without_where_others_say_enough(reader: Page, site: PublishedSite) -> None:
    wanted = site.of_kind("penalty")[0]
    cut: list[str] = []

    def truncate(route: Route) -> None:
        if cut and route.request.url != cut[0]:
            return route.continue_()
        cut.append(route.request.url)
        return route.fulfill(body=route.fetch().body()[:200])

    reader.route(re.compile("/store/names/"), truncate)
    reader.goto(f"search/?q={wanted.subject}")
    expect(reader.locator(f'{RESULTS} a[href$="notice/?id={wanted.id}"]')).to_be_visible(timeout=15_000)
    expect(reader.get_by_role("alert")).to_have_count(0)
    assert cut


def test_where_names_cannot_be_searched_that_is_said(reader: Page) -> None:
    reader.route(re.compile("/store/names/"), lambda route: route.fulfill(body=b"\x1f\x8bno gzip"))
    reader.goto("search/?q=超市")
    expect(reader.get_by_role("alert")).to_contain_text("名称目录（数据不完整）", timeout=15_000)
    expect(reader.locator(STATUS)).to_contain_text("结果不完整")
    expect(reader.get_by_role("alert").get_by_role("link", name="查看按月归档")).to_be_visible()


def test_a_slice_that_fails_is_named_by_its_days(reader: Page, site: PublishedSite) -> None:
    newest = site.shards("penalty")[0]
    reader.route(re.compile(re.escape(newest)), missing)
    reader.goto("search/?kind=penalty")
    expect(reader.get_by_role("alert")).to_contain_text("行政处罚 2023-12")
    expect(reader.locator(RESULTS)).to_have_count(20)


def test_files_missing_because_the_site_was_replaced_are_found_anew(reader: Page) -> None:
    asked: list[Request] = []
    reader.on("request", lambda request: asked.append(request))

    def until_manifest_is_read_again(route: Route) -> None:
        again = sum(request.url.endswith("manifest.json") for request in asked) > 1
        route.continue_() if again else route.fulfill(status=404)

    reader.route(BLOCKS, until_manifest_is_read_again)
    reader.goto("search/?q=超市")
    expect(reader.locator(STATUS)).to_contain_text("共找到")
    expect(reader.get_by_role("alert")).to_have_count(0)


def test_offline_is_told_and_over_when_the_network_is_back(reader: Page) -> None:
    reader.goto("search/")
    reader.wait_for_load_state("networkidle")
    context: BrowserContext = reader.context
    context.set_offline(True)
    reader.locator("#q").fill("超市")
    expect(reader.get_by_role("alert")).to_contain_text("网络已断开，恢复后自动重试", timeout=15_000)
    context.set_offline(False)
    expect(reader.locator(STATUS)).to_contain_text("共找到", timeout=15_000)
    expect(reader.get_by_role("alert")).to_have_count(0)


def test_a_search_that_takes_long_says_how_far_it_is_and_can_be_stopped(reader: Page) -> None:
    held: list[Route] = []

    def first_ones(route: Route) -> None:
        held.append(route)
        if len(held) <= 18:
            route.continue_()

    reader.route(BLOCKS, first_ones)
    reader.goto("search/?q=示例")
    expect(reader.locator("[data-progress]")).to_contain_text("已核对")
    reader.get_by_role("button", name="停止").click()
    expect(reader.locator(STATUS)).to_contain_text("已停止")


def test_on_a_phone_with_a_slow_connection_the_answer_comes_soon(open_reader: OpenReader, site: PublishedSite) -> None:
    reader = open_reader(viewport=PHONE)
    client = reader.context.new_cdp_session(reader)
    client.send("Network.enable")
    rate = 9_000_000 / 8
    conditions = {"offline": False, "latency": 150, "downloadThroughput": rate, "uploadThroughput": rate}
    client.send("Network.emulateNetworkConditions", conditions)
    fetched: list[int] = []
    client.on("Network.loadingFinished", lambda event: fetched.append(event["encodedDataLength"]))
    wanted = site.of_kind("licence")[0]
    reader.goto(f"search/?q={wanted.number}", wait_until="commit")
    expect(reader.locator(f'{RESULTS} a[href$="notice/?id={wanted.id}"]')).to_be_visible()
    took = reader.evaluate("performance.now()")
    assert took < 6000  # a wide margin: the budget itself is measured by the benchmarks on a machine of its own
    reader.wait_for_load_state("networkidle")
    assert sum(fetched) < 1_500_000
