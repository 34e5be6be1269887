"""What all our workbooks have in common: cells that hold text and no formula, sheets that fit on paper."""

from __future__ import annotations

from typing import cast

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

AS_TEXT = "@"
"""Excel keeps what is typed: all 18 digits of a code, leading zeros, days as they are written."""
LONGEST = 32_767
"""Characters that a cell holds."""
_A4 = 9


def sheet_title(title: str) -> str:
    """A title without what Excel permits in no name of a sheet, in its 31 characters."""
    return "".join(character for character in title if character not in r"[]:*?/\'")[:31]


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Put a text into a cell, without what a workbook cannot hold; nothing for an empty one."""
    cell = cast(Cell, sheet.cell(row, column))
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST] or None
    if cell.value is not None:
        cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell


def fit_on_paper(sheet: Worksheet) -> None:
    """On paper a sheet lies across, as wide as a page and as many pages long as it needs."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToHeight = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
