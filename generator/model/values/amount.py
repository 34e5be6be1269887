"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.model.values.base import (
    PRESCRIBED,
    Fault,
    Mended,
    Reading,
    Strings,
    Terms,
    ValueType,
    fold_width,
    per_distinct,
)
from generator.model.values.yuan import YUAN, in_words, yuan_of
from generator.model.vocabulary import Vocabulary

SPOILED = r"[0-9](\.[0-9]+)?[Ee][+-]?[0-9]{1,3}"
"""What Excel makes of a long number in a cell that is not of the format “text”."""

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
        return per_distinct(column, lambda distinct: _read_amounts(distinct, terms.unit))


def _read_amounts(column: Strings, unit: str | None) -> Reading:
    folded = fold_width(column, keep_blanks=True)
    # Only commas between thousands are dropped: 0,2 is somebody's decimal comma, and not 2.
    grouped = folded.str.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?")
    folded = folded.where(~grouped, folded.str.replace(",", "", regex=False))
    given = (folded != "").to_numpy(dtype=bool)
    good = folded.str.fullmatch(r"\d{1,12}(\.\d{1,6})?").to_numpy(dtype=bool, copy=True)
    plain = folded.str.replace(r"^0+(?=\d)", "", regex=True)
    plain = plain.where(~plain.str.contains(".", regex=False), plain.str.rstrip("0").str.rstrip("."))
    values = np.where(good, plain.where(plain != "0", ""), column)
    commas = good & grouped.to_numpy(dtype=bool)
    mended = {
        "amount-commas": commas,
        "width": good & ~commas & (folded != column).to_numpy(dtype=bool),
        "amount-unit": np.zeros(len(column), dtype=bool),
        "amount-in-words": np.zeros(len(column), dtype=bool),
    }
    if unit in YUAN:
        for place in np.flatnonzero(given & ~good).tolist():
            text = folded.iloc[place].replace(" ", "")
            amount = yuan_of(text)
            if amount is not None and (said := _in_unit(amount, YUAN[unit])) is not None:
                values[place] = said
                good[place] = True
                mended["amount-in-words" if in_words(text) else "amount-unit"][place] = True
    spoiled = ~good & folded.str.fullmatch(SPOILED).to_numpy(dtype=bool)
    return Reading(
        values=pd.Series(values, dtype="str"),
        faults=[Fault("amount-unreadable", given & ~good & ~spoiled), Fault("number-spoiled", spoiled)],
        mended=[Mended(way, rows) for way, rows in mended.items()],
    )


def _in_unit(yuan: Decimal, unit: int) -> str | None:
    """An amount as a plain number of its column's unit; None for more places or digits than the column has."""
    amount = yuan / unit
    if amount != round(amount, _PLACES) or amount >= _WHOLE:
        return None
    said = f"{amount:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "" if said == "0" else said
