"""The arithmetic of check characters, on whole columns of codes at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.model.values.base import arrow

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: the digits, and the letters but I, O, Z, S, V."""
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
_IDENTITY_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


def of_length(column: pd.Series, length: int) -> tuple[np.ndarray, pa.Array]:
    """Places of the values of so many bytes, and these as one Arrow array."""
    text = arrow(column)
    fits = pc.equal(pc.binary_length(text), length)
    return np.flatnonzero(fits.to_numpy(zero_copy_only=False)), text.filter(fits)


def characters(text: pa.Array, length: int) -> np.ndarray:
    """Bytes of values that have exactly `length` of them: uint8, shape (rows, length)."""
    # `take` and `filter` lay the values one behind the other; what is cast to binary has offsets of 64 bits.
    text = text.cast(pa.large_binary())
    if not len(text):
        return np.zeros((0, length), dtype=np.uint8)
    offsets = np.frombuffer(text.buffers()[1], dtype=np.int64)[text.offset : text.offset + len(text) + 1]
    return np.frombuffer(text.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[-1]].reshape(-1, length)


def values_of(alphabet: str) -> np.ndarray:
    """Value of each character in an alphabet, by code point; 255 for what is not in it."""
    table = np.full(256, 255, dtype=np.uint8)
    for value, character in enumerate(alphabet):
        table[ord(character)] = value
    return table


def _weighted_sum(codes: np.ndarray, alphabet: str, weights: Sequence[int]) -> np.ndarray:
    """Σ weight × value of the first characters of each code. Floats of 32 bits hold such sums exactly."""
    digits = values_of(alphabet)[codes[:, : len(weights)]].astype(np.float32)
    total: np.ndarray = (digits @ np.asarray(weights, dtype=np.float32)).astype(np.int64)
    return total


def _pick(characters: bytes, places: np.ndarray) -> np.ndarray:
    """The characters at these places: S1."""
    picked: np.ndarray = np.frombuffer(characters, dtype="S1")[places]
    return picked


def credit_check(codes: np.ndarray) -> np.ndarray:
    """Check character of codes of 17 characters or more, GB 32100-2015: (31 − Σ mod 31) mod 31."""
    return _pick(CREDIT.encode(), (31 - _weighted_sum(codes, CREDIT, _CREDIT_WEIGHTS) % 31) % 31)


def organisation_check(codes: np.ndarray) -> np.ndarray:
    """Check character of organisation codes, GB 11714-1997: 11 − Σ mod 11, 10 → X, 11 → 0."""
    return _pick(b"0X987654321", _weighted_sum(codes, ORGANISATION, _ORGANISATION_WEIGHTS) % 11)


def identity_check(codes: np.ndarray) -> np.ndarray:
    """Check character of identity numbers, GB 11643-1999: ISO 7064 MOD 11-2."""
    return _pick(b"10X98765432", _weighted_sum(codes, "0123456789", _IDENTITY_WEIGHTS) % 11)


def registration_check(codes: np.ndarray) -> np.ndarray:
    """Check digit of registration numbers of 15 digits, GS15-2006: ISO 7064 MOD 11,10."""
    digits = codes[:, :14] - ord("0")
    check = np.full(len(digits), 10)
    for place in range(14):
        check = (check + digits[:, place]) % 10
        check = np.where(check == 0, 10, check) * 2 % 11
    return _pick(b"0123456789", (11 - check) % 10)


def with_check(column: pa.Array, length: int, check: Callable[[np.ndarray], np.ndarray]) -> pa.Array:
    """Codes that lack their last character, of `length` characters, with it. Shorter ones get some character."""
    codes = column.to_numpy(zero_copy_only=False).astype(f"S{length}").view(np.uint8).reshape(-1, length)
    last = pa.array(check(codes).astype(object), pa.binary()).cast(column.type)
    return pc.binary_join_element_wise(column, last, pa.scalar("", column.type))


def days_of_birth(digits: np.ndarray) -> np.ndarray:
    """Which eight digits are a day of the calendar since 1900. `digits`: shape (rows, 8); boolean."""
    digits = digits.astype(np.int64)
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = digits[:, 4] * 10 + digits[:, 5], digits[:, 6] * 10 + digits[:, 7]
    sane = (year >= 1900) & (year < 2100) & (month >= 1) & (month <= 12) & (day >= 1)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    found: np.ndarray = sane & (day <= _DAYS[np.where(sane, month, 0)]) & (leap | (month != 2) | (day != 29))
    return found
