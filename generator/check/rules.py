"""The checks of rows. Each is a small function: rows and declarations in, findings out.

A check never looks at a field by its name; it asks the declarations which fields it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from generator.intake.table import Batch
from generator.model.condition import explain, holds
from generator.model.kind import Condition, Conditional, Kind
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES


@dataclass(frozen=True)
class Finding:
    """Rows with one fault in one column."""

    code: str
    rows: np.ndarray
    """Boolean, one entry a row."""
    column: str
    """Field code."""
    details: dict[str, str] = field(default_factory=dict)
    """Words for the message that are the same for all rows."""
    each: Mapping[int, dict[str, str]] = field(default_factory=dict)
    """Place of a row → words for the message about it."""
    secret: bool = False
    """The values themselves are what may not be told."""
    passing: bool = False
    """It may be gone tomorrow, though nothing is mended."""


@dataclass(frozen=True)
class Rows:
    """The rows of a batch, every value in its normal form where it has one."""

    batch: Batch
    frame: pd.DataFrame
    """One `str` column per declared field; "" is "not given"."""
    unreadable: dict[str, np.ndarray]
    """Field → rows whose value is not of the field's type; they have their fault already."""
    identities: dict[str, np.ndarray]
    """Field of codes → rows that have the number of an identity card there; they have their fault already."""
    portal: Portal
    today: date
    _lengths: dict[str, np.ndarray] = field(default_factory=dict)
    _where: dict[Condition, np.ndarray] = field(default_factory=dict)

    @property
    def kind(self) -> Kind:
        """The kind of all rows."""
        return self.batch.kind

    def lengths(self, code: str) -> np.ndarray:
        """Bytes of each value of a column in UTF-8: they cost nothing to know, and are never fewer than characters."""
        if code not in self._lengths:
            lengths = pc.binary_length(self.frame[code].array.__arrow_array__())
            self._lengths[code] = lengths.to_numpy(zero_copy_only=False)
        return self._lengths[code]

    def filled(self, code: str) -> np.ndarray:
        """Where a column is filled in; boolean."""
        filled: np.ndarray = self.lengths(code) > 0
        return filled

    def where(self, condition: Condition) -> np.ndarray:
        """Where a condition holds; boolean. The same one is asked for by many fields."""
        if condition not in self._where:
            self._where[condition] = holds(condition, self.frame, self.kind)
        return self._where[condition]

    def demanded(self, condition: Condition | None) -> np.ndarray:
        """Where a demand under a condition is made. What hangs on a value that could not be read is asked of nobody."""
        if condition is None:
            return np.ones(len(self.frame), dtype=bool)
        unreadable = self.unreadable.get(condition.field)
        applies = self.where(condition)
        return applies if unreadable is None else applies & ~unreadable


Check = Callable[[Rows], Iterator[Finding]]


def check_required(rows: Rows) -> Iterator[Finding]:
    """Fields that have to be filled in, always or under a condition. A missing column is reported once, by intake."""
    codes = {"error": "required-missing", "warning": "recommended-missing"}
    for code, declared in rows.kind.fields.items():
        demand = declared.required
        if demand is None:
            continue
        blank = ~rows.filled(code)
        if demand.when is None:
            blank = blank & ~rows.batch.lacking(code)
        yield Finding(codes[demand.level], blank & rows.demanded(demand.when), code, _condition(demand, rows))


def check_blank(rows: Rows) -> Iterator[Finding]:
    """Fields that have to be blank under a condition, and placeholders where none is permitted."""
    codes = {"error": "must-be-blank", "warning": "should-be-blank"}
    for code, declared in rows.kind.fields.items():
        column = rows.frame[code]
        if declared.empty is not None:
            demand = declared.empty
            blamed = rows.filled(code) & rows.demanded(demand.when)
            yield Finding(codes[demand.level], blamed, code, _condition(demand, rows))
        placeholder = VALUE_TYPES[declared.type].placeholder
        if placeholder is not None:
            used = (column == placeholder).to_numpy(dtype=bool)
            if declared.placeholder is None:
                yield Finding("placeholder-not-permitted", used, code, {"condition": ""})
            else:
                permitted = rows.demanded(declared.placeholder.when)
                details = {"condition": "，占位代码只用于" + explain(declared.placeholder, rows.kind)}
                yield Finding("placeholder-not-permitted", used & ~permitted, code, details)


def _condition(demand: Conditional, rows: Rows) -> dict[str, str]:
    return {"condition": explain(demand, rows.kind)}


def check_days(rows: Rows) -> Iterator[Finding]:
    """Days in the future, and days in the wrong order. ISO days compare as text; no end is after all of them."""
    for code, declared in rows.kind.fields.items():
        column = rows.frame[code]
        given = _is_day(rows, code)
        if declared.not_after == "today":
            today = rows.today.isoformat()
            later = given & (column > today).to_numpy(dtype=bool)
            yield Finding("day-after-today", later, code, {"today": today}, passing=True)
        elif declared.not_after:
            yield _out_of_order(
                "day-after-other", rows, code, declared.not_after, given, column > rows.frame[declared.not_after]
            )
        if declared.not_before:
            yield _out_of_order(
                "day-before-other", rows, code, declared.not_before, given, column < rows.frame[declared.not_before]
            )


def _out_of_order(fault: str, rows: Rows, code: str, other: str, given: np.ndarray, wrong: pd.Series) -> Finding:
    both = given & _is_day(rows, other)
    return Finding(fault, both & wrong.to_numpy(dtype=bool), code, {"other": rows.kind.fields[other].title})


def _is_day(rows: Rows, code: str) -> np.ndarray:
    """Given, and a day of the calendar."""
    given = rows.filled(code)
    return given & ~rows.unreadable[code] if code in rows.unreadable else given


def check_lengths(rows: Rows) -> Iterator[Finding]:
    """Texts longer than the standard's columns. A warning: the official lengths were not seen."""
    for code, declared in rows.kind.fields.items():
        if declared.max_length is not None:
            too_long = rows.lengths(code) > declared.max_length
            if too_long.any():
                too_long[too_long] = (rows.frame[code][too_long].str.len() > declared.max_length).to_numpy(dtype=bool)
                yield Finding("text-too-long", too_long, code, {"limit": str(declared.max_length)})


def check_month(rows: Rows) -> Iterator[Finding]:
    """The day of the report lies in the month of the folder."""
    reported = rows.kind.roles.reported
    column = rows.frame[reported]
    other = _is_day(rows, reported) & ~column.str.startswith(rows.batch.month).to_numpy(dtype=bool)
    yield Finding("month-not-the-folders", other, reported, {"month": rows.batch.month})


def check_classes(rows: Rows) -> Iterator[Finding]:
    """Lists that the law no longer provides for. A warning: the display period of what was listed before goes on."""
    for code, declared in rows.kind.fields.items():
        classes = rows.portal.vocabularies[declared.vocab].classes if declared.vocab else {}
        for name, listed in classes.items():
            if listed.ended(rows.today):
                details = {"until": str(listed.until), "note": f"（{listed.note}）" if listed.note else ""}
                yield Finding("list-class-ended", (rows.frame[code] == name).to_numpy(dtype=bool), code, details)


RULES: tuple[Check, ...] = (
    check_required,
    check_blank,
    check_days,
    check_lengths,
    check_month,
    check_classes,
)
"""In the order in which a clerk reads their findings."""
