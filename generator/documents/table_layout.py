"""How a printed table is set: widths of columns, heights of rows, size of type, and whether the sheet is turned."""

from __future__ import annotations

import math
import re

from generator.documents.official import Table
from generator.documents.paper import LINE, PORTRAIT, Paper, is_narrow

USUAL = 12 * 20
"""小四号, the size of text in tables, in twips."""
_SIZES = (USUAL, 210)
"""The same and 五号, for a table that would not fit otherwise."""
_NARROW = 0.64
"""Ems of a digit of the fonts that programs take where those of the standard are missing (DejaVu Sans); theirs are half
an em. A column counted by these would break its figures."""
_PADDING = 160
"""What a cell needs beside its text."""
_HEADING_LINES = 2
_RULE = 10
"""What the rule below a row adds."""
_LOWEST, _LOW = 290, 440
"""Heights of rows: to get a table onto one page, and where it goes on over several all the same."""
_BESIDE_DIGITS = re.compile(r"(?<=[^\x00-\xff])(?=\d)|(?<=\d)(?=[^\x00-\xff])")
"""Where some programs leave a quarter of a character free, whatever they are told."""
_NEVER_FIRST, _NEVER_LAST = "、，）”》%", "（“《"


def type_size(table: Table, paper: Paper) -> int:
    """Size of the text (twips) with which no figure of a table has to be broken on a sheet, the smallest if all are."""
    return next((size for size in _SIZES if sum(_needed(table, size)) <= paper.text_width), _SIZES[-1])


def column_widths(table: Table, width: int, size: int) -> list[int]:
    """Widths that fill `width` twips together: what the texts need, and the rest shared out by need."""
    needed = _needed(table, size)
    filled = [need * width // sum(needed) for need in needed]
    filled[0] += width - sum(filled)
    return filled


def is_wide(table: Table) -> bool:
    """Whether a table does not fit the upright sheet, however small its type."""
    return sum(_needed(table, _SIZES[-1])) > PORTRAIT.text_width


def head_lines(head: str, width: int, size: int) -> list[str]:
    """A heading in lines about equally long, as many as a column of `width` twips needs."""
    counts = range(1, max(1, len(head)) + 1)
    divided = (_divided(head, count) for count in counts)
    fitting = (lines for lines in divided if max(map(_width, lines)) * size <= width - _PADDING)
    return next(fitting, _divided(head, counts[-1]))


def _divided(head: str, count: int) -> list[str]:
    """A heading in so many lines at most; none begins with a mark that may not, and none ends so."""
    length = math.ceil(len(head) / count)
    lines = [""]
    for character in head:
        if len(lines[-1]) >= length and character not in _NEVER_FIRST:
            opening = lines[-1][-1] if lines[-1][-1] in _NEVER_LAST else ""
            lines[-1] = lines[-1].removesuffix(opening)
            lines.append(opening)
        lines[-1] += character
    return lines


def row_height(rows: int, room: int) -> int:
    """Height of so many rows (twips): a line of the grid each, less where that saves a page."""
    height = min(LINE, room // rows - _RULE)
    return height if height >= _LOWEST else _LOW


def _needed(table: Table, size: int) -> list[int]:
    """Twips that each column needs: its longest text in one line, its heading in two."""
    lines = [*table.rows, *([table.total] if table.total else [])]
    columns = zip(table.heads, *lines, strict=True)
    return [
        math.ceil(max(map(_width, (*_divided(head, _HEADING_LINES), *texts, "一"))) * size) + _PADDING
        for head, *texts in columns
    ]


def _width(text: str) -> float:
    narrow = sum(map(is_narrow, text))
    return len(text) - narrow + _NARROW * narrow + len(_BESIDE_DIGITS.findall(text)) / 4
