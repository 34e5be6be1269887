"""Figures that the portal's own records give: how many of each kind a region or unit reported in a month."""

from __future__ import annotations

from decimal import Decimal

from generator.check.statistics import Cells
from generator.model.portal import Portal
from generator.model.statistics import Topic
from generator.publish.tallies import Tallies


def counted_figures(topic: Topic, tallies: Tallies, portal: Portal, this_month: str) -> dict[str, Cells]:
    """Month of report (of those that are over) → figures of the columns that have a kind of record.

    Where a kind has any record of a month, a region without one has none of it: 0, not "not delivered".
    """
    kinds = {name: kind for name, kind in topic.counted.items() if kind in portal.kinds}
    if not kinds or topic.rows not in {("region",), ("unit",)}:
        return {}
    by = topic.rows[0]
    units = portal.site.units
    everyone = {unit.region if by == "region" else unit.id: Decimal(0) for unit in units}
    found: dict[str, Cells] = {}
    for name, kind in kinds.items():
        records = tallies.select(kind=kind).records()
        for month in [month for month in records.months() if month < this_month]:
            counts = records.select(month=month).counts.groupby(by)["count"].sum()
            of_kind = everyone | {
                str(key) if by == "region" else units[int(str(key))].id: Decimal(int(count))
                for key, count in counts.items()
            }
            cells = found.setdefault(month, {})
            for key, count in of_kind.items():
                cells.setdefault((key,), {})[name] = count
    return found
