"""Finds where a clerk says that there is nothing to report: 本月无, alone in its row or alone on its sheet.

A unit that says so has reported. It says so in the file that would hold the rows, so that nothing has to be taken back
when rows come after all: the file takes the place of the former one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.table import Sheet
from generator.model.simplified import simplified


def without_nothing(sheet: Sheet, phrases: Iterable[str]) -> tuple[Sheet, bool]:
    """The sheet without what says that there is nothing, and whether anything does.

    A sheet that says so in place of its headings is left without columns and rows, unless something stands below.
    """
    known = {_plain(phrase) for phrase in phrases}
    headed = [heading for heading in sheet.headings if heading.strip()]
    if len(headed) == 1 and _plain(headed[0]) in known and not _filled_cells(sheet).any():
        return replace(sheet, headings=[], columns=[], rows=sheet.rows[:0], lines=sheet.lines[:0]), True
    said = np.zeros(len(sheet.rows), dtype=bool)
    for row in np.flatnonzero(_filled_cells(sheet) == 1).tolist():
        [text] = [text for column in sheet.columns if (text := column[row].as_py())]
        said[row] = _plain(text) in known
    if not said.any():
        return sheet, False
    kept = pa.array(~said)
    columns = [column.filter(kept) for column in sheet.columns]
    return replace(sheet, columns=columns, rows=sheet.rows[~said], lines=sheet.lines[~said]), True


def _filled_cells(sheet: Sheet) -> np.ndarray:
    """For each row how many cells are filled, counted no further than two: int32."""
    filled = np.zeros(len(sheet.rows), dtype=np.int32)
    for column in sheet.columns:
        if (filled > 1).all():
            break
        filled += pc.not_equal(column, "").to_numpy(zero_copy_only=False)
    return np.minimum(filled, 2)


def _plain(text: str) -> str:
    """Without what clerks write differently: width, traditional characters, blanks, brackets, full stops."""
    return re.sub(r"[\W_]", "", simplified(unicodedata.normalize("NFKC", text)))
