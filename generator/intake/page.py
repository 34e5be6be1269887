"""Reads the tables of web pages that were saved as .xls. Nothing in them is run or fetched."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from generator.intake.cells import MOST_COLUMNS, Cells, Gathering, TooLargeError

_MOST_ROWS = 1_048_576
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "center", "caption"})
_UNSEEN = frozenset({"script", "style", "title", "xml"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def read_page(text: str) -> list[Cells]:
    """The tables of a web page one below the other, with the text between them, as Excel shows it: one sheet."""
    page = _Page()
    # It is known by now how the text is encoded, whatever the page says of that.
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True, no_network=True)
    parser.feed(text.encode())
    parser.close()
    page.end_row()
    sheet = page.gathering.sheet("", page.merged)
    return [sheet] if sheet.rows else []


class _Page:
    """Gathers rows: those of tables, and a row of one cell for each block of text outside of them."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self.merged: list[tuple[int, int, int, int]] = []
        self._number = 0
        self._unseen = self._tables = 0
        self._row: dict[int, str] = {}
        self._text: list[str] = []
        self._place: tuple[int, int, int] | None = None
        """Column of the open cell, and how many columns and rows it covers."""
        self._covered: dict[int, int] = {}
        """Column → last row that a cell from above covers."""

    def start(self, tag: str, words: Mapping[str, str]) -> None:
        """Enter an element; `words`: its attributes."""
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            if self._tables == 0:
                self.end_row()
            self._tables += 1
            # What was not closed above ends here: pages of old systems are no models of form.
            self._unseen = 0
        elif self._tables > 1:
            # A table in a cell is text of that cell.
            self._text.append(" ")
        elif tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self._end_cell()
            column = len(self._row)
            while column in self._row or self._covered.get(column, 0) > self._number:
                column += 1
            self._place = (column, _span(words.get("colspan")), _span(words.get("rowspan")))
        elif tag == "br":
            self._text.append("\n")
        elif tag in _BLOCKS:
            self._break()

    def end(self, tag: str) -> None:
        """Leave an element."""
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table":
            self._tables = max(0, self._tables - 1)
            if self._tables == 0:
                self.end_row()
                self._covered = {}
        elif self._tables > 1:
            self._text.append(" ")
        elif tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._break()

    def data(self, data: str) -> None:
        """Take text."""
        if not self._unseen:
            self._text.append(_BLANKS.sub(" ", data))

    def close(self) -> None:
        """The parser asks for a result; the rows are in `gathering`."""

    def _break(self) -> None:
        if self._tables:
            self._text.append("\n")
        else:
            self.end_row()

    def _end_cell(self) -> None:
        text = "\n".join(line.strip() for line in "".join(self._text).split("\n")).strip()
        self._text = []
        if self._place is None:
            if text and not self._tables:
                self._row[0] = text
            return
        column, across, down = self._place
        self._place = None
        if column + across > MOST_COLUMNS:
            raise TooLargeError(f"超过 {MOST_COLUMNS:,} 列")
        number = self._number + 1
        for covered in range(column, column + across):
            self._row[covered] = text if covered == column else ""
            if down > 1:
                self._covered[covered] = number + down - 1
        if across > 1 or down > 1:
            self.merged.append((number, number + down - 1, column, column + across - 1))

    def end_row(self) -> None:
        """Lay down the row that is open, if one is."""
        self._end_cell()
        if self._row:
            self._number += 1
            self.gathering.add(self._number, [self._row.get(place, "") for place in range(max(self._row) + 1)])
            self._row = {}


def _span(value: str | None) -> int:
    digits = (value or "").strip()
    return min(max(int(digits), 1), _MOST_ROWS) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 1
