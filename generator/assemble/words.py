"""The words of the printed pages, for the second group of a search: what a reader may find beside records.

Read from the engine's HTML, so that both engines and generated pages are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lxml import html

from generator.assemble.frame import NOINDEX
from generator.store.columnar import pack

PAGES = "store/pages.json.gz"
LONGEST = 20_000
"""Characters of a page's text that can be found; a longer one is cut."""

_EXCLUDED = "data-search-exclude"
"""Attribute of what is not searched, as Material for MkDocs has it: a whole article or a part of one."""
_SKIPPED = {"script", "style", "svg", "nav", "h1"}
"""Elements whose text is no part of an article; the title has a column of its own."""
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


@dataclass(frozen=True)
class Article:
    """What a printed page says of itself, and its words."""

    title: str
    meta: dict[str, str]
    text: str

    @classmethod
    def read(cls, page: str) -> Article:
        """The article of a page."""
        tree = html.document_fromstring(page)
        meta = {each.get("name"): each.get("content") or "" for each in tree.iter("meta") if each.get("name")}
        articles = [each for each in tree.iter("article") if _EXCLUDED not in each.attrib]
        titles = ("".join(heading.itertext()) for article in articles for heading in article.iter("h1"))
        words = ("".join(_words(article)) for article in articles)
        return cls(_in_line(titles), meta, _in_line(words))


def _words(element: html.HtmlElement) -> Iterator[str]:
    """The texts of an element and of what is in it, parted where readers see them parted."""
    beside = "" if element.tag in _INLINE else " "
    yield beside
    yield element.text or ""
    for below in element:
        # A comment has no name but a function.
        if isinstance(below.tag, str):
            left_out = below.tag in _SKIPPED or _EXCLUDED in below.attrib
            yield from (" ",) if left_out else _words(below)
        yield below.tail or ""
    yield beside


def _in_line(texts: Iterable[str]) -> str:
    return " ".join("".join(texts).split())


def pages_file(folder: Path, executor: Executor) -> bytes:
    """The pages that readers may find by words, as the scripts read them: columns, by address.

    address: below the site's root; title; section: its title in the menu; text: at most LONGEST
    characters; date: ISO, "" where the page has none.
    """
    found = executor.map(partial(_page, folder), folder.rglob("index.html"), chunksize=16)
    pages = sorted(page for page in found if page)
    names = ("address", "title", "section", "text", "date")
    return pack({name: [page[place] for page in pages] for place, name in enumerate(names)})


def _page(folder: Path, path: Path) -> tuple[str, str, str, str, str] | None:
    """What is found of one page; None for a page that is not to be found. Runs in a worker."""
    content = path.read_text(encoding="utf-8")
    if NOINDEX in content:
        return None
    article = Article.read(content)
    if not article.text:
        return None
    address = path.relative_to(folder).as_posix().removesuffix("index.html")
    section, day = article.meta.get("ColumnName", ""), article.meta.get("PubDate", "")
    return address, article.title, section, article.text[:LONGEST], day
