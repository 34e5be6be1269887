"""Searches asked through the page's own modules, compared with a scan of all published rows that is written anew here.

Used by the browser tests on a small city and by the benchmarks on a large one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from playwright.sync_api import Page


class Row(Protocol):
    """What is searched of a record."""

    @property
    def id(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def decided(self) -> str: ...


@dataclass(frozen=True)
class Miss:
    """A query whose answer is not that of the scan."""

    kind: str
    query: str
    missing: list[str]
    """Ids that the page did not find."""
    wrong: list[str]
    """Ids that it should not have found, or what is wrong with its order."""


_ASK = """async ({root, queries, most}) => {
  const { WordSearch } = await import(new URL("assets/portal/query.js", root));
  const { manifest } = await import(new URL("assets/portal/store.js", root));
  const contents = await manifest();
  const answers = [];
  for (const q of queries) {
    const search = new WordSearch(contents, { q });
    await search.reach(most);
    const hits = search.hits.slice(0, most);
    answers.push({ ids: hits.map(({ id }) => id), days: hits.map(({ day }) => day),
                   failed: search.failed.map(({ part, reason }) => `${part}: ${reason}`) });
  }
  return answers;
}"""


def recall(
    page: Page, site: str, rows: Iterable[Row], queries_a_kind: int, seed: int = 0, most: int = 100_000
) -> list[Miss]:
    """Ask random queries of each kind; the misses, best none.

    `page`: a browser's page; `site`: address of the served site, with a slash at the end; `rows`: all that it
    publishes. Of more than `most` records a query has to find the newest `most`.
    """
    scan = Scan(rows)
    days = {row.id: (date.fromisoformat(row.decided) - date(1970, 1, 1)).days for row in scan.rows}
    page.goto(f"{site}search/")
    asked = [(kind, query) for kind in KINDS for query in scan.draw(kind, queries_a_kind, seed)]
    answers = page.evaluate(_ASK, {"root": site, "queries": [query for _, query in asked], "most": most})
    misses = []
    for (kind, query), answer in zip(asked, answers, strict=True):
        assert not answer["failed"], (query, answer["failed"])
        expected, found = scan.find(query), answer["ids"]
        missing = sorted(expected - set(found)) if len(expected) <= most else []
        wrong = sorted(set(found) - expected)
        newest = sorted((days[one] for one in expected), reverse=True)[:most]
        if not missing and not wrong and (len(set(found)) < len(found) or answer["days"] != newest):
            wrong.append("twice or not the newest")
        if missing or wrong:
            misses.append(Miss(kind, query, missing, wrong))
    return misses


class Scan:
    """Every row looked at for every query."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)
        # Texts of all rows in one, a line for each: Python finds a substring in 100 MB in some hundredths of a second.
        self._ids = [row.id for row in self.rows]
        self._names = _Lines(plain(row.subject) for row in self.rows)
        self._codes = _Lines(plain(row.code) for row in self.rows)
        self._numbers = [_Lines(form(row.number) for row in self.rows) for form in (short, short_without_year, bare)]

    def find(self, query: str) -> set[str]:
        """Ids of the rows that a query means."""
        whole, number, digits = plain(query), short(query), bare(query)
        found: set[int] = set()
        if len(whole) >= 2:
            found |= set(self._names.having(whole))
        if len(whole) >= 4:
            found |= set(self._codes.having(whole))
        for lines, text in zip(self._numbers, (number, number, digits), strict=True):
            if len(text) >= 4:
                found |= set(lines.having(text))
        return {self._ids[row] for row in found}

    def draw(self, kind: str, count: int, seed: int) -> list[str]:
        """Random queries of a kind, each of a record that is there."""
        dice = random.Random(f"{seed} {kind}")
        drawn: list[str] = []
        while len(drawn) < count:
            query = KINDS[kind](dice.choice(self.rows), dice)
            if query:
                drawn.append(query)
        return drawn


class _Lines:
    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(texts)
        self._starts: list[int] = []
        at = 0
        for text in self._texts:
            self._starts.append(at)
            at += len(text) + 1
        self._joined = "\n".join(self._texts)

    def having(self, text: str) -> Iterator[int]:
        """Rows whose text contains it."""
        at = self._joined.find(text)
        while at >= 0:
            row = bisect_right(self._starts, at) - 1
            yield row
            following = self._starts[row] + len(self._texts[row])
            at = self._joined.find(text, following)


def _usual(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().replace("郟", "郏")


def _counts(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PSZC"


def _only(text: str) -> str:
    return "".join(filter(_counts, text))


def plain(text: str) -> str:
    """A name or code without marks, blanks, width and case."""
    return _only(_usual(text))


def bare(text: str) -> str:
    """A document number without marks, and without 第 where figures follow."""
    return _only(_without_ordinal(_usual(text)))


def short(text: str) -> str:
    """A document number without marks, 第 and the zeros before its serial number."""
    return _shortened(_usual(text))


def short_without_year(text: str) -> str:
    """The same without the year in brackets."""
    brackets = {"Ps": "(", "Pe": ")"}
    marked = "".join(brackets.get(unicodedata.category(character), character) for character in _usual(text))
    parts = []
    while match := re.search(r"\(\s*(?:19|20)[0-9]{2}年?\s*\)", marked):
        parts.append(marked[: match.start()])
        marked = marked[match.end() :]
    return _shortened("".join([*parts, marked]))


def _shortened(text: str) -> str:
    text = _without_ordinal(text)
    kept = []
    for place, character in enumerate(text):
        before = text[:place].rstrip("0")
        after = text[place:].lstrip("0")
        # A zero goes if only zeros part it from something that is neither figure nor Latin, and a figure follows.
        starts_serial = before and not re.match(r"[0-9A-Z]", before[-1])
        if character == "0" and starts_serial and re.match(r"[1-9]", after):
            continue
        kept.append(character)
    return _only("".join(kept))


def _without_ordinal(text: str) -> str:
    kept = []
    for place, character in enumerate(text):
        following = next((one for one in text[place + 1 :] if unicodedata.category(one)[0] not in "PZ"), "")
        kept.append(" " if character == "第" and re.match(r"[0-9]", following) else character)
    return "".join(kept)


def _part(text: str, least: int, dice: random.Random, most: int = 8) -> str:
    if len(text) < least:
        return ""
    length = dice.randint(least, min(most, len(text)))
    start = dice.randint(0, len(text) - length)
    return text[start : start + length]


def _year_and_serial(row: Row, dice: random.Random) -> str:
    found = re.search(r"((?:19|20)\d\d)\D{0,2}?\D*?(\d+)\D*$", row.number)
    return "{}{}{}".format(found[1], dice.choice(["", " ", "〕"]), found[2]) if found else ""


def _word_and_serial(row: Row, dice: random.Random) -> str:
    found = re.match(r"^(\D+?)\W*(?:19|20)\d\d\W*第?0*(\d+)(号?)$", row.number)
    return "{}{}{}".format(found[1], found[2], found[3] if dice.random() < 0.5 else "") if found else ""


KINDS: dict[str, Callable[[Row, random.Random], str]] = {
    "part of a name": lambda row, dice: _part(plain(row.subject), 2, dice),
    "two characters of a name": lambda row, dice: _part(plain(row.subject), 2, dice, 2),
    "part of a code": lambda row, dice: _part(plain(row.code), 4, dice, 18),
    "whole number": lambda row, dice: row.number if len(short(row.number)) >= 4 else "",
    "number without brackets": lambda row, dice: (
        re.sub(r"[\W_]", "", row.number) if len(short(row.number)) >= 4 else ""
    ),
    "year and serial": _year_and_serial,
    "word and serial": _word_and_serial,
}
"""How people ask for a record: each gives a query, "" where a record does not allow for one."""
