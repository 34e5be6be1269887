"""The table of a topic and period: rows in order, what is computed from them, and what contradicts them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.check.statistics import Cells, Delivered, Key
from generator.model.site import Site
from generator.model.statistics import StatisticsColumn, Topic, end_of
from generator.statistics.differences import Difference, differences
from generator.statistics.rows import Figures, Row, rows_of


@dataclass(frozen=True)
class Table:
    """The figures of a topic for one period."""

    topic: Topic
    period: str
    columns: dict[str, StatisticsColumn]
    """Those with any figure, in the order of the declaration."""
    rows: list[Row]
    total: Figures
    """Of the columns that add up, and of rates of such."""
    differences: list[Difference]
    counted: tuple[str, ...]
    """Titles of columns that the portal counted from its records."""
    compared: tuple[Table, ...]
    """Tables of other topics that rates are shares of."""
    file: str
    """In which figures were handed in; "" where all were counted."""

    @property
    def delivered(self) -> bool:
        """Whether any figure was handed in; otherwise all were counted."""
        return bool(self.file)

    @property
    def absent(self) -> list[str]:
        """Titles of columns without any figure."""
        return [column.title for name, column in self.topic.columns.items() if name not in self.columns]

    def cells(self) -> Cells:
        """Its figures by row."""
        return {row.key: row.figures for row in self.rows}


Tables = Mapping[str, list[Table]]
"""Topic → its tables, newest period first."""


def table(topic: Topic, period: str, delivered: Delivered | None, counted: Cells, others: Tables, site: Site) -> Table:
    """Put together one table. A delivered figure stands before one that was counted."""
    given = delivered.cells if delivered else {}
    figures: Cells = {key: {**counted.get(key, {}), **given.get(key, {})} for key in [*given, *counted]}
    stated_sums = {
        (key, name): row[name]
        for key, row in given.items()
        for name, column in topic.columns.items()
        if column.sum_of and name in row
    }
    compared = {}
    for name, column in topic.columns.items():
        if column.sum_of:
            _add_up(figures, name, column)
        if column.share_of and (other := newest(others, column.share_of.per_topic, period)):
            compared[name] = other
    total = {
        name: sum((row[name] for row in figures.values() if name in row), Decimal(0))
        for name, column in topic.columns.items()
        if column.adds_up and any(name in row for row in figures.values())
    }
    for row_key, row in [*figures.items(), (None, total)]:
        _add_rates(row, row_key, topic, compared, figures)
    columns = {name: column for name, column in topic.columns.items() if any(name in row for row in figures.values())}
    rows = rows_of(figures, topic, site)
    return Table(
        topic,
        period,
        columns,
        rows,
        total,
        differences(topic, period, delivered, counted, {row.key: row for row in rows}, total, stated_sums),
        tuple(columns[name].title for name in topic.counted if any(name in row for row in counted.values())),
        tuple(compared.values()),
        delivered.path if delivered and given else "",
    )


def newest(tables: Tables, topic: str, period: str) -> Table | None:
    """The newest table of a topic that does not end after a period; none if there is none."""
    limit = end_of(period)
    return next((table for table in tables.get(topic, []) if end_of(table.period) <= limit), None)


def _add_up(figures: Cells, name: str, column: StatisticsColumn) -> None:
    """Set a column that is the sum of others. Where none of them was delivered, what was stated stays."""
    for row in figures.values():
        if parts := [row[part] for part in column.sum_of if part in row]:
            row[name] = sum(parts, Decimal(0))


def _add_rates(row: Figures, key: Key | None, topic: Topic, compared: Mapping[str, Table], figures: Cells) -> None:
    """Set the rates of a row, or of the total (`key` is None): there only if no row lacks what is compared."""
    for name, column in topic.columns.items():
        if column.covers and any(part in row for part in column.covers):
            row[name] = Decimal(100) * sum(row.get(part, 0) > 0 for part in column.covers) / len(column.covers)
        elif name in compared and column.share_of and column.share_of.column in row:
            others = compared[name].cells()
            wholes = [others.get(place, {}).get(column.share_of.per_column) for place in ([key] if key else figures)]
            known = [whole for whole in wholes if whole is not None]
            if len(known) == len(wholes) and sum(known) > 0:
                row[name] = row[column.share_of.column] * 100 / sum(known, Decimal(0))
