"""What the dashboards show of all kinds of record: how many by month, and which unit sent which kind."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from generator.bulletin.dashboard import Dashboard
from generator.model.portal import Portal
from generator.render.charts import Bar, bars
from generator.render.courses import DECLARED_NONE, NO_REPORT
from generator.render.shades import NONE, Cell, by_magnitude
from generator.render.templates import month_in_words

KINDS_FILE = "kinds.csv"


def kinds_part(portal: Portal, board: Dashboard) -> dict[str, Any]:
    """The counts of the months that are shown, as the template takes them."""
    counts = board.counts[board.counts["month"].isin(board.months)]
    said = board.nothing[board.nothing["month"].isin(board.months)]
    kinds = list(portal.kinds.values())
    by_month = counts.groupby(["kind", "month"])["records"].sum().to_dict()
    by_unit = counts.groupby(["unit", "kind"])["records"].sum().to_dict()
    nothing = set(zip(said["unit"], said["kind"], strict=True))
    totals = {kind.id: sum(by_month.get((kind.id, month), 0) for month in board.months) for kind in kinds}
    months = _cells([[by_month.get((kind.id, month)) for month in board.months] for kind in kinds])
    units = _cells([[by_unit.get((place, kind.id)) for kind in kinds] for place in range(len(portal.site.units))])
    return {
        "file": KINDS_FILE,
        "months": board.months,
        "kinds": kinds,
        "chart": bars(
            f"各类信息数量（{month_in_words(board.months[0])}至{month_in_words(board.months[-1])}）",
            [Bar(kind.title, Decimal(totals[kind.id]), f"{totals[kind.id]:,} 条") for kind in kinds],
        ),
        "rows": [
            {"kind": kind, "cells": cells, "total": f"{totals[kind.id]:,}"}
            for kind, cells in zip(kinds, months, strict=True)
        ],
        "units": [
            {
                "name": unit.name,
                "cells": [
                    Cell(DECLARED_NONE, "shade-nil") if cell.shade == NONE and (place, kind.id) in nothing else cell
                    for kind, cell in zip(kinds, cells, strict=True)
                ],
                "covered": sum(cell.shade != NONE for cell in cells),
            }
            for place, (unit, cells) in enumerate(zip(portal.site.units, units, strict=True))
        ],
    }


def _cells(counts: list[list[int | None]]) -> list[list[Cell]]:
    """Counts as shaded cells; where nothing was sent a dash."""
    shades = iter(by_magnitude(None if count is None else Decimal(count) for row in counts for count in row))
    return [[Cell(NO_REPORT if count is None else f"{count:,}", next(shades)) for count in row] for row in counts]
