"""Reads delimited text: a row of another width than the headings is told and costs no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from generator.intake.cells import MOST_COLUMNS
from generator.intake.layout import DELIMITERS, Layout, layout_of
from generator.intake.names import Names
from generator.intake.other_widths import Line, Widths, cells_of, sort_out
from generator.intake.remarks import ABOVE
from generator.intake.table import Column, Sheet, not_data
from generator.intake.tables_below import MOST_TABLES
from generator.issues import Issue

_HEAD = 1 << 20
"""Bytes in which the headings are looked for."""
_MARK = "\ufeff".encode()


@dataclass(frozen=True)
class _Above:
    """What stands above a table in its file: rows as Excel counts, lines, and tables."""

    rows: int
    lines: int
    tables: int = 0


def read_delimited(content: bytes, name: str, names: Names) -> list[Sheet] | Issue:
    """The tables of a delimited text in UTF-8 without a mark; `name` is what messages call its file.

    There are several where headings of another width stand below; those of the same are found by `tables_below.py`.
    """
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # The end of a file as DOS wrote it.
    content = content.removesuffix(b"\x1a")
    if _MARK in content:
        content = content.replace(_MARK, b"")
    blank = len(content) - len(content.lstrip(b"\n"))
    content = content[blank:]
    head = content[:_HEAD].decode("utf-8", "ignore")
    if not head or (head.isspace() and content.decode().isspace()):
        return Issue(name, code="file-empty")
    above, sheets = _Above(blank, blank), list[Sheet]()
    while True:
        read = _read_table(content, name, names, above, several=len(sheets) + 1 < MOST_TABLES)
        if isinstance(read, Issue):
            return read
        sheet, below = read
        if below is None:
            return [*sheets, sheet]
        place = _begin_of_line(content, below.line - above.lines)
        upper = _read_table(content[:place], name, names, above, several=False)
        assert not isinstance(upper, Issue)  # noqa: S101 - its headings were read before
        sheets.append(upper[0])
        content, above = content[place:], _Above(below.row - 1, below.line - 1, len(sheets))


def _begin_of_line(content: bytes, number: int) -> int:
    """Where a line begins, the first being 1."""
    place = 0
    for _ in range(number - 1):
        place = content.index(b"\n", place) + 1
    return place


def _read_table(
    content: bytes, name: str, names: Names, above: _Above, several: bool
) -> tuple[Sheet, Line | None] | Issue:
    """The table at the beginning of a text, and where another one begins below it if there may be `several`."""
    try:
        layout = layout_of(content[:_HEAD].decode("utf-8", "ignore"), names, above.rows)
    except csv.Error:
        return Issue(name, row=above.rows + 1, code="file-unreadable", details=(("reason", "标题行过长或引号有误"),))
    if len(layout.headings) > MOST_COLUMNS:
        return Issue(name, code="file-too-large", details=(("reason", f"超过 {MOST_COLUMNS:,} 列"),))
    for _ in range(layout.skipped):
        content = content[content.index(b"\n") + 1 :]
    # A quote that opens a cell and is not closed before a comma or line end makes a reader of CSV
    # take the lines behind it for content: in such a file each line stands for itself.
    well_formed = b'"' not in content or b'"' not in _quoted(layout.delimiter).sub(b"", content)
    read = _read_rows if well_formed else _read_lines
    sort = partial(sort_out, file=name, layout=layout, names=names, several=several)
    sheet, below = read(content, name, layout, above, sort)
    if layout.above:
        sheet.issues.append(not_data(name, "", ABOVE, layout.above))
    if layout.delimiter != "," and not above.tables:
        details = (("delimiter", DELIMITERS[layout.delimiter]),)
        sheet.issues.append(Issue(name, code="file-delimiter", details=details))
    return replace(sheet, lower=above.tables > 0), below


def _quoted(delimiter: str) -> re.Pattern[bytes]:
    """A cell in quotes."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb'(?:(?<=[%b\n])|\A)[ ]*"(?:[^"]|"")*"(?=[%b\n]|\Z)' % (mark, mark))


def _read_rows(
    content: bytes, name: str, layout: Layout, above: _Above, sort: Callable[[list[Line]], Widths]
) -> tuple[Sheet, Line | None]:
    """Read a well-formed text; `sort` says what becomes of rows of another width than the heading row."""
    headings = layout.headings
    rows_above, lines_above = above.rows + layout.rows, above.lines + layout.skipped
    malformed: list[arrow_csv.InvalidRow] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        malformed.append(row)
        return "skip"

    names = [f"{place}" for place in range(len(headings))]
    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        # One block: a row may be of any length, and numbers of faulty rows are only known without threads.
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
        # Empty lines are read, so that the numbers of the rows behind them are right, and then passed over.
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            # That it is UTF-8 is known.
            column_types=dict.fromkeys(names, pa.large_string()),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    wrong = np.array([row.number for row in malformed], dtype=np.int32)
    every = np.arange(1, table.num_rows + 1 + len(wrong), dtype=np.int32)
    # The row of the headings may be the one that is too short: Excel writes no commas behind the last title.
    whole = 0 if 1 in wrong else 1
    rows = np.setdiff1d(every, wrong)[whole:]
    columns = [table.slice(whole).column(column).combine_chunks() for column in names]
    # With as many lines as rows no cell has a line break, and most files have none.
    plain = content.count(b"\n") + (not content.endswith(b"\n")) == len(every)
    lines = every if plain else every + _breaks_before(every, rows, columns, headings, malformed)
    found = sort(
        [
            Line(row.number + rows_above, int(lines[row.number - 1]) + lines_above, row.text)
            for row in malformed
            if row.number > 1 and row.text.strip(f"{layout.delimiter} \n")
        ]
    )
    sheet = Sheet(
        name="",
        headings=headings,
        columns=[trim(column) for column in columns],
        rows=rows + rows_above,
        lines=lines[rows - 1] + lines_above,
        issues=found.issues,
        malformed=found.faulty,
        top=rows_above + 1,
        misfits=found.texts,
    )
    return _with_fitted(sheet, found), found.below


def _with_fitted(sheet: Sheet, found: Widths) -> Sheet:
    """The sheet with the rows that were filled up or cut, each in its place."""
    if not found.fitted:
        return sheet
    rows = np.concatenate([sheet.rows, np.array([line.row for line, _ in found.fitted], dtype=np.int32)])
    lines = np.concatenate([sheet.lines, np.array([line.line for line, _ in found.fitted], dtype=np.int32)])
    order = np.argsort(rows)
    more = zip(*(cells for _, cells in found.fitted), strict=True)
    columns = [
        pa.concat_arrays([column, trim(pa.array(cells, pa.large_string()))]).take(pa.array(order))
        for column, cells in zip(sheet.columns, more, strict=True)
    ]
    return replace(sheet, columns=columns, rows=rows[order], lines=lines[order])


def _breaks_before(
    every: np.ndarray, rows: np.ndarray, columns: list[Column], headings: list[str], malformed: list[Any]
) -> np.ndarray:
    """How many line breaks inside cells stand above each row: int32."""
    breaks = np.zeros(len(every), dtype=np.int32)
    if len(every):
        breaks[0] = sum(heading.count("\n") for heading in headings)
    for column in columns:
        breaks[rows - 1] += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False).astype(np.int32)
    for row in malformed:
        breaks[row.number - 1] = row.text.rstrip("\n").count("\n")
    return np.concatenate([[0], np.cumsum(breaks)[:-1]]).astype(np.int32)


def _read_lines(
    content: bytes, name: str, layout: Layout, above: _Above, sort: Callable[[list[Line]], Widths]
) -> tuple[Sheet, Line | None]:
    """Read a file whose quotes do not pair, line by line: lines in which they do are kept, the others reported."""
    lines = content.decode().rstrip("\n").split("\n")
    # Its headings were read without quotes, which may be one too many.
    headings = layout.headings
    kept: list[list[str]] = []
    rows: list[int] = []
    unpaired: dict[int, str] = {}
    others: list[Line] = []
    for number, text in enumerate(lines[1:], 2 + above.lines + layout.skipped):
        try:
            cells = cells_of(text, layout.delimiter) if text.count('"') % 2 == 0 else None
        except csv.Error:
            cells = None
        if cells is None:
            unpaired[number] = text
        elif len(cells) == len(headings):
            kept.append(cells)
            rows.append(number)
        elif any(cells):
            others.append(Line(number, number, text))
    found = sort(others)
    columns = zip(*kept, strict=True) if kept else ([] for _ in headings)
    numbers = np.array(rows, dtype=np.int32)
    sheet = Sheet(
        name="",
        headings=headings,
        columns=[trim(pa.array(column, pa.large_string())) for column in columns],
        rows=numbers,
        lines=numbers,
        issues=[*(Issue(name, row=number, code="row-quote") for number in unpaired), *found.issues],
        malformed=len(unpaired) + found.faulty,
        top=1 + above.lines + layout.skipped,
        misfits=unpaired | found.texts,
    )
    return _with_fitted(sheet, found), found.below


def trim(column: Column) -> Column:
    """A column of text without blanks at its ends (those of Chinese typing included)."""
    return pc.utf8_trim_whitespace(column)
