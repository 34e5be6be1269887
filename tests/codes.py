"""Codes with a right check character, computed here from the text of the standards and not by the generator.

The samples printed in the standards are checked in tests/model/test_codes.py.
"""

from __future__ import annotations

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: the digits, and the letters but I, O, Z, S, V."""
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _sum(text: str, alphabet: str, weights: tuple[int, ...]) -> int:
    assert len(text) == len(weights)
    return sum(alphabet.index(character) * weight for character, weight in zip(text, weights, strict=True))


def credit_code(body: str) -> str:
    """17 characters of a unified social credit code and its check character."""
    return body + CREDIT[(31 - _sum(body, CREDIT, CREDIT_WEIGHTS) % 31) % 31]


def organisation_code(body: str) -> str:
    """8 characters of an organisation code (GB 11714-1997) and its check character, without hyphen."""
    check = 11 - _sum(body, ORGANISATION, ORGANISATION_WEIGHTS) % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))


def identity_number(body: str) -> str:
    """17 digits of an identity number (GB 11643-1999) and its check character."""
    return body + "10X98765432"[_sum(body, "0123456789", IDENTITY_WEIGHTS) % 11]


def registration_number(body: str) -> str:
    """14 digits of a registration number (GS15-2006, ISO 7064 MOD 11,10) and its check digit."""
    assert len(body) == 14
    rest = 10
    for digit in body:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return body + str((11 - rest) % 10)
