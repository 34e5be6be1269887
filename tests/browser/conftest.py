"""The demo city, built once and served under a sub-path, and a reader's browser in front of it."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright
from published import PublishedSite
from readers import DESKTOP, NOW, OpenReader
from static_server import SUB_PATH, served

from generator.model.portal import load_portal
from generator.pipeline import build

ROOT = Path(__file__).parents[2]

# A busy machine is no fault of the page.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> PublishedSite:
    """The demo city, built from a copy so that build/ of the checkout stays as it is; once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-city"
    done = root / "done"
    try:
        root.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not done.exists():
            assert time.monotonic() < until, "the process that builds the demo city has failed"
            time.sleep(0.2)
        return PublishedSite(root / "site")
    for name in ("content", "data", "theme_overrides"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root)
    declaration = root / "data/site.yml"
    text, found = re.subn(
        r"^address:.*$", f"address: https://credit.example{SUB_PATH}", declaration.read_text("utf-8"), flags=re.M
    )
    assert found, "the page for missing addresses needs to know where the site lies"
    declaration.write_text(text, "utf-8")
    today = load_portal(root).site.today
    assert today is not None, "the demo fixes its day in data/site.yml"
    build(root, root / "site", today=today, now=NOW, jobs=2)
    done.touch()
    return PublishedSite(root / "site")


@pytest.fixture(scope="session")
def portal(site: PublishedSite) -> Iterator[str]:
    """Address of the served site, with a slash at the end."""
    with served(site.folder) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium; Playwright's own download is not used."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("no Chromium found: install the package chromium, or set CHROMIUM=/path/to/it", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_reader(chromium: Browser, portal: str) -> Iterator[OpenReader]:
    """Open a reader's browser: `open_reader(viewport=…, java_script_enabled=…, color_scheme=…)`.

    Whatever a test looks at, no page may ask another host for anything, break its own security
    policy or fail in a script.
    """
    contexts = []
    complaints: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((portal, "data:")):
            complaints.append(f"asked elsewhere: {request.url}")

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(message.text)

    def opened(**options: object) -> Page:
        context = chromium.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", "base_url": portal, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", note_request)
        page.on("console", note_console)
        page.on("pageerror", lambda error: complaints.append(f"script failed: {error}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def reader(open_reader: OpenReader) -> Page:
    """A reader at a desk."""
    return open_reader()
