"""Finds the headings of a table: below titles and notes, in one row or in two where cells are merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from generator.intake.names import Names
from generator.intake.remarks import may_be_record

LOOKED_AT = 60
"""So many rows with text are looked at; forms have their notes on the first few."""
_SEVERAL = 4
"""Columns that are known by name in a row that can be nothing but the headings, whatever else the file has."""


@dataclass(frozen=True)
class HeadingRows:
    """Where the headings of a table stand among its rows, and what they say."""

    first: int
    last: int
    texts: list[str]
    """One for each column."""
    known: int = 0
    """How many columns they name."""


def find_headings(rows: Sequence[Sequence[str]], names: Names) -> HeadingRows:
    """The row, or the two rows, in which most columns are known by name; the first row where hardly any column is.

    Where rows above it have headings of their own, these: what stands between is a table and no title.
    `rows`: the first rows that have text, at least one.
    """
    looked_at = rows[:LOOKED_AT]
    found = HeadingRows(0, 0, list(rows[0]), _known(rows[0], names))
    for place, row in enumerate(looked_at):
        if (count := _known(row, names)) > found.known and _mostly(count, row):
            found = HeadingRows(place, place, list(row), count)
    for place, (above, below) in enumerate(pairwise(looked_at)):
        joined = _joined(place, above, below, names)
        if joined and joined.known > found.known:
            found = joined
    for place in range(found.first):
        earlier = headings_at(looked_at, place, names, found.known)
        if earlier and any(map(may_be_record, looked_at[earlier.last + 1 : found.first])):
            return earlier
    return found


def headings_at(rows: Sequence[Sequence[str]], place: int, names: Names, others: int) -> HeadingRows | None:
    """The headings that a row can be nothing but the first of: more of its cells than not name columns, and at least a
    third as many as the `others`, the headings of another table of the file, name."""
    row = rows[place]
    found = HeadingRows(place, place, list(row), _known(row, names))
    if place + 1 < len(rows):
        joined = _joined(place, row, rows[place + 1], names)
        if joined and joined.known > max(found.known, _known(rows[place + 1], names)):
            found = joined
    filled = sum(map(bool, found.texts))
    sure = found.known > 1 and 2 * found.known > filled and 3 * found.known >= others
    return found if sure else None


def is_heading_row(row: Sequence[str], names: Names) -> bool:
    """Whether a row can be nothing but the headings: most are known, and none is left to a row below."""
    return all(row) and 2 * sum(map(names.has, row)) > len(row) and _known(row, names) >= _SEVERAL


def _known(row: Sequence[str], names: Names) -> int:
    return len({code for text in row if text and (code := names.code(text))})


def _mostly(count: int, texts: Sequence[str]) -> bool:
    """Whether so many known columns make a row of headings; where columns are explained, row by row, each row has
    title, code and other names of one."""
    return count > 1 and 2 * count >= sum(map(bool, texts))


def _joined(place: int, above: Sequence[str], below: Sequence[str], names: Names) -> HeadingRows | None:
    """One heading for each column out of two rows; None where these are not two rows of headings.

    A cell of the upper row may stand over several columns; not one that is merged down, with nothing below it.
    """
    texts: list[str] = []
    named = 0
    over = ""
    for upper, lower in zip_longest(above, below, fillvalue=""):
        over = upper or (over if lower else "")
        ways = [way for way in (over + lower, lower) if lower and names.has(way)]
        named += bool(ways)
        texts.append(ways[0] if ways else over if names.has(over) else over + lower)
        if lower in ("", upper):
            over = ""
    # In a row of data hardly any value is the name of a column.
    sure = 2 * named >= sum(map(bool, below)) > 0
    known = _known(texts, names)
    return HeadingRows(place, place + 1, texts, known) if sure and _mostly(known, texts) else None
