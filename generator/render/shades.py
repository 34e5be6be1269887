"""Cells of a table as a heat map: a shade beside the figure that is written in the cell, so it is readable without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

_STEPS = 4
"""Shades of the style sheet: shade-1, the faintest, to shade-4; shade-0 is 0."""
NONE = "shade-none"
"""Where there is no figure at all."""


@dataclass(frozen=True)
class Cell:
    """What a cell says, and its shade."""

    text: str
    shade: str = ""
    """Class of the style sheet."""
    address: str = ""


def by_magnitude(values: Iterable[Decimal | None]) -> list[str]:
    """Shades of counts by their order of magnitude: ten times as much is a step, or less than one where there are many.

    Counts of units differ by thousands; by their size all but the largest would look alike.
    """
    known = list(values)
    most = max((_digits(value) for value in known if value is not None), default=0)
    return [_shade(None if value is None else _digits(value), most) for value in known]


def by_share(value: Decimal | None, whole: Decimal) -> str:
    """Shade of a part of a whole; what is more than nothing has one."""
    if value is None or whole <= 0:
        return NONE
    return f"shade-{min(ceil(value * _STEPS / whole), _STEPS)}" if value > 0 else "shade-0"


def _digits(value: Decimal) -> int:
    return len(str(int(value))) if value >= 1 else 0


def _shade(digits: int | None, most: int) -> str:
    if digits is None:
        return NONE
    # The largest are the darkest. Up to four orders of magnitude have a shade each, more share them.
    step = max(1, _STEPS - most + digits) if most <= _STEPS else ceil(digits * _STEPS / most)
    return f"shade-{step if digits else 0}"
