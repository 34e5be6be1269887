"""Kinds of value. A new kind of *record* is YAML; a new kind of *value* is one small class here.

Every type reads text into its normal form, which is text again: days as 2023-12-01, amounts as
plain decimals, choices by their permitted name, codes in upper case. So a frame is a frame of
strings from intake to page, "" means "not given", and a typed column exists only where one is
written (`arrow_type`).
"""

from generator.model.values.amount import Money
from generator.model.values.base import Fault, Mended, Reading, Terms, ValueType
from generator.model.values.choice import Choice, Choices
from generator.model.values.code import CreditCode, IdentityNumber, OrganisationCode, RegistrationNumber
from generator.model.values.day import NO_END, Day
from generator.model.values.text import Prose, Text

VALUE_TYPES: dict[str, ValueType] = {
    value_type.name: value_type
    for value_type in (
        Text(),
        Prose(),
        Day(),
        Money(),
        Choice(),
        Choices(),
        CreditCode(),
        OrganisationCode(),
        RegistrationNumber(),
        IdentityNumber(),
    )
}
"""Name in the declarations → type."""

__all__ = ["NO_END", "VALUE_TYPES", "Fault", "Mended", "Reading", "Terms", "ValueType"]
