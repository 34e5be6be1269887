"""A file, whatever it really is, as tables: what it is, its cells, its headings and the rows below them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.intake.apart import RefusedError, open_apart
from generator.intake.container import TEXT, Container, NoTableError, container_of
from generator.intake.delimited import read_delimited
from generator.intake.encoding import decode, first_bad_line
from generator.intake.grid import table_of
from generator.intake.names import Names
from generator.intake.table import Sheet
from generator.intake.tables_below import tables_of
from generator.issues import Issue

_USUAL = ("UTF-8", "GB18030")
"""What Excel writes as CSV, and the staff guide asks for."""


def read_tables(path: Path, name: str, names: Names) -> list[Sheet] | Issue:
    """The tables of a file as they stand, at least one; or why there is none.

    `name` is what messages call the file; `names` are those by which its headings are found.
    """
    try:
        container = container_of(path)
        sheets = _text(path, name, names) if container is TEXT else _opened(path, name, names, container)
    except (NoTableError, RefusedError) as error:
        return Issue(name, code=error.code, details=(("reason", str(error)),))
    except OSError:
        return Issue(name, code="file-unreadable", details=(("reason", "读取时出错"),))
    if isinstance(sheets, Issue):
        return sheets
    read = [table for sheet in sheets for table in tables_of(sheet, name, names)]
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in container.suffixes:
        return read
    told = Issue(name, code="file-disguised", value=suffix, details=(("form", container.title),))
    return [replace(read[0], issues=[told, *read[0].issues]), *read[1:]]


def _text(path: Path, name: str, names: Names) -> list[Sheet] | Issue:
    content = path.read_bytes()
    decoded = decode(content)
    if decoded is None:
        return Issue(name, code="file-undecodable", details=(("line", str(first_bad_line(content))),))
    sheets = read_delimited(decoded.content, name, names)
    if not isinstance(sheets, Issue) and decoded.encoding not in _USUAL:
        sheets[0].issues.append(Issue(name, code="file-encoding", details=(("encoding", decoded.encoding),)))
    return sheets


def _opened(path: Path, name: str, names: Names, container: Container) -> list[Sheet] | Issue:
    sheets = [table_of(cells, name, names) for cells in open_apart(path, container.form)]
    return sheets or Issue(name, code="file-empty")
