"""The checks of rows. Each is a small function: rows and declarations in, findings out.

A check never looks at a field by its name; it asks the declarations which fields it concerns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from generator.intake.table import Batch
from generator.model.condition import explain, holds
from generator.model.kind import Conditional, Kind
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
    portal: Portal
    today: date

    @property
    def kind(self) -> Kind:
        """The kind of all rows."""
        return self.batch.kind


Check = Callable[[Rows], Iterator[Finding]]


def _where(demand: Conditional, rows: Rows) -> np.ndarray:
    """Rows a demand is made of. What hangs on a value that could not be read is demanded of nobody."""
    if demand.when is None:
        return np.ones(len(rows.frame), dtype=bool)
    applies = holds(demand.when, rows.frame, rows.kind)
    unreadable = rows.unreadable.get(demand.when.field)
    return applies if unreadable is None else applies & ~unreadable


def check_required(rows: Rows) -> Iterator[Finding]:
    """Fields that have to be filled in, always or under a condition. A missing column is reported once, by intake."""
    codes = {"error": "required-missing", "warning": "recommended-missing"}
    for code, declared in rows.kind.fields.items():
        demand = declared.required
        if demand is None:
            continue
        blank = (rows.frame[code] == "").to_numpy(dtype=bool)
        if demand.when is None:
            blank = blank & ~rows.batch.lacking(code)
        yield Finding(
            codes[demand.level], blank & _where(demand, rows), code, {"condition": explain(demand, rows.kind)}
        )


def check_blank(rows: Rows) -> Iterator[Finding]:
    """Fields that have to be blank under a condition, and placeholders where none is permitted."""
    codes = {"error": "must-be-blank", "warning": "should-be-blank"}
    for code, declared in rows.kind.fields.items():
        column = rows.frame[code]
        if declared.empty is not None:
            filled = (column != "").to_numpy(dtype=bool)
            demand = declared.empty
            yield Finding(codes[demand.level], filled & _where(demand, rows), code, _condition(demand, rows))
        placeholder = VALUE_TYPES[declared.type].placeholder
        if placeholder is not None:
            used = (column == placeholder).to_numpy(dtype=bool)
            if declared.placeholder is None:
                yield Finding("placeholder-not-permitted", used, code, {"condition": ""})
            else:
                permitted = _where(declared.placeholder, rows)
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
    given = (rows.frame[code] != "").to_numpy(dtype=bool)
    return given & ~rows.unreadable[code] if code in rows.unreadable else given


def check_lengths(rows: Rows) -> Iterator[Finding]:
    """Texts longer than the standard's columns. A warning: the official lengths were not seen."""
    for code, declared in rows.kind.fields.items():
        if declared.max_length is not None:
            too_long = (rows.frame[code].str.len() > declared.max_length).to_numpy(dtype=bool)
            yield Finding("text-too-long", too_long, code, {"limit": str(declared.max_length)})


def check_unit(rows: Rows) -> Iterator[Finding]:
    """The unit a row comes from is the unit its file belongs to, by name or by code."""
    roles = rows.kind.roles
    site = rows.portal.site
    units = [site.units[site.unit_index()[table.source.unit]] for table in rows.batch.tables]
    stated = pd.DataFrame(
        {
            "table": rows.batch.table,
            "source": rows.frame[roles.source],
            "code": rows.frame[roles.source_code] if roles.source_code else "",
        }
    )
    # Names repeat: each pair of a file and a name is looked at once.
    places, distinct = pd.factorize(pd.MultiIndex.from_frame(stated))
    foreign = np.array(
        [source != "" and not units[table].is_source(source, code) for table, source, code in distinct], dtype=bool
    )
    wrong = foreign[places] if len(foreign) else np.zeros(0, dtype=bool)
    for table in np.unique(rows.batch.table[wrong]).tolist():
        of_table = wrong & (rows.batch.table == table)
        yield Finding("unit-not-the-folders", of_table, roles.source, {"unit": units[table].name})


def check_month(rows: Rows) -> Iterator[Finding]:
    """The day of the report lies in the month of the folder."""
    reported = rows.kind.roles.reported
    column = rows.frame[reported]
    other = _is_day(rows, reported) & (column.str.slice(0, 7) != rows.batch.month).to_numpy(dtype=bool)
    yield Finding("month-not-the-folders", other, reported, {"month": rows.batch.month})


def check_classes(rows: Rows) -> Iterator[Finding]:
    """Lists that the law no longer provides for. A warning: the display period of what was listed before goes on."""
    for code, declared in rows.kind.fields.items():
        classes = rows.portal.vocabularies[declared.vocab].classes if declared.vocab else {}
        for name, listed in classes.items():
            if listed.ended(rows.today):
                details = {"until": str(listed.until), "note": f"（{listed.note}）" if listed.note else ""}
                yield Finding("list-class-ended", (rows.frame[code] == name).to_numpy(dtype=bool), code, details)


CHECKS: tuple[Check, ...] = (
    check_required,
    check_blank,
    check_days,
    check_lengths,
    check_unit,
    check_month,
    check_classes,
)
"""In the order in which a clerk reads their findings."""
