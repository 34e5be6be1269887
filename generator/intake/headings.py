"""Matches the headings of a file with the declared fields of its kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.sources import nearest
from generator.intake.table import Column, RawTable, Sheet, SourceFile
from generator.issues import Issue, masked
from generator.model.kind import Kind


def match_headings(source: SourceFile, sheet: Sheet, kind: Kind, reported: Callable[[], str | None]) -> RawTable:
    """Put a sheet's columns under their field codes.

    A file without a column for the day of report gets the one that `reported` gives, if it gives any.

    Every heading is used, ignored by declaration, or reported; a field that is always required and
    has no column is reported once here, not row by row.
    """
    known, ignored = names_of(kind)
    issues = list(sheet.issues)

    def fault(code: str, **words: Any) -> None:
        issues.append(Issue(source.path, sheet.name, code=code, **words))

    columns: dict[str, Column] = {}
    for heading, column in zip(sheet.headings, sheet.columns, strict=True):
        name = fold(heading)
        code = known.get(name)
        if code is None:
            if name not in ignored and (name or pc.any(pc.not_equal(column, "")).as_py()):
                guess = nearest(heading, [field.title for field in kind.fields.values()])
                fault("heading-unknown", value=masked(heading), details=(("nearest", guess),))
        elif code in columns:
            fault("heading-repeated", column=kind.fields[code].title)
        else:
            columns[code] = column
    dated = bool(columns) and kind.roles.reported not in columns
    if dated and (day := reported()):
        columns[kind.roles.reported] = pa.repeat(pa.scalar(day, pa.large_string()), len(sheet.rows))
    if columns:
        for code, field in kind.fields.items():
            if code not in columns and field.required is not None and field.required.when is None:
                missing = {"error": "heading-missing", "warning": "heading-recommended"}[field.required.level]
                fault(missing, column=field.title, details=(("code", code),))
    else:
        # A file without a heading row: its first record is no list of unknown headings, and may be private.
        issues = [*sheet.issues, Issue(source.path, sheet.name, code="headings-not-found")]
    filled = _filled(sheet.columns, len(sheet.rows))
    if not filled.all():
        columns = {code: column.filter(pa.array(filled)) for code, column in columns.items()}
    return RawTable(
        source=source,
        sheet=sheet.name,
        columns=columns,
        rows=sheet.rows[filled],
        lines=sheet.lines[filled],
        issues=issues,
        malformed=sheet.malformed,
        dated_by_commit=dated,
    )


def _filled(columns: list[Column], length: int) -> np.ndarray:
    """Rows with any text: those without, such as the tail that Excel leaves behind, are no data."""
    filled = np.zeros(length, dtype=bool)
    for column in columns:
        if filled.all():
            break
        filled |= pc.not_equal(column, "").to_numpy(zero_copy_only=False)
    return filled


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading without what clerks write differently: width, case, blanks, brackets, the mark of a required field."""
    return re.sub(r"[\s*()\[\]【】_:：]", "", unicodedata.normalize("NFKC", heading)).upper()


def names_of(kind: Kind) -> tuple[dict[str, str], set[str]]:
    """Folded name → field code, and the folded names of ignored columns."""
    known: dict[str, str] = {}
    # Own names go before aliases, so that a title never loses to another field's alias.
    for code, field in kind.fields.items():
        for name in (code, field.title, field.shown_as):
            known.setdefault(fold(name), code)
    for code, field in kind.fields.items():
        for name in field.aliases:
            known.setdefault(fold(name), code)
    return known, {fold(name) for name in kind.ignored}
