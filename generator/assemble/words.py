"""The words of the printed pages, for the second group of a search: what a reader may find beside records.

Read from the engine's HTML, so that both engines and generated pages are alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from generator.assemble.frame import NOINDEX
from generator.store.columnar import pack

PAGES = "store/pages.json.gz"
LONGEST = 20_000
"""Characters of a page's text that can be found; a longer one is cut."""

_EXCLUDED = "data-search-exclude"
"""Attribute of what is not searched, as Material for MkDocs has it: a whole article or a part of one."""
_SKIPPED = {"script", "style", "svg", "nav", "h1"}
"""Elements whose text is no part of an article; the title has a column of its own."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
}
"""Elements that part no words: Chinese has no blanks, so none may come between."""


@dataclass
class Article(HTMLParser):
    """What a printed page says of itself, and its words. Made by `read`."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, bool]] = []
        """Open elements within the article, and whether each is left out with all that is in it."""

    @classmethod
    def read(cls, html: str) -> Article:
        """The article of a page."""
        article = cls()
        article.feed(html)
        article.title, article.text = (" ".join(words.split()) for words in (article.title, article.text))
        return article

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element of the article, or note what the head says."""
        named = dict(attrs)
        if tag == "meta" and named.get("name"):
            self.meta[str(named["name"])] = named.get("content") or ""
        if not self._open and tag != "article":
            return
        if tag not in _INLINE:
            self.text += " "
        if tag not in _VOID:
            left_out = bool(self._open) and self._open[-1][1]
            self._open.append((tag, left_out or tag in _SKIPPED or _EXCLUDED in named))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those within it that the page left open."""
        if tag not in (name for name, _ in self._open):
            return
        while self._open.pop()[0] != tag:
            pass
        if tag not in _INLINE:
            self.text += " "

    def handle_data(self, data: str) -> None:
        """Take words of the title and of the text."""
        if any(name == "h1" for name, _ in self._open) and not self._open[0][1]:
            self.title += data
        elif self._open and not self._open[-1][1]:
            self.text += data


def pages_file(html: Path) -> bytes:
    """The pages that readers may find by words, as the scripts read them: columns, by address.

    address: below the site's root; title; section: its title in the menu; text: at most LONGEST
    characters; date: ISO, "" where the page has none.
    """
    pages = sorted(_pages(html))
    names = ("address", "title", "section", "text", "date")
    return pack({name: [page[place] for page in pages] for place, name in enumerate(names)})


def _pages(html: Path) -> Iterator[tuple[str, str, str, str, str]]:
    for path in html.rglob("index.html"):
        content = path.read_text(encoding="utf-8")
        if NOINDEX in content:
            continue
        article = Article.read(content)
        if article.text:
            address = path.relative_to(html).as_posix().removesuffix("index.html")
            section, day = article.meta.get("ColumnName", ""), article.meta.get("PubDate", "")
            yield address, article.title, section, article.text[:LONGEST], day
