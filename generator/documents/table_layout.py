"""How wide the columns of a printed table are, how high its rows, and whether the sheet has to be turned for it."""

from __future__ import annotations

import math
import re

from generator.documents.official import Table
from generator.documents.paper import LINE, PORTRAIT, ems

_SIZE = 12 * 20
"""小四号, the size of text in tables, in twips."""
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


def column_widths(table: Table, width: int) -> list[int]:
    """Widths that fill `width` twips together: what the texts need, and the rest shared out by need."""
    needed = _needed(table)
    filled = [need * width // sum(needed) for need in needed]
    filled[0] += width - sum(filled)
    return filled


def is_wide(table: Table) -> bool:
    """Whether a table does not fit the upright sheet."""
    return sum(_needed(table)) > PORTRAIT.text_width


def head_lines(head: str, width: int) -> list[str]:
    """A heading in lines about equally long, as many as a column of `width` twips needs."""
    count = math.ceil(ems(head) * _SIZE / (width - _PADDING))
    length = math.ceil(len(head) / max(1, count))
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


def _needed(table: Table) -> list[int]:
    """Twips that each column needs: its longest text in one line, its heading in two."""
    lines = [*table.rows, *([table.total] if table.total else [])]
    columns = zip(table.heads, *lines, strict=True)
    return [
        round(max(math.ceil(len(head) / _HEADING_LINES), *map(_width, texts), 1) * _SIZE) + _PADDING
        for head, *texts in columns
    ]


def _width(text: str) -> float:
    return ems(text) + len(_BESIDE_DIGITS.findall(text)) / 4
