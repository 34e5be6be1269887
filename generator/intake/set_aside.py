"""Sets aside the rows of a table that are no records: they are counted and told, and nothing is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.remarks import EXAMPLE, HEADINGS_AGAIN, NOTE, NUMBER_ALONE, remark
from generator.intake.table import Column, Sheet

_HEAD, _TAIL = 5, 60
"""So many rows at the beginning and at the end are looked at, whatever they say. Those at the beginning may say what to
fill in, or give an example."""


def rows_without_record(
    sheet: Sheet, used: Iterable[int], passed_over: Iterable[int], day: int | None
) -> dict[str, np.ndarray]:
    """Reason → places of rows (int64) that are no records.

    `used`: columns under a declared field; `passed_over`: columns that are declared as not used; `day`: the column
    of the day that no record lacks. Blank rows are no rows and have no reason.
    """
    length = len(sheet.rows)
    found: dict[str, list[int]] = {}
    meant = [column for place, column in enumerate(sheet.columns) if place not in set(passed_over)]
    numbered = filled_rows(sheet.columns, length) & ~filled_rows(meant, length)
    fields = set(used)
    noted = -2
    candidates = _candidates(sheet, day, length)
    rows = zip(*(column.take(pa.array(candidates)).to_pylist() for column in sheet.columns), strict=True)
    for place, cells in zip(candidates.tolist(), rows, strict=True):
        if numbered[place]:
            continue
        if (reason := _reason(place, cells, sheet.headings, fields, noted == place - 1)) is not None:
            found.setdefault(reason, []).append(place)
            noted = place if reason == NOTE else noted
    if numbered.any():
        found[NUMBER_ALONE] = np.flatnonzero(numbered).tolist()
    return {reason: np.array(places, dtype=np.int64) for reason, places in found.items()}


def _reason(place: int, cells: Sequence[str], headings: list[str], fields: set[int], after_note: bool) -> str | None:
    filled = [column for column, cell in enumerate(cells) if cell]
    if len(filled) > 1 and all(cells[column] == headings[column] for column in filled):
        return HEADINGS_AGAIN
    if place >= _HEAD and 2 * len(filled) > len(cells):
        return None
    reason = remark(cells, after_note)
    # A subject may be called an example; the number of a row cannot.
    return None if reason == EXAMPLE and filled[0] in fields else reason


def _candidates(sheet: Sheet, day: int | None, length: int) -> np.ndarray:
    """Rows worth a closer look: without the day that every record has, and those at both ends."""
    odd = np.zeros(length, dtype=bool)
    odd[:_HEAD] = odd[max(0, length - _TAIL) :] = True
    if sheet.columns:
        column = sheet.columns[day or 0]
        odd |= _equal(column, "") | _equal(column, sheet.headings[day or 0])
    return np.flatnonzero(odd)


def _equal(column: Column, text: str) -> np.ndarray:
    equal: np.ndarray = pc.equal(column, pa.scalar(text, column.type)).to_numpy(zero_copy_only=False)
    return equal


def filled_rows(columns: list[Column], length: int) -> np.ndarray:
    """Boolean: rows with any text."""
    filled = np.zeros(length, dtype=bool)
    for column in columns:
        if filled.all():
            break
        filled |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
    return filled
