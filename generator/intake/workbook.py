"""Reads the sheets of a workbook (.xlsx, .xlsb, .xls, .ods): values as they were last computed, nothing is run.

For the process of `opening.py`: the library aborts the process it is in where it gets no memory.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from generator.intake.cells import Cells, Gathering, as_text

DAMAGED, LOCKED = "文件已损坏，或者不完整", "文件设有密码"

_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>.*?<(?:\w+:)?v>([^<]{1,20})<', re.DOTALL
)


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
            faults = _error_cells(path) if form == "xlsx" else {}
            sheets = []
            for place, name in enumerate(workbook.sheet_names):
                sheet = workbook.get_sheet_by_index(place)
                if sheet.start is not None:
                    sheets.append(_cells(name, sheet, gathering, faults.get(name, {})))
            return [sheet for sheet in sheets if sheet.rows]
    except PasswordError as error:
        raise UnreadableError(LOCKED) from error
    except (CalamineError, OSError, zipfile.BadZipFile, ValueError) as error:
        raise UnreadableError(DAMAGED) from error


def _cells(name: str, sheet: CalamineSheet, gathering: Gathering, faults: dict[tuple[int, int], str]) -> Cells:
    assert sheet.start is not None  # noqa: S101 - asked before
    left = sheet.start[1]
    faulty = {row for row, _ in faults}
    for number, row in enumerate(sheet.iter_rows(), 1):
        texts = [as_text(cell) for cell in row]
        if number in faulty:
            for place in range(len(texts)):
                texts[place] = faults.get((number, place + left), texts[place])
        gathering.add(number, texts)
    merged = [
        (first[0] + 1, last[0] + 1, first[1] - left, last[1] - left) for first, last in sheet.merged_cell_ranges or []
    ]
    return gathering.sheet(name, merged, left + 1)


def _error_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet → row and column (from 0) → #REF! and the like, which the library gives as blank cells."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as content:
        for name, part in _parts(content):
            text = content.read(part)
            if b't="e"' in text:
                cells = _ERROR_CELL.findall(text)
                found[name] = {(int(row), _column(column)): value.decode() for column, row, value in cells}
    return found


def _parts(content: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name of each worksheet and the member that holds it."""
    from xml.etree import ElementTree

    def tree(member: str) -> ElementTree.Element:
        return ElementTree.fromstring(content.read(member))  # noqa: S314 - expat limits what entities may grow to

    members = set(content.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= members:
        return []
    targets = {each.get("Id", ""): each.get("Target", "") for each in tree("xl/_rels/workbook.xml.rels")}
    found = []
    for sheet in tree("xl/workbook.xml").iter():
        if sheet.tag.endswith("}sheet"):
            reference = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets.get(reference, "")
            member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if member in members:
                found.append((sheet.get("name", ""), member))
    return found


def _column(letters: bytes) -> int:
    """Place of a column, from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
