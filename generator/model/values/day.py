"""Days."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa

from generator.model.values.base import PRESCRIBED, Read, Reading, Strings, Terms, ValueType, half_width, per_value
from generator.model.values.numeral import digits_of, whole_number
from generator.model.vocabulary import Vocabulary
from generator.model.written import WrittenForms

NO_END = "2099-12-31"
"""“Long term” in the data standard of 双公示 (2018/2021); shown as 长期."""

_FIRST_YEAR = 1949

# A day, with or without a time of day behind it, in the forms the standard and Excel produce.
_FORM = re.compile(
    r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?([T ] ?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})()", re.ASCII)
_PRESCRIBED = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}", re.ASCII)
"""What the standard and Excel write; what is read from other forms is listed."""

_WEEKDAY_OR_TIME = (
    r"(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
    r"[T ]?(?:上午 ?|下午 ?)?(?:\d{1,2}[:时点](?:\d{1,2}(?:[:分]\d{0,2}(?:\.\d+)?秒?)?)?)? ?(?:[AaPp][Mm])?"
)
_WITH_REST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _WEEKDAY_OR_TIME, re.ASCII)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}| \d{1,2}:\d{2}(?::\d{2})?)", re.ASCII)
_REPUBLIC = re.compile(
    r"(?:中华民国|中華民國|民国|民國) ?(\d{1,3}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?", re.ASCII
)
_REPUBLIC_BARE = re.compile(r"(1\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_IN_WORDS = re.compile(r"([^年]{4})年([^年月]{1,3})月([^月日]{1,3})[日号]")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(17899, 73051)
"""Days from 1949-01-01 to 2099-12-31, as Excel counts them."""
_REPUBLIC_YEARS = range(38, 189)
"""1949 to 2099. A year of three digits that begins with 1 is no slip of the pen for a year of our era: that begins
with 20 or 02, or its last digits are 199 and more."""


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
        faults = ("day-unreadable", "day-no-end-miswritten")
        return per_value(column, lambda text: _read_day(text, terms.forms), faults)


def _read_day(text: str, forms: WrittenForms | None) -> Read:
    plain = half_width(text)
    found = _FORM.fullmatch(plain) or _COMPACT.fullmatch(plain)
    named = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}" if found else plain
    if forms:
        if named in forms.no_end.doubtful:
            return Read(NO_END, fault="day-no-end-miswritten")
        if named != NO_END and (named in forms.no_end.words or named in forms.no_end.days):
            return Read(NO_END, way="day-no-end")
        if named in forms.none.days:
            return Read("", way="none")
    if found:
        if _day(found[1], found[2], found[3]):
            way = "day-time" if found[4] else "" if _PRESCRIBED.fullmatch(text) else "day-form"
            return Read(named, way=way)
    elif forms and (unusual := _unusual(plain)):
        day, way = unusual
        return Read(NO_END if day in forms.no_end.days else day, way=way)
    return Read(text, fault="day-unreadable")


def _unusual(text: str) -> tuple[str, str] | None:
    """A day that only some write so, as ISO text, and the way of writing; None if nothing can be meant but a guess."""
    day, way = None, ""
    if found := _WITH_REST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        day, way = _day(found[1], found[2], found[3]), "day-time"
    elif found := _REPUBLIC.fullmatch(text) or _REPUBLIC_BARE.fullmatch(text):
        year = int(found[1])
        day, way = _day(year + 1911, found[2], found[3]) if year in _REPUBLIC_YEARS else None, "day-republic"
    elif found := _SERIAL.fullmatch(text):
        number = int(found[1])
        day, way = _SERIAL_ORIGIN + timedelta(number) if number in _SERIALS else None, "day-serial"
    elif found := _IN_WORDS.fullmatch(text):
        year_in_digits, month, of_month = digits_of(found[1]), whole_number(found[2]), whole_number(found[3])
        if year_in_digits and month and of_month:
            day, way = _day(year_in_digits, month, of_month), "day-form"
    return (day.isoformat(), way) if day else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    """A day of the calendar, or None."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None
