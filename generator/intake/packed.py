"""A year of closed months as one file, data/records/<kind>/<YYYY>.parquet: all that its tables said, cell by cell.

Nothing in it is interpreted but which row has the headings; what was told of that (titles above, merged cells) is kept.
A row group holds the rows of one month, sheet below sheet, as text; a column is kept
under the code of the field that its heading names, or under the heading, so that equal things lie together. The
list of the files, their sheets and their headings as they stood is JSON in the metadata, under `FILES`.
Four columns go before: `file` (path below the kind's folder) and `sheet`, for those who look with other programs,
`row` and `line` (int32, see `Sheet`). `packing.py` writes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from generator.intake.table import Column, Sheet, blank_column
from generator.issues import Issue

SUFFIX = ".parquet"
FILES = b"credit-portal.files"
OWN_COLUMNS = ("file", "sheet", "row", "line")


class UnreadablePackError(Exception):
    """A file that `write_pack` has not written, or that is damaged."""


@dataclass(frozen=True)
class PackedFile:
    """A file as it was packed."""

    path: str
    """Below the folder of its kind: 2023-05/scjgj.csv."""
    digest: str
    """SHA-256 of its bytes: with the path it says which file this is."""
    day: str
    """Day of report of rows that state none, ISO: when it came into the data's repository; "" if that is not known."""
    sheets: list[Sheet]

    @property
    def month(self) -> str:
        """Month of its folder, 2023-05."""
        return self.path.partition("/")[0]


def equal_sheets(some: list[Sheet], others: list[Sheet]) -> bool:
    """Whether both say the same, cell by cell and row number by row number."""
    return len(some) == len(others) and all(map(_equal, some, others))


def _equal(one: Sheet, other: Sheet) -> bool:
    return (
        (one.name, one.headings, one.malformed, one.issues)
        == (other.name, other.headings, other.malformed, other.issues)
        and np.array_equal(one.rows, other.rows)
        and np.array_equal(one.lines, other.lines)
        and all(left.equals(right) for left, right in zip(one.columns, other.columns, strict=True))
    )


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packed_files(pack: Path) -> list[tuple[str, str]]:
    """Path and digest of every file in a packed file, in the order they were packed. Raises UnreadablePackError."""
    return list(_open(pack).files)


def read_packed(pack: Path, path: str, digest: str) -> PackedFile:
    """One of the files in it. Raises UnreadablePackError."""
    try:
        return _open(pack).read(path, digest)
    except (OSError, pa.ArrowException) as error:
        raise UnreadablePackError from error


@dataclass(frozen=True)
class _Place:
    """Where the rows of a file lie."""

    month: str
    first: int
    """Place of its first row in the row group of its month."""
    day: str
    sheets: list[dict[str, Any]]


class _Pack:
    """A packed file whose list has been read."""

    def __init__(self, path: Path, content: pq.ParquetFile) -> None:
        listing = orjson.loads(content.schema_arrow.metadata[FILES])
        self.path = path
        self.months: list[str] = listing["months"]
        self.layouts: list[dict[str, list[str]]] = listing["layouts"]
        self.files: dict[tuple[str, str], _Place] = {}
        first: dict[str, int] = {}
        for file in listing["files"]:
            month = file["path"].partition("/")[0]
            place = _Place(month, first.get(month, 0), file["day"], file["sheets"])
            self.files[file["path"], file["digest"]] = place
            first[month] = place.first + sum(sheet["rows"] for sheet in place.sheets)

    def read(self, path: str, digest: str) -> PackedFile:
        place = self.files[path, digest]
        sheets: list[Sheet] = []
        first = place.first
        for sheet in place.sheets:
            layout, length = self.layouts[sheet["layout"]], sheet["rows"]
            rows = self._rows(place.month, first, length) if length else None
            sheets.append(
                Sheet(
                    name=sheet["name"],
                    headings=layout["headings"],
                    columns=[_column(rows, name) for name in layout["columns"]],
                    rows=_numbers(rows, "row"),
                    lines=_numbers(rows, "line"),
                    # Years packed before what was told of reading a file was kept have none.
                    issues=[Issue.of(said) for said in sheet.get("issues", ())],
                    top=sheet.get("lower", 1),
                    left=0,
                    lower="lower" in sheet,
                )
            )
            first += length
        return PackedFile(path, digest, place.day, sheets)

    def _rows(self, month: str, first: int, length: int) -> pa.Table:
        return _month(self.path, _stamp(self.path), self.months.index(month)).slice(first, length)


def _column(rows: pa.Table | None, name: str) -> Column:
    return blank_column(0) if rows is None else rows.column(name).combine_chunks()


def _numbers(rows: pa.Table | None, name: str) -> np.ndarray:
    return np.zeros(0, np.int32) if rows is None else rows.column(name).to_numpy()


def _open(path: Path) -> _Pack:
    try:
        return _listing(path, _stamp(path))
    except (OSError, pa.ArrowException, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise UnreadablePackError from error


def _stamp(path: Path) -> tuple[int, int]:
    """Changes with the file: `portal serve` reads it again and again."""
    status = path.stat()
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=64)
def _listing(path: Path, stamp: tuple[int, int]) -> _Pack:
    with pq.ParquetFile(path) as content:
        return _Pack(path, content)


# The files of a month are asked for one after another: the month is decoded once for all of them.
@lru_cache(maxsize=1)
def _month(path: Path, stamp: tuple[int, int], group: int) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as content:
        columns = [name for name in content.schema_arrow.names if name not in OWN_COLUMNS[:2]]
        return content.read_row_group(group, columns=columns)
