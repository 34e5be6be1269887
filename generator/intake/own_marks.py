"""What the program itself has put into a workbook: the example row of a form, and the answer to an earlier check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.names import fold
from generator.intake.remarks import EXAMPLE
from generator.intake.table import Sheet, blank_column, not_data
from generator.model.kind import ANSWER_HEADING, ANSWER_NOTE, EXAMPLE_SUBJECT

_REMARKS = fold(ANSWER_HEADING)
_NOTE_WITHIN = 10
"""Rows in which the note of our front sheet stands, blank ones not counted."""


def without_answer(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets of a workbook that was handed back, without the one in front; that alone stays what it is."""
    return [sheet for sheet in sheets if not _is_answer(sheet)] or sheets


def _is_answer(sheet: Sheet) -> bool:
    """Whether a sheet is the one that we put in front, whatever its name: a clerk may have one of that name."""
    return bool(sheet.columns) and pc.any(pc.equal(sheet.columns[0].slice(0, _NOTE_WITHIN), ANSWER_NOTE)).as_py()


def without_own_marks(sheet: Sheet, file: str) -> Sheet:
    """A sheet without the remarks of an earlier check and without example rows, of which it tells.

    `file` is what messages call the file. The column of remarks stays as a blank one, so that the others keep their
    letters.
    """
    remarks = [place for place, heading in enumerate(sheet.headings) if fold(heading) == _REMARKS]
    columns, headings = list(sheet.columns), list(sheet.headings)
    for place in remarks:
        columns[place], headings[place] = blank_column(len(sheet.rows)), ""
    example = np.zeros(len(sheet.rows), dtype=bool)
    for column in columns:
        example |= pc.equal(column, EXAMPLE_SUBJECT).to_numpy(zero_copy_only=False)
    if not example.any():
        return replace(sheet, columns=columns, headings=headings)
    kept = pa.array(~example)
    return replace(
        sheet,
        columns=[column.filter(kept) for column in columns],
        headings=headings,
        rows=sheet.rows[~example],
        lines=sheet.lines[~example],
        issues=[*sheet.issues, not_data(file, sheet.name, EXAMPLE, sheet.rows[example].tolist())],
    )
