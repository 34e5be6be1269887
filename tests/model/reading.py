"""Reads values the way a column of a file is read."""

from __future__ import annotations

import pandas as pd
from portals import ROOT

from generator.model.values import VALUE_TYPES, Terms
from generator.model.vocabulary import Vocabulary
from generator.model.written import load_written_forms

FORMS = load_written_forms(ROOT / "data" / "rules" / "values.yml")
"""“None” and “no end” as the project's own declaration has them."""


def read(
    value_type: str, *values: str, vocabulary: Vocabulary | None = None, unit: str | None = None
) -> list[tuple[str, list[str]]]:
    """Each value's normal form and the codes of its faults, read as one column."""
    column = pd.Series(list(values), dtype="str")
    reading = VALUE_TYPES[value_type].read(column, vocabulary, Terms(unit, FORMS))
    return [
        (str(value), [fault.code for fault in reading.faults if fault.rows[place]])
        for place, value in enumerate(reading.values)
    ]


def normal(value_type: str, value: str, vocabulary: Vocabulary | None = None) -> str:
    """The normal form of a value that has to be without fault."""
    [(text, faults)] = read(value_type, value, vocabulary=vocabulary)
    assert faults == []
    return text


def mended(value_type: str, value: str, unit: str | None = None, vocabulary: Vocabulary | None = None) -> list[str]:
    """The ways in which one value was mended."""
    column = pd.Series([value], dtype="str")
    reading = VALUE_TYPES[value_type].read(column, vocabulary, Terms(unit, FORMS))
    return [one.way for one in reading.mended if one.rows.any()]


def faults(value_type: str, value: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """The faults of one value."""
    [(_, codes)] = read(value_type, value, vocabulary=vocabulary)
    return codes
