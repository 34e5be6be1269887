"""The sitemap: days of change as the data tell them, and several files where one may not hold all addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from display.city import id_of
from display.quick import HEADINGS
from portals import ADDRESS, SITE, build_site, licence, make_portal, write
from printed import page

from generator.assemble.sitemap import Page, write_robots
from generator.assemble.staging import Staging
from generator.model.portal import load_portal


def listed(folder: Path, name: str = "sitemap.xml", entry: str = "url") -> dict[str, str]:
    """Address below the site's root → day of the last change."""
    content = page((folder / name).read_bytes())
    return {
        each.all("loc")[0].text().removeprefix(ADDRESS): "".join(day.text() for day in each.all("lastmod"))
        for each in content.all(entry)
    }


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    november = {"XK_JDRQ": "2023/11/01", "XK_YXQZ": "2023/11/01"}
    october = {"XK_JDRQ": "2023/10/09", "XK_YXQZ": "2023/10/09"}
    left = licence(5, **october, BSRQ="2023/10/10")
    rows = {
        "data/records/licence/2023-10/scjgj.csv": [licence(4, **october, BSRQ="2023/10/11"), left],
        "data/records/licence/2023-11/scjgj.csv": [licence(2, **november, BSRQ="2023/11/02")],
        "data/records/licence/2023-12/scjgj.csv": [
            licence(1, BSRQ="2023/12/04"),
            licence(2, **november, BSRQ="2023/12/06", XK_NR="更正后的内容"),
        ],
    }
    root = make_portal(tmp_path_factory.mktemp("sitemap") / "portal", rows, pages=True, address=ADDRESS)
    record = id_of(left, load_portal(root).kinds["licence"], SITE["id_key"])
    write(root / "data/withdrawals.csv", f"{HEADINGS}\n{record},2023-12-24,撤销,\n")
    return listed(build_site(root))


def archive(days: dict[str, str], month: str) -> set[str]:
    return {day for address, day in days.items() if address.startswith(f"notices/licence/archive/{month}/")}


def test_an_archive_page_changed_when_its_last_record_was_reported(days: dict[str, str]) -> None:
    assert archive(days, "2023-12") == {"2023-12-04"}


def test_or_corrected(days: dict[str, str]) -> None:
    assert archive(days, "2023-11") == {"2023-12-06"}


def test_or_when_one_left_so_that_search_engines_look_again(days: dict[str, str]) -> None:
    assert archive(days, "2023-10") == {"2023-12-24"}


def test_a_page_that_says_the_day_of_the_data_is_of_that_day_and_a_guide_says_none(days: dict[str, str]) -> None:
    assert {days[address] for address in ("", "data/", "status/", "notices/licence/")} == {"2024-01-05"}


def test_more_addresses_than_one_file_may_hold_are_split_and_an_index_names_the_parts(tmp_path: Path) -> None:
    pages = [Page(f"page-{number}/", f"2023-12-0{number}") for number in range(1, 6)]
    write_robots(Staging(tmp_path), ADDRESS, reversed(pages), limit=2)
    assert listed(tmp_path, entry="sitemap") == {
        "sitemap-1.xml": "2023-12-02",
        "sitemap-2.xml": "2023-12-04",
        "sitemap-3.xml": "2023-12-05",
    }
    parts = [listed(tmp_path, f"sitemap-{number}.xml") for number in (1, 2, 3)]
    assert [list(part) for part in parts] == [["page-1/", "page-2/"], ["page-3/", "page-4/"], ["page-5/"]]
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (tmp_path / "robots.txt").read_text(encoding="utf-8")


def test_as_many_as_it_may_hold_are_in_one(tmp_path: Path) -> None:
    write_robots(Staging(tmp_path), ADDRESS, [Page("a/"), Page("b/")], limit=2)
    assert listed(tmp_path) == {"a/": "", "b/": ""}
    assert not (tmp_path / "sitemap-1.xml").exists()
