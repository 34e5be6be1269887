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


def has_unusual(column: Column) -> bool:
    """Whether a column may have characters of no width or of private use.

    A look at the bytes, which costs a fraction of a search by pattern: hardly any column has such a character.
    """
    if not len(column):
        return False
    offsets = np.frombuffer(column.buffers()[1], np.int64)[column.offset : column.offset + len(column) + 1]
    if offsets[0] == offsets[-1]:
        return False
    text = np.frombuffer(column.buffers()[2], np.uint8)[offsets[0] : offsets[-1]]
    # Control characters (line breaks as well), and the first bytes of planes that are hardly used.
    wide = np.flatnonzero(text >= 0xEE)
    if (text < 0x20).any() or (text == 0x7F).any() or (text[wide] != 0xEF).any():
        return True
    # What is left begins as everyday characters do: full-width forms, quotation marks and dashes.
    second = text[wide + 1]
    if ((second <= 0xA3) | (second == 0xBB)).any():
        return True
    if (text == 0xC2).any() and (text[np.flatnonzero(text == 0xC2) + 1] == 0xAD).any():
        return True
    marks = np.flatnonzero(text == 0xE2)
    second, third = text[marks + 1], text[marks + 2]
    no_width = (second == 0x80) & ((third >= 0x8B) & (third <= 0x8F) | (third >= 0xAA) & (third <= 0xAE))
    return bool((no_width | (second == 0x81) & (third >= 0xA0)).any())


def without_unseen(column: Column) -> tuple[Column, int]:
    """A column without characters of no width, and how many cells had some."""
    found = pc.match_substring_regex(column, _UNSEEN)
    count = pc.sum(found).as_py() or 0
    if not count:
        return column, 0
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(column, _UNSEEN, "")), count


def private_use(column: Column) -> np.ndarray:
    """Places of cells with characters of private use: int64."""
    return np.flatnonzero(pc.match_substring_regex(column, _PRIVATE).to_numpy(zero_copy_only=False))
