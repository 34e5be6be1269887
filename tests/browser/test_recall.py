"""Whatever part of a name, a code or a document number is asked for: all records that have it, and no other."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from playwright.sync_api import Browser, Page
from published import PublishedSite
from readers import NOW
from recall import KINDS, Miss, Scan, recall
from static_server import served

from generator.demo import write_demo
from generator.index import layout
from generator.model.folding import folded, unified
from generator.model.portal import load_portal
from generator.pipeline import build

ROOT = Path(__file__).parents[2]
RECORDS = 20_000
QUERIES = 40
"""Of each kind."""
LONG = 64
"""Postings of the first file of a long gram, in place of 8,192, which no gram of a small city has."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """A city of twenty thousand records over three years."""
    root = tmp_path_factory.mktemp("twenty-thousand") / "city"
    write_demo(root, source=ROOT, records=RECORDS, jobs=2)
    today = load_portal(root).site.today
    assert today is not None
    build(root, root / "site", today=today, now=NOW, jobs=2)
    return PublishedSite(root / "site")


@pytest.fixture(scope="module")
def portal(city: PublishedSite) -> Iterator[str]:
    """Address of this city, in place of the demo city's."""
    with served(city.folder) as address:
        yield address


def _misses(
    page: Page, address: str, city: PublishedSite, queries: int = QUERIES, seed: int = 0, most: int = 100_000
) -> list[Miss]:
    scan = Scan(city.notices)
    page.goto(f"{address}search/")
    return [miss for kind in KINDS for miss in recall(page, scan, kind, queries, seed, most)]


def test_every_kind_of_query_finds_what_a_scan_finds_newest_first(
    reader: Page, portal: str, city: PublishedSite
) -> None:
    assert len(city.notices) > 0.8 * RECORDS
    assert _misses(reader, portal, city) == []


@pytest.fixture(scope="module")
def long_lists(city: PublishedSite) -> Iterator[str]:
    """Address of the same city as if it were large: even short lists are written, and read, piece by piece."""
    root = city.folder.parent
    today = load_portal(root).site.today
    assert today is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "CHUNK", LONG)
        build(root, root / "long", today=today, now=NOW, jobs=1)
    with served(root / "long") as address:
        yield address


def test_lists_that_are_read_piece_by_piece_give_the_same(
    chromium: Browser, long_lists: str, city: PublishedSite
) -> None:
    page = chromium.new_page()
    assert _misses(page, long_lists, city, QUERIES // 4) == []
    assert _misses(page, long_lists, city, seed=1, most=100) == []
    page.close()


@pytest.mark.parametrize("words", ["示例", "有限公司", "超市"])
def test_conditions_narrow_long_lists_without_losing_a_record(
    chromium: Browser, long_lists: str, city: PublishedSite, words: str
) -> None:
    unit = city.manifest["units"][0]
    days = sorted(notice.decided for notice in city.notices)
    start, end = days[len(days) // 3], days[len(days) // 2]
    expected = {
        notice.id
        for notice in city.notices
        if words in notice.subject and notice.unit == unit["name"] and start <= notice.decided <= end
    }
    page = chromium.new_page()
    page.goto(f"{long_lists}search/")
    found = page.evaluate(
        """async ({root, criteria}) => {
          const { WordSearch } = await import(new URL("assets/portal/query.js", root));
          const { manifest } = await import(new URL("assets/portal/store.js", root));
          const search = new WordSearch(await manifest(), criteria);
          await search.reach(Infinity);
          return search.hits.map(({ id }) => id);
        }""",
        {"root": long_lists, "criteria": {"q": words, "unit": unit["id"], "from": start, "to": end}},
    )
    page.close()
    assert expected
    assert sorted(found) == sorted(expected)


def test_a_code_leads_to_its_subject_with_all_its_records(reader: Page, portal: str, city: PublishedSite) -> None:
    notices = [notice for notice in city.notices if notice.code]
    busiest = max({notice.code for notice in notices}, key=[notice.code for notice in notices].count)
    reader.goto("search/")
    found = reader.evaluate(
        """async ({root, code}) => {
          const { subjectsWithCode } = await import(new URL("assets/portal/index.js", root));
          const subjects = await subjectsWithCode(code);
          const ids = [];
          for (const one of subjects) {
            ids.push(...one.hits.map(({ id }) => id));
            for (let list = 0; list < one.more; list += 1) ids.push(...(await one.older(list)).map(({ id }) => id));
          }
          return { codes: subjects.map(({ code }) => code), ids };
        }""",
        {"root": portal, "code": f" {busiest.lower()} "},
    )
    assert set(found["codes"]) == {busiest}
    assert sorted(found["ids"]) == sorted(notice.id for notice in notices if notice.code == busiest)


def test_the_page_folds_every_character_as_the_index_does(reader: Page, portal: str) -> None:
    known = [chr(point) for point in range(0x110000) if unicodedata.ucd_3_2_0.category(chr(point)) not in ("Cn", "Cs")]
    reader.goto("search/")
    found = reader.evaluate(
        """async ({root, texts}) => {
          const { fold } = await import(new URL("assets/portal/fold.js", root));
          return texts.map((text) => fold(text));
        }""",
        {"root": portal, "texts": known},
    )
    expected = folded(unified(pa.array(known))).to_pylist()
    differing = [text for text, one, other in zip(known, found, expected, strict=True) if one != other]
    assert set(differing) <= {"ƛ", "ɤ"}  # they have had capitals since Unicode 16, which not all know


def test_a_record_that_the_page_does_not_find_is_a_miss(reader: Page, portal: str, city: PublishedSite) -> None:
    unknown = replace(city.notices[0], id="0000000000000", subject="查无此人的示例公司", code="", number="")
    scan = Scan([unknown])
    reader.goto(f"{portal}search/")
    assert {tuple(miss.missing) for miss in recall(reader, scan, "part of a name", 5)} == {(unknown.id,)}
