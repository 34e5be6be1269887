"""Writes the records of one unit, kind and month as the file a clerk would hand in."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa
from openpyxl import Workbook
from pyarrow import csv

from generator.forms.still import still_workbook


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
    path.write_bytes(still_workbook(workbook))
