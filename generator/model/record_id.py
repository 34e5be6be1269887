"""Ids of records: a keyed hash of the natural key, 64 bits, written as 13 characters.

Keyed (SipHash-2-4, as pandas has it), so that nobody without the key can test whether a guessed
name or number is behind an id; the same for every version of a record, since a correction keeps
the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.model.folding import half_width, where_it_matches
from generator.model.kind import Kind
from generator.model.values import VALUE_TYPES
from generator.model.values.base import arrow

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, in lower case: five bits a character, no i, l, o, u."""
LENGTH = 13

_SEPARATOR = "\x1f"


def record_ids(frame: pd.DataFrame, kind: Kind, key: str) -> np.ndarray:
    """Id of each row as uint64, from the fields of the kind's `key` in normal form."""
    parts = [_folded(_first_filled(frame, kind, part)) for part in kind.key]
    kind_of, separator = pa.scalar(kind.id, pa.large_string()), pa.scalar(_SEPARATOR, pa.large_string())
    return hashed(pc.binary_join_element_wise(kind_of, *parts, separator), key)


def hashed(text: pa.Array, key: str) -> np.ndarray:
    """Keyed hash of each text: uint64. As bytes, which are what is hashed: to make strings of them first costs more."""
    values = text.cast(pa.large_binary()).to_numpy(zero_copy_only=False)
    return np.asarray(pd.util.hash_array(values, hash_key=key, categorize=False), dtype=np.uint64)


def contents(frame: pd.DataFrame, key: str) -> np.ndarray:
    """What each row says, as uint64: another as soon as one value of it is another. Keyed as ids are, as private
    values take part.

    A field says its name beside its value and blank ones say nothing, so a field that is declared later changes none.
    """
    said: list[Any] = []
    for code in sorted(map(str, frame.columns)):
        values = arrow(frame[code]).cast(pa.large_string())
        blank = pc.equal(values, "")
        if not pc.all(blank).as_py():
            name = pa.scalar(f"{_SEPARATOR}{code}=", pa.large_string())
            said += [pc.if_else(blank, pa.scalar("", pa.large_string()), name), values]
    if not said:
        return np.zeros(len(frame), dtype=np.uint64)
    return hashed(pc.binary_join_element_wise(*said, pa.scalar("", pa.large_string())), key)


def _folded(column: pa.Array) -> pa.Array:
    """Widths, blanks and the forms of brackets do not make another record."""
    text = half_width(column)
    # Most have no others than these, and single marks are replaced many times as fast as patterns.
    text = pc.replace_substring(pc.replace_substring(text, "〔", "("), "〕", ")")
    return where_it_matches(text, r"[\[【{\]】}\s]", _without_others)


def _without_others(text: pa.Array) -> pa.Array:
    text = pc.replace_substring_regex(text, r"[\[【{]", "(")
    text = pc.replace_substring_regex(text, r"[\]】}]", ")")
    return pc.replace_substring_regex(text, r"\s+", "")


def _first_filled(frame: pd.DataFrame, kind: Kind, part: str | tuple[str, ...]) -> pa.Array:
    """The first of some fields that says anything; a placeholder says nothing."""
    found = pd.Series("", index=frame.index, dtype="str")
    for code in (part,) if isinstance(part, str) else part:
        column = frame[code]
        placeholder = VALUE_TYPES[kind.fields[code].type].placeholder
        said = column if placeholder is None else column.where(column != placeholder, "")
        found = said if (found == "").all() else found.where(found != "", said)
    return arrow(found).cast(pa.large_string())


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
