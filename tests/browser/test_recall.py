"""Whatever part of a name, a code or a document number is asked for: all records that have it, and no other."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import ceil, log2
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from playwright.sync_api import Browser, Page
from published import Notice, PublishedSite
from readers import NOW
from recall import KINDS, Miss, Scan, recall
from static_server import served

from generator.demo import write_demo
from generator.index import layout
from generator.model.folding import folded, unified
from generator.model.portal import load_portal
from generator.pipeline import build

ROOT = Path(__file__).parents[2]
RECORDS = 8_000
QUERIES = 12
"""Of each kind."""
LONG = 64
"""Postings of the first file of a long gram, in place of 8,192, which no gram of a small city has."""
SMALL = 4
"""Subjects of a block, in place of 64: a small city has as many blocks as a large one."""
PAGE = 21
"""Hits that a first page asks for."""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """A city of eight thousand records over a year."""
    root = tmp_path_factory.mktemp("eight-thousand") / "city"
    write_demo(root, source=ROOT, records=RECORDS, months=12, jobs=2)
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
        patch.setattr(layout, "_SUBJECTS_A_BLOCK", SMALL)
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
        notice.id: notice.decided
        for notice in city.notices
        if words in notice.subject and notice.unit == unit["name"] and start <= notice.decided <= end
    }
    found, _ = _asked(chromium, long_lists, {"q": words, "unit": unit["id"], "from": start, "to": end}, 100_000)
    assert expected
    assert sorted(found) == sorted(expected)
    assert [expected[one] for one in found] == sorted(expected.values(), reverse=True)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"q": "公司", "unit": "rare"}, id="a broad word and a unit that reports little"),
        pytest.param({"q": "超市", "unit": "rare"}, id="a word that nobody of the unit has"),
        pytest.param({"q": "公司", "region": "a county", "period": "some"}, id="a region and a period"),
        pytest.param({"q": "公司", "period": "some"}, id="a period that ends within a month"),
        pytest.param({"q": "公司", "period": "no start"}, id="all up to a day of an early month"),
    ],
)
def test_a_first_page_with_conditions_reads_few_files(
    chromium: Browser, long_lists: str, city: PublishedSite, asked: dict[str, str]
) -> None:
    """No file twice; no more blocks than subjects that meet each condition; lists at most once to their ends.

    A list of months has the days themselves, so with a period alone every candidate is a hit (but for two subjects of
    one slot) and twice a page is enough.
    """
    units = {unit["name"]: unit for unit in city.manifest["units"]}
    reported = Counter(notice.unit for notice in city.notices)
    days = sorted(notice.decided for notice in city.notices)
    rare = units[reported.most_common()[-1][0]]
    county = city.manifest["regions"][units[reported.most_common(3)[-1][0]]["region"]]
    end = days[len(days) // 2] if asked.get("period") == "some" else days[200]
    start = days[len(days) // 3] if asked.get("period") == "some" else ""
    conditions: list[tuple[dict[str, str], Callable[[Notice], bool]]] = []
    if "unit" in asked:
        conditions.append(({"unit": rare["id"]}, lambda notice: notice.unit == rare["name"]))
    if "region" in asked:
        region = city.manifest["regions"].index(county)
        conditions.append(({"region": county["code"]}, lambda notice: units[notice.unit]["region"] == region))
    if "period" in asked:
        conditions.append(({"from": start, "to": end}, lambda notice: start <= notice.decided <= end))
    criteria = {"q": asked["q"]} | {name: text for given, _ in conditions for name, text in given.items() if text}

    met = [{(one.subject, one.code) for one in city.notices if meets(one)} for _, meets in conditions]
    named = {(one.subject, one.code) for one in city.notices if asked["q"] in one.subject}
    most_blocks = min(len(set.intersection(named, *met)), 2 * PAGE) if len(met) == 1 else len(named & met[0] & met[1])
    lists: Counter[tuple[str, ...]] = Counter()
    for notice in city.notices:
        lists["unit", notice.kind, notice.unit] += 1
        lists["month", notice.kind, notice.decided[:7]] += 1
    kinds = {notice.kind for notice in city.notices}
    wanted = [size for (facet, _, name), size in lists.items() if _may_be_read(facet, name, criteria, units, city)]
    most_lists = 1 + _files(len(named) * len(kinds)) + 2 * len(kinds) + sum(map(_files, wanted))

    found, requests = _asked(chromium, long_lists, criteria, PAGE)
    all_found = [n for n in city.notices if asked["q"] in n.subject and all(meets(n) for _, meets in conditions)]
    assert len(found) >= min(PAGE, len(all_found))
    assert len(set(requests)) == len(requests)
    blocks = [path for path in requests if path.startswith("store/subjects/")]
    assert len(blocks) <= most_blocks < 300
    assert len(requests) - len(blocks) <= most_lists


def _may_be_read(facet: str, name: str, criteria: dict[str, str], units: dict[str, Any], city: PublishedSite) -> bool:
    """Whether a list of a unit (by its name) or of a month is one of those that the conditions name."""
    if facet == "month":
        return "to" in criteria and criteria.get("from", "")[:7] <= name <= criteria["to"][:7]
    unit = units[name]
    return unit["id"] == criteria.get("unit") or city.manifest["regions"][unit["region"]]["code"] == criteria.get(
        "region"
    )


def _files(postings: int) -> int:
    """Files of a list: the first has LONG postings, each further one twice as many."""
    return ceil(log2(postings / LONG + 1))


def _asked(chromium: Browser, address: str, criteria: dict[str, str], most: int) -> tuple[list[str], list[str]]:
    """Ids that a search finds, and the files under store/ that it asked for."""
    page = chromium.new_page()
    page.goto(f"{address}search/")
    page.locator("[data-portal-search] option[value=penalty]").wait_for(state="attached")  # the manifest is there
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url.removeprefix(address)))
    found = page.evaluate(
        """async ({root, criteria, most}) => {
          const { WordSearch } = await import(new URL("assets/portal/query.js", root));
          const { manifest } = await import(new URL("assets/portal/store.js", root));
          const search = new WordSearch(await manifest(), criteria);
          await search.reach(most);
          return search.hits.map(({ id }) => id);
        }""",
        {"root": address, "criteria": criteria, "most": most},
    )
    page.close()
    return found, [path for path in requests if path.startswith("store/")]


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
