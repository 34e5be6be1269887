"""Figures counted from records: by unit and month of the report, all months in one pass over the tallies.

Tallies outlive rows that left the site, so a record that expired or was repaired still counts in its month.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from hashlib import sha256

import pandas as pd

from generator.bulletin.declaration import FigureRules
from generator.bulletin.figures import Figures, Line, with_rates
from generator.model.site import Site
from generator.model.timeliness import LATE, UNDETERMINED
from generator.publish.ledger import WITHHELD
from generator.publish.tallies import Tallies

_MEASURES = ("submitted", "records", "late", "undetermined")
_Cells = dict[tuple[int, str], dict[str, int]]
"""Place of the unit and kind of record → measure → count, and `content` as in the tallies."""


class CountedFigures:
    """The figures of every month."""

    def __init__(self, rules: FigureRules, tallies: Tallies, site: Site) -> None:
        self._rules, self._site = rules, site
        self._months = _by_month(rules.kinds, tallies)

    def months(self) -> list[str]:
        """Months of report with at least one accepted record."""
        return [month for month, cells in self._months.items() if any(cell["records"] for cell in cells.values())]

    def of(self, month: str) -> Figures:
        """The figures of a month; those of a unit that sent nothing are 0."""
        cells = self._months.get(month, {})
        return Figures(
            self._rules,
            tuple(
                Line(unit.id, unit.name, unit.group, self._values(cells, place), self._digest(cells, place))
                for place, unit in enumerate(self._site.units)
            ),
        )

    def _values(self, cells: _Cells, unit: int) -> dict[str, Decimal]:
        counts = {
            name: Decimal(
                sum(cells.get((unit, kind), {}).get(column.count, 0) for kind in column.kinds or self._rules.kinds)
            )
            for name, column in self._rules.columns.items()
            if column.count
        }
        return dict(with_rates(counts, self._rules))

    def _digest(self, cells: _Cells, unit: int) -> str:
        """Of the records counted: changes when one of them is exchanged or says anything else, even if all counts
        stay."""
        counted = [(kind, cells[unit, kind]) for kind in self._rules.kinds if (unit, kind) in cells]
        text = "".join(f"{kind} {cell['records']} {cell['content']}\n" for kind, cell in counted if cell["records"])
        return sha256(text.encode()).hexdigest()[:16] if text else ""


def _by_month(kinds: tuple[str, ...], tallies: Tallies) -> dict[str, _Cells]:
    counts = tallies.select(kind=list(kinds)).counts
    first = counts["counted"].astype(bool)
    parts = {
        "submitted": first | (counts["state"] == WITHHELD),
        "records": first,
        "late": first & (counts["timeliness"] == LATE),
        "undetermined": first & (counts["timeliness"] == UNDETERMINED),
    }
    table = pd.DataFrame({name: counts["count"].where(mask, 0) for name, mask in parts.items()})
    table["content"] = counts["content"].where(first, 0)
    table[["month", "unit", "kind"]] = counts[["month", "unit", "kind"]]
    grouped = table.groupby(["month", "unit", "kind"], sort=True).sum()
    found: dict[str, _Cells] = defaultdict(dict)
    names = [*_MEASURES, "content"]
    for (month, unit, kind), cell in zip(grouped.index, grouped[names].itertuples(index=False), strict=True):
        found[str(month)][int(unit), str(kind)] = {name: int(value) for name, value in zip(names, cell, strict=True)}
    return dict(found)
