"""Identifiers with a check digit, checked on whole columns.

python-stdnum would do it value by value, but refuses valid credit codes that begin with A, N or Y
and identity numbers from places it does not know; the tests compare with it where it is right.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from generator.model.values.amount import SPOILED
from generator.model.values.base import (
    PRESCRIBED,
    Fault,
    Mended,
    Reading,
    Strings,
    Terms,
    ValueType,
    fold_width,
    read_others,
)
from generator.model.values.checks import (
    CREDIT,
    ORGANISATION,
    characters,
    credit_check,
    days_of_birth,
    identity_check,
    of_length,
    organisation_check,
    registration_check,
    values_of,
)
from generator.model.vocabulary import Vocabulary

_ROUNDED = 15
"""Digits that Excel keeps of a number; those behind become 0."""

_CREDIT_VALUES, _ORGANISATION_VALUES = values_of(CREDIT), values_of(ORGANISATION)
_DIGIT_VALUES = values_of("0123456789")
_DEPARTMENTS = values_of("123456789ANY") < 255


class CheckedCode(ValueType):
    """A code of a fixed length whose last character follows from the others."""

    is_code = True
    length: int
    form_fault = "code-form"
    check_fault = "code-check-digit"

    def formed(self, codes: np.ndarray) -> np.ndarray:
        """Which codes have the form of the standard. `codes`: uint8, shape (rows, length); boolean."""
        raise NotImplementedError  # pragma: no cover - every code has one

    def check(self, codes: np.ndarray) -> np.ndarray:
        """The right last character of each code, S1; called with well-formed ones only."""
        raise NotImplementedError  # pragma: no cover - every code has one

    def bare(self, column: Strings) -> Strings:
        """Codes without what may be written between their characters."""
        return column

    def is_right(self, column: Strings) -> np.ndarray:
        """Well-formed, with the right check character."""
        right = (column != "").to_numpy(dtype=bool, copy=True)
        for fault in self.read(column, None).faults:
            right &= ~fault.rows
        return right

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Form first, then the check character; the placeholder of the type is neither."""
        _, right = self._look(column)
        usual = right | (column == "").to_numpy(dtype=bool)
        if usual.all():
            return Reading(column)
        return read_others(column, usual, self._read)

    def _look(self, column: Strings) -> tuple[np.ndarray, np.ndarray]:
        """Which values have the form of the code, and which of these the right check character."""
        places, text = of_length(self.bare(column), self.length)
        codes = characters(text, self.length)
        formed, right = np.zeros(len(column), dtype=bool), np.zeros(len(column), dtype=bool)
        good = self.formed(codes)
        formed[places[good]] = True
        codes = codes[good]
        right[places[good]] = codes[:, -1] == self.check(codes).view(np.uint8)
        return formed, right

    def _read(self, column: Strings) -> Reading:
        values = fold_width(column).str.upper()
        exempt = (values == "") | (values == self.placeholder if self.placeholder else False)
        bare = ~exempt.to_numpy(dtype=bool)
        formed, right = self._look(values)
        kept = formed | ~bare
        normal = pd.Series(np.where(kept, values, column), dtype="str")
        spoiled = bare & ~right & _spoiled(values, self.length)
        faults = self.other_faults(values, bare & ~right & ~spoiled)
        told = np.logical_or.reduce([spoiled, *(fault.rows for fault in faults)])
        return Reading(
            values=normal,
            faults=[
                Fault(self.form_fault, bare & ~formed & ~told),
                Fault(self.check_fault, bare & formed & ~right & ~told),
                Fault("number-spoiled", spoiled),
                *faults,
            ],
            mended=[Mended("code", (right | ~bare) & (normal != column).to_numpy(dtype=bool))],
        )

    def other_faults(self, values: Strings, wrong: np.ndarray) -> list[Fault]:
        """What else the wrong values may be, each with its own fault."""
        return []


def _spoiled(values: Strings, length: int) -> np.ndarray:
    """Numbers as Excel shows long ones, and such whose digits it has lost: 18 digits that end in 000."""
    found = values.str.fullmatch(SPOILED)
    if length > _ROUNDED:
        found |= values.str.fullmatch(rf"[1-9][0-9]{{{_ROUNDED - 1}}}0{{{length - _ROUNDED}}}(\.0+)?")
    return found.to_numpy(dtype=bool)


class CreditCode(CheckedCode):
    """Unified social credit code, GB 32100-2015: 18 characters, all departments (also A, N and Y)."""

    name = "credit_code"
    title = "统一社会信用代码"
    example = "91350100M000100Y43"  # the worked sample of GB 32100-2015
    placeholder = "0" * 17 + "X"
    length = 18
    identity_fault = "code-is-identity"
    check = staticmethod(credit_check)

    def formed(self, codes: np.ndarray) -> np.ndarray:
        """One of the departments, a category, six digits of the place, and the letters the standard has."""
        values = _CREDIT_VALUES[codes]
        found: np.ndarray = _DEPARTMENTS[codes[:, 0]] & (values < len(CREDIT)).all(axis=1)
        found &= (values[:, 2:8] <= 9).all(axis=1)
        return found

    def other_faults(self, values: Strings, wrong: np.ndarray) -> list[Fault]:
        """The number of a person's identity card, which is as long."""
        persons = np.zeros(len(values), dtype=bool)
        if wrong.any():
            persons[wrong] = IdentityNumber().is_right(values[wrong].reset_index(drop=True))
        return [Fault(self.identity_fault, persons)]


class OrganisationCode(CheckedCode):
    """Organisation code, GB 11714-1997: 8 characters and a check character, with or without the hyphen."""

    name = "organisation_code"
    title = "组织机构代码"
    length = 9
    check = staticmethod(organisation_check)

    def formed(self, codes: np.ndarray) -> np.ndarray:
        """Digits and capital letters, and a check character that is a digit or X."""
        found: np.ndarray = (_ORGANISATION_VALUES[codes[:, :8]] < len(ORGANISATION)).all(axis=1)
        found &= (_DIGIT_VALUES[codes[:, 8]] < 10) | (codes[:, 8] == ord("X"))
        return found

    def bare(self, column: Strings) -> Strings:
        """Without the hyphen before the check character."""
        return column.str.replace(r"^(.{8})-(.)$", r"\1\2", regex=True)


class RegistrationNumber(CheckedCode):
    """Business registration number, GS15-2006: 15 digits. Older numbers have other forms, so a fault is a warning."""

    name = "registration_number"
    title = "工商注册号"
    example = "110108000000016"
    length = 15
    form_fault = "registration-form"
    check_fault = "registration-check-digit"
    check = staticmethod(registration_check)

    def formed(self, codes: np.ndarray) -> np.ndarray:
        """Digits alone."""
        found: np.ndarray = (_DIGIT_VALUES[codes] < 10).all(axis=1)
        return found


class IdentityNumber(CheckedCode):
    """Number of an identity card, GB 11643-1999: 18 characters with a day of birth."""

    name = "identity_number"
    title = "证件号码"
    length = 18
    form_fault = "identity-form"
    check_fault = "identity-check-digit"
    check = staticmethod(identity_check)

    def formed(self, codes: np.ndarray) -> np.ndarray:
        """Seventeen digits, of which the day of birth is a day of the calendar, and a digit or X."""
        digits = _DIGIT_VALUES[codes]
        found: np.ndarray = (digits[:, :17] < 10).all(axis=1) & (digits[:, 0] > 0)
        found &= (digits[:, 17] < 10) | (codes[:, 17] == ord("X"))
        found &= days_of_birth(digits[:, 6:14])
        return found
