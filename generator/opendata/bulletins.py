"""Tables of bulletins as files: as they are printed for spreadsheets, and all of a bulletin for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import orjson
import pyarrow as pa

from generator.bulletin.archive import Bulletin
from generator.documents.bulletins import printed_annexes
from generator.documents.official import Table
from generator.opendata.spreadsheet import spreadsheet
from generator.render.bulletin_tables import annexes


def bulletin_files(bulletins: Sequence[Bulletin]) -> Iterator[tuple[str, bytes]]:
    """Address and content of the figures of each bulletin, and of the file of each table that has lines."""
    for bulletin in bulletins:
        yield f"{bulletin.address}figures.json", _figures(bulletin)
        for name, table in printed_annexes(bulletin).items():
            figures = [head for head, is_figure in zip(table.heads, table.figures, strict=True) if is_figure]
            yield f"{bulletin.address}{name}.csv", spreadsheet(_printed(table), figures)


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


def _printed(table: Table) -> pa.Table:
    lines = [*table.rows, *([table.total] if table.total else [])]
    columns = [pa.array(column, pa.string()) for column in zip(*lines, strict=True)]
    return pa.Table.from_arrays(columns, names=list(table.heads))
