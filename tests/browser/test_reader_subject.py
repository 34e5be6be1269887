"""A reader looks at everything that is shown of one subject. The subject here has 150 records, under two names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone

import pytest
from axe_playwright_python.sync_playwright import Axe
from codes import credit_code
from playwright.sync_api import Locator, Page, expect
from portals import LICENCES, PENALTIES, build_site, licence, make_portal, penalty, person
from published import Notice, PublishedSite
from readers import PHONE, OpenReader
from static_server import served

CODE = credit_code("91410400MA9D77777")
NOBODY = credit_code("91410400MA9D88888")
SMALL = credit_code("91410400MA9D99999")
OLD, NEW = "旧名示例有限公司", "新名示例有限公司"
CONTENT = "[data-portal-subject]"
ROWS = f"{CONTENT} tbody tr"
ON_THE_DAY = datetime(2024, 1, 5, 12, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """In place of the demo city: 130 licences and 20 penalties of one code, and a few others."""

    def decided(number: int) -> str:
        return (date(2023, 12, 1) - timedelta(days=number % 60)).isoformat()

    licences = [
        licence(
            number,
            XK_XDR_SHXYM=CODE,
            XK_XDR_MC=OLD if number % 60 > 40 else NEW,
            XK_JDRQ=decided(number),
            XK_YXQZ=decided(number),
        )
        for number in range(1, 131)
    ]
    penalties = [penalty(number, CF_XDR_SHXYM=CODE, CF_XDR_MC=NEW, CF_JDRQ=decided(number)) for number in range(1, 21)]
    others = [
        licence(200),
        person(licence(201)),
        licence(202, XK_XDR_SHXYM=SMALL, XK_XDR_MC="小小示例有限公司"),
    ]
    leaving = penalty(30, CF_XDR_SHXYM=SMALL, CF_XDR_MC="小小示例有限公司", CF_GSJZQ="2024/01/05")
    files = {LICENCES: [*licences, *others], PENALTIES: [*penalties, leaving]}
    root = make_portal(tmp_path_factory.mktemp("subject") / "portal", files, pages=True, today=None)
    return PublishedSite(build_site(root))


@pytest.fixture(scope="module")
def portal(site: PublishedSite) -> Iterator[str]:
    """Address of this site."""
    with served(site.folder) as address:
        yield address


@pytest.fixture
def reader(open_reader: OpenReader) -> Page:
    """A reader at a desk, on the day of the build."""
    page = open_reader()
    page.clock.set_fixed_time(ON_THE_DAY)
    return page


def of(site: PublishedSite, kind: str) -> list[Notice]:
    """The subject's records of a kind: newest decision first, then by id."""
    records = [notice for notice in site.of_kind(kind) if notice.code == CODE]
    return sorted(sorted(records, key=lambda one: one.id), key=lambda one: one.decided, reverse=True)


def open_subject(reader: Page, more: str = "") -> None:
    reader.goto(f"subject/?code={CODE}{more}")
    reader.locator("h2").first.wait_for()


def ids(reader: Page) -> list[str]:
    links = reader.locator(f"{ROWS} th a")
    found: list[str] = links.evaluate_all("links => links.map(a => new URL(a.href).searchParams.get('id'))")
    return found


def heading(reader: Page, kind: str) -> Locator:
    return reader.get_by_role("heading", level=2).filter(has_text=kind)


def test_licences_come_before_penalties_and_every_record_once(reader: Page, site: PublishedSite) -> None:
    expected = [notice.id for kind in ("licence", "penalty") for notice in of(site, kind)]
    assert len(expected) == 150
    open_subject(reader)
    expect(reader.locator(".facts")).to_contain_text(f"统一社会信用代码 {CODE}")
    expect(reader.locator(".facts")).to_contain_text("正在公示 150 条")
    expect(reader.locator(".subject__kinds li")).to_have_text(["行政许可 130 条", "行政处罚 20 条"])
    seen = []
    for page in (1, 2, 3):
        expect(reader.locator(".pager [aria-current]")).to_have_text(str(page))
        seen += ids(reader)
        if page < 3:
            expect(reader.locator(ROWS)).to_have_count(50)
            reader.get_by_role("link", name="下一页").click()
    assert seen == expected
    expect(reader.get_by_role("heading", level=2)).to_have_text(
        ["行政许可共 130 条，本页第 101—130 条", "行政处罚共 20 条"]
    )


def test_a_row_leads_to_its_notice_and_tells_day_unit_and_state(reader: Page, site: PublishedSite) -> None:
    first = of(site, "licence")[0]
    open_subject(reader)
    row = reader.locator(ROWS).first
    expect(row.locator("th")).to_have_text(f"{first.number} 有效")
    expect(row.locator("time")).to_have_text(first.decided)
    expect(row.locator("td").last).to_have_text("市市场监管局")
    row.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(first.subject)


def test_all_names_of_a_code_are_told_the_newest_first(reader: Page, site: PublishedSite) -> None:
    open_subject(reader)
    expect(reader.get_by_role("heading", level=1)).to_have_text(NEW)
    expect(reader.locator(".subject__note").first).to_contain_text(f"该代码有以下名称：{NEW}、{OLD}")
    last = of(site, "licence")[129]
    assert last.subject == OLD
    open_subject(reader, "&page=3")
    expect(reader.locator("tr", has_text=last.number)).to_contain_text(OLD)


def test_the_address_keeps_the_page(reader: Page) -> None:
    open_subject(reader)
    first = ids(reader)
    reader.get_by_role("link", name="下一页").click()
    assert reader.url.endswith(f"/subject/?code={CODE}&page=2")
    second = ids(reader)
    reader.reload()
    expect(reader.locator(".pager [aria-current]")).to_have_text("2")
    assert ids(reader) == second
    reader.go_back()
    expect(reader.locator(".pager [aria-current]")).to_have_text("1")
    assert ids(reader) == first
    open_subject(reader, "&page=99")
    expect(reader.locator(".pager [aria-current]")).to_have_text("3")


def test_by_keyboard_a_reader_gets_to_a_kind_on_another_page_and_hears_it(reader: Page) -> None:
    open_subject(reader)
    reader.locator(".subject__kinds").get_by_role("link", name="行政处罚").focus()
    reader.keyboard.press("Enter")
    expect(heading(reader, "行政处罚")).to_be_focused()
    expect(heading(reader, "行政处罚")).to_be_in_viewport()
    expect(reader.get_by_role("status").filter(has_text="第 3 页，共 3 页")).to_be_attached()


def test_on_paper_all_records_are_there_with_the_address(reader: Page, portal: str) -> None:
    open_subject(reader, "&page=2")
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    reader.emulate_media(media="print")
    expect(reader.locator(ROWS)).to_have_count(150)
    expect(reader.locator("figure.sheet")).to_contain_text(f"{portal}subject/?code={CODE}")
    expect(reader.locator(".subject__actions")).to_be_hidden()
    reader.emulate_media(media="screen")
    reader.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(reader.locator(ROWS)).to_have_count(50)
    expect(reader.locator(".pager [aria-current]")).to_have_text("2")


def test_its_link_can_be_copied(open_reader: OpenReader, portal: str) -> None:
    reader = open_reader(permissions=["clipboard-read", "clipboard-write"])
    open_subject(reader, "&page=2")
    reader.get_by_role("button", name="复制链接").click()
    expect(reader.get_by_role("button", name="已复制")).to_be_visible()
    assert reader.evaluate("navigator.clipboard.readText()") == f"{portal}subject/?code={CODE}"


def test_what_has_expired_since_the_build_is_not_shown(reader: Page) -> None:
    reader.goto(f"subject/?code={SMALL}")
    expect(reader.locator(ROWS)).to_have_count(2)
    reader.clock.set_fixed_time(ON_THE_DAY + timedelta(days=1))
    reader.reload()
    expect(reader.locator(ROWS)).to_have_count(1)
    expect(heading(reader, "行政处罚")).to_have_count(0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "请从一条公示信息中打开本页"),
        ("?code=", "请从一条公示信息中打开本页"),
        ("?code=91410400", "统一社会信用代码不正确"),
        (f"?code={CODE[:-1]}{'0' if CODE[-1] != '0' else '1'}", "统一社会信用代码不正确"),
        ("?code=00000000000000000X", "统一社会信用代码不正确"),
        ("?code=<img src=x onerror=document.title=1>", "统一社会信用代码不正确"),
        (f"?code={NOBODY}", "没有查到该代码正在公示的信息"),
    ],
)
def test_a_code_that_leads_nowhere_is_answered(reader: Page, asked: str, said: str) -> None:
    reader.goto(f"subject/{asked}")
    expect(reader.locator(f"{CONTENT} [role=status]")).to_contain_text(said)
    expect(reader.get_by_role("heading", level=1)).to_have_text("主体公示信息")


def test_a_code_may_be_typed_small_wide_and_with_blanks(reader: Page) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in CODE.lower())
    reader.goto(f"subject/?code=%20{wide}%20")
    expect(reader.locator(".facts")).to_contain_text("正在公示 150 条")


def test_a_failed_download_can_be_repeated(reader: Page) -> None:
    blocks = re.compile("store/subjects/")
    reader.route(blocks, lambda route: route.abort())
    reader.goto(f"subject/?code={CODE}")
    expect(reader.get_by_role("alert")).to_contain_text("公示信息未能载入", timeout=15_000)
    reader.unroute(blocks)
    reader.get_by_role("button", name="重试").click()
    expect(reader.locator(".facts")).to_contain_text("正在公示 150 条")


def test_without_scripts_the_page_leads_to_the_archive(open_reader: OpenReader) -> None:
    reader = open_reader(java_script_enabled=False)
    reader.goto(f"subject/?code={CODE}")
    expect(reader.locator("[data-script-note]").get_by_role("link")).to_have_attribute("href", "../notices/")


def test_search_engines_are_told_to_leave_it_alone(reader: Page) -> None:
    reader.goto(f"subject/?code={CODE}")
    expect(reader.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_serious_barrier(open_reader: OpenReader, scheme: str) -> None:
    reader = open_reader(color_scheme=scheme)
    open_subject(reader, "&page=3")
    reader.get_by_role("button", name="二维码").click()
    reader.get_by_role("img", name="本页网址的二维码").wait_for()
    found = Axe().run(reader).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in {"serious", "critical"}] == []


def test_a_phone_never_scrolls_sideways(open_reader: OpenReader) -> None:
    reader = open_reader(viewport=PHONE)
    open_subject(reader)
    reader.get_by_role("button", name="二维码").click()
    reader.get_by_role("img", name="本页网址的二维码").wait_for()
    assert reader.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
