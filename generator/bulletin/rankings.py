"""Which units a bulletin names, and in which order: by rule, never by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.bulletin.declaration import Against, RankingRules
from generator.bulletin.figures import Figures, Line


@dataclass(frozen=True)
class Ranked:
    """A line that a sentence names, with the figure it is named for."""

    line: Line
    figures: str
    column: str


def ranked(rules: RankingRules, figures: Figures, former: Sequence[Figures]) -> list[Ranked]:
    """The lines that a rule names. `former`: the same figures of former bulletins, newest first.

    The first have more than nothing. Lines with equal figures are named together; where the rule would name every
    line, or there are too few former bulletins, it names none.
    """
    lines = [line for line in figures.of_group(rules.group) if rules.column in line.values]
    named = [line for line in lines if _fits(line, rules, former)]
    # Equals stay in the official order.
    named.sort(key=lambda line: line.values[rules.column] * (1 if rules.least else -1))
    if rules.take is not None and len(named) > rules.take:
        limit = named[rules.take - 1].values[rules.column]
        named = [line for line in named if _within(line.values[rules.column], limit, rules.least)]
    if rules.take is not None and len(named) == len(lines):
        return []
    return [Ranked(line, rules.figures, rules.column) for line in named]


def _fits(line: Line, rules: RankingRules, former: Sequence[Figures]) -> bool:
    value = line.values[rules.column]
    if rules.over is not None and value <= rules.over:
        return False
    if rules.below is not None and value >= rules.below:
        return False
    if rules.take is not None and not rules.least and value <= 0:
        return False
    return rules.against is None or _grown(line.key, value, rules.column, rules.against, former)


def _within(value: Decimal, limit: Decimal, least: bool) -> bool:
    return value <= limit if least else value >= limit


def _grown(key: str, value: Decimal, column: str, against: Against, former: Sequence[Figures]) -> bool:
    values: list[Mapping[str, Decimal]] = [figures.values().get(key, {}) for figures in former[: against.periods]]
    known = [found[column] for found in values if column in found]
    if len(known) < against.periods:
        return False
    mean = sum(known, Decimal(0)) / len(known)
    return value > mean and (value - mean) * 100 >= mean * against.percent
