"""Reads values the way a column of a file is read."""

from __future__ import annotations

import pandas as pd

from generator.model.values import VALUE_TYPES
from generator.model.vocabulary import Vocabulary


def read(value_type: str, *values: str, vocabulary: Vocabulary | None = None) -> list[tuple[str, list[str]]]:
    """Each value's normal form and the codes of its faults, read as one column."""
    reading = VALUE_TYPES[value_type].read(pd.Series(list(values), dtype="str"), vocabulary)
    return [
        (str(value), [fault.code for fault in reading.faults if fault.rows[place]])
        for place, value in enumerate(reading.values)
    ]


def normal(value_type: str, value: str, vocabulary: Vocabulary | None = None) -> str:
    """The normal form of a value that has to be without fault."""
    [(text, faults)] = read(value_type, value, vocabulary=vocabulary)
    assert faults == []
    return text


def faults(value_type: str, value: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """The faults of one value."""
    [(_, codes)] = read(value_type, value, vocabulary=vocabulary)
    return codes
