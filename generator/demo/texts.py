"""Columns of text out of templates: `（{short}）市监罚〔{year}〕{serial:4}号`, filled for all rows at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Slots = Mapping[str, pa.Array]
"""Name of a slot → its text in every row."""

_SLOT = re.compile(r"\{(\w+)(?::(\d+))?\}")
_EPOCH = date(1970, 1, 1)


def fill(template: str, slots: Slots, length: int) -> pa.Array:
    """One template for all rows. `{name:4}` is filled up to four characters with zeros."""
    parts: list[pa.Array | pa.Scalar] = []
    end = 0
    for slot in _SLOT.finditer(template):
        parts.append(pa.scalar(template[end : slot.start()]))
        column = slots[slot[1]]
        parts.append(pc.utf8_lpad(column, int(slot[2]), "0") if slot[2] else column)
        end = slot.end()
    if not parts:
        return repeated(template, length)
    return pc.binary_join_element_wise(*parts, pa.scalar(template[end:]), pa.scalar(""))


def fill_each(templates: Sequence[str], which: np.ndarray, slots: Slots) -> pa.Array:
    """For each row the template with the number `which`."""
    order = np.argsort(which, kind="stable")
    bounds = np.searchsorted(which[order], np.arange(len(templates) + 1))
    filled = []
    for template, start, stop in zip(templates, bounds[:-1], bounds[1:], strict=True):
        if start < stop:
            rows = pa.array(order[start:stop])
            needed = {slot[1] for slot in _SLOT.finditer(template)}
            filled.append(fill(template, {name: slots[name].take(rows) for name in needed}, stop - start))
    back = np.empty(len(which), dtype=np.int64)
    back[order] = np.arange(len(which))
    return pa.concat_arrays(filled).take(pa.array(back)) if filled else pa.array([], pa.string())


def repeated(text: str, length: int) -> pa.Array:
    """One text in every row."""
    return pa.repeat(pa.scalar(text), length)


def numbers(values: np.ndarray) -> pa.Array:
    """Whole numbers as text."""
    return pa.array(values.astype(np.int64)).cast(pa.string())


def choices(texts: Sequence[str], which: np.ndarray) -> pa.Array:
    """Texts by their places."""
    return pa.array(texts, pa.string()).take(pa.array(which))


def written_days(days: np.ndarray, write: Callable[[date], str]) -> pa.Array:
    """Days (counted from 1970-01-01) as text; a month has few distinct ones, so each is written once."""
    distinct, which = np.unique(days, return_inverse=True)
    return choices([write(_EPOCH + timedelta(days=int(day))) for day in distinct], which)


def spread(rows: np.ndarray, column: pa.Array) -> pa.Array:
    """A column that has entries only for some rows, over all rows; blank elsewhere."""
    places = pa.array(np.cumsum(rows) - 1, mask=~rows)
    return pc.fill_null(column.take(places), "")


def where(condition: np.ndarray, column: pa.Array | pa.Scalar, otherwise: pa.Array | str = "") -> pa.Array:
    """The column where the condition holds, elsewhere the other one."""
    return pc.if_else(pa.array(condition), column, otherwise)
