"""Tables of bulletins as files for spreadsheets: rows as on the page, figures as numbers, without the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import orjson
import pyarrow as pa

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import TableRules
from generator.opendata.spreadsheet import spreadsheet
from generator.render.bulletin_tables import annexes, heads_of, ordered

_DECIMAL = pa.decimal128(24, 2)


def bulletin_files(bulletins: Sequence[Bulletin]) -> Iterator[tuple[str, bytes]]:
    """Address and content of the figures of each bulletin, and of the file of each table that has lines."""
    for bulletin in bulletins:
        yield f"{bulletin.address}figures.json", _figures(bulletin)
        for name, rules in bulletin.kind.tables.items():
            table = _table(bulletin, rules)
            if len(table):
                yield f"{bulletin.address}{name}.csv", spreadsheet(table)


def _figures(bulletin: Bulletin) -> bytes:
    """All tables as programs read them, and the page that compares two bulletins: texts as they are printed."""
    tables = [
        {
            "name": table["name"],
            "caption": table["caption"],
            "head": table["head"],
            "columns": [
                {"title": head, "rate": bulletin.figures[rules.figures].rules.columns[column].is_rate}
                for column, head in zip(rules.columns, table["heads"], strict=True)
            ],
            "rows": [[row["key"], row["name"], *row["texts"]] for row in table["rows"]],
            "total": table["totals"],
        }
        for table in annexes(bulletin, {})
        for rules in [bulletin.kind.tables[table["name"]]]
    ]
    return orjson.dumps({"title": bulletin.title, "period": bulletin.period, "tables": tables})


def _table(bulletin: Bulletin, rules: TableRules) -> pa.Table:
    figures = bulletin.figures[rules.figures]
    lines = ordered(figures.of_group(rules.group), rules)
    columns: dict[str, pa.Array] = {rules.head: pa.array([line.name for line in lines], pa.string())}
    for name, head in zip(rules.columns, heads_of(figures, rules.columns), strict=True):
        values: list[Decimal | None] = [line.values.get(name) for line in lines]
        is_rate = figures.rules.columns[name].is_rate
        columns[head] = (
            pa.array([None if value is None else value.quantize(Decimal("0.01")) for value in values], _DECIMAL)
            if is_rate
            else pa.array([None if value is None else int(value) for value in values], pa.int64())
        )
    return pa.table(columns)
