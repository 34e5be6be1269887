"""Amounts of money."""

from __future__ import annotations

import re
from decimal import Decimal

import pyarrow as pa

from generator.model.values.base import PRESCRIBED, Read, Reading, Strings, Terms, ValueType, half_width, per_value
from generator.model.values.yuan import YUAN, in_words, yuan_of
from generator.model.vocabulary import Vocabulary

SPOILED = r"[0-9](\.[0-9]+)?[Ee][+-]?[0-9]{1,3}"
"""What Excel makes of a long number in a cell that is not of the format “text”."""

_SPOILED = re.compile(SPOILED)
# Only commas between thousands are dropped: 0,2 is somebody's decimal comma, and not 2.
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_PLACES = 6
_WHOLE = 10**12


class Money(ValueType):
    """An amount in the unit its field declares, as decimal(18,6): the precision of the 2024 table definition.

    Zero reads as "not given": the form leaves the amount blank or 0 where there is no fine.
    """

    name = "money"
    title = "金额"
    example = "0.2"
    may_hold_text = False
    arrow_type = pa.decimal128(18, 6)

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Anything but a non-negative decimal number with up to six places is a fault.

        Where the unit of the column is known, an amount that names its own is converted.
        """
        unit = YUAN.get(terms.unit or "")
        return per_value(column, lambda text: _read_amount(text, unit), ("amount-unreadable", "number-spoiled"))


def _read_amount(text: str, unit: int | None) -> Read:
    folded = half_width(text)
    grouped = _GROUPED.fullmatch(folded) is not None
    figures = folded.replace(",", "") if grouped else folded
    if _PLAIN.fullmatch(figures):
        return Read(_plain(figures), way="amount-commas" if grouped else "width" if folded != text else "")
    if unit:
        together = folded.replace(" ", "")
        yuan = yuan_of(together)
        if yuan is not None and (said := _in_unit(yuan, unit)) is not None:
            return Read(said, way="amount-in-words" if in_words(together) else "amount-unit")
    return Read(text, fault="number-spoiled" if _SPOILED.fullmatch(folded) else "amount-unreadable")


def _plain(figures: str) -> str:
    """Without zeros that say nothing; "" for nothing at all."""
    whole, _, fraction = figures.partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    return f"{whole or '0'}.{fraction}" if fraction else whole


def _in_unit(yuan: Decimal, unit: int) -> str | None:
    """An amount as a plain number of its column's unit; None for more places or digits than the column has."""
    amount = yuan / unit
    if amount >= _WHOLE or amount != round(amount, _PLACES):
        return None
    return _plain(f"{amount:.{_PLACES}f}")
