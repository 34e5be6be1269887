"""Finds the headings of a table: below titles and notes, in one row or in two where cells are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from generator.intake.names import Names

LOOKED_AT = 60
"""So many rows with text are looked at; forms have their notes on the first few."""


@dataclass(frozen=True)
class HeadingRows:
    """Where the headings of a table stand among its rows, and what they say."""

    first: int
    last: int
    texts: list[str]
    """One for each column."""


def find_headings(rows: Sequence[Sequence[str]], names: Names) -> HeadingRows:
    """The row, or the two rows, in which most columns are known by name; the first row where hardly any column is.

    `rows`: the first rows that have text, at least one.
    """
    best, found = _known(rows[0], names), HeadingRows(0, 0, list(rows[0]))
    for place, row in enumerate(rows[:LOOKED_AT]):
        if (count := _known(row, names)) > best and _mostly(count, row):
            best, found = count, HeadingRows(place, place, list(row))
    for place, (above, below) in enumerate(pairwise(rows[:LOOKED_AT])):
        texts, named = _joined(above, below, names)
        # In a row of data hardly any value is the name of a column.
        sure = 2 * named >= sum(map(bool, below)) > 0
        if sure and (count := _known(texts, names)) > best and _mostly(count, texts):
            best, found = count, HeadingRows(place, place + 1, texts)
    return found


def is_heading_row(row: Sequence[str], names: Names) -> bool:
    """Whether a row can be nothing but the headings: most are known, and none is left to a row below."""
    return all(row) and 2 * sum(map(names.has, row)) >= len(row) > 1


def _known(row: Sequence[str], names: Names) -> int:
    return len({code for text in row if text and (code := names.code(text))})


def _mostly(count: int, texts: Sequence[str]) -> bool:
    """Whether so many known columns make a row of headings; where columns are explained, row by row, each row has
    title, code and other names of one."""
    return count > 1 and 2 * count >= sum(map(bool, texts))


def _joined(above: Sequence[str], below: Sequence[str], names: Names) -> tuple[list[str], int]:
    """One heading for each column out of two rows, and for how many of them the lower one names a column.

    A cell of the upper row may stand over several columns.
    """
    texts: list[str] = []
    named = 0
    over = ""
    for upper, lower in zip_longest(above, below, fillvalue=""):
        over = upper or (over if lower else "")
        ways = [way for way in (over + lower, lower) if lower and names.has(way)]
        named += bool(ways)
        texts.append(ways[0] if ways else over if names.has(over) else over + lower)
    return texts, named
