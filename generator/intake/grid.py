"""From the cells of a sheet to its table: headings, the rows below them, and what stands above."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pyarrow as pa

from generator.intake.cells import Cells
from generator.intake.heading_rows import LOOKED_AT, find_headings
from generator.intake.names import Names
from generator.intake.remarks import ABOVE
from generator.intake.table import Sheet, not_data, numbers_of
from generator.issues import Issue


def table_of(cells: Cells, file: str, names: Names) -> Sheet:
    """The table of a sheet that has text. `file` is what messages call the file."""
    head = list(islice(zip(*cells.columns, strict=True), LOOKED_AT))
    found = find_headings(head, names)
    issues = [not_data(file, cells.name, ABOVE, cells.rows[: found.first])] if found.first else []
    begin = found.last + 1
    if filled := _fill_down(cells, begin):
        issues.append(Issue(file, cells.name, code="cells-merged", details=(("count", f"{filled:,}"),)))
    if cells.hidden:
        issues.append(Issue(file, cells.name, code="sheet-hidden"))
    if hidden := sorted(set(cells.hidden_rows).intersection(cells.rows[begin:])):
        issues.append(Issue(file, cells.name, code="rows-hidden", details=numbers_of(hidden)))
    rows = np.array(cells.rows[begin:], dtype=np.int32)
    return Sheet(
        name=cells.name,
        headings=found.texts,
        columns=[pa.array(column[begin:], pa.large_string()) for column in cells.columns],
        rows=rows,
        lines=rows,
        issues=issues,
        top=cells.rows[found.last],
        left=cells.left,
    )


def _fill_down(cells: Cells, begin: int) -> int:
    """Put what stands in merged cells into each of their rows, from the place `begin` on. How many were filled.

    Only where one column is merged: notes stand in blocks of several.
    """
    places = {row: place for place, row in enumerate(cells.rows)}
    count = 0
    done: dict[int, int] = {}
    for first, last, left, right in sorted(cells.merged):
        top = places.get(first)
        if left != right or first == last or top is None or top < begin or not 0 <= left < len(cells.columns):
            continue
        column = cells.columns[left]
        # No cell belongs to two, so each row is visited once, however many a file claims.
        place = max(top + 1, done.get(left, 0))
        while place < len(cells.rows) and cells.rows[place] <= last:
            if not column[place]:
                column[place] = column[top]
                count += 1
            place += 1
        done[left] = place
    return count
