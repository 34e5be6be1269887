"""How much room a text needs, counted by its characters: never measured by a font, which differs by machine."""

from __future__ import annotations

import unicodedata

EM = 100
"""Widths are in hundredths of an em, so that sums are exact."""
_HALF = 65
"""What is not full-width is mostly half an em wide; digits of DejaVu Sans, a common fallback, are 0.64."""


def width_of(text: str) -> int:
    """Room for a text in hundredths of an em. Ambiguous characters (“ ” · —) are as wide as Chinese fonts set them."""
    return sum(EM if unicodedata.east_asian_width(character) in "WFA" else _HALF for character in text)


def lines_of(text: str, room: int) -> list[str]:
    """A text in lines of at most so many hundredths of an em; one character stands even where it has no room."""
    lines, used = [""], 0
    for character in text:
        width = width_of(character)
        if lines[-1] and used + width > room:
            lines.append("")
            used = 0
        lines[-1] += character
        used += width
    return lines
