"""What every value type offers, and how it tells what is wrong with a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from generator.model.vocabulary import Vocabulary

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
class Reading:
    """A column in its normal form, and what was wrong with it. Faulty values stay as they were written."""

    values: Strings
    faults: list[Fault] = field(default_factory=list)


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

    def read(self, column: Strings, vocabulary: Vocabulary | None) -> Reading:
        """Bring a column into its normal form and say which values are faulty."""
        raise NotImplementedError  # pragma: no cover - every type reads

    def is_right(self, column: Strings) -> np.ndarray:
        """Where a value can be nothing but one of this type, whatever it looks like; boolean."""
        return np.zeros(len(column), dtype=bool)

    def parts(self, column: Strings) -> list[Strings]:
        """The parts of each value; one for all types but those of several choices."""
        return [column]


def per_distinct(column: Strings, read: Callable[[Strings], Reading]) -> Reading:
    """Read each distinct value once: a column of days or codes repeats a few thousand values."""
    places, distinct = pd.factorize(column)
    if len(distinct) == len(column):
        return read(column)
    reading = read(pd.Series(distinct, dtype="str"))
    return Reading(
        values=pd.Series(reading.values.array.take(places), index=column.index),
        faults=[Fault(fault.code, fault.rows[places]) for fault in reading.faults],
    )


def fold_width(column: Strings, keep_blanks: bool = False) -> Strings:
    """Full-width digits, letters and punctuation to half width, blanks dropped: for codes, days and amounts."""
    folded = column if column.str.isascii().all() else column.str.normalize("NFKC")
    return folded.str.replace(r"\s+", " " if keep_blanks else "", regex=True)
