"""Files for Word and Excel are searched like pages: by what a reader of them sees."""

from __future__ import annotations

import io

import pytest
from docx import Document
from openpyxl import Workbook
from portals import PERSON, ROOT, declared

from generator.verify.search import search
from generator.verify.searcher import Searcher

FIRST, SECOND = PERSON[:9], PERSON[9:]
NAME = "示例粮油商贸有限公司"


def word(*paragraphs: tuple[str, ...], cells: tuple[str, ...] = ()) -> bytes:
    """A document of paragraphs, each of runs, and a table of one row."""
    document = Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    if cells:
        for cell, text in zip(document.add_table(1, len(cells)).rows[0].cells, cells, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def workbook(*cells: str | int) -> bytes:
    """A workbook of one row."""
    made = Workbook()
    made.worksheets[0].append(cells)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kinds", "personal"),
    [
        ("a.docx", word(("示例粮油", "商贸有限公司")), {"licence"}, set()),
        ("a.docx", word(("号码", FIRST, SECOND)), set(), {"身份证号码"}),
        ("a.docx", word((FIRST,), (SECOND,)), set(), set()),
        ("a.docx", word(cells=(FIRST, SECOND)), set(), set()),
        ("a.xlsx", workbook(NAME, 3), {"licence"}, set()),
        ("a.xlsx", workbook(PERSON), set(), {"身份证号码"}),
        ("a.xlsx", workbook(FIRST, SECOND), set(), set()),
        ("a.xlsx", workbook(int(FIRST), int(SECOND.rstrip("X"))), set(), set()),
    ],
)
def test_words_that_stand_together_are_read_together_and_neighbours_are_not(
    name: str, content: bytes, kinds: set[str], personal: set[str]
) -> None:
    found = search([(name, content)], Searcher({NAME: "licence"}), declared(ROOT).privacy, frozenset())
    assert found == [(kinds, personal)]
