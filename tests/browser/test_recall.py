"""Whatever part of a name, a code or a document number is asked for: all records that have it, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from published import PublishedSite
from readers import NOW
from recall import recall
from static_server import served

from generator.demo import write_demo
from generator.model.portal import load_portal
from generator.pipeline import build

ROOT = Path(__file__).parents[2]
RECORDS = 20_000
QUERIES = 40
"""Of each kind."""


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


def test_every_kind_of_query_finds_what_a_scan_finds_newest_first(
    reader: Page, portal: str, city: PublishedSite
) -> None:
    assert len(city.notices) > 0.8 * RECORDS
    assert recall(reader, portal, city.notices, QUERIES) == []


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
