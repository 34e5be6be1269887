"""Reads one data file into tables of declared fields, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath

from generator.intake.cell_faults import mend_cells
from generator.intake.committed import committed_day
from generator.intake.headings import match_headings
from generator.intake.names import Names, likeness, names_of
from generator.intake.nothing import without_nothing
from generator.intake.own_marks import without_answer, without_own_marks
from generator.intake.packed import SUFFIX, UnreadablePackError, digest_of, packed_files, read_packed
from generator.intake.places import with_places
from generator.intake.table import RawTable, Sheet, SourceFile
from generator.intake.tables import read_tables
from generator.issues import Issue
from generator.model.kind import NOTES_SHEET, Kind
from generator.model.portal import Portal


def read_source(source: SourceFile, portal: Portal) -> tuple[list[RawTable], list[Issue]]:
    """The tables of a file, and the issues of a file that has none.

    The issues of the tables themselves travel with the tables.
    """
    sheets = read_sheets(source, portal.root, names_of(portal.forms[source.kind]))
    if isinstance(sheets, Issue):
        return [], [sheets]
    tables = [_table(source, sheet, portal) for sheet in without_answer(sheets)]
    recognised = [table for table in tables if table.columns or table.nothing]
    if not recognised:
        return tables, []
    # Beside a sheet of records, a sheet of notes is declared not data, and said so; that of our own forms is known.
    issues = [
        Issue(source.path, table.sheet, code="sheet-not-data", details=(("count", str(len(table.rows) + 1)),))
        for table in tables
        if not table.columns and not table.nothing and table.sheet != NOTES_SHEET
    ]
    rows = sum(len(table.rows) + table.malformed for table in recognised)
    if rows == 0 and not any(table.nothing for table in recognised):
        issues.append(Issue(source.path, code="file-no-rows"))
    return recognised, issues


def _table(source: SourceFile, sheet: Sheet, portal: Portal) -> RawTable:
    """The rows of a sheet under the codes of their fields, and whether it says that there are none."""
    kind = portal.forms[source.kind]
    rest, nothing = without_nothing(without_own_marks(sheet, source.path), portal.reporting.nothing)
    if nothing and not rest.headings:
        return RawTable(source, sheet.name, {}, rest.rows, rest.lines, sheet.issues, sheet.malformed, nothing=True)
    table = match_headings(source, rest, kind, partial(reported_day, source, portal.root))
    if other := _other_kind(table, rest, kind, portal):
        # Which of its columns the kind lacks is no help to somebody who has the wrong folder.
        words = (("kind", kind.title), ("other", other.title), ("folder", f"data/records/{other.id}/"))
        table = replace(
            table, issues=[*rest.issues, Issue(source.path, sheet.name, code="table-of-another-kind", details=words)]
        )
    return replace(mend_cells(with_places(table, rest, kind), kind), nothing=nothing)


def _other_kind(table: RawTable, sheet: Sheet, kind: Kind, portal: Portal) -> Kind | None:
    """The kind whose columns a sheet has, where it lacks some that its own kind always has."""
    if not any(issue.code == "heading-missing" for issue in table.issues):
        return None
    best = max(portal.forms.values(), key=lambda form: likeness(sheet.headings, form))
    return best if likeness(sheet.headings, best)[0] > likeness(sheet.headings, kind)[0] else None


def read_sheets(source: SourceFile, root: Path, names: Names) -> list[Sheet] | Issue:
    """The tables of a file as they stand, whether it is packed or not; or why there are none.

    `names`: those by which their headings are found.
    """
    if source.pack:
        try:
            return read_packed(root / source.pack, path_of_kind(source), source.digest).sheets
        except UnreadablePackError:
            damaged = (("reason", f"打包文件 {source.pack} 已损坏"),)
            return Issue(source.path, code="file-unreadable", details=damaged)
    return read_tables(root / source.path, source.path, names)


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
