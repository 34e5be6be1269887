"""Cuts a sheet where another table begins: forms one below the other, pages whose headings are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.heading_rows import HeadingRows, headings_at
from generator.intake.names import Names
from generator.intake.remarks import ABOVE, HEADINGS_AGAIN, may_be_record, remark
from generator.intake.table import Sheet, not_data

MOST_TABLES = 50
"""Of one sheet; nobody puts more on it, and what a file may cost is bounded."""
_MOST_ODD = 2_000
"""So many rows without a day, and so many different texts in its place, are looked at."""
_TITLES = 5
"""So many rows above the headings may be the title of their table."""
_FIRST = HeadingRows(-1, -1, [])


@dataclass
class _Table:
    """A table that was found: where its headings and its rows lie, as places among the rows of the sheet."""

    headings: HeadingRows
    """Those of the first table stand above all rows."""
    begin: int
    end: int
    aside: dict[str, list[int]] = field(default_factory=dict)
    """Reason → places of rows that are no records."""

    def set_aside(self, reason: str, places: Sequence[int]) -> None:
        """Declare rows not data."""
        if places:
            self.aside.setdefault(reason, []).extend(places)


def tables_of(sheet: Sheet, file: str, names: Names) -> list[Sheet]:
    """The tables that stand one below the other on a sheet, each under its own headings. `file` is for messages.

    Headings that are repeated just as they were begin no table; `set_aside.py` tells of them.
    """
    candidates = _candidates(sheet, names)
    if not len(candidates):
        return [sheet]
    return [_part(sheet, file, table) for table in _cut(sheet, names, candidates)]


def _candidates(sheet: Sheet, names: Names) -> np.ndarray:
    """Places of rows that may be headings: the column of the day says the name of a column there, or nothing. What
    records have in it begins with a digit, so that a clean table costs next to nothing."""
    codes = [names.code(heading) for heading in sheet.headings]
    days = [codes.index(code) for code in names.days if code in codes]
    if not days:
        return np.zeros(0, dtype=np.int64)
    column = sheet.columns[days[0]]
    odd = np.flatnonzero(pc.or_(pc.less(column, "0"), pc.greater_equal(column, ":")).to_numpy(zero_copy_only=False))
    said = column.take(pa.array(odd))
    undated = pc.equal(said, "").to_numpy(zero_copy_only=False)
    named = [text for text in pc.unique(said)[:_MOST_ODD].to_pylist() if names.has(text)]
    found = pc.is_in(said, pa.array(named, said.type)).to_numpy(zero_copy_only=False)
    places: np.ndarray = odd[found | (undated & (np.cumsum(undated) <= _MOST_ODD))]
    return places


def _cut(sheet: Sheet, names: Names, candidates: np.ndarray) -> list[_Table]:
    rows = _Rows(sheet, candidates)
    known = len({code for heading in sheet.headings if (code := names.code(heading))})
    looked_at = -1
    tables = [_Table(replace(_FIRST, texts=sheet.headings, known=known), 0, len(sheet.rows))]
    for candidate in candidates.tolist():
        # Of two rows of headings the lower one alone may have the day.
        for place in (candidate - 1, candidate):
            table = tables[-1]
            if place <= looked_at or len(tables) == MOST_TABLES:
                continue
            lines = rows.between(place, place + 2)
            found = headings_at(lines, 0, names, known)
            if found is None or _repeats(lines[0], table.headings.texts):
                continue
            found = replace(found, first=place, last=place + found.last)
            looked_at = found.last
            if _meaning(found, names) == _meaning(table.headings, names):
                table.set_aside(HEADINGS_AGAIN, range(found.first, found.last + 1))
            else:
                _begin(tables, found, rows, len(sheet.rows))
            break
    return tables


def _begin(tables: list[_Table], found: HeadingRows, rows: _Rows, end: int) -> None:
    """A table begins at headings that were found, unless they name the columns once more, by codes or by titles."""
    above, own = tables[-1], _Table(found, found.last + 1, end)
    if found.first - above.begin > _TITLES or any(map(may_be_record, rows.between(above.begin, found.first))):
        above.set_aside(ABOVE, _titles(rows, above.begin, found.first))
        above.end = found.first
        tables.append(own)
    elif found.known > above.headings.known and len(tables) > 1:
        own.set_aside(ABOVE, range(above.headings.first, found.first))
        tables[-1] = own
    else:
        above.set_aside(HEADINGS_AGAIN, range(found.first, found.last + 1))


def _part(sheet: Sheet, file: str, table: _Table) -> Sheet:
    """One of the tables of a sheet. What was told of the sheet, and its lines of other widths, stay with the first."""
    kept = np.ones(len(sheet.rows), dtype=bool)
    issues = []
    for reason, places in table.aside.items():
        kept[places] = False
        issues.append(not_data(file, sheet.name, reason, sheet.rows[places].tolist()))
    length = table.end - table.begin
    mask = kept[table.begin : table.end]
    rows, lines = sheet.rows[table.begin : table.end], sheet.lines[table.begin : table.end]
    columns = [column.slice(table.begin, length).filter(pa.array(mask)) for column in sheet.columns]
    if table.headings.first < 0:
        return replace(sheet, columns=columns, rows=rows[mask], lines=lines[mask], issues=[*sheet.issues, *issues])
    top = int(sheet.rows[table.headings.last])
    texts = table.headings.texts
    return Sheet(sheet.name, texts, columns, rows[mask], lines[mask], issues, top=top, left=sheet.left, lower=True)


class _Rows:
    """The rows about some places of a sheet, as lists of texts."""

    def __init__(self, sheet: Sheet, places: np.ndarray) -> None:
        about = np.unique(np.concatenate([places + step for step in range(-_TITLES - 1, 2)]))
        about = about[(about >= 0) & (about < len(sheet.rows))]
        columns = (column.take(pa.array(about)).to_pylist() for column in sheet.columns)
        self._rows = dict(zip(about.tolist(), zip(*columns, strict=True), strict=True))

    def between(self, first: int, end: int) -> list[Sequence[str]]:
        """The rows from one place to another, that one not included."""
        return [self._rows[place] for place in range(first, end) if place in self._rows]


def _repeats(row: Sequence[str], headings: Sequence[str]) -> bool:
    return all(cell == heading for cell, heading in zip(row, headings, strict=True) if cell)


def _meaning(headings: HeadingRows, names: Names) -> list[str]:
    return [names.code(text) or text for text in headings.texts]


def _titles(rows: _Rows, begin: int, first: int) -> list[int]:
    """Places of the rows right above the headings of a table that say what it is: one cell each, over all columns."""
    found = []
    for place in range(first - 1, max(begin, first - _TITLES) - 1, -1):
        [row] = rows.between(place, place + 1)
        filled = list(filter(None, row))
        if len(filled) == 1 and not filled[0].isdecimal() and remark(row) is None:
            found.append(place)
        elif may_be_record(row):
            break
    return found[::-1]
