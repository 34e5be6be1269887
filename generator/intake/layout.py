"""Tells how delimited text is laid out: which character parts the columns, and where the headings stand."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice

from generator.intake.heading_rows import LOOKED_AT, find_headings, is_heading_row
from generator.intake.names import Names

DELIMITERS = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线"}
"""What may stand between columns, in the order in which it is tried."""
# A cell may be as long as the text that is looked at, not 131,072 characters.
csv.field_size_limit(1 << 20)
_FIRST = 1 << 16
"""Characters in which the headings are looked for as the first row."""


@dataclass(frozen=True)
class Layout:
    """How a text is laid out, as its first rows say."""

    delimiter: str
    headings: list[str]
    skipped: int = 0
    """Physical lines above the row that has the (lower) headings."""
    rows: int = 0
    """Rows above it, as Excel counts."""
    above: tuple[int, ...] = ()
    """Numbers of those rows above the headings that have text."""


def layout_of(head: str, names: Names, blank: int) -> Layout:
    """How a text is laid out, by its beginning. Raises csv.Error. `blank`: empty lines that stood above it."""
    first = next(csv.reader(io.StringIO(head[:_FIRST], newline="")))
    if is_heading_row([cell.strip() for cell in first], names) or not names.known:
        return Layout(",", first)
    found = [_looked_at(head, delimiter, names, blank) for delimiter in DELIMITERS if delimiter in head]
    found = found or [(0, Layout(",", first))]
    best = max(known for known, _ in found)
    return next(layout for known, layout in found if known == best)


def _looked_at(text: str, delimiter: str, names: Names, blank: int) -> tuple[int, Layout]:
    """How many columns are known by name if a delimiter parts them, and the layout that gives so many."""
    # A quote that is never closed would hide the lines below it.
    even = all(line.count('"') % 2 == 0 for line in islice(io.StringIO(text), LOOKED_AT))
    lines = io.StringIO(text if even else text.replace('"', ""), newline="")
    reader = csv.reader(lines, delimiter=delimiter)
    places, rows = [], []
    begin = 0
    for number, cells in enumerate(islice(reader, 2 * LOOKED_AT)):
        if any(cell.strip() for cell in cells):
            places.append((number, begin))
            rows.append([cell.strip() for cell in cells])
        begin = reader.line_num
    if not rows:
        return 0, Layout(delimiter, next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    headings = find_headings(rows, names)
    number, line = places[headings.last]
    above = tuple(1 + blank + number for number, _ in places[: headings.first])
    known = len({names.code(text) for text in headings.texts} - {None})
    return known, Layout(delimiter, headings.texts, line, number, above)
