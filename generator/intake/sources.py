"""Finds the data files under data/records, packed ones too, and reads from their place what they hold."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.intake.file_names import is_readable, readable
from generator.intake.packed import SUFFIX as PACKED
from generator.intake.packed import UnreadablePackError, digest_of, packed_files
from generator.intake.table import SUFFIXES, SourceFile
from generator.issues import Issue
from generator.model.portal import Portal

RECORDS = PurePosixPath("data/records")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
"""Name of the folder of a month."""
_PACK = re.compile(r"\d{4}" + re.escape(PACKED))
# What editors and operating systems leave behind is no data.
_LEFTOVERS = re.compile(r"^(~\$.*|\..*|Thumbs\.db|desktop\.ini|README\.md)$", re.IGNORECASE)


def find_sources(portal: Portal) -> tuple[list[SourceFile], list[Issue]]:
    """Every data file in the order of its path, and an issue for each file that cannot be placed.

    A packed file stands for the files in it, each in the place it had.
    """
    found: list[SourceFile | Issue] = []
    for path in (portal.root / RECORDS).rglob("*"):
        if path.is_file() and not is_leftover(path.name):
            name = path.relative_to(portal.root).as_posix()
            strange = [] if is_readable(name) else [Issue(readable(name), code="file-name-strange")]
            found += strange or sources_at(name, portal)
    sources = [entry for entry in found if isinstance(entry, SourceFile)]
    issues = sorted(entry for entry in found if isinstance(entry, Issue))
    return sorted(_each_once(sources, portal.root), key=_order), issues


def is_leftover(name: str) -> bool:
    """Whether a file is none of the clerks': what editors and operating systems leave behind, and notes."""
    return _LEFTOVERS.match(name) is not None


def sources_at(path: str, portal: Portal) -> list[SourceFile | Issue]:
    """The one data file at a path below the root, or all those in the packed file there."""
    parts = PurePosixPath(path).relative_to(RECORDS).parts
    if len(parts) != 2 or not _PACK.fullmatch(parts[1]):
        return [place(path, portal)]
    try:
        packed = packed_files(portal.root / path)
    except UnreadablePackError:
        reason = "不是 portal pack 写出的文件，或者已损坏"
        return [Issue(path, code="file-unreadable", details=(("reason", reason),))]
    placed = ((place(f"{RECORDS}/{parts[0]}/{name}", portal), digest) for name, digest in packed)
    return [
        replace(entry, pack=path, digest=digest) if isinstance(entry, SourceFile) else entry for entry, digest in placed
    ]


def _each_once(sources: list[SourceFile], root: Path) -> list[SourceFile]:
    """Packing removes files after the packed one is complete: one that was not removed yet is there twice."""
    loose = {source.path for source in sources if not source.pack}
    twice = {source.path for source in sources if source.pack} & loose
    still = {(path, digest_of(root / path)) for path in twice}
    return [source for source in sources if (source.path, source.digest) not in still]


def _order(source: SourceFile) -> tuple[tuple[str, ...], bool]:
    """By path, folder by folder; a file that came after one of its name was packed goes behind it."""
    return PurePosixPath(source.path).parts, not source.pack


def place(path: str, portal: Portal) -> SourceFile | Issue:
    """What the place of a file says: kind, month and unit; or why it says nothing."""
    parts = PurePosixPath(path).relative_to(RECORDS).parts
    if len(parts) != 3 or not MONTH.fullmatch(parts[1]):
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
