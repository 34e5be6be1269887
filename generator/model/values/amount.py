"""Amounts of money."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.model.values.base import Fault, Reading, Strings, ValueType, fold_width, per_distinct
from generator.model.vocabulary import Vocabulary


class Money(ValueType):
    """An amount in the unit its field declares, as decimal(18,6): the precision of the 2024 table definition.

    Zero reads as "not given": the form leaves the amount blank or 0 where there is no fine.
    """

    name = "money"
    title = "金额"
    example = "0.2"
    may_hold_text = False
    arrow_type = pa.decimal128(18, 6)

    def read(self, column: Strings, vocabulary: Vocabulary | None) -> Reading:
        """Anything but a plain, non-negative decimal number with up to six places is a fault."""
        return per_distinct(column, _read_amounts)


def _read_amounts(column: Strings) -> Reading:
    folded = fold_width(column, keep_blanks=True)
    # Only commas between thousands are dropped: 0,2 is somebody's decimal comma, and not 2.
    grouped = folded.str.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?")
    folded = folded.where(~grouped, folded.str.replace(",", "", regex=False))
    given = (folded != "").to_numpy(dtype=bool)
    good = folded.str.fullmatch(r"\d{1,12}(\.\d{1,6})?").to_numpy(dtype=bool)
    plain = folded.str.replace(r"^0+(?=\d)", "", regex=True)
    plain = plain.where(~plain.str.contains(".", regex=False), plain.str.rstrip("0").str.rstrip("."))
    plain = plain.where(plain != "0", "")
    return Reading(
        values=pd.Series(np.where(good, plain, column), dtype="str"),
        faults=[Fault("amount-unreadable", given & ~good)],
    )
