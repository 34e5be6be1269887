"""What the program itself has put into a workbook: the example row of a form, and the answer to an earlier check."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.headings import fold
from generator.intake.table import Sheet, blank_column
from generator.model.kind import ANSWER_HEADING, ANSWER_SHEET, EXAMPLE_SUBJECT

_REMARKS = fold(ANSWER_HEADING)


def without_answer(sheets: list[Sheet]) -> list[Sheet]:
    """The sheets of a workbook that was handed back, without the one in front; that alone stays what it is."""
    return [sheet for sheet in sheets if sheet.name != ANSWER_SHEET] or sheets


def without_own_marks(sheet: Sheet) -> tuple[Sheet, int]:
    """A sheet without the remarks of an earlier check and without example rows; and how many of these there were.

    The column of remarks stays as a blank one, so that the others keep their letters.
    """
    remarks = [place for place, heading in enumerate(sheet.headings) if fold(heading) == _REMARKS]
    columns, headings = list(sheet.columns), list(sheet.headings)
    for place in remarks:
        columns[place], headings[place] = blank_column(len(sheet.rows)), ""
    example = np.zeros(len(sheet.rows), dtype=bool)
    for column in columns:
        example |= pc.equal(column, EXAMPLE_SUBJECT).to_numpy(zero_copy_only=False)
    if not example.any():
        return replace(sheet, columns=columns, headings=headings), 0
    kept = pa.array(~example)
    return (
        replace(
            sheet,
            columns=[column.filter(kept) for column in columns],
            headings=headings,
            rows=sheet.rows[~example],
            lines=sheet.lines[~example],
        ),
        int(example.sum()),
    )
