"""`portal pack`: puts the files of a year's closed months into one Parquet of their kind, and then removes them.

Nothing is removed before the written file has been read back and found to say the same, cell by cell; wherever
that is interrupted, a file lies in its folder, in the packed file, or in both, and is read once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from generator.intake.names import names_of
from generator.intake.packed import (
    PackedFile,
    UnreadablePackError,
    digest_of,
    equal_sheets,
    packed_files,
    read_packed,
)
from generator.intake.packing import write_pack
from generator.intake.read import path_of_kind, read_sheets, reported_day
from generator.intake.sources import MONTH, RECORDS, is_leftover, place
from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.kind import Kind
from generator.model.portal import Portal

OPEN_MONTHS = 2
"""The present month and the one before it are open: the files of a month are mended while its bulletin is made."""


class PackError(Exception):
    """A packed file that cannot be read, or was not read back as it was written. Nothing has been removed."""


@dataclass
class Packing:
    """What became of the files of a kind and year."""

    pack: str
    """Path of the packed file below the root."""
    files: int = 0
    """Files that went into it now."""
    rows: int = 0
    bytes_before: int = 0
    """Of these files."""
    bytes_after: int = 0
    """By which the packed file has grown."""
    stayed: list[tuple[str, str]] = field(default_factory=list)
    """Path of a file or folder that was not packed, and why."""


def is_closed(month: str, today: date) -> bool:
    """Whether a month (2023-12) may be packed on a day."""
    year, number = map(int, month.split("-"))
    return (today.year - year) * 12 + today.month - number >= OPEN_MONTHS


def pack_year(portal: Portal, kind: Kind, year: int, today: date) -> Packing:
    """Pack the closed months of a year. Raises PackError; a year that was packed before gets what has come since."""
    folder = portal.root / RECORDS / kind.id
    done = Packing((RECORDS / kind.id / f"{year}.parquet").as_posix())
    present = _present(portal.root / done.pack)
    known = {(file.path, file.digest) for file in present}
    sources: list[SourceFile] = []
    for month in sorted(path for path in folder.glob(f"{year}-*") if path.is_dir() and MONTH.fullmatch(path.name)):
        if not is_closed(month.name, today):
            if any(path.is_file() and not is_leftover(path.name) for path in month.rglob("*")):
                done.stayed.append((_below(month, portal), "尚未结束，当月和上月的文件不打包"))
        else:
            sources += _packable(month, portal, done)
    new = [file for source in sources if (file := _content(source, portal, known, done))]
    if new:
        _write(portal.root / done.pack, kind, sorted([*present, *new], key=lambda file: file.path), new, done)
    packed = known | {(file.path, file.digest) for file in new}
    for source in sources:
        _remove(portal.root / source.path, path_of_kind(source), packed)
    done.stayed.sort()
    return done


def _present(pack: Path) -> list[PackedFile]:
    """What was packed before."""
    if not pack.exists():
        return []
    try:
        return [read_packed(pack, *file) for file in packed_files(pack)]
    except UnreadablePackError as error:
        raise PackError(f"{pack.name} 不是 portal pack 写出的文件，或者已损坏，请先从备份恢复") from error


def _packable(month: Path, portal: Portal, done: Packing) -> Iterator[SourceFile]:
    """The data files of a month; what else lies there stays and is told."""
    for path in sorted(path for path in month.rglob("*") if path.is_file()):
        name = _below(path, portal)
        placed = place(name, portal)
        if is_leftover(path.name):
            done.stayed.append((name, "不是数据文件"))
        elif isinstance(placed, Issue):
            done.stayed.append((name, placed.message))
        else:
            yield placed


def _content(source: SourceFile, portal: Portal, known: set[tuple[str, str]], done: Packing) -> PackedFile | None:
    """What a file says; None for one that is packed already, or that cannot be read as a whole."""
    path = portal.root / source.path
    digest = digest_of(path)
    if (path_of_kind(source), digest) in known:
        return None
    kind = portal.forms[source.kind]
    sheets = read_sheets(source, portal.root, names_of(kind))
    if isinstance(sheets, Issue):
        done.stayed.append((source.path, sheets.message))
        return None
    if malformed := sum(sheet.malformed for sheet in sheets):
        # The text of such a row is in no column: packed, it would be lost.
        done.stayed.append((source.path, f"有 {malformed} 行不能分列，请先按 portal check 的提示改正"))
        return None
    names = names_of(kind)
    stated = any(names.code(heading) == kind.roles.reported for sheet in sheets for heading in sheet.headings)
    day = "" if stated else reported_day(source, portal.root) or ""
    done.files += 1
    done.rows += sum(len(sheet.rows) for sheet in sheets)
    done.bytes_before += path.stat().st_size
    return PackedFile(path_of_kind(source), digest, day, sheets)


def _write(pack: Path, kind: Kind, files: list[PackedFile], new: list[PackedFile], done: Packing) -> None:
    """Write a packed file beside the former one, compare it with what it was written from, and put it there."""
    aside = pack.with_name(f".{pack.name}.part")
    before = pack.stat().st_size if pack.exists() else 0
    try:
        write_pack(aside, kind, files)
        for file in files:
            again = read_packed(aside, file.path, file.digest)
            if again.day != file.day or not equal_sheets(again.sheets, file.sheets):
                raise PackError(f"{pack.name} 读回核对不一致（{file.path}），未打包，原文件未动")
        aside.replace(pack)
        _on_disk(pack.parent)
    except UnreadablePackError as error:
        raise PackError(f"{pack.name} 写出后无法读回，未打包，原文件未动") from error
    finally:
        aside.unlink(missing_ok=True)
    done.bytes_after = pack.stat().st_size - before


def _on_disk(folder: Path) -> None:
    """Have the new name of the packed file on disk before the first of its files is removed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path, name: str, packed: set[tuple[str, str]]) -> None:
    """Remove a file that is packed as it is now, and its folder with the last of them."""
    if (name, digest_of(path)) in packed:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def _below(path: Path, portal: Portal) -> str:
    return PurePosixPath(path.relative_to(portal.root)).as_posix()
