"""Finds and reads the tables of statistics: data/statistics/<topic>/<period>.csv or .xlsx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import pyarrow.compute as pc

from generator.intake.names import Names, fold
from generator.intake.sources import is_leftover, nearest
from generator.intake.table import SUFFIXES, Column, Sheet
from generator.intake.tables import read_tables
from generator.issues import Issue, masked
from generator.model.portal import Portal
from generator.model.statistics import DECLARATION, KEYS, Topic, is_period

STATISTICS = PurePosixPath("data/statistics")
_KEY_ALIASES = {"region": ("县区", "县市区", "地区", "区域"), "unit": ("单位名称", "成员单位名称"), "month": ("月",)}
_IGNORED = fold("序号")


@dataclass(frozen=True, order=True)
class StatisticsFile:
    """A table of statistics and what its place says."""

    path: str
    """Path below the portal's root."""
    topic: str
    period: str


@dataclass(frozen=True)
class RawFigures:
    """A table as text, under the names of keys and columns."""

    source: StatisticsFile
    sheet: str
    columns: dict[str, Column]
    rows: np.ndarray
    """int32: row as Excel counts it."""
    lines: np.ndarray
    """int32: line of a text file; the row for workbooks."""


def find_statistics(portal: Portal) -> tuple[list[StatisticsFile], list[Issue]]:
    """Every table in the order of its path, and an issue for each file that is in no topic."""
    sources, issues = [], []
    folder = portal.root / STATISTICS
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not is_leftover(path.name) and path.name != DECLARATION:
            placed = place_statistics(path.relative_to(portal.root).as_posix(), portal)
            if isinstance(placed, StatisticsFile):
                sources.append(placed)
            else:
                issues.append(placed)
    return sources, issues


def place_statistics(path: str, portal: Portal) -> StatisticsFile | Issue:
    """What the place of a file says: topic and period; or that it says nothing."""
    name = PurePosixPath(path)
    parts = name.relative_to(STATISTICS).parts
    if len(parts) != 2 or parts[0] not in portal.topics or not is_period(name.stem):
        return Issue(path, code="statistics-misplaced", details=(("known", "、".join(portal.topics) or "无"),))
    if name.suffix.lower() not in SUFFIXES:
        return Issue(path, code="file-format-unknown", value=name.suffix)
    return StatisticsFile(path, parts[0], name.stem)


def read_statistics(source: StatisticsFile, portal: Portal) -> tuple[list[RawFigures], list[Issue]]:
    """The tables of a file, and what is wrong with its form."""
    topic = portal.topics[source.topic]
    names = _names(topic)
    read = read_tables(portal.root / source.path, source.path, names)
    if isinstance(read, Issue):
        return [], [read]
    tables, issues = [], []
    for sheet in read:
        table, faults = _match(source, sheet, topic, names)
        issues += [*sheet.issues, *faults]
        tables += [table] if table else []
    return tables, issues


def _match(source: StatisticsFile, sheet: Sheet, topic: Topic, names: Names) -> tuple[RawFigures | None, list[Issue]]:
    """Put columns under the names of the declaration. Without a key, or with a heading twice, a table is not read."""
    issues: list[Issue] = []

    def fault(fault_code: str, /, column: str = "", value: str = "", **details: str) -> None:
        place = (source.path, sheet.name)
        issues.append(Issue(*place, column=column, code=fault_code, value=value, details=tuple(details.items())))

    columns: dict[str, Column] = {}
    repeated = False
    for heading, column in zip(sheet.headings, sheet.columns, strict=True):
        name = names.code(heading)
        if name is None:
            if not names.has(heading) and (heading or pc.any(pc.not_equal(column, "")).as_py()):
                guess = nearest(heading, [declared.title for declared in topic.columns.values()])
                fault("heading-unknown", value=masked(heading), nearest=guess)
        elif name in columns:
            fault("heading-repeated", column=heading)
            repeated = True
        else:
            columns[name] = column
    if not columns:
        return None, [Issue(source.path, sheet.name, code="headings-not-found")]
    lacking = [key for key in topic.rows if key not in columns]
    for key in lacking:
        fault("heading-missing", column=KEYS[key], code=key)
    for name, declared in topic.columns.items():
        if declared.required and name not in columns:
            fault("heading-missing", column=declared.title, code=name)
    if lacking or repeated:
        return None, issues
    return RawFigures(source, sheet.name, columns, sheet.rows, sheet.lines), issues


def _names(topic: Topic) -> Names:
    """Folded heading → key or column, and headings that are passed over: rates stand in the files that we offer."""
    known: dict[str, str] = {fold(name): key for key in topic.rows for name in (key, KEYS[key], *_KEY_ALIASES[key])}
    ignored = {_IGNORED}
    for name, column in topic.columns.items():
        for heading in (name, column.title, column.heading, *column.aliases):
            if column.is_ratio:
                ignored.add(fold(heading))
            else:
                known.setdefault(fold(heading), name)
    return Names(known, frozenset(ignored))
