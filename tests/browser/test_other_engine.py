"""Zensical prints the same site as MkDocs, so that the successor can take over any day."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from published import PublishedSite
from readers import NOW
from static_server import SUB_PATH

from generator.model.portal import load_portal
from generator.pipeline import build


@pytest.fixture(scope="module")
def other(site: PublishedSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same city, printed by Zensical."""
    root = tmp_path_factory.mktemp("other") / "city"
    shutil.copytree(site.folder.parent, root, ignore=shutil.ignore_patterns("build", "site"))
    today = load_portal(root).site.today
    assert today is not None
    build(root, root / "site", today=today, now=NOW, jobs=2, engine="zensical")
    return root / "site"


def test_both_engines_print_the_same_pages(site: PublishedSite, other: Path) -> None:
    assert _pages(other) == _pages(site.folder)


def test_both_engines_print_the_same_words_and_links(site: PublishedSite, other: Path) -> None:
    names = sorted(_pages(site.folder))
    assert [name for name in names if _Seen.of(other, name) != _Seen.of(site.folder, name)] == []


def test_both_engines_give_the_same_words_to_find_pages_by(site: PublishedSite, other: Path) -> None:
    name = "store/pages.json.gz"
    assert (other / name).read_bytes() == (site.folder / name).read_bytes()


def _pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


class _Seen(HTMLParser):
    """Title, words and links of masthead, navigation, article and colophon; what is between is the theme's own."""

    _LOOKED_AT = ("title", "header", "nav", "article", "footer")
    _PASSED_OVER = ("script", "svg")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.address = SUB_PATH + name.removesuffix("index.html")
        self.words: list[str] = []
        self.links: list[str] = []
        self._inside = 0
        self._passed = 0

    @classmethod
    def of(cls, folder: Path, name: str) -> tuple[str, list[str]]:
        seen = cls(name)
        seen.feed((folder / name).read_text(encoding="utf-8"))
        return "".join(seen.words), seen.links

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside += tag in self._LOOKED_AT
        self._passed += tag in self._PASSED_OVER
        if self._inside and tag == "a":
            self.links.append(urljoin(self.address, dict(attrs).get("href") or ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag in self._LOOKED_AT
        self._passed -= tag in self._PASSED_OVER

    def handle_data(self, data: str) -> None:
        if self._inside and not self._passed:
            self.words.append("".join(data.split()))
