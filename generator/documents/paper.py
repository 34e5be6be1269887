"""The sheet of GB/T 9704-2012, in twips (twentieths of a point), as Word counts lengths.

A4 with 37 mm above, 28 mm at the side that is bound, and 156 × 225 mm for 22 lines of 28 characters (5.1, 5.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LINES, CHARACTERS = 22, 28
BODY = 16
"""三号, in points: the size of the body, from which Word counts the pitch of characters."""


def twips(millimetres: float) -> int:
    """A length in twips."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Paper:
    """A sheet and its margins."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the type area."""
        return self.height - self.top - self.bottom


PORTRAIT = Paper(twips(210), twips(297), top=twips(37), right=twips(26), bottom=twips(35), left=twips(28))
LANDSCAPE = Paper(
    PORTRAIT.height,
    PORTRAIT.width,
    top=PORTRAIT.left,
    right=PORTRAIT.top,
    bottom=PORTRAIT.right,
    left=PORTRAIT.bottom,
)
"""The same sheet turned: what is bound is above."""

LINE = PORTRAIT.text_height // LINES
"""Pitch of lines. Rounded up, the last line of a page would not fit."""
CHARACTER = PORTRAIT.text_width / CHARACTERS
"""Pitch of characters: a little less than their size."""
CHARACTER_SPACE = math.floor((CHARACTER / 20 - BODY) * 4096)
"""The same as a document grid says it: what is added to the size of the body, in 4096ths of a point."""

TRACKING = math.floor(CHARACTER - 20 * BODY)
"""The same once more as text says it: what is added to a character of the body."""

_NARROW = 0x250
"""Before this character letters are as wide as half a Chinese one; Chinese quotation marks and dashes come after."""


def ems(text: str) -> float:
    """Width of a text in Chinese characters."""
    return sum(0.5 if is_narrow(character) else 1 for character in text)


def is_narrow(character: str) -> bool:
    """Whether a character is narrower than a Chinese one, as letters and digits are."""
    return ord(character) < _NARROW
