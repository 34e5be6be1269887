"""Rows of a delimited text that have another number of cells than there are headings: read, told, or another table.

Excel writes no delimiters for blank cells at the end of a row, or too many. Such a row loses nothing if it is filled up
or cut: it is known by the cells that every record has, all of which it fills. Where a delimiter too few or too many
stands in the middle, these cells are shifted, and one of them is blank or says what it cannot say.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.intake.heading_rows import headings_at
from generator.intake.layout import Layout
from generator.intake.names import Names
from generator.intake.remarks import may_be_record, remark
from generator.intake.table import not_data
from generator.issues import Issue

_LONGEST_REMARK = 5_000
"""Characters; what is longer is no footnote."""
_LOOKED_AT = 3
"""Cells of a row of headings, of which one is known: a file may have many rows of another width."""
_TITLES = 5
"""So many rows above the headings may be the title of their table."""


@dataclass(frozen=True)
class Line:
    """A row of another width, in which quotes pair."""

    row: int
    line: int
    text: str


@dataclass
class Widths:
    """What becomes of such rows."""

    fitted: list[tuple[Line, list[str]]] = field(default_factory=list)
    """Records, with as many cells as there are headings."""
    issues: list[Issue] = field(default_factory=list)
    faulty: int = 0
    """Rows that could not be laid out; each has its issue."""
    texts: dict[int, str] = field(default_factory=dict)
    """Row → text of these."""
    below: Line | None = None
    """Where another table begins: at its headings, or at the title above them."""


def sort_out(lines: Iterable[Line], file: str, layout: Layout, names: Names, several: bool) -> Widths:
    """Say of each row what it is. `file` is what messages call the file; `several`: another table may begin.

    Where one does the rows from there on are left to who reads that.
    """
    width = len(layout.headings)
    codes = [names.code(heading) for heading in layout.headings]
    needed = [place for place, code in enumerate(codes) if code in names.always]
    known = len(set(codes) - {None})
    found = Widths()
    aside: dict[str, list[int]] = {}
    titles: list[Line] = []
    for line in lines:
        try:
            cells = cells_of(line.text, layout.delimiter)
        except csv.Error:
            cells = line.text.split(layout.delimiter)
        if (whole := _fitted(cells, width, needed)) is not None:
            found.fitted.append((line, whole))
            continue
        short = len(line.text) <= _LONGEST_REMARK
        if several and short and _are_headings(cells, names, known):
            above = [title for title in titles if line.row - title.row <= _TITLES]
            found.below = above[0] if above else line
            break
        reason = remark(cells) if short else None
        if reason:
            aside.setdefault(reason, []).append(line.row)
        else:
            details = (("found", str(len(cells))), ("expected", str(width)))
            found.issues.append(Issue(file, row=line.row, code="row-width", details=details, line=line.line))
            found.texts[line.row] = line.text
        titles = [] if may_be_record(cells) else [*titles[1 - _TITLES :], line]
    found.faulty = len(found.issues)
    found.issues += [not_data(file, "", reason, rows) for reason, rows in aside.items()]
    return found


def _are_headings(cells: list[str], names: Names, known: int) -> bool:
    if not names.days or not any(map(names.has, filter(None, cells[:_LOOKED_AT]))):
        return False
    return headings_at([[cell.strip() for cell in cells]], 0, names, known) is not None


def _fitted(cells: list[str], width: int, needed: Sequence[int]) -> list[str] | None:
    """The cells of a record that lacks nothing but blank cells at its end, or has more of these; else None."""
    if not needed or not all(place < len(cells) and cells[place].strip() for place in needed):
        return None
    return None if any(map(str.strip, cells[width:])) else [*cells[:width], *[""] * (width - len(cells))]


def cells_of(line: str, delimiter: str) -> list[str]:
    """The cells of one line in which quotes pair. Raises csv.Error for a cell of more than 131,072 characters."""
    return next(csv.reader([line], delimiter=delimiter), [])
