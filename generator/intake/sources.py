"""Finds the data files under data/records and reads from their place what they hold."""

from __future__ import annotations

import difflib
import re
from pathlib import Path, PurePosixPath

from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.portal import Portal

RECORDS = PurePosixPath("data/records")
SUFFIXES = (".csv", ".xlsx")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
# What editors and operating systems leave behind is no data.
_LEFTOVERS = re.compile(r"^(~\$.*|\..*|Thumbs\.db|desktop\.ini|README\.md)$", re.IGNORECASE)


def find_sources(portal: Portal) -> tuple[list[SourceFile], list[Issue]]:
    """Every data file in the order of its path, and an issue for each file that cannot be placed."""
    sources, issues = [], []
    folder = portal.root / RECORDS
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not _LEFTOVERS.match(path.name):
            placed = place(path.relative_to(portal.root).as_posix(), portal)
            if isinstance(placed, SourceFile):
                sources.append(placed)
            else:
                issues.append(placed)
    return sources, issues


def place(path: str, portal: Portal) -> SourceFile | Issue:
    """What the place of a file says: kind, month and unit; or why it says nothing."""
    parts = PurePosixPath(path).relative_to(RECORDS).parts
    if len(parts) != 3 or not _MONTH.fullmatch(parts[1]):
        return Issue(path, code="file-misplaced")
    kind, month, name = parts
    if kind not in portal.forms:
        return Issue(path, code="file-kind-unknown", value=kind, details=(("known", "、".join(portal.forms)),))
    stem, suffix = Path(name).stem, Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        return Issue(path, code="file-format-unknown", value=suffix)
    unit = _unit(stem, portal)
    if unit is None:
        known = [unit.id for unit in portal.site.units]
        return Issue(path, code="file-unit-unknown", value=stem, details=(("nearest", nearest(stem, known)),))
    return SourceFile(path=path, kind=kind, month=month, unit=unit)


def nearest(name: str, known: list[str]) -> str:
    """“；是否应为……” with the known name most like this one, or nothing."""
    found = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"；是否应为“{found[0]}”" if found else ""


def _unit(stem: str, portal: Portal) -> str | None:
    for unit in portal.site.units:
        if stem == unit.id or stem in unit.names():
            return unit.id
    return None
