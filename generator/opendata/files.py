"""The files of one kind and month: a table for spreadsheets and one for programs."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hashlib import sha256

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.opendata.columns import table
from generator.opendata.spreadsheet import spreadsheet

FOLDER = "data/"
"""Where downloads lie, below the site's root."""
FORMATS = ("csv", "parquet")


@dataclass(frozen=True)
class DataFile:
    """One file that is offered."""

    kind: str
    month: str
    """Of the decision, YYYY-MM."""
    format: str
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        """Below FOLDER."""
        return data_path(self.kind, self.month, self.format)


def data_path(kind: str, month: str, form: str) -> str:
    """Address of a file below FOLDER."""
    return f"{kind}/{month}.{form}"


def offered(records: pd.DataFrame) -> pd.DataFrame:
    """Those of a partition that may be offered."""
    return records[records["downloadable"].to_numpy()].reset_index(drop=True)


def contents(records: pd.DataFrame, kind: Kind, portal: Portal) -> dict[str, bytes]:
    """The records of a partition in each of FORMATS."""
    rows = table(records, kind, portal)
    return dict(zip(FORMATS, (spreadsheet(rows), parquet(rows)), strict=True))


def described(kind: Kind, month: str, form: str, rows: int, content: bytes) -> DataFile:
    """What is said of a file."""
    return DataFile(kind.id, month, form, rows, len(content), sha256(content).hexdigest())


def parquet(rows: pa.Table) -> bytes:
    """A table as Parquet, packed with zstd; equal tables give equal bytes."""
    content = io.BytesIO()
    pq.write_table(rows, content, compression="zstd", compression_level=3)
    return content.getvalue()
