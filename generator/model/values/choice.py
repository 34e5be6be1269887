"""Values out of a code list."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
from generator.model.vocabulary import Vocabulary

_SEPARATORS = r"\s*[;；、]\s*"


class Choice(ValueType):
    """One value of a code list, in its permitted spelling."""

    name = "choice"
    title = "选项"
    needs_vocab = True

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """A value that is neither permitted, nor another spelling, nor begins as an open value, is a fault."""
        assert vocabulary is not None  # noqa: S101 - guaranteed by Field
        return per_distinct(column, lambda distinct: _read_choices(distinct, vocabulary))


class Choices(Choice):
    """Several values of a code list, written with ；, ; or 、 between them."""

    name = "choices"
    title = "多个选项"
    separator = "；"

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Faulty where one of the parts is."""
        assert vocabulary is not None  # noqa: S101 - guaranteed by Field
        return per_distinct(column, lambda distinct: _read_joined(distinct, vocabulary, self.separator))

    def parts(self, column: Strings) -> list[Strings]:
        """One column for the first part of each value, one for the second, and so on."""
        split = column.str.split(self.separator, expand=True)
        return [split[place].fillna("") for place in split.columns]


def _read_choices(column: Strings, vocabulary: Vocabulary) -> Reading:
    spellings = vocabulary.spellings()
    folded = fold_width(column)
    named = folded.map(spellings)
    opened = folded.str.startswith(vocabulary.open) if vocabulary.open else pd.Series(False, index=column.index)
    # An open value names its kind behind the dash: 其他- alone says nothing.
    opened &= ~folded.isin(vocabulary.open)
    good = (named.notna() | opened).to_numpy(dtype=bool)
    given = (column != "").to_numpy(dtype=bool)
    values = pd.Series(np.where(named.notna(), named, np.where(opened, folded, column)), dtype="str")
    return Reading(values, [Fault("choice-unknown", given & ~good)], [_respelt(column, values, good)])


def _respelt(column: Strings, values: Strings, good: np.ndarray) -> Mended:
    """Where the permitted value is another text than the written one."""
    return Mended("choice", good & (values.to_numpy() != column.to_numpy()))


def _read_joined(column: Strings, vocabulary: Vocabulary, mark: str) -> Reading:
    parts = column.str.split(_SEPARATORS, regex=True).explode()
    parts = parts[(parts != "").to_numpy(dtype=bool)]
    reading = _read_choices(pd.Series(parts.array, dtype="str"), vocabulary)
    names = pd.Series(reading.values.array, index=parts.index)
    joined = names[~pd.MultiIndex.from_arrays([names.index, names]).duplicated()].groupby(level=0).agg(mark.join)
    bad = parts.index[reading.faults[0].rows]
    values = pd.Series(joined.reindex(column.index).fillna(""), dtype="str")
    unknown = np.asarray(column.index.isin(bad))
    return Reading(values, [Fault("choice-unknown", unknown)], [_respelt(column, values, ~unknown)])
