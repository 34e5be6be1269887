"""What the library that reads workbooks leaves out: cells without a value (#REF!, formulas that nobody has computed),
cells of .ods that are one, and which rows of .xlsx are hidden.

It gives the first as blank cells, which would be rows that say less than the clerk sees. Only the parts of a file that
say it are looked at, and only Python's own library and olefile are imported: the process in which files are
opened has to start quickly.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import olefile

from generator.intake.cells import NOT_COMPUTED

_XLSX_HINTS = (b"<f>", b"<f ", b"<f/", b":f>", b":f ", b":f/", b'"e"', b"'e'")
"""One of these stands where a sheet has a formula or an error; most have neither, and are not looked at further."""
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["'](\d{1,7})["']""")
_CELL = re.compile(r"([A-Z]{1,3})\d{1,7}")
_XLS_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
"""[MS-XLS] 2.5.10, Bes."""
_BOUND_SHEET, _FORMULA, _BOOL_ERR, _FILE_END = 0x85, 0x06, 0x205, 0x0A


_REPEATED = 10_000
"""So many rows that say the same as the one before are told apart; a table has no more with a fault."""


@dataclass
class Lost:
    """What is added to a sheet."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row (from 1) and column (from 0) → what the cell shows in place of a value."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row (from 1), first and last column (from 0) of cells that are one."""
    hidden: list[int] = field(default_factory=list)
    """Rows (from 1) that are not shown, filtered ones among them."""


def lost_cells(path: Path, form: str) -> dict[str, Lost]:
    """Name of a sheet → what the library leaves out of it.

    Raises OSError, ValueError, BadZipFile and ElementTree.ParseError for damaged files.
    """
    reader = _READERS.get(form)
    return reader(path) if reader else {}


def _of_xlsx(path: Path) -> dict[str, Lost]:
    found: dict[str, Lost] = {}
    with zipfile.ZipFile(path) as content:
        for name, part in _parts(content):
            text = content.read(part)
            errors = dict(_xlsx_errors(text)) if any(hint in text for hint in _XLSX_HINTS) else {}
            hidden = list(map(int, _HIDDEN_ROW.findall(text))) if b"hidden=" in text else []
            if errors or hidden:
                found[name] = Lost(errors, hidden=hidden)
    return found


def _xlsx_errors(text: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    """Row (from 1), column (from 0) and what is shown there, for each cell of a sheet without a value."""
    row, column = 0, -1
    table: ElementTree.Element | None = None
    for event, element in ElementTree.iterparse(io.BytesIO(text), ("start", "end")):  # noqa: S314 - expat has limits
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            if tag == "c":
                place = _CELL.fullmatch(element.get("r", ""))
                column = _column(place[1]) if place else column + 1
            elif tag == "row":
                said = element.get("r", "")
                row, column = int(said) if said.isdecimal() else row + 1, -1
            elif tag == "sheetData":
                table = element
        elif tag == "c":
            if shown := _shown(element):
                yield (row, column), shown
        elif tag == "row" and table is not None:
            table.clear()


def _shown(cell: ElementTree.Element) -> str:
    """What a cell shows in place of a value; "" for one that has a value, be it a blank text."""
    parts = {part.tag.rpartition("}")[2]: "".join(part.itertext()).strip() for part in cell}
    kind = cell.get("t", "n")
    if kind == "e":
        return parts.get("v") or NOT_COMPUTED
    computed = parts.get("v") or parts.get("is") or ("v" in parts and kind == "str")
    return NOT_COMPUTED if "f" in parts and not computed else ""


def _parts(content: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Name of each worksheet and the member that holds it."""

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


def _column(letters: str) -> int:
    """Place of a column, from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _of_xls(path: Path) -> dict[str, Lost]:
    with olefile.OleFileIO(path) as file:
        stream = next((name for name in ("Workbook", "Book") if file.exists(name)), None)
        content = file.openstream(stream).read() if stream else b""
    found: dict[str, Lost] = {}
    for kind, start, length in _records(content, 0):
        if kind == _BOUND_SHEET and length > 8:
            begin = struct.unpack_from("<I", content, start)[0]
            if errors := _xls_errors(content, begin):
                found[_xls_name(content[start + 6 : start + length])] = Lost(errors)
    return found


def _records(content: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from a place to the end of its sheet."""
    while start + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, start)
        if kind == _FILE_END:
            return
        yield kind, start + 4, length
        start += 4 + length


def _xls_errors(content: bytes, start: int) -> dict[tuple[int, int], str]:
    found = {}
    for kind, place, length in _records(content, start):
        if kind == _BOOL_ERR and length >= 8 and content[place + 7] == 1:
            code = content[place + 6]
        # The value of a formula that is no number ends in FFFF; 2 in its first byte says that it is an error.
        elif kind == _FORMULA and length >= 14 and content[place + 12 : place + 14] == b"\xff\xff":
            if content[place + 6] != 2:
                continue
            code = content[place + 8]
        else:
            continue
        row, column = struct.unpack_from("<HH", content, place)
        found[row + 1, column] = _XLS_ERRORS.get(code, "#N/A")
    return found


def _xls_name(told: bytes) -> str:
    """The name of a sheet: its length, whether its characters have two bytes, and they."""
    length, wide = told[0], told[1] & 1
    return told[2 : 2 + 2 * length].decode("utf-16-le", "replace") if wide else told[2 : 2 + length].decode("latin-1")


def _of_ods(path: Path) -> dict[str, Lost]:
    found: dict[str, Lost] = {}
    sheet, row, column, height = Lost(), 0, 0, 1
    with zipfile.ZipFile(path) as content:
        text = content.read("content.xml")
    if b"-spanned" in text or b'"error"' in text:
        for event, element in ElementTree.iterparse(io.BytesIO(text), ("start", "end")):  # noqa: S314 - expat has limits
            tag = element.tag.rpartition("}")[2]
            if event == "start" and tag == "table":
                sheet, row = found.setdefault(_said(element, "name"), Lost()), 0
            elif event == "start" and tag == "table-row":
                row, column, height = row + 1, 0, _many(element, "number-rows-repeated")
            elif event == "end" and tag in ("table-cell", "covered-table-cell"):
                down, across = _many(element, "number-rows-spanned"), _many(element, "number-columns-spanned")
                if down > 1 or across > 1:
                    sheet.merged.append((row, row + down - 1, column, column + across - 1))
                shown = "".join(element.itertext()) if len(element) else ""
                if shown and _said(element, "value-type", last=True) == "error":
                    sheet.errors.update({(row + each, column): shown for each in range(min(height, _REPEATED))})
                column += _many(element, "number-columns-repeated")
            elif event == "end" and tag == "table-row":
                row += height - 1
                element.clear()
    return {name: lost for name, lost in found.items() if lost.errors or lost.merged}


def _said(element: ElementTree.Element, name: str, last: bool = False) -> str:
    """What an attribute says, whatever its namespace: the first that has the name, or the last."""
    values = [value for key, value in element.attrib.items() if key.rpartition("}")[2] == name]
    return values[-1 if last else 0] if values else ""


def _many(element: ElementTree.Element, name: str) -> int:
    said = _said(element, name)
    return int(said) if said.isdecimal() else 1


_READERS: dict[str, Callable[[Path], dict[str, Lost]]] = {"xlsx": _of_xlsx, "xls": _of_xls, "ods": _of_ods}
