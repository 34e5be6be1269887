"""The sheet in front of a workbook that is handed back: the sum, each fault with its remedy, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from generator.forms.sheets import fit_on_paper, put_text
from generator.issues import Issue
from generator.model.kind import ANSWER_NOTE
from generator.publish.outcomes import FileOutcome
from generator.report.groups import grouped
from generator.report.wording import LEVELS, sum_words

PLACES_LISTED = 2_000
_HEADINGS = ("级别", "后果", "工作表", "行", "列", "现有内容", "问题", "怎样改", "代码")
_WIDTHS = (8, 16, 14, 8, 8, 26, 48, 56, 24)
_EDGE = Side(style="thin", color="A6A6A6")
_LINE = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LINE_HEIGHT, _HIGHEST_ROW = 16.0, 400.0
_HEAD = PatternFill("solid", fgColor="D9E2EF")


def write_front_sheet(
    sheet: Worksheet, name: str, issues: Sequence[Issue], outcome: FileOutcome | None, sheets: Sequence[str]
) -> None:
    """Lay out the front sheet. `sheets`: names of all sheets, this one first."""
    errors = sum(issue.level == "error" for issue in issues)
    said = [
        f"核查结果：{name}",
        f"错误 {errors:,} 处，提示 {len(issues) - errors:,} 处。" if issues else "没有发现问题。",
        *([f"行数：{sum_words(outcome)}"] if outcome else []),
        ANSWER_NOTE,
    ]
    for row, words in enumerate(said, 1):
        put_text(sheet, row, 1, words)
    sheet["A1"].font = Font(bold=True, size=14)
    top = len(said) + 2
    _row(sheet, top, _HEADINGS)
    for place, width in enumerate(_WIDTHS, 1):
        cell = sheet.cell(top, place)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(place)].width = width
    _list(sheet, top + 1, issues, sheets)
    sheet.freeze_panes = f"A{top + 1}"
    fit_on_paper(sheet)


def _list(sheet: Worksheet, row: int, issues: Sequence[Issue], sheets: Sequence[str]) -> None:
    """The faults, the weightiest first; a row number leads to the cell."""
    listed = 0
    for group in grouped(issues):
        for issue in group.issues[: PLACES_LISTED - listed]:
            letter = get_column_letter(issue.column_number) if issue.column_number else ""
            level = LEVELS[issue.level]
            cells = (level, group.extent, issue.sheet, str(issue.row or ""), letter, issue.value)
            _row(sheet, row, (*cells, issue.message, issue.remedy, issue.code))
            if issue.row:
                target = issue.sheet if issue.sheet in sheets else sheets[1]
                cell = cast(Cell, sheet.cell(row, 4))
                place = f"{quote_sheetname(target)}!{letter or 'A'}{issue.row}"
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
                cell.font = Font(color="0563C1", underline="single")
            row, listed = row + 1, listed + 1
    if more := len(issues) - listed:
        sheet.cell(row, 1).value = f"另有 {more:,} 处，标在表格中"


def _row(sheet: Worksheet, row: int, cells: Sequence[str]) -> None:
    for place, text in enumerate(cells, 1):
        cell = put_text(sheet, row, place, text)
        cell.alignment, cell.border = _WRAPPED, _LINE
    heights = (height(text, width) for text, width in zip(cells, _WIDTHS, strict=True))
    sheet.row_dimensions[row].height = max(heights)


def height(text: str, width: int) -> float:
    """Height of a row (points) that shows a text whole in a column of so many half-width characters: not every program
    finds that out itself."""
    lines = sum(max(1, -(-cell_len(line) // (width - 4))) for line in text.split("\n"))
    return min(_LINE_HEIGHT * lines, _HIGHEST_ROW)
