"""Checks of amounts: the usual slip is a figure in yuan in a column of ten thousand yuan (元 and 万元).

The text of the decision is the evidence; where it names no amount, only what is beyond belief is remarked.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.check.rules import Finding, Rows
from generator.model.values.base import arrow
from generator.model.values.yuan import YUAN, amounts_in

_FIRST = r"(?P<figure>[0-9]+(?:\.[0-9]+)?)(?P<large>万?)元"
_MOST_NAMED = 3
"""Amounts of the text that a message names."""

Words = dict[int, dict[str, str]]
"""Place of a row → what a message says of it."""


def check_amounts(rows: Rows) -> Iterator[Finding]:
    """Amounts that the text contradicts, ten-thousandfold or otherwise; where it names none, those beyond belief."""
    for code, declared in rows.kind.fields.items():
        if declared.unit not in YUAN or not (declared.told_in or declared.plausible):
            continue
        given = rows.filled(code)
        if code in rows.unreadable:
            given = given & ~rows.unreadable[code]
        places = np.flatnonzero(given)
        if not len(places):
            continue
        yuan = _yuan(rows, code, places)
        told = np.zeros(len(places), dtype=bool)
        if declared.told_in:
            told, slips, others = _compared(rows, code, declared.told_in, places, yuan)
            for fault, each in (("amount-unit-slip", slips), ("amount-told-otherwise", others)):
                yield Finding(fault, _at(list(each), rows), code, {"in": declared.unit}, each=each)
        if declared.plausible:
            beyond = places[~told & (yuan > declared.plausible * YUAN[declared.unit])]
            details = {"in": declared.unit, "limit": f"{declared.plausible:,}"}
            yield Finding("amount-implausible", _at(beyond.tolist(), rows), code, details)


def _yuan(rows: Rows, code: str, places: np.ndarray) -> np.ndarray:
    """The amounts of a column at these places in yuan; NaN for none."""
    amounts = pd.to_numeric(rows.frame[code].take(places), errors="coerce").to_numpy(dtype=float)
    unit = rows.kind.fields[code].unit or ""
    found: np.ndarray = amounts * YUAN[unit]
    return found


def _compared(
    rows: Rows, code: str, text: str, places: np.ndarray, yuan: np.ndarray
) -> tuple[np.ndarray, Words, Words]:
    """Which amounts the text speaks of, and where it names the bare figure in yuan, or something else."""
    fields = rows.kind.fields
    texts = arrow(rows.frame[text].take(places))
    told = _agrees(texts, yuan)
    left = np.flatnonzero(~told)
    slips: Words = {}
    others: Words = {}
    # What another column says, such as the fine beside a confiscation, says nothing of this one.
    beside = [one for one, field in fields.items() if one != code and field.told_in == text and field.unit in YUAN]
    explained = np.stack([np.full(len(left), np.nan), *(_yuan(rows, one, places[left]) for one in beside)], axis=1)
    named_in = map(_amounts_in, texts.take(pa.array(left)).to_pylist())
    for place, amounts, of_others in zip(left.tolist(), named_in, explained.tolist(), strict=True):
        if _names(amounts, yuan[place]):
            told[place] = True
        elif rest := [amount for amount in amounts if not any(abs(float(amount) - one) <= 1 for one in of_others)]:
            told[place] = True
            named = "、".join(f"{amount.normalize():,f}元" for amount in rest[:_MOST_NAMED])
            slipped = _names(tuple(rest), yuan[place] / YUAN[fields[code].unit or ""])
            (slips if slipped else others)[int(places[place])] = {"text": fields[text].title, "amounts": named}
    return told, slips, others


def _agrees(texts: pa.Array, yuan: np.ndarray) -> np.ndarray:
    """Where the first amount of a text, in figures, is the same: most rows are done with after it."""
    found = pc.extract_regex(texts, _FIRST)
    figure = pc.cast(pc.struct_field(found, "figure"), pa.float64()).to_numpy(zero_copy_only=False)
    large = pc.equal(pc.struct_field(found, "large"), "万").fill_null(False).to_numpy(zero_copy_only=False)
    first = figure * np.where(large, YUAN["万元"], 1)
    agrees: np.ndarray = np.abs(first - yuan) <= 1
    return agrees


@lru_cache(maxsize=4096)
def _amounts_in(text: str) -> tuple[Decimal, ...]:
    """What a text names; fines and confiscations are looked for in the same one."""
    return tuple(amounts_in(unicodedata.normalize("NFKC", text)))


def _names(amounts: tuple[Decimal, ...], yuan: float) -> bool:
    """Whether one of some amounts, or all of them together, are this one, give or take a yuan."""
    return bool(amounts) and any(abs(float(amount) - yuan) <= 1 for amount in (*amounts, sum(amounts)))


def _at(places: list[int], rows: Rows) -> np.ndarray:
    found = np.zeros(len(rows.frame), dtype=bool)
    found[places] = True
    return found
