"""Reads one data file into tables of declared fields, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from generator.intake.committed import committed_day
from generator.intake.delimited import read_delimited
from generator.intake.headings import match_headings
from generator.intake.own_marks import without_answer, without_own_marks
from generator.intake.packed import SUFFIX, UnreadablePackError, digest_of, packed_files, read_packed
from generator.intake.places import with_places
from generator.intake.table import RawTable, Sheet, SourceFile
from generator.intake.workbook import read_workbook
from generator.issues import Issue
from generator.model.kind import NOTES_SHEET
from generator.model.portal import Portal


def read_source(source: SourceFile, portal: Portal) -> tuple[list[RawTable], list[Issue]]:
    """The tables of a file, and the issues of a file that has none.

    The issues of the tables themselves travel with the tables.
    """
    sheets = read_sheets(source, portal.root)
    if isinstance(sheets, Issue):
        return [], [sheets]
    kind, reported = portal.forms[source.kind], partial(reported_day, source, portal.root)
    tables = []
    for sheet, examples in map(without_own_marks, without_answer(sheets)):
        table = with_places(match_headings(source, sheet, kind, reported), sheet, kind)
        tables.append(replace(table, not_data=table.not_data + examples))
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


def read_sheets(source: SourceFile, root: Path) -> list[Sheet] | Issue:
    """The tables of a file as they stand, whether it is packed or not; or why there are none."""
    if source.pack:
        try:
            return read_packed(root / source.pack, path_of_kind(source), source.digest).sheets
        except UnreadablePackError:
            damaged = (("reason", f"打包文件 {source.pack} 已损坏"),)
            return Issue(source.path, code="file-unreadable", details=damaged)
    path = root / source.path
    if path.suffix.lower() == ".xlsx":
        return read_workbook(path, source.path)
    read = read_delimited(path, source.path)
    return read if isinstance(read, Issue) else [read]


def reported_day(source: SourceFile, root: Path) -> str | None:
    """Day of report of the rows of a file that states none, ISO: when it came into the data's repository."""
    if source.pack:
        packed = read_packed(root / source.pack, path_of_kind(source), source.digest)
        return packed.day or committed_day(root, source.path)
    return committed_day(root, source.path, anew=_came_later(source, root))


def _came_later(source: SourceFile, root: Path) -> bool:
    """Whether a file bears the name of another one that was packed."""
    try:
        packed = packed_files(root / pack_of(source))
    except UnreadablePackError:
        return False
    name = path_of_kind(source)
    return name in dict(packed) and (name, digest_of(root / source.path)) not in packed


def pack_of(source: SourceFile) -> str:
    """Path of the packed file that has, or would have, the files of a source's kind and year."""
    return f"{PurePosixPath(source.path).parents[1]}/{source.month[:4]}{SUFFIX}"


def path_of_kind(source: SourceFile) -> str:
    """Path of a file below the folder of its kind, as packed files name it."""
    return "/".join(PurePosixPath(source.path).parts[-2:])
