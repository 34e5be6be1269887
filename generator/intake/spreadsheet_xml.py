"""Reads Excel's XML of 2003, in which many systems still export. Nothing in it is run or fetched."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from generator.intake.cells import MOST_COLUMNS, NOT_COMPUTED, Cells, Gathering, TooLargeError, as_text

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_ROWS = 1_048_576
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_spreadsheet_xml(text: str) -> list[Cells]:
    """The worksheets of Excel's XML of 2003. Raises ElementTree.ParseError and TooLargeError.

    Expat itself limits what entities may grow to.
    """
    # What the declaration says of the encoding was true of the bytes.
    content = _DECLARATION.sub("", text).encode()
    gathering = Gathering()
    sheets: list[Cells] = []
    merged: list[tuple[int, int, int, int]] = []
    name, number = "", 0
    for event, element in ElementTree.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314
        if event == "start":
            if element.tag == f"{_SPREADSHEET}Worksheet":
                name, number, merged = element.get(f"{_SPREADSHEET}Name", ""), 0, []
        elif element.tag == f"{_SPREADSHEET}Row":
            number = _index(element, number)
            gathering.add(number, _texts(element, number, merged))
            number += _number(element, "Span")
            element.clear()
        elif element.tag == f"{_SPREADSHEET}Worksheet":
            sheets.append(gathering.sheet(name, merged))
            element.clear()
    return [sheet for sheet in sheets if sheet.rows]


def _texts(row: ElementTree.Element, number: int, merged: list[tuple[int, int, int, int]]) -> list[str]:
    """The cells of a row; a cell may name its place, and cover others."""
    texts: list[str] = []
    place = 0
    for cell in row.iter(f"{_SPREADSHEET}Cell"):
        place = _index(cell, place)
        if place > MOST_COLUMNS:
            raise TooLargeError(f"超过 {MOST_COLUMNS:,} 列")
        texts += [""] * (place - len(texts))
        data = cell.find(f"{_SPREADSHEET}Data")
        if data is not None:
            texts[place - 1] = _text("".join(data.itertext()), data.get(f"{_SPREADSHEET}Type", ""))
        elif cell.get(f"{_SPREADSHEET}Formula"):
            texts[place - 1] = NOT_COMPUTED
        across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        if across or down:
            merged.append((number, number + down, place - 1, place + across - 1))
        place += across
    return texts


def _text(text: str, kind: str) -> str:
    """What a cell says: days without a time of day, numbers without the exponent that XML writes."""
    if kind == "DateTime":
        return text.strip().removesuffix(".000").removesuffix("T00:00:00").replace("T", " ")
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if kind == "Number":
        try:
            return as_text(float(text))
        except ValueError:
            return text.strip()
    return text.strip()


def _index(element: ElementTree.Element, before: int) -> int:
    given = _number(element, "Index")
    if given > _MOST_ROWS:
        raise TooLargeError(f"超过 {_MOST_ROWS:,} 行")
    return max(given, before + 1)


def _number(element: ElementTree.Element, name: str) -> int:
    given = element.get(f"{_SPREADSHEET}{name}", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
