"""Scores of regions: each indicator with its inputs, and the total out of a hundred."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.model.indicators import Indicator
from generator.model.portal import Portal
from generator.publish.tallies import Tallies
from generator.statistics.inputs import Evidence, Known
from generator.statistics.scoring import outcome
from generator.statistics.tables import Tables


@dataclass(frozen=True)
class Score:
    """One indicator of one region."""

    indicator: Indicator
    points: Decimal | None
    """None: not scored, because of inputs that were not delivered or for the reason that `formula` gives."""
    formula: str
    inputs: list[Known]

    @property
    def partial(self) -> bool:
        """Whether points were given although not all was delivered: what is lacking earned none."""
        return self.points is not None and not all(known.complete for known in self.inputs)


@dataclass(frozen=True)
class RegionScores:
    """All indicators of one region."""

    code: str
    name: str
    scores: list[Score]

    @property
    def total(self) -> Decimal | None:
        """Sum of the points there are; None where nothing was scored."""
        points = [score.points for score in self.scores if score.points is not None]
        return sum(points, Decimal(0)) if points else None

    @property
    def unscored(self) -> Decimal:
        """Weight of the indicators without points."""
        return sum((score.indicator.weight for score in self.scores if score.points is None), Decimal(0))


def scores(portal: Portal, tables: Tables, tallies: Tallies) -> list[RegionScores]:
    """Scores of every region within the portal's own (of itself where it has none), the highest total first.

    Empty where the portal declares no indicators or has no statistics: records alone give a few points of a hundred,
    which would be taken for a score.
    """
    if portal.indicators is None or not any(tables.values()):
        return []
    evidence = Evidence(portal, portal.indicators, tables, tallies)
    own = portal.site.region
    regions = [region for region in portal.site.regions if region.code != own] or list(portal.site.regions)
    found = [RegionScores(region.code, region.name, _of_region(evidence, region.code)) for region in regions]
    if all(region.total is None for region in found):
        return []
    return sorted(found, key=lambda region: -(region.total or Decimal(-1)))


def _of_region(evidence: Evidence, region: str) -> list[Score]:
    months = evidence.indicators.period.months()
    found = []
    for indicator in evidence.indicators.indicators:
        inputs = {name: evidence.known(needed, region) for name, needed in indicator.inputs.items()}
        result = outcome(indicator.rule, indicator.weight, inputs, months)
        found.append(Score(indicator, result.points, result.formula, list(inputs.values())))
    return found
