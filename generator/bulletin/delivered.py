"""Figures that arrive as counts: taken from the tables of a topic of statistics."""

from __future__ import annotations

from decimal import Decimal

from generator.bulletin.declaration import FigureRules
from generator.bulletin.figures import Figures, Line, with_rates
from generator.model.site import Site
from generator.statistics.tables import Table, Tables, newest


def delivered_figures(rules: FigureRules, tables: Tables, period: str, site: Site) -> Figures:
    """The figures of a topic for a month or up to a day.

    Of a table with months only the rows of the month; a row that is about nothing else is one line without a name.
    Otherwise the newest table that does not end after the period. Without any the figures have no lines.
    """
    found = [table for table in tables.get(rules.topic or "", []) if "month" in table.topic.rows]
    if found:
        lines = [(table.file, line) for table in found for line in _lines(table, rules, period, site)]
        file = next((file for file, _ in lines), found[0].file)
        return Figures(rules, tuple(line for _, line in lines), file=file)
    table = newest(tables, rules.topic or "", period)
    return Figures(rules, tuple(_lines(table, rules, None, site)), file=table.file) if table else Figures(rules, ())


def days_of(rules: FigureRules, tables: Tables) -> list[str]:
    """Days up to which the topic was delivered."""
    return [table.period for table in tables.get(rules.topic or "", []) if table.period.count("-") == 2]


def _lines(table: Table, rules: FigureRules, month: str | None, site: Site) -> list[Line]:
    keys = table.topic.rows
    groups = {unit.id: unit.group for unit in site.units}
    lines = []
    for row in table.rows:
        if month is not None and row.key[keys.index("month")] != month:
            continue
        rest = [(part, name) for key, part, name in zip(keys, row.key, row.names, strict=True) if key != "month"]
        key, name = rest[0] if rest else ("", "")
        counts = {column: Decimal(value) for column, value in row.figures.items() if column in rules.columns}
        lines.append(Line(key, name, groups.get(key, ""), dict(with_rates(counts, rules))))
    official = [*(region.code for region in site.regions), *(unit.id for unit in site.units)]
    places = {name: place for place, name in enumerate(official)}
    return sorted(lines, key=lambda line: places.get(line.key, -1))
