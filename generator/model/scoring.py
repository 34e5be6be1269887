"""Forms of scoring rules. What each gives for its inputs is computed in `generator/statistics/scoring.py`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import Declared, PlacedError

Points = Annotated[Decimal, Setting(gt=0)]


class Measure(Declared):
    """What a rule measures: an input, the sum or the largest of several, or the per cent of it in another."""

    of: tuple[str, ...] = Setting(min_length=1)
    take: Literal["sum", "largest"] = "sum"
    per: str | None = None

    def names(self) -> tuple[str, ...]:
        """Inputs that are needed."""
        return (*self.of, *((self.per,) if self.per else ()))

    def most(self, months: int) -> Decimal | None:
        """The most points a rule gives in so many months; None where the indicator's weight is the most."""
        return None


class RankRule(Measure):
    """Full marks up to a rank; each further step of ranks that is begun costs points; nothing beyond a rank."""

    type: Literal["rank"]
    full_to: Points
    every: Points
    minus: Points
    none_beyond: Points


class DeductRule(Measure):
    """Full marks, less points for each case, or for each that is lacking to a target; never below 0."""

    type: Literal["deduct"]
    minus: Points
    target: Points | None = None


class LinearRule(Measure):
    """Full marks at one threshold, none at the other, in proportion between them. Either may be the greater."""

    type: Literal["linear"]
    full: Decimal
    none: Decimal

    @model_validator(mode="after")
    def _apart(self) -> LinearRule:
        if self.full == self.none:
            raise PlacedError("full 与 none 不能相同", "full")
        return self


class Band(Declared):
    """Points for what is more than a threshold, which itself is not enough."""

    over: Decimal
    points: Points


class OnlyBelow(Declared):
    """A rule that its source gives only for what lies below a limit."""

    input: str
    below: Points


class BandsRule(Measure):
    """Points by thresholds, the highest first; nothing at or below the lowest."""

    type: Literal["bands"]
    bands: tuple[Band, ...] = Setting(min_length=1)
    only: OnlyBelow | None = None

    @model_validator(mode="after")
    def _falling(self) -> BandsRule:
        thresholds = [band.over for band in self.bands]
        if thresholds != sorted(set(thresholds), reverse=True):
            raise PlacedError("须按 over 从大到小排列", "bands")
        return self

    def names(self) -> tuple[str, ...]:
        """Inputs that are needed."""
        return (*super().names(), *((self.only.input,) if self.only else ()))

    def most(self, months: int) -> Decimal | None:
        """The points of the highest band."""
        return max(band.points for band in self.bands)


class CasesRule(Measure):
    """Points for each case, up to the indicator's weight."""

    type: Literal["cases"]
    points: Points


class Items(Declared):
    """A rule over several inputs, each with points of its own."""

    of: tuple[str, ...] = Setting(min_length=1)

    def names(self) -> tuple[str, ...]:
        """Inputs that are needed."""
        return self.of


class ReachedRule(Items):
    """Points for each input that reaches a number."""

    type: Literal["reached"]
    at_least: Decimal
    points: Points

    def most(self, months: int) -> Decimal | None:
        """All of them."""
        return self.points * len(self.of)


class MonthsRule(Items):
    """Points for each month in which an input has a certain value; one that has not loses them (扣)."""

    type: Literal["months"]
    equals: Decimal
    points: Points

    def most(self, months: int) -> Decimal | None:
        """Every input in every month."""
        return self.points * len(self.of) * months


class AssessedRule(Items):
    """Points that somebody has awarded, up to a maximum for each input."""

    type: Literal["assessed"]
    each: Points

    def most(self, months: int) -> Decimal | None:
        """All of them."""
        return self.each * len(self.of)


class GrantedRule(Declared):
    """Points for each input that says 是."""

    type: Literal["granted"]
    points: dict[str, Points] = Setting(min_length=1)

    def names(self) -> tuple[str, ...]:
        """Inputs that are needed."""
        return tuple(self.points)

    def most(self, months: int) -> Decimal | None:
        """All of them."""
        return sum(self.points.values(), Decimal(0))


Rule = Annotated[
    RankRule | DeductRule | LinearRule | BandsRule | CasesRule | ReachedRule | MonthsRule | AssessedRule | GrantedRule,
    Setting(discriminator="type"),
]
