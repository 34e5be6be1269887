"""Searches of a built city in headless Chromium over a slow line: seconds, requests, bytes; recall against a scan.

The line is Chromium's own emulation, 150 ms and 9 Mbit/s; the host is a local one, HTTP/1.1, that packs text.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.measure import table

sys.path.append(str(Path(__file__).parent.parent / "tests" / "browser"))

from published import PublishedSite
from recall import KINDS, Scan, recall
from static_server import SUB_PATH, SubPath

_LINE = {"offline": False, "latency": 150, "downloadThroughput": 9e6 / 8, "uploadThroughput": 9e6 / 8}
_PHONE = {"width": 390, "height": 844}
_PACKED = (".html", ".js", ".css", ".json", ".svg")
_QUERIES_COLD = 6
_QUERIES_LATER = 20


class _Host(SubPath):
    """A static host that sends text gzipped."""

    def do_GET(self) -> None:  # noqa: N802 - so named in http.server
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if path.suffix not in _PACKED or not path.is_file():
            return super().do_GET()
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def _hosted(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()


def measure(city: Path, queries_a_kind: int) -> str:
    """Recall of random queries of each kind, and the cost of searches on a phone. Returns Markdown."""
    site = PublishedSite(city / "site")
    scan = Scan(site.notices)
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    with _hosted(site.folder) as address, sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, names)))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        rows = [_cost(browser, address, scan, kind) for kind in KINDS]
        misses = recall(browser.new_page(), address, scan.rows, queries_a_kind)
        browser.close()
    head = ["query", "first, s", "requests", "KB", "later, median s", "95 %, s", "KB"]
    said = [f"- {miss.kind} “{miss.query}”: {len(miss.missing)} missing, {len(miss.wrong)} wrong" for miss in misses]
    share = (
        f"{queries_a_kind * len(KINDS) - len(misses):,} of {queries_a_kind * len(KINDS):,} answers equal the scan's."
    )
    return "\n\n".join([f"{len(scan.rows):,} records.", table(head, rows), share, *said])


def _cost(browser: Browser, address: str, scan: Scan, kind: str) -> tuple[object, ...]:
    """The median of first searches, each in a browser that knows nothing, and later ones in one browser."""
    first = []
    for query in scan.draw(kind, _QUERIES_COLD, 1):
        with _reader(browser) as (page, traffic):
            start = time.perf_counter()
            page.goto(f"{address}search/?q={quote(query)}", wait_until="commit")
            page.wait_for_selector("[data-list] > li")
            first.append((time.perf_counter() - start, traffic["requests"], traffic["bytes"] / 1024))
    later = []
    with _reader(browser) as (page, traffic):
        page.goto(f"{address}search/?q={quote(scan.draw(kind, 1, 2)[0])}")
        page.wait_for_selector("[data-list] > li")
        for query in scan.draw(kind, _QUERIES_LATER, 3):
            page.wait_for_timeout(500)
            # The former answer goes first, so that the new one is known when it comes.
            page.evaluate("document.querySelector('[data-list]').replaceChildren()")
            before, start = traffic["bytes"], time.perf_counter()
            page.fill("[data-portal-search] [name=q]", query)
            page.press("[data-portal-search] [name=q]", "Enter")
            page.wait_for_selector("[data-list] > li")
            later.append((time.perf_counter() - start, (traffic["bytes"] - before) / 1024))
    seconds, requests, size = (statistics.median(column) for column in zip(*first, strict=True))
    times, sizes = zip(*later, strict=True)
    slowest = statistics.quantiles(times, n=20)[-1]
    median = f"{statistics.median(times):.2f}"
    return (
        kind,
        f"{seconds:.2f}",
        f"{requests:.0f}",
        f"{size:.0f}",
        median,
        f"{slowest:.2f}",
        f"{statistics.median(sizes):.0f}",
    )


@contextmanager
def _reader(browser: Browser) -> Iterator[tuple[Page, dict[str, float]]]:
    """A page on a phone with an empty cache, on the slow line, and what it has asked for so far."""
    context = browser.new_context(viewport=_PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic: dict[str, float] = {"requests": 0, "bytes": 0}

    def finished(event: dict[str, Any]) -> None:
        traffic["requests"] += 1
        traffic["bytes"] += event["encodedDataLength"]

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", _LINE)
    yield page, traffic
    context.close()
