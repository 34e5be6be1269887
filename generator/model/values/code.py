"""Identifiers with a check digit, checked on whole columns.

python-stdnum would do it value by value, but refuses valid credit codes that begin with A, N or Y
and identity numbers from places it does not know; the tests compare with it where it is right.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from generator.model.values.base import Fault, Reading, Strings, ValueType, fold_width, per_distinct
from generator.model.vocabulary import Vocabulary


def characters(column: Strings, length: int) -> np.ndarray:
    """Code points of values of exactly `length` ASCII characters: uint8, shape (rows, length)."""
    return np.frombuffer(column.to_numpy(dtype=f"S{length}").tobytes(), dtype=np.uint8).reshape(-1, length)


def values_of(alphabet: str) -> np.ndarray:
    """Value of each character in an alphabet, by code point; 255 for what is not in it."""
    table = np.full(256, 255, dtype=np.uint8)
    for value, character in enumerate(alphabet):
        table[ord(character)] = value
    return table


def weighted_sum(column: Strings, alphabet: str, weights: Sequence[int]) -> np.ndarray:
    """Σ weight × value of the first characters of each value."""
    digits = values_of(alphabet)[characters(column, len(weights))]
    total: np.ndarray = digits.astype(np.int64) @ np.asarray(weights, dtype=np.int64)
    return total


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
_IDENTITY_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]


def _pick(characters: bytes, places: np.ndarray) -> np.ndarray:
    """The characters at these places: S1."""
    picked: np.ndarray = np.frombuffer(characters, dtype="S1")[places]
    return picked


def credit_check(column: Strings) -> np.ndarray:
    """Check character of codes of 17 characters or more, GB 32100-2015: (31 − Σ mod 31) mod 31."""
    total = weighted_sum(column.str.slice(0, 17), _CREDIT, _CREDIT_WEIGHTS)
    return _pick(_CREDIT.encode(), (31 - total % 31) % 31)


def organisation_check(column: Strings) -> np.ndarray:
    """Check character of organisation codes, GB 11714-1997: 11 − Σ mod 11, 10 → X, 11 → 0."""
    total = weighted_sum(column.str.slice(0, 8), _ORGANISATION, _ORGANISATION_WEIGHTS)
    return _pick(b"0X987654321", total % 11)


def identity_check(column: Strings) -> np.ndarray:
    """Check character of identity numbers, GB 11643-1999: ISO 7064 MOD 11-2."""
    total = weighted_sum(column.str.slice(0, 17), "0123456789", _IDENTITY_WEIGHTS)
    return _pick(b"10X98765432", total % 11)


def registration_check(column: Strings) -> np.ndarray:
    """Check digit of registration numbers of 15 digits, GS15-2006: ISO 7064 MOD 11,10."""
    digits = characters(column.str.slice(0, 14), 14) - ord("0")
    check = np.full(len(digits), 10)
    for place in range(14):
        check = (check + digits[:, place]) % 10
        check = np.where(check == 0, 10, check) * 2 % 11
    return _pick(b"0123456789", (11 - check) % 10)


class CheckedCode(ValueType):
    """A code of a fixed pattern whose last character follows from the others."""

    is_code = True
    pattern: str
    """Regular expression of the whole code."""
    form_fault = "code-form"
    check_fault = "code-check-digit"

    def check(self, column: Strings) -> np.ndarray:
        """The right last character of each value; called with well-formed values only."""
        raise NotImplementedError  # pragma: no cover - every code has one

    def well_formed(self, column: Strings) -> np.ndarray:
        """What the pattern cannot say of the form; called with values that match it. Boolean."""
        return np.ones(len(column), dtype=bool)

    def is_right(self, column: Strings) -> np.ndarray:
        """Well-formed, with the right check character."""
        right = (column != "").to_numpy(dtype=bool, copy=True)
        for fault in self._read(column).faults:
            right &= ~fault.rows
        return right

    def read(self, column: Strings, vocabulary: Vocabulary | None) -> Reading:
        """Form first, then the check character; the placeholder of the type is neither."""
        return per_distinct(column, self._read)

    def _read(self, column: Strings) -> Reading:
        values = fold_width(column).str.upper()
        exempt = (values == "") | (values == self.placeholder if self.placeholder else False)
        formed = values.str.fullmatch(self.pattern).to_numpy(dtype=bool, copy=True)
        formed[formed] = self.well_formed(values[formed])
        wrong = np.zeros(len(values), dtype=bool)
        candidates = formed & ~exempt.to_numpy(dtype=bool)
        if candidates.any():
            codes = values[candidates]
            wrong[candidates] = codes.str.slice(-1).to_numpy(dtype="S1") != self.check(codes)
        return Reading(
            values=pd.Series(np.where(formed | exempt, values, column), dtype="str"),
            faults=[
                Fault(self.form_fault, ~formed & ~exempt.to_numpy(dtype=bool)),
                Fault(self.check_fault, wrong),
            ],
        )


class CreditCode(CheckedCode):
    """Unified social credit code, GB 32100-2015: 18 characters, all departments (also A, N and Y)."""

    name = "credit_code"
    title = "统一社会信用代码"
    example = "91350100M000100Y43"  # the worked sample of GB 32100-2015
    placeholder = "0" * 17 + "X"
    pattern = f"[1-9ANY][{_CREDIT}][0-9]{{6}}[{_CREDIT}]{{10}}"
    check = staticmethod(credit_check)


class OrganisationCode(CheckedCode):
    """Organisation code, GB 11714-1997: 8 characters and a check character, with or without the hyphen."""

    name = "organisation_code"
    title = "组织机构代码"
    pattern = "[0-9A-Z]{8}-?[0-9X]"
    check = staticmethod(organisation_check)


class RegistrationNumber(CheckedCode):
    """Business registration number, GS15-2006: 15 digits. Older numbers have other forms, so a fault is a warning."""

    name = "registration_number"
    title = "工商注册号"
    example = "110108000000016"
    pattern = "[0-9]{15}"
    form_fault = "registration-form"
    check_fault = "registration-check-digit"
    check = staticmethod(registration_check)


class IdentityNumber(CheckedCode):
    """Number of an identity card, GB 11643-1999: 18 characters with a day of birth."""

    name = "identity_number"
    title = "证件号码"
    pattern = r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
    form_fault = "identity-form"
    check_fault = "identity-check-digit"
    check = staticmethod(identity_check)

    def well_formed(self, column: Strings) -> np.ndarray:
        """The day of birth is a day of the calendar."""
        days = pd.to_datetime(column.str.slice(6, 14), format="%Y%m%d", errors="coerce")
        return days.notna().to_numpy(dtype=bool)
