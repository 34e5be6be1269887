"""A reader searches for a subject with more records than its block holds: the older ones lie in files of their own.

The company has 640 licences and 60 penalties: 64 records in its block, then 512, then 124. A second company of the same
name has 100: 64 and 36. Their 80 branches have a licence each, with days among the others'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from codes import credit_code
from playwright.sync_api import Page, expect
from portals import LICENCES, PENALTIES, build_site, licence, make_portal, penalty
from published import Notice, PublishedSite
from static_server import served

NAME = "广厦示例建设集团有限公司"
COMPANY = credit_code("91410400MA9F00001")
NAMESAKE = credit_code("91410400MA9F00002")
OTHER_UNIT = "data/records/licence/2023-12/zjj.csv"
STATUS = "[data-status]"
LINKS = ".results__list > .result a"


def decided(days_before: int) -> str:
    return (date(2023, 12, 1) - timedelta(days=days_before)).isoformat()


def licence_of(number: int, code: str, name: str, days_before: int) -> dict[str, str]:
    day = decided(days_before)
    return licence(number, XK_XDR_SHXYM=code, XK_XDR_MC=name, XK_JDRQ=day, XK_YXQZ=day)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """In place of the demo city: two large subjects of one name, their branches, and some of other names."""
    company = [licence_of(number, COMPANY, NAME, number % 320) for number in range(640)]
    penalties = [
        penalty(number, CF_XDR_SHXYM=COMPANY, CF_XDR_MC=NAME, CF_JDRQ=decided(5 * number)) for number in range(60)
    ]
    namesake = [licence_of(1000 + number, NAMESAKE, NAME, 3 * number) for number in range(100)]
    branches = [
        licence_of(2000 + number, credit_code(f"91410400MA9F{1000 + number:05}"), f"{NAME}第{number}分公司", 4 * number)
        for number in range(80)
    ]
    others = [licence(3000 + number) for number in range(40)]
    files = {
        LICENCES: [*company[160:], *namesake, *branches, *others],
        OTHER_UNIT: [row | {"XK_LYDW": "市住建局", "XK_LYDWDM": "11410400DEMX00065J"} for row in company[:160]],
        PENALTIES: penalties,
    }
    root = make_portal(tmp_path_factory.mktemp("large-subject") / "portal", files, pages=True)
    return PublishedSite(build_site(root))


@pytest.fixture(scope="module")
def portal(site: PublishedSite) -> Iterator[str]:
    """Address of this site."""
    with served(site.folder) as address:
        yield address


@pytest.mark.parametrize(
    ("asked", "count", "wanted"),
    [
        pytest.param("", 880, lambda notice: True, id="all"),
        pytest.param("&kind=penalty", 60, lambda notice: notice.kind == "penalty", id="a kind"),
        pytest.param("&kind=licence", 820, lambda notice: notice.kind == "licence", id="the other kind"),
        pytest.param("&unit=zjj", 160, lambda notice: notice.unit == "市住建局", id="a unit"),
        # 101 days, numbered 200 to 300: of the company two licences a day and penalties on 200, 205, … 295, of its
        # namesake licences on 201, 204, … 297, of its branches on 200, 204, … 300.
        pytest.param(
            f"&from={decided(300)}&to={decided(200)}",
            2 * 101 + 20 + 33 + 26,
            lambda notice: decided(300) <= notice.decided <= decided(200),
            id="a period",
        ),
        # On each of 20 days the company has two licences, one of them from this unit.
        pytest.param(
            f"&unit=zjj&kind=licence&from={decided(159)}&to={decided(140)}",
            20,
            lambda notice: notice.unit == "市住建局" and decided(159) <= notice.decided <= decided(140),
            id="a unit, a kind and a period",
        ),
        pytest.param("&unit=zjj&kind=penalty", 0, lambda notice: False, id="a kind that the unit has none of"),
    ],
)
def test_all_records_of_large_subjects_are_listed_newest_first_to_the_last_page(
    reader: Page, site: PublishedSite, asked: str, count: int, wanted: Callable[[Notice], bool]
) -> None:
    expected = {notice.id: notice.decided for notice in site.notices if NAME in notice.subject and wanted(notice)}
    assert len(expected) == count
    found = _listed(reader, f"search/?q={NAME}{asked}", count)
    assert len(found) == count
    assert set(found) == set(expected)
    assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)


def test_the_last_page_can_be_asked_for_by_its_address(reader: Page, site: PublishedSite) -> None:
    oldest = min(notice.decided for notice in site.notices)
    assert oldest == decided(319)
    reader.goto(f"search/?q={NAME}&page=44")
    expect(reader.locator(STATUS)).to_contain_text("共找到 880 条，按决定日期由近到远排列。第 44 页，共 44 页。")
    expect(reader.locator(".result time")).to_have_count(20)
    expect(reader.locator(".result time").last).to_have_text(oldest)


def _listed(reader: Page, address: str, count: int) -> list[str]:
    """Ids in the lists of all pages of a search, whose total has to be `count`."""
    reader.goto(address)
    if not count:
        expect(reader.locator(STATUS)).to_contain_text("没有找到")
        return []
    pages = -(-count // 20)
    found: list[str] = []
    for page in range(1, pages + 1):
        expect(reader.locator(STATUS)).to_contain_text(f"共找到 {count} 条")
        expect(reader.locator(STATUS)).to_contain_text(f"第 {page} 页，共 {pages} 页")
        found += reader.locator(LINKS).evaluate_all("links => links.map(a => new URL(a.href).searchParams.get('id'))")
        if page < pages:
            reader.get_by_role("link", name="下一页").click()
    return found
