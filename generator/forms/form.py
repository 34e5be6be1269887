"""The blank table of a kind, which a clerk fills in: a workbook with notes and drop-downs, or a line of headings.

Under the headings stands an example, which intake knows by its subject and never takes for data, so it may be left in.
The title of the sheet of notes is a line of text, so intake finds no heading there and leaves it alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from generator.forms.example import example_row
from generator.forms.sheets import AS_TEXT, put_text, sheet_title
from generator.forms.still import still_workbook
from generator.model.guide import FieldGuide, field_guides
from generator.model.kind import NOTES_SHEET, Kind
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES
from generator.model.vocabulary import Vocabulary

FOLDER = "staff/templates/"
"""Where the forms are on the site."""

_LAST_ROW = 1_048_576
_PROMPT, _PROMPT_TITLE = 255, 32
"""Characters that Excel shows beside a cell."""
_NOTE_HEADINGS = ("列名", "代码", "类型", "填写要求", "是否公示", "示例（勿照抄）", "说明", "也可写作")
_NOTE_WIDTHS = (34, 18, 18, 56, 28, 24, 60, 48)

_HEAD = PatternFill("solid", fgColor="D9E2EF")
_ALWAYS = PatternFill("solid", fgColor="F8DCC4")
_EXAMPLE = PatternFill("solid", fgColor="F2F2F2")
_LEFT_IN = "本行是示例，不作为数据读取，可以删去，也可以留着。不要在本行上改写，请从下一行填起。"
_EDGE = Side(style="thin", color="A6A6A6")
_LINE = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_WRAPPED = Alignment(wrap_text=True, vertical="top")

# A named style is given to a cell at once; one by one, its parts cost more than all the rest of a form.
_CELL_STYLE = NamedStyle("说明", number_format=AS_TEXT, alignment=_WRAPPED, border=_LINE)
_HEAD_STYLE = NamedStyle(
    "说明标题", font=Font(bold=True), fill=_HEAD, number_format=AS_TEXT, alignment=_WRAPPED, border=_LINE
)


def form_workbook(kind: Kind, portal: Portal) -> bytes:
    """The form of a kind as .xlsx. Equal declarations give equal bytes."""
    guides = field_guides(kind, portal.vocabularies)
    workbook = Workbook()
    for style in (_CELL_STYLE, _HEAD_STYLE):
        workbook.add_named_style(style)
    records = workbook.worksheets[0]
    records.title = sheet_title(kind.title)
    notes = workbook.create_sheet(NOTES_SHEET)
    lists = _write_notes(notes, kind, guides)
    _write_headings(records, guides)
    _write_example(records, kind, portal)
    for place, guide in enumerate(guides, 1):
        records.add_data_validation(_guard(guide, kind, lists, get_column_letter(place)))
    return still_workbook(workbook)


def form_csv(kind: Kind) -> bytes:
    """The headings of a kind as .csv, with the mark by which Excel knows UTF-8."""
    line = io.StringIO()
    csv.writer(line).writerow([field.title for field in kind.fields.values()])
    return line.getvalue().encode("utf-8-sig")


def forms(portal: Portal) -> Iterable[tuple[str, bytes]]:
    """Address below the site's root and content of each kind's form."""
    return ((f"{FOLDER}{kind.id}.xlsx", form_workbook(kind, portal)) for kind in portal.forms.values())


def _write_headings(sheet: Worksheet, guides: list[FieldGuide]) -> None:
    sheet.append([guide.title for guide in guides])
    for place, guide in enumerate(guides, 1):
        cell = sheet.cell(1, place)
        cell.font, cell.border = Font(bold=guide.always), _LINE
        cell.fill = _ALWAYS if guide.always else _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        column = sheet.column_dimensions[get_column_letter(place)]
        column.number_format = AS_TEXT
        column.width = min(40, max(14, 2 * len(guide.title) + 2, len(guide.example) + 4))
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "A2"


def _write_example(sheet: Worksheet, kind: Kind, portal: Portal) -> None:
    for place, (code, text) in enumerate(example_row(kind, portal).items(), 1):
        cell = sheet.cell(2, place)
        cell.value = text or None
        cell.number_format, cell.font, cell.fill = AS_TEXT, Font(italic=True, color="7F7F7F"), _EXAMPLE
        if code == kind.roles.subject:
            cell.comment = Comment(_LEFT_IN, "填报模板", height=80, width=240)
            sheet.column_dimensions[get_column_letter(place)].width = 2 * len(text) + 2


def _guard(guide: FieldGuide, kind: Kind, lists: dict[str, str], letter: str) -> DataValidation:
    """What Excel says and checks while a cell of a column is filled in; what it cannot know, it only asks about."""
    field = kind.fields[guide.code]
    cells = f"{letter}2:{letter}{_LAST_ROW}"
    words = "；".join((guide.type, guide.demand, *guide.limits))
    prompt = "。".join(part for part in (words, guide.note) if part)
    guard = DataValidation(sqref=cells, allow_blank=True, showInputMessage=True)
    guard.promptTitle, guard.prompt = guide.title[:_PROMPT_TITLE], prompt[:_PROMPT]
    if guide.vocabulary:
        several = bool(VALUE_TYPES[field.type].separator)
        guard.type, guard.formula1 = "list", lists[guide.vocabulary.id]
        # A list that is open, or of which several may be named, can only suggest.
        guard.showErrorMessage = not (several or guide.vocabulary.open)
        guard.error = "请从下拉列表中选择"
    elif field.max_length:
        guard.type, guard.operator, guard.formula1 = "textLength", "lessThanOrEqual", str(field.max_length)
        guard.showErrorMessage, guard.errorStyle = True, "warning"
        guard.error = f"超过 {field.max_length} 个字，请核对"
    return guard


def _write_notes(sheet: Worksheet, kind: Kind, guides: list[FieldGuide]) -> dict[str, str]:
    """Lay out the notes. Returns where the code lists stand: vocabulary → reference."""
    for line in (
        f"{kind.title}填报模板：本表是说明，不作为数据读取",
        f"在“{sheet_title(kind.title)}”工作表中从第三行起填写，一行一条；标题行请勿改动，底色为橙色的列必须填写。",
        "第二行是示例，不作为数据读取：可以删去，也可以留着，但不要在这一行上改写。",
        "各列均为“文本”格式，请勿改为“常规”“数值”：18位代码会丢失末几位。没有内容的列可以空着。",
        "填好后以本单位代号或者名称命名，放入 data/records/" + kind.id + "/报送日期的年-月/ 文件夹。",
    ):
        sheet.append([line])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    _table(sheet, _NOTE_HEADINGS, [_note(guide) for guide in guides])
    for place, width in enumerate(_NOTE_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([])
    vocabularies = {guide.vocabulary.id: guide.vocabulary for guide in guides if guide.vocabulary}
    return {name: _list(sheet, vocabulary) for name, vocabulary in vocabularies.items()}


def _note(guide: FieldGuide) -> tuple[str, ...]:
    type_ = f"{guide.type}（{guide.vocabulary.title}）" if guide.vocabulary else guide.type
    demand = "；".join((guide.demand, *guide.limits))
    return guide.title, guide.code, type_, demand, guide.public, guide.example, guide.note, "、".join(guide.aliases)


def _list(sheet: Worksheet, vocabulary: Vocabulary) -> str:
    """A code list with its other spellings; the reference to its values."""
    rows = [(value, "、".join(others)) for value, others in vocabulary.values.items()]
    rows += [(opening + "……", "请写明类别") for opening in vocabulary.open]
    first = _table(sheet, (f"代码表：{vocabulary.title}", "也可写作"), rows)
    sheet.append([f"来源：{vocabulary.source}"])
    sheet.append([])
    last = first + len(vocabulary.values) - 1
    return f"{quote_sheetname(NOTES_SHEET)}!$A${first}:$A${last}"


def _table(sheet: Worksheet, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> int:
    """A table with ruled cells, all of them text. Returns the row of its first line."""
    head = sheet.max_row + 2
    for below, row in enumerate((headings, *rows)):
        for place, text in enumerate(row, 1):
            cell = put_text(sheet, head + below, place, text)
            cell.style = _HEAD_STYLE.name if below == 0 else _CELL_STYLE.name
    return head + 1
