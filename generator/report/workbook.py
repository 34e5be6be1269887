"""The clerk's own workbook, handed back with its faults marked and a column that says what to do.

An .xlsx keeps its looks: values, formats and widths stay; formulas are replaced by their values, macros and links to
other files are dropped. Any other file, or one too large to be opened whole, is written anew from what was read, all of
it text, so that Excel changes no code. The marked workbook can be mended and sent in as it is.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import cast

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from generator.forms.sheets import AS_TEXT, LONGEST, put_text, sheet_title
from generator.intake.table import Sheet
from generator.issues import Issue
from generator.model.kind import ANSWER_HEADING, ANSWER_NOTE, ANSWER_SHEET
from generator.publish.outcomes import FileOutcome
from generator.report.front_sheet import height, write_front_sheet
from generator.report.wording import LEVELS

OPENED_WHOLE = 32 * 2**20
"""Bytes of a workbook's parts, unpacked: openpyxl takes some 50 times that of memory for the cells."""
_LAST_COLUMN = 16_384
_ANSWER_WIDTH = 80
_LONGEST_COMMENT = 1_000
_ROWS_WRITTEN = 100_000
_AUTHOR = "数据核查"
_FILLS = {"error": PatternFill("solid", fgColor="F4B6B6"), "warning": PatternFill("solid", fgColor="FFE699")}
_NO_FILL = PatternFill()
# What openpyxl raises for workbooks that other programs open all the same.
_UNREADABLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    OSError,
)


def marked_workbook(
    path: Path, called: str, sheets: Sequence[Sheet], issues: Sequence[Issue], outcome: FileOutcome | None
) -> bytes:
    """The workbook to hand back for one file, .xlsx.

    `called`: the name of the file as the clerk knows it. `sheets`: its tables as intake reads them; none where it could
    not be read. `issues`: of this file alone.
    """
    workbook = _opened(path) or _written(sheets, {issue.row for issue in issues})
    titles = {sheet.name: sheet_title(sheet.name) for sheet in sheets}
    for name, found in groupby(sorted(issues), key=lambda issue: issue.sheet):
        # Delimited text has no sheets; all its tables stand on one.
        known = (title for title in (name, titles.get(name, "")) if title in workbook.sheetnames)
        title = next(known, workbook.sheetnames[0])
        _mark(workbook[title], list(found), [sheet for sheet in sheets if sheet.name == name])
    # A clerk's own sheet of the same name keeps it: ours then is called 核查结果1.
    write_front_sheet(workbook.create_sheet(ANSWER_SHEET, 0), called, issues, outcome, workbook.sheetnames)
    workbook.active = 0
    for sheet in workbook.worksheets[1:]:
        sheet.sheet_view.tabSelected = False
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _opened(path: Path) -> Workbook | None:
    """The clerk's workbook without former marks; None where it is none, or too large."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > OPENED_WHOLE:
                return None
        workbook = load_workbook(path, data_only=True, keep_links=False)
    except _UNREADABLE:
        return None
    former = [sheet for sheet in workbook.worksheets if any(cell.value == ANSWER_NOTE for cell in _cells(sheet))]
    if len(former) < len(workbook.sheetnames):
        for sheet in former:
            workbook.remove(sheet)
    if not workbook.worksheets or len(workbook.worksheets) != len(workbook.sheetnames):
        return None
    for sheet in workbook.worksheets:
        _unmark(sheet)
    return workbook


def _unmark(sheet: Worksheet) -> None:
    """Take the marks of an earlier check off, whatever has become of the cells."""
    for cell in _cells(sheet):
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment, cell.fill = None, _NO_FILL
    column = _answer_column(sheet)
    if column is not None:
        for cell in list(_cells(sheet)):
            if cell.column == column:
                cell.value = None


def _cells(sheet: Worksheet) -> Iterable[Cell]:
    """The cells that are there; a sheet may say of itself that it has a million times as many."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]


def _answer_column(sheet: Worksheet) -> int | None:
    found = (cell.column for cell in _cells(sheet) if cell.value == ANSWER_HEADING)
    return next(found, None)


def _written(sheets: Sequence[Sheet], faulty: set[int]) -> Workbook:
    """A workbook of what was read, each row where it stood. Of very long tables the faulty rows alone."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, sheet in enumerate(sheets, 1):
        title = sheet_title(sheet.name) or f"数据{number}"
        target = workbook.worksheets[-1] if sheet.lower else workbook.create_sheet(title)
        left = max(sheet.left, 1)
        for place, heading in enumerate(sheet.headings, left):
            put_text(target, sheet.top, place, heading).font = Font(bold=True)
            target.column_dimensions[get_column_letter(place)].width = min(40, max(12, 2 * len(heading)))
            target.column_dimensions[get_column_letter(place)].number_format = AS_TEXT
        rows = sheet.rows.tolist()
        kept = [place for place, row in enumerate(rows) if len(rows) <= _ROWS_WRITTEN or row in faulty]
        for place, column in enumerate(sheet.columns, left):
            for line in kept:
                if text := column[line].as_py():
                    written = put_text(target, rows[line], place, text)
                    if len(text) > LONGEST:
                        words = f"原文 {len(text):,} 字，Excel 一格只放得下 {LONGEST:,} 字，后面的没有写入。"
                        written.comment = _comment(f"{words}请在原文件中改正。")
                        written.fill = _FILLS["error"]
        for row, text in sheet.misfits.items():
            for place, cell in enumerate(_split(text), left):
                put_text(target, row, place, cell)
        if not sheet.lower:
            target.freeze_panes = target.cell(sheet.top + 1, 1)
    if not workbook.worksheets:
        workbook.create_sheet("数据")
    return workbook


def _split(line: str) -> list[str]:
    """The cells of a line that could not be laid out, as far as they can be told apart."""
    try:
        return next(csv.reader(io.StringIO(line, newline="")))[: _LAST_COLUMN - 1]
    except (csv.Error, StopIteration):
        return [line]


def _mark(sheet: Worksheet, issues: Sequence[Issue], tables: Sequence[Sheet]) -> None:
    """Mark the faulty cells of a sheet, and say beside each row what to do. `tables`: those that stand on it."""
    tops = [table.top for table in tables] or [1]
    beside = _answer_column(sheet) or _first_free(sheet, tables)
    said: dict[int, list[Issue]] = {}
    for issue in issues:
        row = issue.row or tops[0]
        said.setdefault(row, []).append(issue)
        if issue.column_number:
            _mark_cell(sheet, row, issue)
    if beside is None:
        return
    for top in tops:
        put_text(sheet, top, beside, ANSWER_HEADING).font = Font(bold=True)
    sheet.column_dimensions[get_column_letter(beside)].width = _ANSWER_WIDTH
    for row, found in said.items():
        lines = [f"{LEVELS[issue.level]}：{issue.message}。{issue.remedy}" for issue in found]
        # The headings' own row holds the heading of this column: what is wrong with the whole table stands in front.
        if row not in tops:
            cell = put_text(sheet, row, beside, words := "\n".join(lines))
            present = sheet.row_dimensions[row].height or 0
            sheet.row_dimensions[row].height = max(present, height(words, _ANSWER_WIDTH))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.fill = _FILLS["error" if any(issue.level == "error" for issue in found) else "warning"]


def _first_free(sheet: Worksheet, tables: Sequence[Sheet]) -> int | None:
    """The first column right of everything; None where there is no room."""
    last = max((cell.column for cell in _cells(sheet)), default=0)
    last = max([last, *(max(table.left, 1) + len(table.headings) - 1 for table in tables)])
    return last + 1 if last < _LAST_COLUMN else None


def _mark_cell(sheet: Worksheet, row: int, issue: Issue) -> None:
    """Colour a cell and say in a comment what is wrong; several faults of a cell share both."""
    cell = sheet.cell(row, issue.column_number)
    if isinstance(cell, MergedCell):
        ranges = (area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        area = next(ranges)
        cell = cast(Cell, sheet.cell(area.min_row, area.min_col))
    marked = cell.comment is not None and cell.comment.author == _AUTHOR
    if not marked or issue.level == "error":
        cell.fill = _FILLS[issue.level]
    words = f"{LEVELS[issue.level]}：{issue.message}。{issue.remedy}"
    if cell.comment is not None:
        words = f"{cell.comment.text}\n{words}" if marked else f"{words}\n（原批注）{cell.comment.text}"
    cell.comment = _comment(words)


def _comment(words: str) -> Comment:
    return Comment(words[:_LONGEST_COMMENT], _AUTHOR, height=120, width=320)
