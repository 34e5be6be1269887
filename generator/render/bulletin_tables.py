"""The tables of a bulletin, as its template takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import ALL, TableRules
from generator.bulletin.figures import Figures, Line, text_of
from generator.bulletin.prose import words_of
from generator.model.portal import Portal
from generator.render.bulletin_rows import address_of_rows
from generator.render.shades import by_magnitude


def annexes(bulletin: Bulletin, units: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every table that has lines. `units`: unit → address of its page."""
    tables = [_annex(bulletin, name, rules, units) for name, rules in bulletin.kind.tables.items()]
    return [table for table in tables if table["rows"]]


def ordered(lines: Sequence[Line], rules: TableRules) -> list[Line]:
    """Lines in the order of their table; equals stay in the official order."""
    column = rules.order
    return sorted(lines, key=lambda line: -line.values.get(column, -1)) if column else list(lines)


def total_of(figures: Figures, rules: TableRules) -> Mapping[str, Any]:
    """The sum of the lines of a table."""
    sums = {group: key for key, group in figures.rules.sums.items()}
    return figures.sums[sums.get(rules.group or "", ALL)]


def _annex(bulletin: Bulletin, name: str, rules: TableRules, units: Mapping[str, str]) -> dict[str, Any]:
    figures = bulletin.figures[rules.figures]
    words = words_of(bulletin.period)
    shaded, shades = _shades(bulletin, name, rules)
    rows = [
        {
            "key": line.key,
            "id": f"{name}-{line.key}",
            "name": line.name,
            "address": units.get(line.key, ""),
            "texts": _texts(line.values, rules.columns, figures),
            "shades": [shades.get((line.key, column), "") for column in rules.columns],
        }
        for line in ordered(figures.of_group(rules.group), rules)
    ]
    return {
        "name": name,
        "figures": rules.figures,
        "caption": rules.caption.format(**words),
        "head": rules.head,
        "numbered": rules.numbered,
        "heads": heads_of(figures, rules.columns),
        "rows": rows,
        "shaded": shaded,
        "total": rules.total,
        "totals": _texts(total_of(figures, rules), rules.columns, figures),
        "note": rules.note.format(**words),
    }


def _shades(bulletin: Bulletin, table: str, rules: TableRules) -> tuple[str, dict[tuple[str, str], str]]:
    """Title and shades of a table's cells by line and column; "" and none where no matrix is declared."""
    for declared in bulletin.kind.charts:
        if declared.type == "matrix" and declared.table == table:
            lines = bulletin.figures[rules.figures].of_group(rules.group)
            places = [(line, column) for line in lines for column in declared.columns]
            shades = by_magnitude(line.values.get(column) for line, column in places)
            named = ((line.key, column) for line, column in places)
            return declared.title, dict(zip(named, shades, strict=True))
    return "", {}


def sums_of(portal: Portal, bulletin: Bulletin, name: str) -> dict[str, Any]:
    """All columns of the sums of some figures: what sentences speak of, and what annexes leave out.

    The sum of all leads to its records; tables of records know no groups of units.
    """
    figures = bulletin.figures[name]
    titles = {ALL: "合计"} | {key: portal.site.groups[group] for key, group in figures.rules.sums.items()}
    columns = list(figures.rules.columns)
    return {
        "figures": name,
        "heads": heads_of(figures, columns),
        "rows": [
            {
                "key": key,
                "id": f"sum-{name}-{key}",
                "name": title,
                "texts": _texts(figures.sums[key], columns, figures),
                "addresses": [
                    address_of_rows(portal, bulletin, figures, figures.sums[key], column) if key == ALL else ""
                    for column in columns
                ],
            }
            for key, title in [*list(titles.items())[1:], (ALL, titles[ALL])]
        ],
    }


def heads_of(figures: Figures, columns: Sequence[str]) -> list[str]:
    """Headings of columns; rates with their unit."""
    declared = [figures.rules.columns[column] for column in columns]
    return [f"{column.title}（{column.unit}）" if column.is_rate else column.title for column in declared]


def _texts(values: Mapping[str, Any], columns: Sequence[str], figures: Figures) -> list[str]:
    return [text_of(values, column, figures.rules) for column in columns]
