"""Reads Excel workbooks (.xlsx)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, XmlError, ZipError

from generator.intake.table import Sheet
from generator.issues import Issue


def read_workbook(path: Path, name: str) -> list[Sheet] | Issue:
    """Read every worksheet that is not empty; `name` is what messages call the file."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [(title, workbook.get_sheet_by_name(title)) for title in workbook.sheet_names]
        cells = [(title, sheet.start, sheet.to_python(skip_empty_area=True)) for title, sheet in sheets]
    except PasswordError:
        return Issue(name, code="file-unreadable", details=(("reason", "文件设有密码"),))
    except (CalamineError, ZipError, XmlError, OSError):
        return Issue(name, code="file-unreadable", details=(("reason", "不是 Excel 工作簿，或者已损坏"),))
    filled = [_sheet(title, start, rows) for title, start, rows in cells if start is not None and rows]
    return filled or Issue(name, code="file-empty")


def _sheet(title: str, start: tuple[int, int], rows: Sequence[Sequence[object]]) -> Sheet:
    """The first row that is filled holds the headings."""
    numbers = np.arange(start[0] + 2, start[0] + 1 + len(rows), dtype=np.int32)
    return Sheet(
        name=title,
        headings=[as_text(cell).strip() for cell in rows[0]],
        columns=[
            pa.array([as_text(row[place]).strip() for row in rows[1:]], pa.large_string())
            for place in range(len(rows[0]))
        ],
        rows=numbers,
        lines=numbers,
        top=start[0] + 1,
        left=start[1] + 1,
    )


def as_text(cell: object) -> str:
    """A cell as the clerk sees it: whole numbers without a decimal point, days without a time of day."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # Excel shows 15 significant digits; the rest is what computing in binary leaves behind.
        return f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.time() == time() else cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
