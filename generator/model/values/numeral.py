"""Chinese numerals, everyday and formal: 三万五千, 叁万伍仟, 二〇二三."""

from __future__ import annotations

import re

_CHARACTERS = {
    **{
        character: str(value)
        for value, characters in enumerate(
            ("零〇○", "一壹弌", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
        )
        for character in characters
    },
    **dict(zip("十百千万亿拾佰仟萬億", "十百千万亿" * 2, strict=True)),
}
_PLAIN = str.maketrans(_CHARACTERS)
_SECTION = re.compile(r"(?:([1-9])千)?0?(?:([1-9])百)?0?(?:([1-9]?)(十))?0?([1-9]?)")

NUMERALS = "".join(_CHARACTERS)
"""Every character that a whole number may have."""
LONGEST = 31
"""Characters of the longest that is read: 九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九."""


def digits_of(text: str) -> str | None:
    """Numerals read one by one, 二〇二三 as 2023; None if one of them is no digit."""
    digits = text.translate(_PLAIN)
    return digits if digits.isascii() and digits.isdigit() else None


def whole_number(text: str) -> int | None:
    """A whole number; None for what is none, or can be read in two ways: 三万五 is 35,000 to some."""
    if len(text) > LONGEST:
        return None
    plain = text.translate(_PLAIN)
    higher = 0
    for unit, value in (("亿", 10**8), ("万", 10**4)):
        before, found, behind = plain.rpartition(unit)
        if found:
            # What stands before 亿 may have 万 itself.
            count = whole_number(before) if unit == "亿" else _section(before, alone=not higher)
            if not count:
                return None
            higher, plain = higher + count * value, behind
    last = _section(plain, alone=not higher)
    return None if last is None or not text else higher + last


def _section(plain: str, alone: bool) -> int | None:
    """A number below ten thousand; `alone`: nothing stands before it."""
    found = _SECTION.fullmatch(plain)
    if not found:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    if ones and not ten and plain[-2:-1] != "0" and (thousands or hundreds or not alone):
        return None
    return int(thousands or 0) * 1000 + int(hundreds or 0) * 100 + (int(tens or 1) * 10 if ten else 0) + int(ones or 0)
