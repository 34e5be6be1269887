"""Readers of a site that was not built anew last night, and of notices with something to say about their display.

The site is built on the morning of 2024-01-05; the browser's clock decides when it is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from portals import LICENCES, PENALTIES, admitted, build_site, licence, make_portal, penalty, write
from published import PublishedSite
from readers import NOW, PHONE, OpenReader
from static_server import served

from generator.model.record_id import as_text

SHANGHAI = timezone(timedelta(hours=8))
LAST_MOMENT = datetime(2024, 1, 5, 23, 59, 59, tzinfo=SHANGHAI)
DAY_AFTER = datetime(2024, 1, 6, 0, 0, 1, tzinfo=SHANGHAI)
STALE = NOW + timedelta(hours=36, seconds=1)

LEAVING, STAYING, LEFT = "期满示例百货有限公司", "更正示例百货有限公司", "早已期满示例百货有限公司"
EXPIRED, CANCELLED = "证照过期示例有限公司", "证照注销示例有限公司"
CONTENT = "[data-portal-notice]"
BANNER = ".too-old"
WARNING = "本站数据已超过36小时未更新，部分信息可能已停止公示，请以发布单位最新信息为准。"

ARCHIVE = "notices/penalty/archive/2023-12/1/"
# Where a record is seen by its name → what the page shows when its module is done.
PLACES = {
    "notices/penalty/": ".results__status:has-text('共')",
    "notices/penalty/?sort=CF_XDR_MC": ".results__status:has-text('共')",
    ARCHIVE: ".records--archive",
    "search/?q=示例百货": "[data-status]:has-text('共找到')",
}
places = pytest.mark.parametrize("place", PLACES)

Ids = dict[str, str]
"""Name → id, of everything that was ever shown."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[PublishedSite, Ids]:
    rows = [
        penalty(1, CF_XDR_MC=LEAVING, CF_GSJZQ="2024/01/05"),
        penalty(2, CF_XDR_MC=STAYING),
        penalty(2, CF_XDR_MC=STAYING, BSRQ="2023/12/20"),
        penalty(3, CF_XDR_MC=LEFT, CF_GSJZQ="2024/01/04"),
    ]
    licences = [
        licence(1),
        licence(2, XK_XDR_MC=EXPIRED, XK_YXQZI="2023/12/31"),
        licence(2, XK_XDR_MC=EXPIRED, XK_YXQZI="2023/12/31", BSRQ="2023/12/20"),
        licence(3, XK_XDR_MC=CANCELLED, XK_ZT="2"),
    ]
    files = {PENALTIES: rows, LICENCES: licences}
    root = make_portal(tmp_path_factory.mktemp("unwatched") / "portal", files, pages=True, today=None)
    ids: Ids = {}
    with admitted(root, date(2024, 1, 4)) as found:
        for kind, subject in (("penalty", "CF_XDR_MC"), ("licence", "XK_XDR_MC")):
            records = found.records(kind)
            ids |= dict(zip(records[subject], as_text(records["id"].to_numpy()), strict=True))
    objections = [{"公示编号": ids[name], "受理日期": "2024-01-03", "办结日期": ""} for name in (STAYING, EXPIRED)]
    write(root / "data/objections.csv", objections)
    return PublishedSite(build_site(root)), ids


@pytest.fixture(scope="module")
def ids(built: tuple[PublishedSite, Ids]) -> Ids:
    return built[1]


@pytest.fixture(scope="module")
def portal(built: tuple[PublishedSite, Ids]) -> Iterator[str]:
    """Address of this site, in place of the demo city's."""
    with served(built[0].folder) as address:
        yield address


@pytest.fixture
def reader(open_reader: OpenReader) -> Page:
    """A reader at a desk, on the evening after the build unless a test sets the clock forward."""
    page = open_reader()
    page.clock.set_fixed_time(LAST_MOMENT)
    return page


@pytest.fixture
def far_away(open_reader: OpenReader) -> Page:
    """A reader in New York, where the day begins half a day later: what counts is the day of the portal."""
    return open_reader(timezone_id="America/New_York")


def open_place(reader: Page, place: str, moment: datetime) -> None:
    reader.clock.set_fixed_time(moment)
    reader.goto(place)
    reader.locator(PLACES[place]).first.wait_for()


@places
def test_on_its_last_day_a_record_is_still_shown(far_away: Page, place: str) -> None:
    open_place(far_away, place, LAST_MOMENT)
    expect(far_away.get_by_role("link", name=LEAVING)).to_be_visible()


@places
def test_the_day_after_it_is_gone_though_the_site_was_not_built_anew(far_away: Page, place: str) -> None:
    open_place(far_away, place, DAY_AFTER)
    expect(far_away.get_by_role("link", name=STAYING)).to_be_visible()
    assert LEAVING not in far_away.content()


def test_its_notice_is_there_on_the_last_day_and_gone_the_day_after(far_away: Page, ids: Ids) -> None:
    far_away.clock.set_fixed_time(LAST_MOMENT)
    far_away.goto(f"notice/?id={ids[LEAVING]}")
    expect(far_away.get_by_role("heading", level=1)).to_have_text(LEAVING)
    expect(far_away.locator(".notice__period").first).to_have_text(
        "公示期限：自 2023-12-05 至 2024-01-05（含当日），依据报送单位填写的公示截止期"
    )
    far_away.clock.set_fixed_time(DAY_AFTER)
    far_away.reload()
    assert_gone(far_away)


def assert_gone(reader: Page) -> None:
    """The heading, the fact, and nothing else: neither what it was nor why."""
    expect(reader.locator(CONTENT)).to_have_text(re.compile(r"^\s*公示信息\s*该信息已停止公示。\s*$"))
    expect(reader).to_have_title("公示信息 - 信用示例")


def test_one_that_was_gone_before_the_build_looks_the_same(reader: Page, ids: Ids) -> None:
    reader.goto(f"notice/?id={ids[LEFT]}")
    assert_gone(reader)


def test_numbers_stay_true(reader: Page) -> None:
    open_place(reader, "notices/penalty/", LAST_MOMENT)
    expect(reader.get_by_role("status")).to_contain_text("共 2 条")
    open_place(reader, "notices/penalty/", DAY_AFTER)
    expect(reader.get_by_role("status")).to_contain_text("共 1 条")
    open_place(reader, "search/?q=示例百货", DAY_AFTER)
    expect(reader.locator("[data-status]")).to_contain_text("共找到 1 条")
    open_place(reader, ARCHIVE, DAY_AFTER)
    expect(reader.locator(".facts")).to_contain_text("本页 1 条公示期限已届满，不再显示")
    expect(reader.locator(".facts")).to_contain_text("数量截至 2024-01-05")


@pytest.mark.parametrize("place", [*PLACES, "notice/?id=0000000000000", "status/", "services/repair/"])
def test_a_site_too_old_warns_on_every_page(reader: Page, place: str) -> None:
    reader.clock.set_fixed_time(STALE)
    reader.goto(place)
    expect(reader.locator(BANNER)).to_have_text(WARNING)
    expect(reader.locator(BANNER)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("place", PLACES)
def test_it_does_not_warn_before_its_time(reader: Page, place: str) -> None:
    reader.clock.set_fixed_time(NOW + timedelta(hours=36))
    with reader.expect_response("**/build.json"):
        reader.goto(place)
    reader.wait_for_load_state("networkidle")
    expect(reader.locator(BANNER)).to_have_count(0)


def test_the_warning_moves_nothing(reader: Page) -> None:
    seen = {}
    for moment in (NOW, STALE):
        reader.clock.set_fixed_time(moment)
        with reader.expect_response("**/build.json"):
            reader.goto("services/repair/")
        reader.wait_for_load_state("networkidle")
        expect(reader.locator(BANNER)).to_have_count(int(moment == STALE))
        seen[moment] = [reader.locator(name).bounding_box() for name in (".masthead", "h1", "article", ".colophon")]
    assert seen[NOW] == seen[STALE]


def test_a_page_whose_age_cannot_be_learned_still_drops_what_is_over(reader: Page) -> None:
    reader.route("**/build.json", lambda route: route.fulfill(status=404))
    open_place(reader, ARCHIVE, STALE)
    assert LEAVING not in reader.content()
    expect(reader.locator(BANNER)).to_have_count(0)


def test_a_notice_says_what_is_to_be_said_of_its_display(reader: Page, ids: Ids) -> None:
    reader.goto(f"notice/?id={ids[STAYING]}")
    expect(reader.locator(".notice__labels li")).to_have_text(["异议处理中", "已更正（2023-12-20）"])
    expect(reader.locator(".notice__period")).to_have_text(
        [
            "公示期限：自 2023-12-05 至 2026-12-01（含当日），"
            "依据《失信行为纠正后的信用信息修复管理办法（试行）》（国家发展改革委令第58号）",
            "2024-03-01 起可以申请信用修复",
        ]
    )
    fields = reader.locator("dl.fields")
    expect(fields.first).to_contain_text("一般（按处罚类别推定，以行业主管部门认定为准）")
    expect(fields.last).to_contain_text("市市场监管局（2023-12-20 报送）")
    reader.locator(".notice__period a").click()
    expect(reader.locator("caption:target")).to_contain_text("国家发展改革委令第58号")


def test_a_licence_shows_its_state_wherever_it_is_named(reader: Page, ids: Ids) -> None:
    reader.goto(f"notice/?id={ids[EXPIRED]}")
    expect(reader.locator(".notice__labels li")).to_have_text(["已过期", "异议处理中", "已更正（2023-12-20）"])
    states = {"有效", "已过期", "已注销"}
    reader.goto("notices/licence/?sort=XK_WSH")
    rows = reader.locator("table.records tbody th")
    expect(rows.filter(has_text=CANCELLED).locator(".tag")).to_have_text("已注销")
    assert set(rows.locator(".tag").all_inner_texts()) == states
    reader.goto("search/?q=示例&kind=licence")
    results = reader.locator(".results__list > .result")
    expect(results.filter(has_text=EXPIRED).locator(".tag--state")).to_have_text("已过期")
    assert set(results.locator(".tag--state").all_inner_texts()) == states


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [STAYING, EXPIRED])
@pytest.mark.parametrize("device", [{}, {"viewport": PHONE}], ids=["desk", "phone"])
def test_labels_and_warning_are_no_barrier(
    open_reader: OpenReader, ids: Ids, name: str, scheme: str, device: dict[str, object]
) -> None:
    reader = open_reader(color_scheme=scheme, **device)
    reader.clock.set_fixed_time(STALE)
    reader.goto(f"notice/?id={ids[name]}")
    reader.locator(".notice__labels").wait_for()
    reader.locator(BANNER).wait_for()
    found = Axe().run(reader).response["violations"]
    assert [fault for fault in found if fault["impact"] in {"serious", "critical"}] == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
