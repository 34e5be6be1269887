"""Finds rows that stood in a file at an earlier revision and stand in no changed file now.

git is the memory of what stood where; a build depends on no earlier state.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from generator.check.keys import NO_KEYS, row_keys
from generator.check.revision import git, restore
from generator.intake.names import names_of
from generator.intake.packed import digest_of, equal_sheets
from generator.intake.read import read_sheets
from generator.intake.sources import RECORDS, find_sources, sources_at
from generator.intake.table import SourceFile
from generator.issues import Issue, masked
from generator.model.portal import Portal


def vanished_rows(portal: Portal, since: str, today: date) -> Iterator[Issue]:
    """An issue for each row that has vanished since a revision of the data's git repository."""
    with tempfile.TemporaryDirectory() as name:
        before = replace(portal, root=Path(name))
        changed = git(portal, "diff", "--name-only", "--relative", "--no-renames", "-z", since, "--", str(RECORDS))
        new = git(portal, "ls-files", "--others", "--exclude-standard", "-z", "--", str(RECORDS))
        for path in _paths(changed):
            restore(portal, since, path, before.root)
        now = _sources(changed + new, portal)
        same = {_identity(source, portal.root): source for source in now}
        was = [
            source
            for source in _sources(changed, before)
            if not _same_cells(source, before, same.get(_identity(source, before.root)), portal)
        ]
        old = pd.concat([NO_KEYS, *(row_keys(source, before, today) for source in was)], ignore_index=True)

        # Most rows still stand in a changed or new file; only for the others are all files read.
        gone = _without(old, now, portal, today)
        if len(gone):
            others = [source for source in find_sources(portal)[0] if source not in now]
            gone = _without(gone, others, portal, today)
        for path, kind, row, number in gone[["path", "kind", "row", "number"]].itertuples(index=False):
            fields = portal.forms[kind].fields
            role = portal.forms[kind].roles.number
            column = fields[role].title if role else "公示编号"
            yield Issue(path, row=int(row), column=column, code="row-vanished", value=masked(number))


def _without(rows: pd.DataFrame, sources: list[SourceFile], portal: Portal, today: date) -> pd.DataFrame:
    """The rows whose record stands in none of the files."""
    kinds = set(rows["kind"])
    for source in sources:
        if len(rows) and source.kind in kinds:
            standing = row_keys(source, portal, today)["id"]
            rows = rows[~((rows["kind"] == source.kind) & rows["id"].isin(standing))]
    return rows


def _paths(listing: bytes) -> list[str]:
    return [path for path in listing.decode().split("\0") if path]


def _sources(listing: bytes, portal: Portal) -> list[SourceFile]:
    """The data files at those of the listed paths where there is something."""
    there = [path for path in _paths(listing) if (portal.root / path).exists()]
    placed = [entry for path in there for entry in sources_at(path, portal)]
    return [source for source in placed if isinstance(source, SourceFile)]


def _identity(source: SourceFile, root: Path) -> tuple[str, str]:
    """Path and digest of a file, packed or not."""
    return source.path, source.digest or digest_of(root / source.path)


def _same_cells(source: SourceFile, before: Portal, other: SourceFile | None, portal: Portal) -> bool:
    """Whether a file was packed, or packed anew, with every cell of it."""
    if other is None:
        return False
    one = read_sheets(source, before.root, names_of(before.forms[source.kind]))
    another = read_sheets(other, portal.root, names_of(portal.forms[other.kind]))
    return not isinstance(one, Issue) and not isinstance(another, Issue) and equal_sheets(one, another)
