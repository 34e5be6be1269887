"""Checks tables of statistics cell by cell. They have a few dozen rows, so plain Python reads best here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from generator.intake.statistics import RawFigures, StatisticsFile, read_statistics
from generator.issues import Issue, masked
from generator.model.portal import Portal
from generator.model.site import Site
from generator.model.statistics import KEYS, OWN_LEVEL, StatisticsColumn, Topic

Key = tuple[str, ...]
"""What a row is about: region codes, unit ids, months, in the order of the topic's `rows`."""
Cells = dict[Key, dict[str, Decimal]]
"""Row → column → figure; a cell that was left blank is not there."""

_BLANK = {"", "-", "—", "–", "/", "未报送"}
_TOTALS = {"合计", "总计", "小计", "全市", "全市合计"}
_MONTH = re.compile(r"(\d{4})[-/.年](1[0-2]|0?[1-9])月?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?")
_ANSWERS = {"是": Decimal(1), "1": Decimal(1), "有": Decimal(1), "否": Decimal(0), "0": Decimal(0), "无": Decimal(0)}
_EXPECTED = {
    "count": "不小于0的整数",
    "amount": "不小于0的数字，最多六位小数",
    "number": "不小于0的数字，最多六位小数",
    "rate": "0至100的数字，单位为%，不小于0",
    "yes": "“是”或“否”",
}


@dataclass
class Delivered:
    """The figures of one topic and period as they were handed in."""

    topic: Topic
    period: str
    path: str
    cells: Cells = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    """What a row 合计 of the file says; it is compared with the rows, not shown."""


def delivered_statistics(portal: Portal, sources: list[StatisticsFile]) -> tuple[list[Delivered], list[Issue]]:
    """The figures in the given files, and every fault of these."""
    issues: list[Issue] = []
    found: dict[tuple[str, str], Delivered] = {}
    for source in sources:
        tables, faults = read_statistics(source, portal)
        issues += faults
        for raw in tables:
            place = source.topic, source.period
            topic = portal.topics[source.topic]
            delivered = found.setdefault(place, Delivered(topic, source.period, source.path))
            issues += _take(raw, delivered, portal.site)
    return list(found.values()), issues


def _take(raw: RawFigures, delivered: Delivered, site: Site) -> list[Issue]:
    """Put the rows of a table into the figures of its period; a faulty key leaves the row out, a faulty cell itself."""
    topic, issues = delivered.topic, []
    columns = {name: column.to_pylist() for name, column in raw.columns.items()}
    readers = {"region": _regions(site), "unit": _units(site), "month": _month}
    for place in range(len(raw.rows)):
        cells = {name: values[place] for name, values in columns.items()}
        if not any(cells.values()):
            continue
        read = {key: readers[key](cells[key]) for key in topic.rows}
        key = tuple(value for value in read.values() if value is not None)
        if cells[topic.rows[0]] in _TOTALS:
            target = delivered.totals
        elif len(key) < len(read):
            wrong = next(key for key, value in read.items() if value is None)
            issues.append(_issue(raw, place, "statistics-key", KEYS[wrong], cells[wrong]))
            continue
        elif key in delivered.cells:
            named = "，".join(cells[name] for name in topic.rows)
            issues.append(_issue(raw, place, "statistics-row-repeated", KEYS[topic.rows[0]], named))
            continue
        else:
            target = delivered.cells.setdefault(key, {})
        for name, column in topic.columns.items():
            text = unicodedata.normalize("NFKC", cells.get(name, "")).strip()
            if text not in _BLANK:
                value = _figure(text, column)
                if value is None or (column.most is not None and value > column.most):
                    limit = "" if column.most is None else f"，不大于{column.most}"
                    expected = _EXPECTED[column.type] + limit
                    issues.append(_issue(raw, place, "statistics-figure", column.title, text, expected=expected))
                else:
                    target[name] = value
    return issues


def _issue(raw: RawFigures, place: int, code: str, column: str, value: str, **details: str) -> Issue:
    return Issue(
        raw.source.path,
        raw.sheet,
        int(raw.rows[place]),
        column,
        code,
        masked(value),
        tuple(details.items()),
        int(raw.lines[place]),
    )


def _figure(text: str, column: StatisticsColumn) -> Decimal | None:
    """A cell as a number; None if it is none of its column's type."""
    if column.type == "yes":
        return _ANSWERS.get(text)
    if column.type == "rate":
        text = text.removesuffix("%")
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text.replace(",", ""))
    if column.type == "count":
        return value if value == int(value) else None
    return None if column.type == "rate" and value > 100 else value


def _regions(site: Site) -> Callable[[str], str | None]:
    names = {name: region.code for region in site.regions for name in (region.code, region.name, *region.aliases)}
    own = {f"{region.name}{OWN_LEVEL}": region.code for region in site.regions if region.code == site.region}
    return (names | own).get


def _units(site: Site) -> Callable[[str], str | None]:
    names = {name: unit.id for unit in site.units for name in (unit.id, *unit.names())}
    return names.get


def _month(text: str) -> str | None:
    found = _MONTH.match(text)
    return f"{found[1]}-{int(found[2]):02}" if found else None
