"""The figures of a bulletin: lines of units or regions, and their sums. Rates follow from their parts, rounded once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from generator.bulletin.declaration import ALL, BulletinColumn, FigureRules
from generator.statistics.figures import NOTHING, rate_text

Values = Mapping[str, Decimal]
"""Column → figure. Counts are whole; rates are in per cent, as they are printed. What was not counted is not there."""


@dataclass(frozen=True)
class Line:
    """The figures of a unit or a region."""

    key: str
    """Unit id or region code."""
    name: str
    """What it was called at the time."""
    group: str
    """Group of the unit, "" for a region."""
    values: Values
    digest: str = ""
    """Of the records that were counted, see `counted`; "" where none were."""


@dataclass(frozen=True)
class Figures:
    """One set of figures; lines stand in the official order."""

    rules: FigureRules
    lines: tuple[Line, ...]
    stated: Mapping[str, Values] = field(default_factory=dict)
    """Sums as they were frozen; what is not there is added up."""
    file: str = ""
    """Of the statistics that they were taken from; "" for what was counted or frozen."""

    @cached_property
    def sums(self) -> dict[str, Values]:
        """Name of a sum → its figures, as frozen or, without that, as they add up."""
        return {**self.added_up, **self.stated}

    @cached_property
    def added_up(self) -> dict[str, Values]:
        """Name of a sum → its figures by the single lines."""
        members = {ALL: self.lines}
        members |= {name: tuple(self.of_group(group)) for name, group in self.rules.sums.items()}
        return {name: summed((line.values for line in lines), self.rules) for name, lines in members.items()}

    def of_group(self, group: str | None) -> list[Line]:
        """The lines of a group of units; all without one."""
        return [line for line in self.lines if group is None or line.group == group]

    def values(self) -> dict[str, Values]:
        """Lines and sums together, by key and name."""
        return {**{line.key: line.values for line in self.lines}, **self.sums}


def summed(lines: Iterable[Values], rules: FigureRules) -> Values:
    """The sum of lines: counts added up, rates of the sums."""
    found: dict[str, Decimal] = {}
    for values in lines:
        for name, value in values.items():
            if not rules.columns[name].is_rate:
                found[name] = found.get(name, Decimal(0)) + value
    return with_rates(found, rules)


def with_rates(counts: Values, rules: FigureRules) -> Values:
    """Counts and the rates that follow from them, in the order of the columns."""
    found: dict[str, Decimal] = {}
    for name, column in rules.columns.items():
        value = rate_of(column, counts) if column.is_rate else counts.get(name)
        if value is not None:
            found[name] = value
    return found


def rate_of(column: BulletinColumn, counts: Values) -> Decimal | None:
    """A rate by its parts; None where there is nothing to have a rate of."""
    if column.share:
        part, whole = (counts.get(name) for name in column.share)
        return Decimal(rate_text(part * 100 / whole)) if part is not None and whole else None
    known = [counts[name] for name in column.covers if name in counts]
    return Decimal(rate_text(Decimal(100) * sum(value > 0 for value in known) / len(column.covers))) if known else None


def text_of(values: Values, name: str, rules: FigureRules) -> str:
    """A figure as tables and sentences print it; a dash where there is none, or nothing that it could be of."""
    needs = rules.columns[name].needs
    if name not in values or (needs is not None and not values.get(needs)):
        return NOTHING
    return str(values[name]) if rules.columns[name].is_rate else str(int(values[name]))
