"""Reads delimited text: a row of another width than the headings is told and costs no other."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from generator.intake.cells import MOST_COLUMNS
from generator.intake.layout import DELIMITERS, Layout, layout_of
from generator.intake.names import Names
from generator.intake.remarks import ABOVE, remark
from generator.intake.table import Column, Sheet, not_data
from generator.issues import Issue

_HEAD = 1 << 20
"""Bytes in which the headings are looked for."""
_MARK = "\ufeff".encode()
_LONGEST_REMARK = 5_000
"""Characters; what is longer is no footnote."""


def read_delimited(content: bytes, name: str, names: Names) -> Sheet | Issue:
    """The table of a delimited text in UTF-8 without a mark; `name` is what messages call its file."""
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
    try:
        layout = layout_of(head, names, blank)
    except csv.Error:
        return Issue(name, row=1, code="file-unreadable", details=(("reason", "标题行过长或引号有误"),))
    if len(layout.headings) > MOST_COLUMNS:
        return Issue(name, code="file-too-large", details=(("reason", f"超过 {MOST_COLUMNS:,} 列"),))
    for _ in range(layout.skipped):
        content = content[content.index(b"\n") + 1 :]
    # A quote that opens a cell and is not closed before a comma or line end makes a reader of CSV
    # take the lines behind it for content: in such a file each line stands for itself.
    well_formed = b'"' not in content or b'"' not in _quoted(layout.delimiter).sub(b"", content)
    read = _read_rows if well_formed else _read_lines
    sheet = read(content, name, layout, blank)
    if layout.above:
        sheet.issues.append(not_data(name, "", ABOVE, layout.above))
    if layout.delimiter != ",":
        details = (("delimiter", DELIMITERS[layout.delimiter]),)
        sheet.issues.append(Issue(name, code="file-delimiter", details=details))
    return sheet


def _quoted(delimiter: str) -> re.Pattern[bytes]:
    """A cell in quotes."""
    mark = re.escape(delimiter.encode())
    return re.compile(rb'(?:(?<=[%b\n])|\A)[ ]*"(?:[^"]|"")*"(?=[%b\n]|\Z)' % (mark, mark))


def _read_rows(content: bytes, name: str, layout: Layout, blank: int) -> Sheet:
    """Read a well-formed text; rows of another width than the heading row become issues.

    `blank` is how many empty lines stood above it: row numbers count them.
    """
    headings = layout.headings
    rows_above, lines_above = blank + layout.rows, blank + layout.skipped
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
    misfits = [row for row in malformed if row.number > 1 and row.text.strip(f"{layout.delimiter} \n")]
    texts = {row.number + rows_above: row.text for row in misfits}
    issues, faulty = _misfits(
        name,
        layout,
        [
            (row.number + rows_above, int(lines[row.number - 1]) + lines_above, row.actual_columns, row.text)
            for row in misfits
        ],
    )
    return Sheet(
        name="",
        headings=headings,
        columns=[trim(column) for column in columns],
        rows=rows + rows_above,
        lines=lines[rows - 1] + lines_above,
        issues=issues,
        malformed=faulty,
        top=rows_above + 1,
        misfits={issue.row: texts[issue.row] for issue in issues if issue.row},
    )


def _misfits(name: str, layout: Layout, lines: Iterable[tuple[int, int, int, str]]) -> tuple[list[Issue], int]:
    """What is told of lines (row, line, columns, text) of another width than the headings, and how many are faulty.

    The others are notes and totals, behind which hardly anybody writes commas.
    """
    issues: list[Issue] = []
    aside: dict[str, list[int]] = {}
    for row, line, found, text in lines:
        reason = remark(_cells(text, layout.delimiter)) if len(text) <= _LONGEST_REMARK else None
        if reason:
            aside.setdefault(reason, []).append(row)
        else:
            details = (("found", str(found)), ("expected", str(len(layout.headings))))
            issues.append(Issue(name, row=row, code="row-width", details=details, line=line))
    told = [not_data(name, "", reason, rows) for reason, rows in aside.items()]
    return [*issues, *told], len(issues)


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


def _read_lines(content: bytes, name: str, layout: Layout, blank: int) -> Sheet:
    """Read a file whose quotes do not pair, line by line: lines in which they do are kept, the others reported."""
    lines = content.decode().rstrip("\n").split("\n")
    # Its headings were read without quotes, which may be one too many.
    headings = layout.headings
    kept: list[list[str]] = []
    rows: list[int] = []
    issues: list[Issue] = []
    misfits: list[tuple[int, int, int, str]] = []
    for number, line in enumerate(lines[1:], 2 + blank + layout.skipped):
        try:
            cells = _cells(line, layout.delimiter) if line.count('"') % 2 == 0 else None
        except csv.Error:
            cells = None
        if cells is None:
            issues.append(Issue(name, row=number, code="row-quote"))
        elif len(cells) == len(headings):
            kept.append(cells)
            rows.append(number)
        elif any(cells):
            misfits.append((number, 0, len(cells), line))
    told, faulty = _misfits(name, layout, misfits)
    columns = zip(*kept, strict=True) if kept else ([] for _ in headings)
    numbers = np.array(rows, dtype=np.int32)
    return Sheet(
        name="",
        headings=headings,
        columns=[trim(pa.array(column, pa.large_string())) for column in columns],
        rows=numbers,
        lines=numbers,
        issues=[*issues, *told],
        malformed=len(issues) + faulty,
        top=1 + blank + layout.skipped,
        misfits={issue.row: lines[issue.row - 1 - blank - layout.skipped] for issue in (*issues, *told) if issue.row},
    )


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line in which quotes pair."""
    return next(csv.reader([line], delimiter=delimiter), [])


def trim(column: Column) -> Column:
    """A column of text without blanks at its ends (those of Chinese typing included)."""
    return pc.utf8_trim_whitespace(column)
