"""Writes a packed file; its form is described in `packed.py`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from generator.intake.names import names_of
from generator.intake.packed import FILES, OWN_COLUMNS, PackedFile
from generator.intake.table import Sheet
from generator.model.kind import Kind


def write_pack(path: Path, kind: Kind, files: Iterable[PackedFile]) -> None:
    """Write a packed file; `files` go month by month. The bytes are on disk when this returns."""
    months = [(month, list(group)) for month, group in groupby(files, key=lambda file: file.month)]
    layouts: dict[tuple[str, ...], list[str]] = {}
    for sheet in (sheet for _, group in months for file in group for sheet in file.sheets):
        layouts.setdefault(tuple(sheet.headings), _columns(sheet.headings, kind))
    columns = list(dict.fromkeys(name for names in layouts.values() for name in names))
    groups = [month for month, group in months if any(len(sheet.rows) for file in group for sheet in file.sheets)]
    listing = {
        "months": groups,
        "layouts": [{"headings": headings, "columns": names} for headings, names in layouts.items()],
        "files": [_listed(file, list(layouts)) for _, group in months for file in group],
    }
    types = {"file": pa.string(), "sheet": pa.string(), "row": pa.int32(), "line": pa.int32()}
    schema = pa.schema(
        [*types.items(), *((name, pa.large_string()) for name in columns)], {FILES: orjson.dumps(listing)}
    )
    # Archives are kept for years: a damaged page is to be seen, not read. Nobody asks for the least of a column of
    # texts, and to say it takes a fifth of a small file.
    options = {"compression": "zstd", "compression_level": 9, "write_page_checksum": True, "write_statistics": False}
    with path.open("wb") as target:
        with pq.ParquetWriter(target, schema, **options) as writer:
            for month, group in months:
                if month in groups:
                    table = pa.concat_tables(
                        _table(file, sheet, layouts, schema) for file in group for sheet in file.sheets
                    )
                    writer.write_table(table, row_group_size=len(table))
        target.flush()
        os.fsync(target.fileno())


def _columns(headings: list[str], kind: Kind) -> list[str]:
    """A name for each column of a sheet, no two the same."""
    known = names_of(kind)
    names: list[str] = []
    for place, heading in enumerate(headings, 1):
        name = known.code(heading) or heading
        taken = not name or name in names or name in OWN_COLUMNS
        names.append(f"{name}#{place}" if taken else name)
    return names


def _listed(file: PackedFile, layouts: list[tuple[str, ...]]) -> dict[str, Any]:
    sheets = [
        {
            "name": sheet.name,
            "layout": layouts.index(tuple(sheet.headings)),
            "rows": len(sheet.rows),
            "issues": [asdict(issue) for issue in sheet.issues],
            **({"lower": sheet.top} if sheet.lower else {}),
        }
        for sheet in file.sheets
    ]
    return {"path": file.path, "digest": file.digest, "day": file.day, "sheets": sheets}


def _table(file: PackedFile, sheet: Sheet, layouts: dict[tuple[str, ...], list[str]], schema: pa.Schema) -> pa.Table:
    """A sheet under the columns of all sheets."""
    length = len(sheet.rows)
    columns = dict(zip(layouts[tuple(sheet.headings)], sheet.columns, strict=True))
    columns |= {"file": pa.repeat(file.path, length), "sheet": pa.repeat(sheet.name, length)}
    columns |= {"row": pa.array(sheet.rows), "line": pa.array(sheet.lines)}
    return pa.table(
        [columns[field.name] if field.name in columns else pa.nulls(length, field.type) for field in schema],
        schema=schema,
    )
