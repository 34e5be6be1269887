"""What intake hands on: the rows of tables as text, under the codes of the declared fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.issues import Issue
from generator.model.kind import Kind

Column = Any
"""An Arrow array of strings without nulls; pyarrow has no types for mypy."""


SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
"""Endings of data files. What such a file really is, its content tells."""


@dataclass(frozen=True, order=True)
class SourceFile:
    """A data file and what its place says: data/records/<kind>/<month>/<unit>.<suffix>."""

    path: str
    """Path below the portal's root, with forward slashes."""
    kind: str
    month: str
    """Month of the report, 2023-12."""
    unit: str
    """Unit id."""
    pack: str = ""
    """Path of the packed file that holds it; "" for a file that lies in its folder."""
    digest: str = ""
    """SHA-256 of the file as it was packed; "" for a file that lies in its folder."""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file: headings and text, nothing interpreted yet."""

    name: str
    """Name of the worksheet; "" for delimited text."""
    headings: list[str]
    columns: list[Column]
    """One per heading."""
    rows: np.ndarray
    """int32: the row of each record as Excel counts it."""
    lines: np.ndarray
    """int32: the line of a text file where the record begins; the row for workbooks."""
    issues: list[Issue] = field(default_factory=list)
    malformed: int = 0
    """Rows that could not be laid out in columns; each has its issue."""
    top: int = 1
    """Row of the headings as Excel counts it."""
    left: int = 1
    """Number of the first column as Excel counts it (A is 1); 0 where it is not known."""
    lower: bool = False
    """It stands below another table of its worksheet."""
    misfits: dict[int, str] = field(default_factory=dict)
    """Row → text of the lines that could not be laid out in columns, for those who have to mend them."""


@dataclass(frozen=True)
class RawTable:
    """A table under the codes of its kind's fields."""

    source: SourceFile
    sheet: str
    columns: dict[str, Column]
    """Field code → column, for the fields the file has one for."""
    rows: np.ndarray
    lines: np.ndarray
    issues: list[Issue]
    malformed: int = 0
    dated_by_commit: bool = False
    """The day of report is not in the file but that of its commit."""
    nothing: bool = False
    """It says that the unit has nothing of the kind to report this month."""
    places: dict[str, int] = field(default_factory=dict)
    """Field code → number of its column as Excel counts it, where that is known."""


@dataclass(frozen=True)
class Batch:
    """The tables of one kind and month, one below the other: forty small files are checked as one large one."""

    kind: Kind
    month: str
    tables: Sequence[RawTable]

    @cached_property
    def table(self) -> np.ndarray:
        """int32, for each row the place of its table."""
        lengths = [len(table.rows) for table in self.tables]
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    @cached_property
    def rows(self) -> np.ndarray:
        """int32, for each row its number in its file, as Excel counts."""
        return np.concatenate([table.rows for table in self.tables]) if self.tables else np.zeros(0, np.int32)

    @cached_property
    def lines(self) -> np.ndarray:
        """int32, for each row the line of its file where it begins."""
        return np.concatenate([table.lines for table in self.tables]) if self.tables else np.zeros(0, np.int32)

    def column(self, code: str) -> pd.Series:
        """One field of all tables as `str`; "" where a file has no column for it."""
        chunks = [
            table.columns[code] if code in table.columns else blank_column(len(table.rows)) for table in self.tables
        ]
        joined = pa.chunked_array(chunks, pa.large_string()).combine_chunks()
        return pd.Series(pd.array(joined, dtype="str"))

    def lacking(self, code: str) -> np.ndarray:
        """Boolean, one entry a row: its file has no column for the field."""
        lacking: np.ndarray = np.array([code not in table.columns for table in self.tables], dtype=bool)[self.table]
        return lacking


def not_data(file: str, sheet: str, reason: str, rows: Sequence[int]) -> Issue:
    """What says that rows of a file are declared not data: one issue for each reason, with their numbers."""
    return Issue(file, sheet, code="rows-not-data", details=(("reason", reason), *numbers_of(rows)))


def numbers_of(rows: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """How many rows, and which, as details of an issue."""
    numbers = "、".join(map(str, rows[:_TOLD])) + ("等" if len(rows) > _TOLD else "")
    return ("count", str(len(rows))), ("rows", numbers)


_TOLD = 5
"""So many row numbers are told of rows that are alike."""


def blank_column(length: int) -> Column:
    """A column of nothing but ""."""
    return pa.repeat(pa.scalar("", pa.large_string()), length)
