"""Tables of statistics as files for spreadsheets: headings in Chinese, figures as numbers, rows without the total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from generator.model.portal import Portal
from generator.model.statistics import INDICATORS, KEYS, StatisticsColumn
from generator.opendata.spreadsheet import spreadsheet
from generator.render.statistics import FOLDER, file_name
from generator.statistics.compiled import Statistics
from generator.statistics.scores import RegionScores
from generator.statistics.tables import Table
from generator.statistics.wording import figure_text

_DECIMAL = pa.decimal128(24, 6)


def statistics_files(portal: Portal, statistics: Statistics, scored: list[RegionScores]) -> Iterator[tuple[str, bytes]]:
    """Address and content of the file of each table that has a page, and of the scores."""
    for topic in portal.topics.values():
        if topic.page:
            for table in statistics.tables[topic.id]:
                yield f"{FOLDER}{topic.id}/{file_name(table)}", spreadsheet(_figures(table))
    if scored:
        yield f"{FOLDER}{INDICATORS}/indicators.csv", spreadsheet(_scores(scored))


def _figures(table: Table) -> pa.Table:
    keys = zip(*(row.names for row in table.rows), strict=True)
    columns = {KEYS[key]: pa.array(names) for key, names in zip(table.topic.rows, keys, strict=True)}
    for name, column in table.columns.items():
        columns[column.heading] = _array([row.figures.get(name) for row in table.rows], column)
    return pa.table(columns)


def _array(values: list[Decimal | None], column: StatisticsColumn) -> pa.Array:
    """A column by its type; rates have two decimals, as the page shows them."""
    if column.type == "yes":
        return pa.array([None if value is None else figure_text(value, column) for value in values], pa.string())
    if column.type == "count":
        return pa.array([None if value is None else int(value) for value in values], pa.int64())
    step = Decimal("0.01") if column.type == "rate" else Decimal("0.000001")
    return pa.array([None if value is None else value.quantize(step, ROUND_HALF_UP) for value in values], _DECIMAL)


def _scores(scored: list[RegionScores]) -> pa.Table:
    columns = {"地区": pa.array([region.name for region in scored])}
    columns["总分"] = pa.array([region.total for region in scored], _DECIMAL)
    for place, score in enumerate(scored[0].scores):
        heading = f"{place + 1}.{score.indicator.name}（{score.indicator.weight}分）"
        columns[heading] = pa.array([region.scores[place].points for region in scored], _DECIMAL)
    columns["未计分的分值"] = pa.array([region.unscored for region in scored], _DECIMAL)
    return pa.table(columns)
