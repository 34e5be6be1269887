"""What every value type offers, and how it tells what is wrong with a value."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from generator.model.vocabulary import Vocabulary
    from generator.model.written import WrittenForms

Strings = pd.Series
"""A column of Arrow strings without nulls; "" is "not given"."""
Mask = np.ndarray
"""A boolean array, one entry a row."""


@dataclass(frozen=True)
class Fault:
    """Rows of a column that have one fault: its code in the catalogue and where it is."""

    code: str
    rows: Mask


@dataclass(frozen=True)
class Mended:
    """Rows of a column that say the same in another way than the type prescribes: which way, and where they are."""

    way: str
    """Its code in generator/mendings.yml."""
    rows: Mask


@dataclass(frozen=True)
class Reading:
    """A column in its normal form, and what was wrong with it. Faulty values stay as they were written."""

    values: Strings
    faults: list[Fault] = field(default_factory=list)
    mended: list[Mended] = field(default_factory=list)


@dataclass(frozen=True)
class Terms:
    """What a type has to be told to read more than the prescribed form."""

    unit: str | None = None
    """Unit of an amount's column, such as 万元."""
    forms: WrittenForms | None = None
    """How clerks write “none” and “no end”, and days in other ways; None where only the prescribed forms are read."""


PRESCRIBED = Terms()
"""Reads the prescribed forms alone."""


class ValueType:
    """Base of the value types."""

    name: ClassVar[str]
    """Name in the declarations."""
    title: ClassVar[str]
    """Name for clerks, in the staff guide."""
    example: ClassVar[str] = ""
    """How a value is written, on the notes of a form; "" where there is nothing to show."""
    needs_vocab: ClassVar[bool] = False
    separator: ClassVar[str] = ""
    """What stands between the parts of a value of several; "" where a value is always one."""
    placeholder: ClassVar[str | None] = None
    """A value that stands for "has none", as the standard prescribes it."""
    is_code: ClassVar[bool] = False
    """Whether long numbers are what the column is for; elsewhere messages blot them out."""
    is_free_text: ClassVar[bool] = False
    """Whether people write sentences or names into it."""
    may_hold_text: ClassVar[bool] = True
    """Whether an accepted value may hold words or numbers that the type does not foresee."""
    arrow_type: ClassVar[pa.DataType] = pa.string()
    """Type of the column where a typed one is written."""

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Bring a column into its normal form and say which values are faulty, and which were written otherwise."""
        raise NotImplementedError  # pragma: no cover - every type reads

    def is_right(self, column: Strings) -> np.ndarray:
        """Where a value can be nothing but one of this type, whatever it looks like; boolean."""
        return np.zeros(len(column), dtype=bool)

    def parts(self, column: Strings) -> list[Strings]:
        """The parts of each value; one for all types but those of several choices."""
        return [column]


def arrow(column: Strings) -> pa.Array:
    """A column as one Arrow array."""
    text = column.array.__arrow_array__()
    return text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text


class Read(NamedTuple):
    """One value as it was read."""

    text: str
    """Its normal form; as it was written where that is faulty."""
    fault: str = ""
    way: str = ""
    """In which way it was mended; "" where it was not."""


def per_value(column: Strings, read: Callable[[str], Read], faults: tuple[str, ...]) -> Reading:
    """Read each distinct value by itself: of days, amounts and choices a column has few, and Python says plainly how.

    `faults`: all that `read` finds. "" is read as "".
    """
    places, distinct = pd.factorize(column)
    found = [read(text) if text else Read("") for text in distinct]
    told = np.array([one.fault for one in found], dtype=object)
    ways = np.array([one.way for one in found], dtype=object)
    blank = np.zeros(len(column), dtype=bool)

    def rows(marked: Mask) -> Mask:
        return marked[places] if marked.any() else blank

    values = column
    if any(one.text != text for one, text in zip(found, distinct, strict=True)):
        values = pd.Series(pd.array([one.text for one in found], dtype="str").take(places), index=column.index)
    return Reading(
        values,
        [Fault(fault, rows(told == fault)) for fault in faults],
        [Mended(way, rows(ways == way)) for way in dict.fromkeys(ways.tolist()) if way],
    )


def half_width(text: str, blanks: bool = True) -> str:
    """One value in half width, trimmed; each blank one space, or none."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return (" " if blanks else "").join(folded.split())


def per_distinct(column: Strings, read: Callable[[Strings], Reading]) -> Reading:
    """Read each distinct value once: a column of days or codes repeats a few thousand values."""
    places, distinct = pd.factorize(column)
    if len(distinct) == len(column):
        return read(column)
    reading = read(pd.Series(distinct, dtype="str"))
    return _spread(
        reading,
        pd.Series(reading.values.array.take(places), index=column.index),
        lambda rows: rows[places] if rows.any() else np.zeros(len(column), dtype=bool),
    )


def read_others(column: Strings, usual: Mask, read: Callable[[Strings], Reading]) -> Reading:
    """Read the values that are not in their usual form, each distinct one once; the usual ones stay as they are."""
    if usual.all():
        return Reading(column)
    others = np.flatnonzero(~usual)
    reading = per_distinct(column.take(others).reset_index(drop=True), read)
    text = arrow(column)
    mixed = pc.replace_with_mask(text, pa.array(~usual), arrow(reading.values).cast(text.type))

    def spread(rows: Mask) -> Mask:
        found = np.zeros(len(column), dtype=bool)
        found[others] = rows
        return found

    return _spread(reading, pd.Series(pd.array(mixed, dtype="str"), index=column.index), spread)


def _spread(reading: Reading, values: Strings, spread: Callable[[Mask], Mask]) -> Reading:
    return Reading(
        values=values,
        faults=[Fault(fault.code, spread(fault.rows)) for fault in reading.faults],
        mended=[Mended(one.way, spread(one.rows)) for one in reading.mended if one.rows.any()],
    )


def fold_width(column: Strings) -> Strings:
    """Full-width digits, letters and punctuation to half width, blanks dropped: for codes."""
    folded = column if column.str.isascii().all() else column.str.normalize("NFKC")
    return folded.str.replace(r"\s+", "", regex=True)


def without_marks(column: Strings, forms: WrittenForms, vocabulary: Vocabulary | None) -> tuple[Strings, Mask]:
    """A column in which what means “none” is "", and where that was. What a code list has is never meant."""
    text = arrow(column)
    # Most values are longer than any mark, and lengths cost next to nothing.
    lengths = pc.binary_length(text).to_numpy(zero_copy_only=False)
    short = np.flatnonzero((lengths > 0) & (lengths <= forms.longest_mark))
    marked = np.zeros(len(column), dtype=bool)
    if len(short):
        own = vocabulary.spellings() if vocabulary else {}
        marks = pa.array([mark for mark in forms.none.marks if mark not in own], text.type)
        marked[short] = pc.is_in(text.take(pa.array(short)), marks).to_numpy(zero_copy_only=False)
    return (column.where(~marked, "") if marked.any() else column), marked
