"""The portal's search beside other searches of plain files, on the same records: cost, recall and precision."""

from __future__ import annotations

import random
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from benchmarks.chart import bars
from benchmarks.host import hosted
from benchmarks.measure import PORTAL, table, timed
from benchmarks.others import OTHERS, Search, files_of
from benchmarks.searching import PublishedSite, Scan, browser_of

_CHART = Path(__file__).parent / "searching.svg"
_QUERIES = 100
_FIRST = 9
_SHOWN = 20
"""Results of a first search, as many as a list shows at once."""
_INDEX = ("index.json.gz", "subjects", "names", "numbers", "facets")
_PORTAL = """async ([query, shown]) => {
  const { WordSearch } = await import(new URL("assets/portal/query.js", location));
  const { manifest } = await import(new URL("assets/portal/store.js", location));
  const search = new WordSearch(await manifest(), { q: query });
  await search.reach(shown ?? 1e6);
  return search.hits.map(({ id }) => id);
}"""
_EMPTY = '<!doctype html><meta charset="utf-8"><meta name="portal-root" content="./">'
_SETTLED = 300


def measure(city: Path, root: Path, records: int) -> str:
    """Build a city, index its records in other ways, ask all the same. Returns Markdown, and draws the chart anew.

    A search that cannot be had here is said so in the table.
    """
    timed([*PORTAL, "demo", "--root", str(root), "--records", str(records), str(city)])
    seconds, _ = timed([*PORTAL, "build", "--root", str(city)])
    site = PublishedSite(city / "site")
    scan = Scan(site.notices)
    asked = _queries(scan)
    index = [file for part in _INDEX for file in files_of(site.folder / "store" / part)]
    own = Search("portal (its whole build)", seconds, site.folder, index, _PORTAL)
    recall, row = _asked(own, scan, asked)
    rows, found = [row], {"portal": recall}
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        for name, make in OTHERS.items():
            try:
                search = make(scan, Path(folder) / name)
            except subprocess.CalledProcessError as fault:
                said = fault.stderr.decode().strip().splitlines() or [str(fault)]
                rows.append((f"{name}: not to be had here ({said[-1]})", *"–" * 7))
            else:
                found[name], row = _asked(search, scan, asked)
                rows.append(row)
    title = f"Records found of those meant, {len(scan.rows):,} records"
    _CHART.write_text(bars(title, list(asked), found), encoding="utf-8")
    head = ["search", "index, s", "files", "MB", "first search, KB", *(f"{kind}: recall / precision" for kind in asked)]
    return f"{len(scan.rows):,} records, {_QUERIES} queries of a kind.\n\n{table(head, rows)}"


def _queries(scan: Scan) -> dict[str, list[str]]:
    """Random queries by their kind, each of a record that is there."""
    chosen = random.Random(5).sample([row for row in scan.rows if row.code and row.number], _QUERIES)
    return {
        "part of a name": scan.draw("part of a name", _QUERIES, 5),
        "last six of a code": [row.code[-6:] for row in chosen],
        "document number": [row.number for row in chosen],
    }


def _asked(search: Search, scan: Scan, asked: dict[str, list[str]]) -> tuple[list[float], tuple[object, ...]]:
    """Recall of each kind of query, and the row of the table."""
    with hosted(search.site) as host, browser_of(host) as browser:
        parts = asked["part of a name"][:_FIRST]
        first = statistics.median(_first(browser, host.near, search, query) for query in parts)
        with _empty_page(browser, host.near) as page:
            shares = [_shares(page, search, scan, queries) for queries in asked.values()]
    size = sum(path.stat().st_size for path in search.index) / 1024**2
    cost = (f"{search.seconds:.1f}", f"{len(search.index):,}", f"{size:.1f}", f"{first / 1024:,.0f}")
    quality = (f"{recall:.0%} / {precision}" for recall, precision in shares)
    return [recall for recall, _ in shares], (search.name, *cost, *quality)


def _first(browser: Browser, address: str, search: Search, query: str) -> float:
    """Bytes of the scripts and index files that a first search asks for, up to its first results."""
    finished: list[Request] = []
    with _empty_page(browser, address) as page:
        page.on("requestfinished", lambda request: finished.append(request))
        page.evaluate(search.script, [query, _SHOWN])
        page.wait_for_timeout(_SETTLED)
        return sum(request.sizes()["responseBodySize"] for request in finished)


def _shares(page: Page, search: Search, scan: Scan, queries: list[str]) -> tuple[float, str]:
    """Means over queries: recall, and precision as text, of the queries that were answered."""
    recalls, precisions = [], []
    for query in queries:
        answer = {search.records.get(found, found) for found in page.evaluate(search.script, [query, None])}
        meant = set(scan.find(query)["id"])
        recalls.append(len(meant & answer) / len(meant))
        if answer:
            precisions.append(len(meant & answer) / len(answer))
    return statistics.mean(recalls), f"{statistics.mean(precisions):.0%}" if precisions else "–"


@contextmanager
def _empty_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the site that holds nothing yet, with an empty cache."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/empty.html", lambda route: route.fulfill(body=_EMPTY, content_type="text/html"))
    page.goto(f"{address}empty.html")
    yield page
    context.close()
