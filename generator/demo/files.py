"""Writes the records of one unit, kind and month as the file a clerk would hand in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from openpyxl import Workbook
from pyarrow import csv

# The first time a zip archive can hold: an equal workbook gives equal bytes.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_csv(
    path: Path, headings: list[str], rows: pa.Table, encoding: str = "utf-8", *, quoted: bool = False
) -> None:
    """A CSV file; `quoted` puts every cell into quotation marks."""
    written = io.BytesIO()
    style = "all_valid" if quoted else "none"
    csv.write_csv(rows, written, csv.WriteOptions(include_header=False, quoting_style=style, batch_size=65_536))
    cells = [f'"{heading}"' for heading in headings] if quoted else headings
    body = f"{','.join(cells)}\n".encode() + written.getvalue()
    path.write_bytes(body if encoding == "utf-8" else body.decode().encode(encoding))


def write_workbook(path: Path, title: str, headings: list[str], rows: pa.Table) -> None:
    """An Excel workbook of one sheet; every cell is text, as the template asks for."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.append(headings)
    columns = [column.to_pylist() for column in rows.columns]
    for cells in zip(*columns, strict=True):
        sheet.append([cell or None for cell in cells])
    written = io.BytesIO()
    workbook.properties.created = datetime(*_ZIP_EPOCH)
    workbook.save(written)
    path.write_bytes(_without_clock(written.getvalue()))


def _without_clock(workbook: bytes) -> bytes:
    """The same workbook without the time of writing, and not compressed, as compression differs between libraries."""
    still = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", b"1980-01-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), part)
    return still.getvalue()
