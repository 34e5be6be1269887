"""Looks for characters that nobody sees in cells, and for those that everybody sees differently.

What is folded in every cell is little: blanks at its ends, and what has no width at all (zero-width blanks, marks of
direction, control characters), which hides in copied codes and names. Full-width letters and digits stay, as a type
of value knows whether they mean anything; so do characters of private use, which stand for one that only the
clerk knows.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from generator.intake.table import Column

_UNSEEN = (
    "[\\x{0}-\\x{8}\\x{B}-\\x{1F}\\x{7F}\\x{AD}\\x{200B}-\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{206F}\\x{FEFF}]"
)
_PRIVATE = "[\\x{E000}-\\x{F8FF}\\x{F0000}-\\x{10FFFD}]"

_RARE = np.zeros(256, dtype=bool)
"""Bytes of UTF-8 that occur in nothing but what is looked for."""
_RARE[[*range(9), *range(11, 32), 0x7F, 0xEE, 0xF3, 0xF4]] = True


def without_unseen(column: Column) -> tuple[Column, int]:
    """A column without characters of no width, and how many cells had some."""
    if not _may_have(column):
        return column, 0
    found = pc.match_substring_regex(column, _UNSEEN)
    count = pc.sum(found).as_py() or 0
    if not count:
        return column, 0
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(column, _UNSEEN, "")), count


def private_use(column: Column) -> np.ndarray:
    """Places of cells with characters of private use: int64."""
    if not _may_have(column):
        return np.zeros(0, np.int64)
    return np.flatnonzero(pc.match_substring_regex(column, _PRIVATE).to_numpy(zero_copy_only=False))


def _may_have(column: Column) -> bool:
    """A look at the bytes, which costs a fraction of a search by pattern: hardly any column has such a character."""
    if not len(column):
        return False
    offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
    if offsets[0] == offsets[-1]:
        return False
    text = np.frombuffer(column.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    if _RARE[text].any():
        return True
    first, second = text[:-1], text[1:]
    # What is left begins as everyday characters do: quotation marks and dashes, full-width forms.
    if ((first == 0xC2) & (second == 0xAD)).any() or ((first == 0xEF) & ((second <= 0xA3) | (second == 0xBB))).any():
        return True
    places = np.flatnonzero((first[:-1] == 0xE2) & (second[:-1] <= 0x81))
    third = text[places + 2]
    marks = (third < 0x90) | ((third >= 0xAA) & (third <= 0xAF))
    return bool(
        (((text[places + 1] == 0x80) & (third >= 0x8B) & marks) | ((text[places + 1] == 0x81) & (third >= 0xA0))).any()
    )
