"""Reads delimited text: UTF-8 with or without BOM, or GB18030."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from generator.intake.table import Column, Sheet
from generator.issues import Issue

_ENCODINGS = ("utf-8-sig", "gb18030")
_QUOTED_CELL = re.compile(r'(?:(?<=[,\n])|\A)[ ]*"(?:[^"]|"")*"(?=[,\n]|\Z)')


def read_delimited(path: Path, name: str) -> Sheet | Issue:
    """Read a .csv file; `name` is what messages call it."""
    content = path.read_bytes()
    text = decode(content)
    if text is None:
        return Issue(name, code="file-undecodable", details=(("line", str(_first_bad_line(content))),))
    if not text or text.isspace():
        return Issue(name, code="file-empty")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # A quote that opens a cell and is not closed before a comma or line end makes a reader of CSV
    # take the lines behind it for content: in such a file each line stands for itself.
    text = text.replace("\ufeff", "")
    lines_above = len(text) - len(text.lstrip("\n"))
    text = text[lines_above:]
    well_formed = '"' not in text or '"' not in _QUOTED_CELL.sub("", text)
    if not text:
        return Issue(name, code="file-empty")
    return _read_rows(text, name, lines_above) if well_formed else _read_lines(text, name, lines_above)


def decode(content: bytes) -> str | None:
    """The text of a file: UTF-8 if it is valid UTF-8, else GB18030 if it is valid that; None if neither.

    In that order: text in GB18030 is hardly ever valid UTF-8, but the reverse often is.
    """
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _first_bad_line(content: bytes) -> int:
    """The line at which the encoding that gets furthest gives up."""
    furthest = 0
    for encoding in _ENCODINGS:
        try:
            content.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    return content.count(b"\n", 0, furthest) + 1


def _read_rows(text: str, name: str, lines_above: int) -> Sheet | Issue:
    """Read a well-formed file; rows of another width than the heading row become issues.

    `lines_above` is how many empty lines stood above the heading row: row numbers count them.
    """
    try:
        headings = next(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return Issue(name, row=1, code="file-unreadable", details=(("reason", "标题行过长或引号有误"),))
    malformed: list[arrow_csv.InvalidRow] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        malformed.append(row)
        return "skip"

    names = [f"{place}" for place in range(len(headings))]
    content = text.encode()
    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        # One block: a row may be of any length, and numbers of faulty rows are only known without threads.
        read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=len(content) + 1),
        # Empty lines are read, so that the numbers of the rows behind them are right, and then passed over.
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False
        ),
    ).slice(1)
    misfits = [row for row in malformed if row.text.strip()]
    wrong = np.array([row.number for row in malformed], dtype=np.int32)
    every = np.arange(1, table.num_rows + 2 + len(wrong), dtype=np.int32)
    rows = np.setdiff1d(every, wrong)[1:]
    columns = [table.column(column).combine_chunks() for column in names]
    lines = every + _breaks_before(every, rows, columns, headings, malformed)
    return Sheet(
        name="",
        headings=headings,
        columns=[trim(column) for column in columns],
        rows=rows + lines_above,
        lines=lines[rows - 1] + lines_above,
        issues=[
            _width_issue(name, row.number, row.actual_columns, len(headings), lines_above, lines[row.number - 1])
            for row in misfits
        ],
        malformed=len(misfits),
        top=lines_above + 1,
        misfits={row.number + lines_above: row.text for row in misfits},
    )


def _breaks_before(
    every: np.ndarray, rows: np.ndarray, columns: list[Column], headings: list[str], malformed: list[Any]
) -> np.ndarray:
    """How many line breaks inside cells stand above each row: int32."""
    breaks = np.zeros(len(every), dtype=np.int32)
    breaks[0] = sum(heading.count("\n") for heading in headings)
    for column in columns:
        breaks[rows - 1] += pc.count_substring(column, "\n").to_numpy(zero_copy_only=False).astype(np.int32)
    for row in malformed:
        breaks[row.number - 1] = row.text.rstrip("\n").count("\n")
    return np.concatenate([[0], np.cumsum(breaks)[:-1]]).astype(np.int32)


def _read_lines(text: str, name: str, lines_above: int) -> Sheet:
    """Read a file whose quotes do not pair, line by line: lines in which they do are kept, the others reported."""
    lines = text.rstrip("\n").split("\n")
    headings = _cells(lines[0].replace('"', ""))
    kept: list[list[str]] = []
    rows: list[int] = []
    issues: list[Issue] = []
    for number, line in enumerate(lines[1:], 2 + lines_above):
        if line.count('"') % 2:
            issues.append(Issue(name, row=number, code="row-quote"))
        elif line:
            try:
                cells = _cells(line)
            except csv.Error:
                issues.append(Issue(name, row=number, code="row-quote"))
                continue
            if len(cells) == len(headings):
                kept.append(cells)
                rows.append(number)
            else:
                issues.append(_width_issue(name, number, len(cells), len(headings)))
    columns = zip(*kept, strict=True) if kept else ([] for _ in headings)
    numbers = np.array(rows, dtype=np.int32)
    return Sheet(
        name="",
        headings=headings,
        columns=[trim(pa.array(column, pa.large_string())) for column in columns],
        rows=numbers,
        lines=numbers,
        issues=issues,
        malformed=len(issues),
        top=lines_above + 1,
        misfits={issue.row: lines[issue.row - 1 - lines_above] for issue in issues},
    )


def _cells(line: str) -> list[str]:
    """The cells of one line in which quotes pair."""
    return next(csv.reader([line]))


def _width_issue(name: str, row: int, found: int, expected: int, lines_above: int = 0, line: int = 0) -> Issue:
    details = (("found", str(found)), ("expected", str(expected)))
    line = int(line) + lines_above if line else 0
    return Issue(name, row=int(row) + lines_above, code="row-width", details=details, line=line)


def trim(column: Column) -> Column:
    """A column of text without blanks at its ends (those of Chinese typing included)."""
    return pc.utf8_trim_whitespace(column)
