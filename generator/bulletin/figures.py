"""The figures of a month's bulletin. Counted by the day of the report; the model is 平顶山's circular of 2023-12."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from generator.bulletin.declaration import BulletinGroup, BulletinRules
from generator.model.site import Site
from generator.publish.ledger import WITHHELD
from generator.publish.tallies import Tallies

NOTHING = "-"


@dataclass(frozen=True)
class Figures:
    """Counts of a unit, a group or the whole city."""

    submitted: int
    """Rows sent, the withheld ones included."""
    records: int
    """Records accepted (数据总量)."""
    late: int
    undetermined: int

    @property
    def late_text(self) -> str:
        """Number of late records, a dash for a unit without any record."""
        return str(self.late) if self.records else NOTHING

    @property
    def late_rate(self) -> str:
        """迟报率 = late ÷ records, in per cent."""
        return percent(self.late, self.records)

    @property
    def compliance(self) -> str:
        """数据质量合格率 = accepted ÷ submitted, in per cent."""
        return percent(self.records, self.submitted)


@dataclass(frozen=True)
class Line:
    """A row of an annex."""

    number: int
    name: str
    figures: Figures


@dataclass(frozen=True)
class Annex:
    """The table of a group."""

    group: BulletinGroup
    lines: list[Line]
    total: Figures


@dataclass(frozen=True)
class Bulletin:
    """All figures of a month."""

    month: str
    total: Figures
    annexes: list[Annex]


def percent(part: int, whole: int) -> str:
    """A rate as bulletins print it; a dash where nothing was counted."""
    return NOTHING if whole == 0 else rate_text(Decimal(part) * 100 / whole)


def rate_text(rate: Decimal) -> str:
    """Per cent with two decimals, half up, but 0 and 100 bare."""
    if rate in (0, 100):
        return f"{rate:.0f}"
    return str(rate.quantize(Decimal("0.01"), ROUND_HALF_UP))


def bulletin(month: str, tallies: Tallies, rules: BulletinRules, site: Site) -> Bulletin:
    """The bulletin of a month of report."""
    figures = figures_by_unit(tallies.select(month=month, kind=list(rules.kinds)))
    none = sum_of_figures([])
    annexes = []
    for group in rules.groups:
        places = [place for place, unit in enumerate(site.units) if unit.group == group.group]
        units = [(site.units[place].name, figures.get(place, none)) for place in places]
        # The most first; units with equally many stay in their official order.
        units.sort(key=lambda entry: -entry[1].records)
        lines = [Line(number, name, of_unit) for number, (name, of_unit) in enumerate(units, 1)]
        annexes.append(Annex(group, lines, sum_of_figures([of_unit for _, of_unit in units])))
    return Bulletin(month, sum_of_figures(list(figures.values())), annexes)


def months_to_report(tallies: Tallies, rules: BulletinRules, this_month: str) -> list[str]:
    """Months that are over and have records, newest first."""
    counted = tallies.select(kind=list(rules.kinds), counted=True)
    return [month for month in counted.months() if month < this_month]


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
