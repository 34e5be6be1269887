"""Matches the headings of a table with the declared fields of its kind, and takes the rows that are records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl.utils import get_column_letter

from generator.intake.names import Names, fold, names_of
from generator.intake.set_aside import filled_rows, rows_without_record
from generator.intake.sources import nearest
from generator.intake.table import Column, RawTable, Sheet, SourceFile, not_data
from generator.issues import Issue, masked
from generator.model.kind import Kind
from generator.model.values import VALUE_TYPES


@dataclass(frozen=True)
class _Matched:
    """The columns of a sheet by what their headings say: places of columns."""

    codes: dict[str, int] = field(default_factory=dict)
    further: list[tuple[str, int]] = field(default_factory=list)
    """Code and place of columns that say more of a field."""
    ignored: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)


def match_headings(source: SourceFile, sheet: Sheet, kind: Kind, reported: Callable[[], str | None]) -> RawTable:
    """Put a sheet's columns under their field codes.

    A file without a column for the day of report gets the one that `reported` gives, if it gives any.

    Every heading is used, ignored by declaration, or reported; a field that is always required and has no column is
    reported once here, not row by row. So is what is no record: notes, totals, rows with a number alone.
    """
    matched = _match(sheet, names_of(kind))
    if not matched.codes:
        # A file without a heading row: its first record is no list of unknown headings, and may be private.
        issues = [*sheet.issues, Issue(source.path, sheet.name, code="headings-not-found")]
        filled = filled_rows(sheet.columns, len(sheet.rows))
        return RawTable(source, sheet.name, {}, sheet.rows[filled], sheet.lines[filled], issues, sheet.malformed)
    day = matched.codes.get(kind.roles.decided)
    used = [*matched.codes.values(), *(place for _, place in matched.further)]
    aside = rows_without_record(sheet, used, matched.ignored, day)
    issues = [not_data(source.path, sheet.name, reason, sheet.rows[places]) for reason, places in aside.items()]
    kept = filled_rows(sheet.columns, len(sheet.rows))
    for places in aside.values():
        kept[places] = False
    columns = {code: sheet.columns[place] for code, place in matched.codes.items()}
    for code, place in matched.further:
        more = sheet.columns[place]
        separator = VALUE_TYPES[kind.fields[code].type].separator
        columns[code] = _together(columns[code], more, separator) if code in columns else more
    rows, lines = sheet.rows, sheet.lines
    if not kept.all():
        columns = {code: column.filter(pa.array(kept)) for code, column in columns.items()}
        rows, lines = rows[kept], lines[kept]
    dated = kind.roles.reported not in columns
    if dated and (day_of_report := reported()):
        columns[kind.roles.reported] = pa.repeat(pa.scalar(day_of_report, pa.large_string()), len(rows))
    return RawTable(
        source=source,
        sheet=sheet.name,
        columns=columns,
        rows=rows,
        lines=lines,
        issues=[*sheet.issues, *_heading_issues(source, sheet, kind, matched, columns), *issues],
        malformed=sheet.malformed,
        dated_by_commit=dated,
    )


def _match(sheet: Sheet, names: Names) -> _Matched:
    found = _Matched()
    for place, (heading, column) in enumerate(zip(sheet.headings, sheet.columns, strict=True)):
        code = names.code(heading)
        if code is None:
            if continued := names.continues(heading):
                found.further.append((continued, place))
            elif names.has(heading):
                found.ignored.append(place)
            elif fold(heading) or pc.any(pc.not_equal(column, "")).as_py():
                found.unknown.append(place)
        elif code in found.codes:
            found.repeated.append(code)
        else:
            found.codes[code] = place
    return found


def _together(column: Column, more: Column, separator: str) -> Column:
    """What two columns say, one behind the other."""
    both = pc.binary_join_element_wise(column, more, pa.scalar(separator, column.type))
    return pc.if_else(pc.equal(more, ""), column, pc.if_else(pc.equal(column, ""), more, both))


def _heading_issues(
    source: SourceFile, sheet: Sheet, kind: Kind, matched: _Matched, columns: dict[str, Column]
) -> list[Issue]:
    """What is wrong with the headings."""
    issues: list[Issue] = []

    # Where several tables stand on a sheet it has to be said which one is meant.
    row = sheet.top if sheet.lower else 0

    def fault(code: str, **words: Any) -> None:
        issues.append(Issue(source.path, sheet.name, row, code=code, **words))

    for place in matched.unknown:
        heading = sheet.headings[place]
        if not fold(heading):
            letter = get_column_letter(max(sheet.left, 1) + place)
            fault("heading-blank", details=(("letter", letter),), column_number=max(sheet.left, 1) + place)
            continue
        guess = nearest(heading, [declared.title for declared in kind.fields.values()])
        fault("heading-unknown", value=masked(heading), details=(("nearest", guess),))
    for code in matched.repeated:
        fault("heading-repeated", column=kind.fields[code].title)
    for code, declared in kind.fields.items():
        if code not in columns and declared.required is not None and declared.required.when is None:
            missing = {"error": "heading-missing", "warning": "heading-recommended"}[declared.required.level]
            fault(missing, column=declared.title, details=(("code", code),))
    return issues
