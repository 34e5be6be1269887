"""Counts of records by unit, and rates as bulletins and tables print them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from generator.publish.ledger import WITHHELD
from generator.publish.tallies import Tallies

NOTHING = "-"


@dataclass(frozen=True)
class Figures:
    """Counts of a unit, a region or the whole city."""

    submitted: int
    """Rows sent, the withheld ones included."""
    records: int
    """Records accepted (数据总量)."""
    late: int
    undetermined: int


def percent(part: int, whole: int) -> str:
    """A rate as bulletins print it; a dash where nothing was counted."""
    return NOTHING if whole == 0 else rate_text(Decimal(part) * 100 / whole)


def rate_text(rate: Decimal) -> str:
    """Per cent with two decimals, half up, but 0 and 100 bare."""
    if rate in (0, 100):
        return f"{rate:.0f}"
    return str(rounded_rate(rate))


def rounded_rate(rate: Decimal) -> Decimal:
    """Per cent with two decimals, half up: the rounding of 平顶山's bulletin (seed 002), 10/11455 = 0.09."""
    return rate.quantize(Decimal("0.01"), ROUND_HALF_UP)


def figures_by_unit(tallies: Tallies) -> dict[int, Figures]:
    """The figures of each unit (place in site.units) that sent something."""
    parts = {
        "records": tallies.records(),
        "withheld": tallies.select(state=WITHHELD),
        "late": tallies.late(),
        "undetermined": tallies.undetermined(),
    }
    table = pd.DataFrame({name: part.by_unit() for name, part in parts.items()}).fillna(0).astype(int)
    submitted = table["records"] + table["withheld"]
    columns = (submitted, table["records"], table["late"], table["undetermined"])
    lines = zip(*(column.tolist() for column in columns), strict=True)
    return {unit: Figures(*line) for unit, line in zip(table.index.tolist(), lines, strict=True)}


def sum_of_figures(figures: list[Figures]) -> Figures:
    """The figures of several units together."""
    names = ("submitted", "records", "late", "undetermined")
    return Figures(*(sum(getattr(part, name) for part in figures) for name in names))
