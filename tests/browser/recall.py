"""Searches asked through the page's own modules, compared with a scan of all published rows that is written anew here.

Used by the browser tests on a small city and by the benchmarks on a large one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Protocol

import duckdb
import pyarrow as pa
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
  const next = queries.entries();
  const ask = async () => {
    for (const [place, q] of next) {
      const search = new WordSearch(contents, { q });
      await search.reach(most);
      const hits = search.hits.slice(0, most);
      answers[place] = { ids: hits.map(({ id }) => id), days: hits.map(({ day }) => day),
                         failed: search.failed.map(({ part, reason }) => `${part}: ${reason}`) };
    }
  };
  await Promise.all([ask(), ask(), ask()]);
  return answers;
}"""
_BATCH = 50
_TRIES = 100
"""A small city may have fewer different queries of a kind than are wanted."""


def recall(page: Page, scan: Scan, kind: str, queries: int, seed: int = 0, most: int = 100_000) -> list[Miss]:
    """Ask different random queries of a kind; the misses, best none.

    `page`: a browser's page that shows the site's search; `scan`: all that the site publishes. Of more than `most`
    records a query has to find the newest `most`.
    """
    root = page.evaluate("new URL(document.querySelector('meta[name=portal-root]').content, location).href")
    root = root if root.endswith("/") else f"{root}/"
    misses = []
    drawn = scan.draw(kind, queries, seed)
    for start in range(0, len(drawn), _BATCH):
        asked = drawn[start : start + _BATCH]
        answers = page.evaluate(_ASK, {"root": root, "queries": asked, "most": most})
        for query, answer in zip(asked, answers, strict=True):
            assert not answer["failed"], (query, answer["failed"])
            expected, found = scan.find(query), answer["ids"]
            ids = set(expected["id"])
            missing = sorted(ids - set(found)) if len(ids) <= most else []
            wrong = sorted(set(found) - ids)
            newest = expected["day"][:most]
            if not missing and not wrong and (len(set(found)) < len(found) or answer["days"] != newest):
                wrong.append("twice or not the newest")
            if missing or wrong:
                misses.append(Miss(kind, query, missing, wrong))
    return misses


class Scan:
    """Every row looked at for every query, by DuckDB."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows = list(rows)
        first = date(1970, 1, 1)
        columns = {
            "id": [row.id for row in self.rows],
            "day": [(date.fromisoformat(row.decided) - first).days for row in self.rows],
            "name": [plain(row.subject) for row in self.rows],
            "code": [plain(row.code) for row in self.rows],
            "short": [short(row.number) for row in self.rows],
            "yearless": [short_without_year(row.number) for row in self.rows],
            "bare": [bare(row.number) for row in self.rows],
        }
        self._database = duckdb.connect()
        self._database.register("given", pa.table(columns))
        self._database.execute("CREATE TABLE records AS FROM given")

    def find(self, query: str) -> dict[str, list[Any]]:
        """`id` and `day` of the rows that a query means, newest first."""
        whole, number, digits = plain(query), short(query), bare(query)
        forms = {
            "name": (whole, 2),
            "code": (whole, 4),
            "short": (number, 4),
            "yearless": (number, 4),
            "bare": (digits, 4),
        }
        having = {column: text for column, (text, least) in forms.items() if len(text) >= least}
        if not having:
            return {"id": [], "day": []}
        condition = " OR ".join(f"contains({column}, ?)" for column in having)
        asked = f"SELECT id, day FROM records WHERE {condition} ORDER BY day DESC"
        found = self._database.execute(asked, list(having.values())).fetchnumpy()
        return {name: found[name].tolist() for name in ("id", "day")}

    def draw(self, kind: str, count: int, seed: int) -> list[str]:
        """Different random queries of a kind, each of a record that is there."""
        dice = random.Random(f"{seed} {kind}")
        drawn: dict[str, None] = {}
        for _ in range(count * _TRIES):
            query = KINDS[kind](dice.choice(self.rows), dice)
            if query:
                drawn[query] = None
            if len(drawn) == count:
                break
        return list(drawn)


def _usual(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().replace("郟", "郏").replace("ẞ", "SS")


@cache
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
    if not re.search("(?:19|20)[0-9]{2}", text):
        return short(text)
    brackets = {"Ps": "(", "Pe": ")"}
    marked = "".join(brackets.get(unicodedata.category(character), character) for character in _usual(text))
    parts = []
    while match := re.search(r"\(\s*(?:19|20)[0-9]{2}年?\s*\)", marked):
        parts.append(marked[: match.start()])
        marked = marked[match.end() :]
    return _shortened("".join([*parts, marked]))


def _shortened(text: str) -> str:
    text = _without_ordinal(text)
    kept, at = [], 0
    for zeros in re.finditer("0+", text):
        before, after = text[: zeros.start()][-1:], text[zeros.end() :][:1]
        # Zeros go where they stand between something that is neither figure nor Latin and a figure.
        starts_serial = before and not re.match(r"[0-9A-Z]", before) and re.match(r"[1-9]", after)
        kept += [text[at : zeros.start()], "" if starts_serial else zeros[0]]
        at = zeros.end()
    return _only("".join([*kept, text[at:]]))


def _without_ordinal(text: str) -> str:
    before, *parts = text.split("第")
    for place, part in enumerate(parts):
        rest = "第".join(parts[place:])
        following = next((one for one in rest if unicodedata.category(one)[0] not in "PZ"), "")
        before += (" " if re.match(r"[0-9]", following) else "第") + part
    return before


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
