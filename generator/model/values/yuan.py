"""Amounts of money with their unit, as people write them: 3.5万元, 35,000元, 叁万伍仟元整."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from generator.model.values.numeral import LONGEST, NUMERALS, digits_of, whole_number

YUAN = {"元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "百万元": 10**6, "千万元": 10**7, "亿元": 10**8}
"""Unit → what it is in yuan."""

_SCALES = {unit.removesuffix("元"): yuan for unit, yuan in YUAN.items()}
# Whatever somebody writes is read in time that grows with its length alone: every repetition has an end.
_FIGURES = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?"
_NUMBER = f"[{NUMERALS}]{{1,{LONGEST}}}"
_SCALE = "百万|千万|万|亿|千|百"
_WITH_UNIT = re.compile(rf"(?:人民币|RMB|CNY)?[¥:]?({_FIGURES})(?:({_SCALE})?[元圆](?:整|正)?|(万|亿))")
_IN_WORDS = re.compile(
    rf"(?:人民币)?:?(?:({_NUMBER})[元圆]|({_NUMBER})点({_NUMBER}?)([万亿])?[元圆])"
    rf"(?:([{NUMERALS}])角)?零?(?:([{NUMERALS}])分)?(?:整|正)?"
)
_IN_TEXT = re.compile(
    rf"(?<![\d.,])(?:{_FIGURES})(?:{_SCALE})?[元圆]|(?<![{NUMERALS}]){_NUMBER}(?:点{_NUMBER}[万亿]?)?[元圆]"
)


def yuan_of(text: str) -> Decimal | None:
    """An amount that names its unit, in yuan; None for what names none or is no amount. Half width, without blanks."""
    if found := _WITH_UNIT.fullmatch(text):
        scale = found[2] or found[3] or ""
        return Decimal(found[1].replace(",", "")) * _SCALES[scale]
    if found := _IN_WORDS.fullmatch(text):
        return _in_words(found)
    return None


def in_words(text: str) -> bool:
    """Whether an amount is written in Chinese numerals."""
    return not any(character.isdigit() and character.isascii() for character in text)


def amounts_in(text: str) -> Iterator[Decimal]:
    """Every amount in yuan that a running text names, in its order."""
    for found in _IN_TEXT.finditer(text):
        amount = yuan_of(found[0])
        if amount is not None:
            yield amount


def _in_words(found: re.Match[str]) -> Decimal | None:
    whole, before, behind, scale, tenths, hundredths = found.groups()
    if whole is not None:
        number = whole_number(whole)
        if number is None:
            return None
        cents = [digits_of(part or "零") for part in (tenths, hundredths)]
        return None if None in cents else Decimal(f"{number}.{cents[0]}{cents[1]}")
    number, fraction = whole_number(before), digits_of(behind)
    if number is None or fraction is None or tenths or hundredths:
        return None
    return Decimal(f"{number}.{fraction}") * _SCALES[scale or ""]
