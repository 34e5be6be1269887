"""Ids of records: a keyed hash of the natural key, 64 bits, written as 13 characters.

Keyed (SipHash-2-4, as pandas has it), so that nobody without the key can test whether a guessed
name or number is behind an id; the same for every version of a record, since a correction keeps
the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from generator.model.kind import Kind
from generator.model.values import VALUE_TYPES

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, in lower case: five bits a character, no i, l, o, u."""
LENGTH = 13

_SEPARATOR = "\x1f"


def record_ids(frame: pd.DataFrame, kind: Kind, key: str) -> np.ndarray:
    """Id of each row as uint64, from the fields of the kind's `key` in normal form."""
    parts = [fold(_first_filled(frame, kind, part)) for part in kind.key]
    text = reduce(
        lambda left, right: left + _SEPARATOR + right, parts, pd.Series(kind.id, index=frame.index, dtype="str")
    )
    return np.asarray(pd.util.hash_array(text.to_numpy(dtype=object), hash_key=key, categorize=False), dtype=np.uint64)


def fold(column: pd.Series) -> pd.Series:
    """Widths, blanks and the forms of brackets do not make another record."""
    folded = pc.utf8_normalize(column.array.__arrow_array__(), form="NFKC")
    folded = pc.replace_substring_regex(folded, r"[\[【〔［{(]", "(")
    folded = pc.replace_substring_regex(folded, r"[\]】〕］})]", ")")
    return pd.Series(pd.array(pc.replace_substring_regex(folded, r"\s+", ""), dtype="str"), index=column.index)


def _first_filled(frame: pd.DataFrame, kind: Kind, part: str | tuple[str, ...]) -> pd.Series:
    codes = (part,) if isinstance(part, str) else part
    found = pd.Series("", index=frame.index, dtype="str")
    for code in codes:
        column = frame[code]
        placeholder = VALUE_TYPES[kind.fields[code].type].placeholder
        usable = (found == "") & (column != (placeholder or ""))
        found = found.where(~usable, column)
    return found


def as_text(ids: np.ndarray) -> pd.Series:
    """Ids as text: 13 characters of five bits, the highest first."""
    letters = np.frombuffer(ALPHABET.encode(), dtype="S1")
    shifts = np.arange(60, -1, -5, dtype=np.uint64)
    digits = (ids[:, None] >> shifts[None, :]) & np.uint64(31)
    text = np.ascontiguousarray(letters[digits]).view(f"S{LENGTH}").reshape(-1)
    return pd.Series(text.astype(f"U{LENGTH}"), dtype="str")


def from_text(ids: Iterable[str]) -> np.ndarray:
    """Ids from their text, sorted: uint64. Raises ValueError for a text that is no id."""
    values = {letter: value for value, letter in enumerate(ALPHABET)}
    numbers = []
    for text in ids:
        number = 0
        for letter in text:
            if letter not in values:
                raise ValueError(text)
            number = number << 5 | values[letter]
        if len(text) != LENGTH or number >= 1 << 64:
            raise ValueError(text)
        numbers.append(number)
    return np.sort(np.array(numbers, dtype=np.uint64))
