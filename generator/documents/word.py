"""A document as .docx in the form of GB/T 9704-2012 (党政机关公文格式); numbers in brackets are its clauses."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from generator.bulletin.prose import HEADING, paragraphs
from generator.documents.form import add_piece, empty_document
from generator.documents.imprint import add_imprint
from generator.documents.official import OfficialDocument, Table
from generator.documents.paper import CHARACTER, LANDSCAPE, LINE, PORTRAIT, Paper, ems
from generator.documents.table_layout import USUAL, column_widths, head_lines, is_wide, row_height, type_size
from generator.documents.titles import title_lines
from generator.forms.still import still
from generator.render.bulletin_notes import BulletinNote

_HEAD_SIZE, _NARROWEST = 42, 66
"""Points of 发文机关标志 (初号), and how far its characters are narrowed before they become smaller, per cent."""
_TITLE_SIZE = 22
_FILLED = 0.97
"""How much of a line is counted on: digits of some fonts are a little wider than half a character."""
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]+）[^。]*。?")
_INDENT = 2
"""Characters before a paragraph."""
_NOTE = 350
"""Twips of a line of 小四号 below a table."""
_FROM_THE_RIGHT = 4
"""Characters behind the day (7.3.5)."""


def word_document(content: OfficialDocument) -> bytes:
    """The bytes of the file. Equal content gives equal bytes."""
    document = empty_document()
    _describe(document, content)
    document.sections[0].header.paragraphs[0].text = "　".join(content.marks)
    _write_head(document, content)
    _write_body(document, paragraphs(content.text))
    _write_enclosures(document, [table.title for table in content.annexes])
    _write_signature(document, content)
    paper = _write_annexes(document, content.annexes)
    add_imprint(document, content, _day(content), paper)
    if content.notes or content.attached:
        _write_notes(document, content.notes, content.attached, paper)
    written = io.BytesIO()
    document.save(written)
    return still(written.getvalue())


def _describe(document: DocumentFile, content: OfficialDocument) -> None:
    about = document.core_properties
    about.title, about.author, about.language = content.title, content.signer, "zh-CN"
    about.created = about.modified = datetime.combine(content.day, datetime.min.time())


def _write_head(document: DocumentFile, content: OfficialDocument) -> None:
    room = _FILLED * PORTRAIT.text_width / 20 / ems(content.head)
    scale = min(100, max(_NARROWEST, int(100 * room / _HEAD_SIZE)))
    size = min(_HEAD_SIZE, int(100 * room / scale))
    add_piece(document, "head", head=content.head, size=size, scale=scale)
    # Two lines below the head stands the number, and below that the red rule (7.2.5, 7.2.7).
    number = document.add_paragraph(content.number, "发文字号")
    if content.number:
        number.paragraph_format.space_before = Twips(2 * LINE)
    document.add_paragraph("\n".join(_titled(content.title, PORTRAIT)), "Title")
    if content.is_draft:
        document.add_paragraph("（未定稿）", "Subtitle")


def _titled(title: str, paper: Paper) -> list[str]:
    return title_lines(title, _FILLED * paper.text_width / 20 / _TITLE_SIZE)


def _write_body(document: DocumentFile, parts: Sequence[str]) -> None:
    for place, part in enumerate(parts):
        paragraph = _write_part(document, part, is_first=place == 0)
        if place == 0:
            # One line is left free below the title (7.3.2).
            paragraph.paragraph_format.space_before = Twips(LINE)


def _write_part(document: DocumentFile, part: str, is_first: bool) -> Paragraph:
    """A heading or a paragraph by its level (7.3.3); 主送机关 stands first, from the edge."""
    if part.startswith(HEADING):
        return document.add_paragraph(part.removeprefix(HEADING), "Heading 1")
    if is_first and part.endswith("："):
        return document.add_paragraph(part, "Salutation")
    second = _SECOND_LEVEL.match(part)
    if second is None:
        return document.add_paragraph(part, "Body Text")
    if second.end() == len(part):
        return document.add_paragraph(part, "Heading 2")
    paragraph = document.add_paragraph(style="Body Text")
    paragraph.add_run(second[0], "段首标题")
    paragraph.add_run(part[second.end() :])
    return paragraph


def _write_enclosures(document: DocumentFile, titles: Sequence[str]) -> None:
    """附件说明: one line below the body, each title under the first one (7.3.4)."""
    word = "附件："
    for number, title in enumerate(titles, 1):
        mark = f"{number}．" if len(titles) > 1 else ""
        widest = ems(f"{len(titles)}．") + 0.1 if mark else 0
        text = f"{word if number == 1 else ''}{mark}\t{title}" if mark else f"{word}{title}"
        form = document.add_paragraph(text, "附件说明").paragraph_format
        form.left_indent = _characters(_INDENT + ems(word) + widest)
        form.first_line_indent = _characters(-widest - (ems(word) if number == 1 else 0))
        form.space_before = Twips(LINE if number == 1 else 0)


def _characters(count: float) -> Twips:
    return Twips(round(count * CHARACTER))


def _write_signature(document: DocumentFile, content: OfficialDocument) -> None:
    """署名 above the day and centred on it, as far as the type area allows (7.3.5)."""
    day = _day(content)
    signer = document.add_paragraph(content.signer, "Signature").paragraph_format
    signer.right_indent = _characters(max(0, _FROM_THE_RIGHT + (ems(day) - ems(content.signer)) / 2))
    document.add_paragraph(day, "Date")


def _day(content: OfficialDocument) -> str:
    """成文日期, which a draft has not yet."""
    return "　　年　月　日" if content.is_draft else _in_words(content.day)


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _write_annexes(document: DocumentFile, annexes: Sequence[Table]) -> Paper:
    """Each on a page of its own (7.3.6). Returns the paper of the last page."""
    paper = PORTRAIT
    for number, table in enumerate(annexes, 1):
        turned = LANDSCAPE if is_wide(table) else PORTRAIT
        mark = f"附件{number}" if len(annexes) > 1 else "附件"
        _begin_page(document, mark, paper, turned)
        paper = turned
        _write_table(document, table, paper, above=2)
    return paper


def _begin_page(document: DocumentFile, mark: str, former: Paper, paper: Paper) -> None:
    """A new page with a mark in its corner, in a section of its own where the paper is turned."""
    if paper is not former:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        document.paragraphs[-1].style = "占位"
        section.orientation = WD_ORIENT.LANDSCAPE if paper is LANDSCAPE else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Twips(paper.width), Twips(paper.height)
        section.top_margin, section.right_margin = Twips(paper.top), Twips(paper.right)
        section.bottom_margin, section.left_margin = Twips(paper.bottom), Twips(paper.left)
        section.footer_distance = Twips(paper.bottom * 2 // 3)
    begun = document.add_paragraph(mark, "附件")
    if paper is not former:
        begun.paragraph_format.page_break_before = False


def _write_table(document: DocumentFile, table: Table, paper: Paper, above: int) -> None:
    """A table with its title and note; `above`: lines that stand above it on its page."""
    note = math.ceil(ems(table.note) * 12 * 20 / paper.text_width)
    room = paper.text_height - LINE * above - _NOTE * note - LINE // 4
    if table.title:
        lines = _titled(table.title, paper)
        document.add_paragraph("\n".join(lines), "Caption")
        # Half a line is left free below the title.
        room -= LINE * len(lines) + LINE // 2
    size = type_size(table, paper)
    widths = column_widths(table, paper.text_width, size)
    heads = [head_lines(head, width, size) for head, width in zip(table.heads, widths, strict=True)]
    rows = [*table.rows, *([table.total] if table.total else [])]
    height = row_height(len(rows) + max(map(len, heads)), room)
    smaller = size // 10 if size < USUAL else None
    layout = {"widths": widths, "height": height, "size": smaller, "kept": table.figures}
    add_piece(document, "table", heads=heads, rows=rows, **layout)
    document.add_paragraph(table.note, "表注" if table.note else "占位")


def _write_notes(
    document: DocumentFile, notes: Sequence[BulletinNote], attached: Sequence[Table], paper: Paper
) -> None:
    """What the site says of the document, on a page behind it."""
    _begin_page(document, "刊登说明（不是公文的组成部分）", paper, PORTRAIT)
    for note in notes:
        if note.title:
            document.add_paragraph(note.title, "Heading 2")
        for text in (note.text, *note.entries):
            document.add_paragraph(text, "Body Text")
    for table in attached:
        _begin_page(document, table.title, PORTRAIT, PORTRAIT)
        _write_table(document, replace(table, title=""), PORTRAIT, above=1)
