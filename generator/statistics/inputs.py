"""Finds the figures that scoring rules need: in the portal's records, in its statistics, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.model.indicators import Indicators, Input, RecordSource, TopicSource
from generator.model.portal import Portal
from generator.model.statistics import end_of
from generator.publish.tallies import Tallies
from generator.statistics.figures import Figures, figures_by_unit, sum_of_figures
from generator.statistics.tables import Tables


@dataclass(frozen=True)
class Known:
    """What is known of an input for a region."""

    title: str
    unit: str
    value: Fraction | None = None
    """None: not delivered (未报送); always None for a monthly input."""
    months: Mapping[str, Fraction] = field(default_factory=dict)
    """Month → value of a monthly input; months without one are not there."""
    where: tuple[str, ...] = ()
    """Where the values come from, in words."""
    complete: bool = False
    """Whether it was delivered, for every month if it is monthly."""


@dataclass(frozen=True)
class Evidence:
    """All that inputs are looked for in."""

    portal: Portal
    indicators: Indicators
    tables: Tables
    tallies: Tallies

    def known(self, needed: Input, region: str) -> Known:
        """An input of a region."""
        place = self.portal.site.region if needed.of == "city" else region
        if needed.monthly:
            found = {month: self._first(needed, place, month) for month in self.indicators.period.months()}
            months = {month: entry for month, entry in found.items() if entry}
            where = tuple(dict.fromkeys(source for _, source in months.values()))
            values = {month: value for month, (value, _) in months.items()}
            return Known(needed.title, needed.unit, None, values, where, len(months) == len(found))
        value, source = self._first(needed, place, None) or (None, "")
        return Known(needed.title, needed.unit, value, {}, (source,) if source else (), value is not None)

    def _first(self, needed: Input, region: str, month: str | None) -> tuple[Fraction, str] | None:
        """The value of the first source that has one, and that source in words."""
        for source in needed.sources:
            if isinstance(source, TopicSource):
                found = self._of_topic(source, region, month)
            else:
                found = self._of_records(source, region, month)
            if found:
                return found
        return None

    def _of_topic(self, source: TopicSource, region: str, month: str | None) -> tuple[Fraction, str] | None:
        """The newest figure up to the end of the period, or the one of a month: its row, or the table of the month."""
        last = end_of(self.indicators.period.last)
        for table in self.tables.get(source.topic, []):
            # A table of months is asked by its rows: without a month it has none that fits.
            by_month = "month" in table.topic.rows
            fits = by_month or (table.period == month if month else end_of(table.period) <= last)
            keys = {"region": region, "month": month or ""}
            key = tuple(keys.get(name, "") for name in table.topic.rows)
            value = table.cells().get(key, {}).get(source.column) if fits else None
            if value is not None:
                title = table.topic.columns[source.column].title
                return Fraction(value), f"统计数据“{table.topic.title}”（{table.period}）{title}"
        return None

    def _of_records(self, source: RecordSource, region: str, month: str | None) -> tuple[Fraction, str] | None:
        kinds = [kind for kind in source.kinds if kind in self.portal.kinds]
        if not kinds:
            return None
        where: dict[str, object] = {"kind": kinds} | ({"month": month} if month else {})
        figures = self._figures(self.tallies.select(**where), region)
        said = f"本站{'、'.join(self.portal.kinds[kind].title for kind in kinds)}记录"
        if not figures.submitted:
            return None
        if source.figure == "records":
            return Fraction(figures.records), said
        if source.figure == "compliance":
            return Fraction(figures.records * 100, figures.submitted), said
        # Of records whose limit is not known nobody can say that they were in time.
        if figures.undetermined or not figures.records:
            return None
        return Fraction((figures.records - figures.late) * 100, figures.records), said

    def _figures(self, tallies: Tallies, region: str) -> Figures:
        """Of the units of a region; for the city as a whole, of all."""
        site = self.portal.site
        of_unit = figures_by_unit(tallies)
        return sum_of_figures(
            [figures for unit, figures in of_unit.items() if region in (site.region, site.units[unit].region)]
        )
