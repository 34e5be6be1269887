"""Days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

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
from generator.model.values.numeral import digits_of, whole_number
from generator.model.vocabulary import Vocabulary
from generator.model.written import WrittenForms

NO_END = "2099-12-31"
"""“Long term” in the data standard of 双公示 (2018/2021); shown as 长期."""

# A day, with or without a time of day behind it, in the forms the standard and Excel produce.
_FORM = r"^(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?((?:[T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?)$"
_PLAIN = r"\d{4}[-/]\d{1,2}[-/]\d{1,2}"
"""What the standard and Excel write; what is read from other forms is listed."""

_WEEKDAY_OR_TIME = (
    r"(?:(?:星期|周)[一二三四五六日天])?"
    r"[T ]?(?:上午 ?|下午 ?)?(?:\d{1,2}[:时点](?:\d{1,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?)?)? ?(?:[AaPp][Mm])?"
)
_WITH_REST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _WEEKDAY_OR_TIME)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}| \d{1,2}:\d{2}(?::\d{2})?)")
_REPUBLIC = re.compile(r"(?:中华民国|中華民國|民国|民國) ?(\d{1,3}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?")
_REPUBLIC_BARE = re.compile(r"(1\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_IN_WORDS = re.compile(r"([^年]{4})年([^年月]{1,3})月([^月日]{1,3})[日号]")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(17899, 73051)
"""Days from 1949-01-01 to 2099-12-31, as Excel counts them."""
_REPUBLIC_YEARS = range(38, 189)
"""1949 to 2099. A year of three digits that begins with 1 is no slip of the pen for a year of our era: that begins
with 20 or 02, or its last digits are 199 and more."""


_WAYS = ("none", "day-form", "day-time", "day-no-end", "day-serial", "day-republic")


class Day(ValueType):
    """A day, in normal form 2023-12-01. Reads 2023/12/1, 2023年12月1日, 20231201 and time stamps.

    Told of a portal's forms, also Excel's day numbers, years of the Republic, numerals, and words for “no end”.
    """

    name = "day"
    title = "日期"
    example = "2023/12/01"
    may_hold_text = False
    arrow_type = pa.date32()

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """A day that is no day of the calendar, or before 1949, is a fault."""
        return per_distinct(column, lambda distinct: _read_days(distinct, terms.forms))


def _read_days(column: Strings, forms: WrittenForms | None) -> Reading:
    folded = fold_width(column, keep_blanks=True).str.strip()
    parts = folded.str.replace(r"^(\d{4})(\d{2})(\d{2})$", r"\1-\2-\3", regex=True).str.extract(_FORM)
    text = parts[0].fillna("") + "-" + parts[1].fillna("").str.zfill(2) + "-" + parts[2].fillna("").str.zfill(2)
    days = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    good = (days.notna() & (days.dt.year >= 1949)).to_numpy(dtype=bool, copy=True)
    timed = (parts[3].fillna("") != "").to_numpy(dtype=bool)
    plain = column.str.fullmatch(_PLAIN).to_numpy(dtype=bool)
    ways = np.select([good & timed, good & ~plain], ["day-time", "day-form"], "").astype(object)
    found = _Found(np.where(good, text, column), ways)
    doubtful = np.zeros(len(column), dtype=bool)
    if forms:
        named = text.where(parts[0].notna(), folded)
        doubtful = named.isin(forms.no_end.doubtful).to_numpy(dtype=bool)
        endless = named.isin((*forms.no_end.words, *forms.no_end.days)).to_numpy(dtype=bool)
        none = named.isin(forms.none.days).to_numpy(dtype=bool)
        found.put(endless & (named != NO_END).to_numpy(dtype=bool), NO_END, "day-no-end")
        found.put(doubtful, NO_END, "")
        found.put(none, "", "none")
        good = good | endless | none
        for place in np.flatnonzero((column != "").to_numpy(dtype=bool) & ~good).tolist():
            if unusual := _unusual(folded.iloc[place]):
                day, way = unusual
                found.put(place, NO_END if day in forms.no_end.days else day, way)
                good[place] = True
    given = (column != "").to_numpy(dtype=bool)
    return Reading(
        values=pd.Series(found.values, dtype="str"),
        faults=[Fault("day-unreadable", given & ~good), Fault("day-no-end-miswritten", doubtful)],
        mended=[Mended(way, found.ways == way) for way in _WAYS],
    )


@dataclass(frozen=True)
class _Found:
    """What has been read so far."""

    values: np.ndarray
    ways: np.ndarray
    """The way in which each value was mended, or ""."""

    def put(self, rows: np.ndarray | int, day: str, way: str) -> None:
        self.values[rows] = day
        self.ways[rows] = way


def _unusual(text: str) -> tuple[str, str] | None:
    """A day that only some write so, as ISO text, and the way of writing; None if nothing can be meant but a guess."""
    if found := _WITH_REST.fullmatch(text):
        return _day(int(found[1]), found[2], found[3], "day-time")
    if found := _RUN_TOGETHER.fullmatch(text):
        return _day(int(found[1]), found[2], found[3], "day-time")
    if found := _REPUBLIC.fullmatch(text) or _REPUBLIC_BARE.fullmatch(text):
        year = int(found[1])
        return _day(year + 1911, found[2], found[3], "day-republic") if year in _REPUBLIC_YEARS else None
    if found := _SERIAL.fullmatch(text):
        number = int(found[1])
        day = _SERIAL_ORIGIN + timedelta(number)
        return (day.isoformat(), "day-serial") if number in _SERIALS else None
    if found := _IN_WORDS.fullmatch(text):
        year, month, day_of_month = digits_of(found[1]), whole_number(found[2]), whole_number(found[3])
        return _day(int(year), str(month), str(day_of_month), "day-form") if year and month and day_of_month else None
    return None


def _day(year: int, month: str, day: str, way: str) -> tuple[str, str] | None:
    try:
        found = date(year, int(month), int(day))
    except ValueError:
        return None
    return (found.isoformat(), way) if year >= 1949 else None
