"""Searches of a built city in headless Chromium: recall against a scan; seconds, requests, bytes over a slow line."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.host import Host, hosted
from benchmarks.measure import table

sys.path.append(str(Path(__file__).parent.parent / "tests" / "browser"))

from published import PublishedSite
from recall import KINDS, Scan, recall

_PHONE = {"width": 390, "height": 844}
_FIRST = 9
_LATER = 30
_WATCH = """() => {
  const start = document.querySelector("[data-list]") ? performance.now() : 0;
  window.answered = new Promise((resolve) => {
    const look = () => document.querySelector("[data-list] > li") && resolve((performance.now() - start) / 1000);
    new MutationObserver(look).observe(document, {childList: true, subtree: true});
  });
}"""
"""Watches for the first hit, from the start of a page or from now on: whoever asks from outside asks now and then."""
_ANSWERED = "window.answered"
"""Seconds to the first hit."""
_MOST = 200
"""Records that recall asks for, ten pages of them: of more the newest."""


def measure(city: Path, queries_a_kind: int) -> str:
    """Recall of random queries of each kind, and the cost of searches on a phone. Returns Markdown.

    Raises SystemExit where an answer is not that of the scan.
    """
    site = PublishedSite(city / "site")
    scan = Scan(site.notices)
    with hosted(site.folder) as host, browser_of(host) as browser:
        costs = [_cost(browser, host, scan, kind) for kind in KINDS]
        print(table(["query", "first, s", "requests", "KB", "later, median s", "95 %, s", "KB"], costs), flush=True)
        page = browser.new_page()
        page.goto(f"{host.near}search/")
        rows, misses = [], []
        for kind in KINDS:
            asked = len(scan.draw(kind, queries_a_kind, 0))
            different = recall(page, scan, kind, queries_a_kind, most=_MOST)
            rows.append((kind, asked, asked - len(different), len(different)))
            print(*rows[-1], file=sys.stderr, flush=True)
            misses += different
    shares = table(["query", "asked", "equal", "different"], rows)
    said = [f"- {miss.kind} “{miss.query}”: {len(miss.missing)} missing, {len(miss.wrong)} wrong" for miss in misses]
    if misses:
        raise SystemExit("\n".join([shares, *said]))
    return f"{len(scan.rows):,} records.\n\n{shares}"


@contextmanager
def browser_of(host: Host) -> Iterator[Browser]:
    """The installed Chromium, which trusts the host."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = next(filter(None, map(shutil.which, names)))
    options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        trust = f"--ignore-certificate-errors-spki-list={host.key}"
        browser = playwright.chromium.launch(executable_path=path, args=[*options, trust])
        yield browser
        browser.close()


def _cost(browser: Browser, host: Host, scan: Scan, kind: str) -> tuple[object, ...]:
    """The median of first searches, each in a browser that knows nothing, and later ones in one browser."""
    first = []
    for query in scan.draw(kind, _FIRST, 1):
        with _reader(browser) as (page, traffic):
            page.goto(f"{host.far}search/?q={quote(query)}", wait_until="commit")
            first.append((page.evaluate(_ANSWERED), traffic["requests"], traffic["bytes"] / 1024))
    later = []
    with _reader(browser) as (page, traffic):
        page.goto(f"{host.far}search/?q={quote(scan.draw(kind, 1, 2)[0])}")
        page.evaluate(_ANSWERED)
        for query in scan.draw(kind, _LATER, 3):
            page.wait_for_load_state("networkidle")
            # The former answer goes first, so that the new one is known when it comes.
            page.evaluate("document.querySelector('[data-list]').replaceChildren()")
            before = traffic["bytes"]
            page.fill("[data-portal-search] [name=q]", query)
            page.evaluate(_WATCH)
            page.press("[data-portal-search] [name=q]", "Enter")
            later.append((page.evaluate(_ANSWERED), (traffic["bytes"] - before) / 1024))
    seconds, requests, size = (statistics.median(column) for column in zip(*first, strict=True))
    times, sizes = zip(*later, strict=True)
    slowest = statistics.quantiles(times, n=20)[-1]
    middle = statistics.median(times)
    numbers = (f"{seconds:.2f}", f"{requests:.0f}", f"{size:.0f}", f"{middle:.2f}", f"{slowest:.2f}")
    return kind, *numbers, f"{statistics.median(sizes):.0f}"


@contextmanager
def _reader(browser: Browser) -> Iterator[tuple[Page, dict[str, float]]]:
    """A page on a phone with an empty cache, and what it has asked for so far."""
    context = browser.new_context(viewport=_PHONE)
    page = context.new_page()
    page.add_init_script(f"({_WATCH})()")
    session = context.new_cdp_session(page)
    traffic: dict[str, float] = {"requests": 0, "bytes": 0}

    def finished(event: dict[str, Any]) -> None:
        traffic["requests"] += 1
        traffic["bytes"] += event["encodedDataLength"]

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    yield page, traffic
    context.close()
