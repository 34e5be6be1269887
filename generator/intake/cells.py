"""The cells of a sheet as text, and how much of them a clerk's table may hold.

Nothing but Python's own library is imported here: the process in which files are opened has to start quickly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import zip_longest

MOST_CELLS = 5_000_000
"""Filled cells of a file; 200,000 rows of 25 columns."""
MOST_TEXT = 400_000_000
"""Characters of a file."""
MOST_COLUMNS = 16_384
"""As in Excel."""
NOT_COMPUTED = "#未计算"
"""Stands for a formula whose result is not in the file: the program that wrote it computes nothing."""
_KEPT_WHOLE_BELOW = 1e15
"""Excel keeps 15 digits of a number. What had more has lost the last ones."""


class TooLargeError(Exception):
    """A file holds more than anybody fills in. `args[0]` says what, in Chinese."""


@dataclass
class Cells:
    """The rows of a sheet that are not blank, as text."""

    name: str
    """Name of the worksheet; "" where there are none."""
    rows: list[int] = field(default_factory=list)
    """Numbers of the rows, as Excel counts."""
    columns: list[list[str]] = field(default_factory=list)
    """One text for each of the rows, without blanks at its ends."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First and last row (as Excel counts), first and last column (places in `columns`) of cells that are one."""
    left: int = 1
    """Number of the first column, as Excel counts: 1 is A."""
    hidden: bool = False
    """The worksheet is not shown."""
    hidden_rows: list[int] = field(default_factory=list)
    """Numbers of rows that are not shown, as far as the file says so in a way that is looked at."""


class Gathering:
    """Takes the rows of a file one by one, and stops at what is too much."""

    def __init__(self) -> None:
        self._cells = self._text = 0
        self._rows: list[Sequence[str]] = []
        self._numbers: list[int] = []

    def add(self, number: int, texts: Sequence[str]) -> None:
        """Take a row; a blank one is passed over. Raises TooLargeError."""
        filled = sum(map(bool, texts))
        if not filled:
            return
        self._cells += filled
        self._text += sum(map(len, texts))
        if len(texts) > MOST_COLUMNS:
            raise TooLargeError(f"超过 {MOST_COLUMNS:,} 列")
        if self._cells > MOST_CELLS:
            raise TooLargeError(f"超过 {MOST_CELLS // 10_000} 万个单元格")
        if self._text > MOST_TEXT:
            raise TooLargeError(f"文字超过 {MOST_TEXT // 100_000_000} 亿字")
        self._rows.append(texts)
        self._numbers.append(number)

    def sheet(self, name: str, merged: list[tuple[int, int, int, int]], left: int = 1) -> Cells:
        """The rows since the last sheet, as a sheet; limits go on counting."""
        width = max(map(len, self._rows), default=0)
        if width * len(self._rows) > 4 * MOST_CELLS:
            raise TooLargeError(f"超过 {4 * MOST_CELLS // 10_000} 万个单元格")
        columns = [list(column) for column in zip_longest(*self._rows, fillvalue="")]
        found = Cells(name, self._numbers, columns, merged, left)
        self._rows, self._numbers = [], []
        return found


def as_text(cell: object) -> str:
    """A cell as the clerk sees it: whole numbers without a decimal point, days without a time of day.

    A longer number than Excel keeps is written as Excel shows it, 4.104E+17, by which checks know that it is spoiled:
    written out it would end in zeros that nobody typed, and two numbers of documents would be one.
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        # Excel shows 15 significant digits; what computing in binary leaves behind is cut off.
        return f"{Decimal(f'{cell:.15g}'):f}" if abs(cell) < _KEPT_WHOLE_BELOW else f"{cell:.6G}"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
