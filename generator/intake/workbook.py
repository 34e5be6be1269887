"""Reads the sheets of a workbook (.xlsx, .xlsb, .xls, .ods): values as they were last computed, nothing is run.

For the process of `opening.py`: the library aborts the process it is in where it gets no memory.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from generator.intake.cells import Cells, Gathering, as_text
from generator.intake.lost_cells import Lost, lost_cells

DAMAGED, LOCKED = "文件已损坏，或者不完整", "文件设有密码"


class UnreadableError(Exception):
    """A file that holds no table. `args[0]` says why, in Chinese."""


def read_workbook(path: Path, form: str) -> list[Cells]:
    """Every worksheet that has text, in order. `form` is "xlsx", "xlsb", "xls" or "ods".

    Raises UnreadableError and TooLargeError.
    """
    try:
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            gathering = Gathering()
            lost = lost_cells(path, form)
            sheets = []
            for place, name in enumerate(workbook.sheet_names):
                sheet = workbook.get_sheet_by_index(place)
                if sheet.start is not None:
                    cells = _cells(name, sheet, gathering, lost.get(name, Lost()))
                    cells.hidden = workbook.sheets_metadata[place].visible != SheetVisibleEnum.Visible
                    sheets.append(cells)
            return [sheet for sheet in sheets if sheet.rows]
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (CalamineError, OSError, zipfile.BadZipFile, ValueError, ElementTree.ParseError) as error:
        raise UnreadableError(DAMAGED) from error


def _cells(name: str, sheet: CalamineSheet, gathering: Gathering, lost: Lost) -> Cells:
    assert sheet.start is not None  # noqa: S101 - asked before
    left = sheet.start[1]
    faulty = {row for row, _ in lost.errors}
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [as_text(cell) for cell in row]
        if number in faulty:
            for place in range(len(texts)):
                texts[place] = lost.errors.get((number, place + left), texts[place])
        gathering.add(number, texts)
    merged = [(first[0] + 1, last[0] + 1, first[1], last[1]) for first, last in sheet.merged_cell_ranges or []]
    merged = [(top, bottom, first - left, last - left) for top, bottom, first, last in merged + lost.merged]
    cells = gathering.sheet(name, merged, left + 1)
    cells.hidden_rows = lost.hidden
    return cells
