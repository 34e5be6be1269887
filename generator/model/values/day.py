"""Days."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.model.values.base import Fault, Reading, Strings, ValueType, fold_width, per_distinct
from generator.model.vocabulary import Vocabulary

NO_END = "2099-12-31"
"""“Long term” in the data standard of 双公示 (2018/2021); shown as 长期."""

_NO_END_MISWRITTEN = "2099-01-31"
"""Seen in real reports for the same thing: read as NO_END, with a warning."""

# A day, with or without a time of day behind it, in the forms the standard and Excel produce.
_FORM = r"^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?(?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$"


class Day(ValueType):
    """A day, in normal form 2023-12-01. Reads 2023/12/1, 2023年12月1日, 20231201 and time stamps."""

    name = "day"
    title = "日期"
    example = "2023/12/01"
    may_hold_text = False
    arrow_type = pa.date32()

    def read(self, column: Strings, vocabulary: Vocabulary | None) -> Reading:
        """A day that is no day of the calendar, or before 1949, is a fault."""
        return per_distinct(column, _read_days)


def _read_days(column: Strings) -> Reading:
    folded = fold_width(column, keep_blanks=True).str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", regex=True)
    parts = folded.str.extract(_FORM)
    text = parts[0].fillna("") + "-" + parts[1].fillna("").str.zfill(2) + "-" + parts[2].fillna("").str.zfill(2)
    days = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    good = (days.notna() & (days.dt.year >= 1949)).to_numpy(dtype=bool)
    given = (column != "").to_numpy(dtype=bool)
    miswritten = (text == _NO_END_MISWRITTEN).to_numpy(dtype=bool)
    text = text.where(~miswritten, NO_END)
    return Reading(
        values=pd.Series(np.where(good, text, column), dtype="str"),
        faults=[Fault("day-unreadable", given & ~good), Fault("day-no-end-miswritten", miswritten)],
    )
