"""The portal's search beside Pagefind's, on the same records: building, size, first search, recall and precision."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path
from typing import Any

from pagefind.index import IndexConfig, PagefindIndex
from playwright.sync_api import Browser

from benchmarks.chart import bars
from benchmarks.host import Host, hosted
from benchmarks.measure import PORTAL, table, timed
from benchmarks.searching import PublishedSite, Scan, browser_of

_CHART = Path(__file__).parent / "searching.svg"
_QUERIES = 20
_SHOWN = 100
"""Results of Pagefind whose records are looked up, each a file of its own."""
_PAGEFIND = """async ({address, query, most}) => {
  const pagefind = await import(address + "pagefind/pagefind.js");
  const { results } = await pagefind.search(query);
  return Promise.all(results.slice(0, most).map(async (result) => (await result.data()).meta.title));
}"""
_OURS = """async ({address, query, most}) => {
  const { WordSearch } = await import(address + "assets/portal/query.js");
  const { manifest } = await import(address + "assets/portal/store.js");
  const search = new WordSearch(await manifest(), { q: query });
  await search.reach(most);
  return search.hits.slice(0, most).map(({ id }) => id);
}"""
_BLANK = '<!doctype html><meta charset="utf-8"><meta name="portal-root" content="..">'


def measure(city: Path, root: Path, records: int) -> str:
    """Build a city with both searches, ask both the same. Returns Markdown, and draws the chart anew."""
    timed([*PORTAL, "demo", "--root", str(root), "--records", str(records), str(city)])
    whole, _ = timed([*PORTAL, "build", "--root", str(city)])
    site = PublishedSite(city / "site")
    scan = Scan(site.notices)
    start = time.perf_counter()
    asyncio.run(_index(scan, site.folder / "pagefind"))
    built = {"portal (its whole build)": whole, "Pagefind": time.perf_counter() - start}
    (site.folder / "pagefind/blank.html").write_text(_BLANK, encoding="utf-8")
    folders = {"portal (its whole build)": ("names", "numbers", "subjects", "facets"), "Pagefind": ()}
    asked = {kind: list(_queries(scan, kind)) for kind in ("part of a name", "last six of a code", "document number")}
    rows: list[tuple[object, ...]] = []
    found: dict[str, list[float]] = {}
    with hosted(site.folder) as host, browser_of(host) as browser:
        for name, script in (("portal (its whole build)", _OURS), ("Pagefind", _PAGEFIND)):
            parts = [site.folder / "store" / part for part in folders[name]] or [site.folder / "pagefind"]
            files = [path for part in parts for path in part.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1024**2
            first = _first(browser, host, script, asked["part of a name"])
            shares = [_shares(browser, host, script, scan, queries) for queries in asked.values()]
            found[name.split(" (")[0]] = [recall for recall, _ in shares]
            quality = (f"{recall:.0%} / {precision:.0%}" for recall, precision in shares)
            rows.append((name, f"{built[name]:.1f}", f"{len(files):,}", f"{size:.1f}", f"{first:.0f}", *quality))
    _CHART.write_text(bars(f"Records found, {len(scan.rows):,} records", list(asked), found), encoding="utf-8")
    head = ["search", "build, s", "files", "MB", "first search, KB", *(f"{kind}: recall / precision" for kind in asked)]
    return f"{len(scan.rows):,} records.\n\n{table(head, rows)}"


async def _index(scan: Scan, folder: Path) -> None:
    """Pagefind's index of names, codes and numbers; the title of an entry is the id of its record."""
    async with PagefindIndex(config=IndexConfig(output_path=str(folder))) as index:
        for row in scan.rows:
            text = f"{row.subject} {row.code} {row.number}"
            await index.add_custom_record(url=f"/{row.id}", content=text, language="zh", meta={"title": row.id})


def _queries(scan: Scan, kind: str) -> list[str]:
    if kind == "part of a name":
        return [query for query in scan.draw(kind, 3 * _QUERIES, 5) if len(scan.find(query)["id"]) <= _SHOWN][:_QUERIES]
    chosen = random.Random(5).sample([row for row in scan.rows if row.code], _QUERIES)
    return [row.code[-6:] if kind == "last six of a code" else row.number for row in chosen]


def _first(browser: Browser, host: Host, script: str, queries: list[str]) -> float:
    """Median KB of the scripts and index files of a first search, to twenty results."""
    sizes = []
    for query in queries[:7]:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{host.near}pagefind/blank.html")
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        got: list[float] = []
        session.on("Network.loadingFinished", lambda event, got=got: got.append(event["encodedDataLength"]))
        page.evaluate(script, {"address": host.near, "query": query, "most": 20})
        page.wait_for_timeout(200)
        sizes.append(sum(got) / 1024)
        context.close()
    return sorted(sizes)[len(sizes) // 2]


def _shares(browser: Browser, host: Host, script: str, scan: Scan, queries: list[str]) -> tuple[float, float]:
    """Recall and precision over all queries together."""
    page = browser.new_page()
    page.goto(f"{host.near}pagefind/blank.html")
    right = expected = given = 0
    for query in queries:
        answer: Any = page.evaluate(script, {"address": host.near, "query": query, "most": _SHOWN})
        wanted = set(scan.find(query)["id"])
        right, expected, given = right + len(wanted & set(answer)), expected + len(wanted), given + len(answer)
    page.close()
    return right / max(1, expected), right / max(1, given)
