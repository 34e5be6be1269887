"""The tables of a bulletin as one workbook: a sheet for each, figures as numbers, ready to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from generator.documents.bulletins import Papers
from generator.documents.official import OfficialDocument, Table
from generator.documents.paper import ems
from generator.forms.sheets import fit_on_paper, put_text
from generator.forms.still import still_workbook
from generator.render.bulletin_notes import BulletinNote

_NARROWEST, _WIDEST = 8, 48
"""Of columns, in half-width characters."""
_HEADINGS = 4
"""Row of the headings, below the titles and the unit."""
_EDGE = Side(style="thin", color="808080")
_LINE = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD = PatternFill("solid", fgColor="D9E2EF")
_TITLE, _BOLD = Font(bold=True, size=14), Font(bold=True)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RIGHT, _WRAPPED = Alignment(horizontal="right"), Alignment(wrap_text=True, vertical="top")
_NOTES = "刊登说明"


def tables_workbook(papers: Papers) -> bytes:
    """The bytes of the file. Equal papers give equal bytes."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.title, workbook.properties.creator = papers.document.title, papers.document.signer
    workbook.properties.language = "zh-CN"
    for name, table in papers.sheets:
        _write_table(workbook.create_sheet(name), table, papers.document)
    if papers.document.notes:
        _write_notes(workbook.create_sheet(_NOTES), papers.document.notes)
    return still_workbook(workbook)


def _write_table(sheet: Worksheet, table: Table, document: OfficialDocument) -> None:
    put_text(sheet, 1, 1, table.title).font = _TITLE
    put_text(sheet, 2, 1, "　".join((*document.marks, document.title)))
    put_text(sheet, 3, 1, f"单位：{table.unit}" if table.unit else "")
    for place, head in enumerate(table.heads, 1):
        cell = put_text(sheet, _HEADINGS, place, head)
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEAD, _LINE, _CENTRED
    lines = [*table.rows, *([table.total] if table.total else [])]
    for row, texts in enumerate(lines, _HEADINGS + 1):
        for place, (text, is_figure) in enumerate(zip(texts, table.figures, strict=True), 1):
            cell = _put_figure(sheet, row, place, text) if is_figure else put_text(sheet, row, place, text)
            cell.border = _LINE
            if row == _HEADINGS + len(lines) and table.total:
                cell.font = _BOLD
    if table.note:
        put_text(sheet, _HEADINGS + len(lines) + 1, 1, table.note)
    for place, texts in enumerate(zip(table.heads, *lines, strict=True), 1):
        width = round(2 * max(map(ems, texts))) + 2
        sheet.column_dimensions[get_column_letter(place)].width = min(_WIDEST, max(_NARROWEST, width))
    sheet.freeze_panes = f"A{_HEADINGS + 1}"
    fit_on_paper(sheet)
    sheet.print_title_rows = f"{_HEADINGS}:{_HEADINGS}"


def _put_figure(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A figure as a number with the decimals it is printed with; a dash stays a dash."""
    cell = put_text(sheet, row, column, text)
    with suppress(InvalidOperation):
        cell.value, cell.number_format = Decimal(text), "0.00" if "." in text else "0"
    cell.alignment = _RIGHT
    return cell


def _write_notes(sheet: Worksheet, notes: Sequence[BulletinNote]) -> None:
    row = 1
    for note in notes:
        for text in (note.title, note.text, *note.entries):
            if text:
                cell = put_text(sheet, row, 1, text)
                cell.alignment, cell.font = _WRAPPED, _BOLD if text == note.title else Font()
                row += 1
    sheet.column_dimensions["A"].width = 100
    fit_on_paper(sheet)
