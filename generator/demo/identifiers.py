"""Made-up identifiers with right check digits, made from running numbers, so that no two are alike."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.demo.draws import scatter
from generator.demo.texts import fill, numbers, written_days
from generator.model.values.checks import (
    credit_check,
    identity_check,
    organisation_check,
    registration_check,
    with_check,
)

_CHARACTERS = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_FREE = 5
"""Characters of an organisation code after DEM."""
_BODIES = (len(_CHARACTERS) - 2) * len(_CHARACTERS) ** (_FREE - 1)
"""X and Y as the first of them are kept for units and authorities."""

_FIRST_BIRTH = date(1960, 1, 1)
_BIRTH_DAYS = (date(1999, 12, 31) - _FIRST_BIRTH).days + 1
_BIRTH_ORDERS = 999

_HOUSEHOLD_NUMBERS = 4 * 10**7
"""Eight digits of which the first is 6 to 9 (个体工商户)."""


def organisation_codes(of: np.ndarray) -> pa.Array:
    """Organisation codes (GB 11714) that begin with DEM, which no registry has issued."""
    left = scatter(of, _BODIES)
    text = np.empty((len(of), 3 + _FREE), dtype=np.uint8)
    text[:, :3] = np.frombuffer(b"DEM", dtype=np.uint8)
    for place in range(2 + _FREE, 2, -1):
        left, digit = np.divmod(left, len(_CHARACTERS))
        text[:, place] = _CHARACTERS[digit]
    body = pa.array(text.reshape(-1).view(f"S{3 + _FREE}").astype(object), pa.binary()).cast(pa.string())
    return with_check(body, 8, organisation_check)


def credit_codes(lead: pa.Array, digits: pa.Array, organisation: pa.Array) -> pa.Array:
    """Credit codes (GB 32100): registry and category, six digits of the place, organisation code."""
    return with_check(_join(lead, digits, organisation), 17, credit_check)


def registration_numbers(of: np.ndarray, digits: pa.Array) -> pa.Array:
    """Registration numbers (GS15-2006) of individually-owned businesses."""
    order = numbers(scatter(of, _HOUSEHOLD_NUMBERS) + 6 * 10**7)
    return with_check(_join(digits, order), 14, registration_check)


def identity_numbers(of: np.ndarray, digits: str) -> pa.Array:
    """Numbers of identity cards (GB 11643) of persons born 1960–1999.

    `digits` should be those of a city as a whole: cards carry the digits of a county or district, so
    these numbers look like real ones to every check and belong to nobody.
    """
    day, order = np.divmod(scatter(of, _BIRTH_DAYS * _BIRTH_ORDERS), _BIRTH_ORDERS)
    first = (_FIRST_BIRTH - date(1970, 1, 1)).days
    born = written_days(day + first, lambda birth: birth.strftime("%Y%m%d"))
    sequence = fill("{order:3}", {"order": numbers(order + 1)}, len(of))
    return with_check(_join(pa.scalar(digits), born, sequence), 17, identity_check)


def _join(*parts: pa.Array | pa.Scalar) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(""))
