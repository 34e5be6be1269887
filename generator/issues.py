"""Issues: what is wrong where, in words a clerk can act on.

A check says which rows have which fault (`Fault` of the values, or `Finding` here); the catalogue
beside this file says how bad that is, what the clerk reads and what to do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from generator.model.declaration import Declared, read_declaration
from generator.model.kind import Level


class CatalogueEntry(Declared):
    """One kind of fault."""

    level: Level
    withholds: Literal["row", "file", "nothing"]
    message: str
    remedy: str
    group: str = "other"
    """Section of the catalogue in the staff guide."""
    source: str = ""
    """The article, the standard or the rule of the site that it rests on."""
    sets_aside: bool = False
    """Declares rows not data; its issues say how many in the detail `count`."""


class Catalogue(Declared):
    """faults.yml."""

    groups: dict[str, str]
    """Section of the catalogue → its title, in order."""
    faults: dict[str, CatalogueEntry]


@cache
def _read() -> Catalogue:
    return read_declaration(Path(__file__).with_name("faults.yml"), Catalogue)


def catalogue() -> dict[str, CatalogueEntry]:
    """Code → entry."""
    return _read().faults


def grouped() -> dict[str, dict[str, CatalogueEntry]]:
    """Title of a section of the catalogue → its faults; those of no section come last."""
    declared = _read()
    titles = {**declared.groups, "other": "其他"}
    found: dict[str, dict[str, CatalogueEntry]] = {title: {} for title in titles.values()}
    for code, entry in declared.faults.items():
        found[titles.get(entry.group, titles["other"])][code] = entry
    return {title: entries for title, entries in found.items() if entries}


@dataclass(frozen=True, order=True)
class Issue:
    """One fault at one place. Sorts by place."""

    file: str
    """Path below the portal's root."""
    sheet: str = ""
    row: int = 0
    """Row as Excel counts, the heading row included; 0 for the file as a whole."""
    column: str = ""
    """Heading of the column; "" where the fault is not in one."""
    code: str = ""
    value: str = ""
    """The value as it may be shown: masked where it is private."""
    details: tuple[tuple[str, str], ...] = field(default=())
    """Further words for the message."""
    line: int = 0
    """Line of a text file where the row begins, counted as editors and GitHub do; 0 where it is the row."""
    column_number: int = 0
    """Number of the column in its sheet, A is 1; 0 where the fault is in none, or it is not known."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Issue:
        """An issue as it comes back from JSON."""
        return cls(**{**said, "details": tuple((name, value) for name, value in said["details"])})

    @property
    def level(self) -> Level:
        """error or warning."""
        return catalogue()[self.code].level

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return self._fill(catalogue()[self.code].message)

    @property
    def remedy(self) -> str:
        """What to do, in Chinese."""
        return self._fill(catalogue()[self.code].remedy)

    @property
    def place(self) -> str:
        """Where, in words."""
        parts = [f"工作表“{self.sheet}”" if self.sheet else "", f"第 {self.row} 行" if self.row else ""]
        return "，".join([self.file, *filter(None, parts)])

    @property
    def words(self) -> dict[str, str]:
        """What is filled into the catalogue's texts."""
        return {"column": self.column, "value": shorten(self.value), **dict(self.details)}

    def _fill(self, template: str) -> str:
        return template.format_map(self.words)


def shorten(value: str, length: int = 40) -> str:
    """A long value cut for a message, line breaks made visible."""
    line = value.replace("\r", "").replace("\n", "⏎")
    return line if len(line) <= length else line[:length] + "…"


_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[ -]?\d{3}[\dXx](?!\d)")
# Eleven digits and more, blanks and hyphens between them included; and the numbers of passports.
_LONG_NUMBER = re.compile(r"\d(?:[ -]?[\dXx]){10,}|(?<![A-Za-z])[A-Za-z]{1,2}\d{7,9}(?!\d)")


def masked(value: str, private: bool = False, is_code: bool = False) -> str:
    """A value as it may appear in reports and logs, which leave the clerk's machine.

    A private column shows only the length of its value. Elsewhere long numbers are blotted out,
    because a slipped row puts identity and mobile numbers into any column; in a column of codes,
    where the clerk has to see the number, only what has the form of an identity number is.
    """
    if private and value:
        return f"（{len(value)} 个字符，已遮盖）"
    pattern = _IDENTITY if is_code else _LONG_NUMBER
    folded = unicodedata.normalize("NFKC", value)
    # Where nothing is blotted out the clerk sees what the file has, widths and all.
    return pattern.sub(lambda match: f"（{len(match[0])} 位号码，已遮盖）", folded) if pattern.search(folded) else value


def rows_set_aside(issues: Iterable[Issue]) -> Counter[str]:
    """File → its rows that are declared not data: with those published and withheld they are all that it has."""
    counts: Counter[str] = Counter()
    for issue in issues:
        if catalogue()[issue.code].sets_aside:
            counts[issue.file] += int(dict(issue.details)["count"])
    return counts


def summary(issues: Iterable[Issue]) -> list[tuple[str, int]]:
    """Code and number of issues, most frequent first."""
    return Counter(issue.code for issue in issues).most_common()
