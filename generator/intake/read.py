"""Reads one data file into tables of declared fields, whatever its format."""

from __future__ import annotations

from functools import partial

from generator.intake.committed import committed_day
from generator.intake.delimited import read_delimited
from generator.intake.headings import match_headings
from generator.intake.table import RawTable, SourceFile, absolute
from generator.intake.workbook import read_workbook
from generator.issues import Issue
from generator.model.kind import NOTES_SHEET
from generator.model.portal import Portal


def read_source(source: SourceFile, portal: Portal) -> tuple[list[RawTable], list[Issue]]:
    """The tables of a file, and the issues of a file that has none.

    The issues of the tables themselves travel with the tables.
    """
    path = absolute(portal.root, source)
    kind = portal.kinds[source.kind]
    read = read_workbook(path, source.path) if path.suffix.lower() == ".xlsx" else read_delimited(path, source.path)
    if isinstance(read, Issue):
        return [], [read]
    sheets = read if isinstance(read, list) else [read]
    reported = partial(committed_day, portal.root, source.path)
    tables = [match_headings(source, sheet, kind, reported) for sheet in sheets]
    recognised = [table for table in tables if table.columns]
    if not recognised:
        return tables, []
    # Beside a sheet of records, a sheet of notes is declared not data, and said so; that of our own forms is known.
    issues = [
        Issue(source.path, table.sheet, code="sheet-not-data")
        for table in tables
        if not table.columns and table.sheet != NOTES_SHEET
    ]
    if sum(len(table.rows) + table.malformed for table in recognised) == 0:
        issues.append(Issue(source.path, code="file-no-rows"))
    return recognised, issues
