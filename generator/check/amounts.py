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


def check_amounts(rows: Rows) -> Iterator[Finding]:
    """Amounts that the text contradicts, ten-thousandfold or otherwise; where it names none, those beyond belief."""
    for code, declared in rows.kind.fields.items():
        if declared.unit not in YUAN or not (declared.told_in or declared.plausible):
            continue
        given = rows.filled(code)
        if code in rows.unreadable:
            given &= ~rows.unreadable[code]
        places = np.flatnonzero(given)
        figures = pd.to_numeric(rows.frame[code].take(places)).to_numpy(dtype=float) if len(places) else np.zeros(0)
        told = np.zeros(len(places), dtype=bool)
        if declared.told_in and len(places):
            texts = arrow(rows.frame[declared.told_in].take(places))
            agreed = _agrees(texts, figures * YUAN[declared.unit])
            told |= agreed
            title = rows.kind.fields[declared.told_in].title
            slips: dict[int, dict[str, str]] = {}
            others: dict[int, dict[str, str]] = {}
            left = np.flatnonzero(~agreed)
            named_in = map(_amounts_in, texts.take(pa.array(left)).to_pylist())
            for place, figure, amounts in zip(left.tolist(), figures[left].tolist(), named_in, strict=True):
                if not amounts:
                    continue
                told[place] = True
                if not _names(amounts, figure * YUAN[declared.unit]):
                    named = "、".join(f"{amount.normalize():,f}元" for amount in amounts[:_MOST_NAMED])
                    words = {"text": title, "amounts": named}
                    (slips if _names(amounts, figure) else others)[int(places[place])] = words
            for fault, each in (("amount-unit-slip", slips), ("amount-told-otherwise", others)):
                yield Finding(fault, _at(list(each), len(rows.frame)), code, {"in": declared.unit}, each=each)
        if declared.plausible:
            beyond = places[~told & (figures > declared.plausible)]
            details = {"in": declared.unit, "limit": f"{declared.plausible:,}"}
            yield Finding("amount-implausible", _at(beyond.tolist(), len(rows.frame)), code, details)


def _agrees(texts: pa.Array, yuan: np.ndarray) -> np.ndarray:
    """Where the first amount of a text, in figures, is the same: most rows are done with after it."""
    found = pc.extract_regex(texts, _FIRST)
    figure = pc.cast(pc.struct_field(found, "figure"), pa.float64()).to_numpy(zero_copy_only=False)
    large = pc.equal(pc.struct_field(found, "large"), "万").fill_null(False).to_numpy(zero_copy_only=False)
    first = figure * np.where(large, YUAN["万元"], 1)
    agrees: np.ndarray = np.abs(first - yuan) <= 1
    return agrees


@lru_cache(maxsize=65536)
def _amounts_in(text: str) -> tuple[Decimal, ...]:
    """What a text names; fines and confiscations are looked for in the same one."""
    return tuple(amounts_in(unicodedata.normalize("NFKC", text)))


def _names(amounts: tuple[Decimal, ...], yuan: float) -> bool:
    """Whether one of some amounts, or all of them together, are this one, give or take a yuan."""
    return any(abs(float(amount) - yuan) <= 1 for amount in (*amounts, sum(amounts)))


def _at(places: list[int], length: int) -> np.ndarray:
    rows = np.zeros(length, dtype=bool)
    rows[places] = True
    return rows
