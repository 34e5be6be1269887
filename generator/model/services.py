"""What applicants are told about repair and objection, as declared in data/rules/services.yml: dated, with sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import ConfigError, Declared, PlacedError, line_of, read_declaration
from generator.model.timeliness import ReportingLimits
from generator.model.vocabulary import Vocabulary

REASONS = "withdrawal_reason"
"""Vocabulary of the reasons of withdrawals."""
OUTCOMES = "objection_outcome"
"""Vocabulary of the outcomes of objections."""


class Source(Declared):
    """Where something was read, and how sure that is."""

    text: str
    sure: Literal["seen", "memory"]
    """seen: in the text itself, a copy of it or an official paper; memory: to be checked, and shown as such."""


class Said(Declared):
    """One condition, step, material or place, and the id of its source."""

    text: str
    source: str


class Term(Said):
    """Within how many working days something is done."""

    working_days: int = Setting(gt=0)


class Edition(Declared):
    """What applies from `since` until `until`, both included; without `until`, until further notice."""

    since: date
    until: date | None = None
    title: str
    number: str
    conditions: tuple[Said, ...]
    steps: tuple[Said, ...] = Setting(min_length=1)
    materials: tuple[Said, ...]
    terms: tuple[Term, ...]
    places: tuple[Said, ...] = Setting(min_length=1)

    def lines(self) -> Iterator[Said]:
        """Everything it says."""
        yield from (*self.conditions, *self.steps, *self.materials, *self.terms, *self.places)


class Guide(Declared):
    """The guide of a service: its editions, oldest first."""

    reason: str
    """Reason of the withdrawals that come of it."""
    editions: tuple[Edition, ...] = Setting(min_length=1)

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Guide:
        for place, (one, after) in enumerate(zip(self.editions, self.editions[1:], strict=False)):
            if one.until is None or not one.since <= one.until < after.since:
                raise PlacedError("各段须按施行日期先后排列，互不重叠", "editions", place)
        return self


class ObjectionGuide(Guide):
    """The guide of objections, and by what their handling is measured."""

    upheld: str
    """The outcome of an objection that is valid."""
    answer: ReportingLimits
    """Working days from the day of acceptance, which is not counted."""
    target_per_100000: float = Setting(gt=0)
    """Valid objections per 100,000 records reported, at most."""
    target_source: str


class Services(Declared):
    """services.yml."""

    sources: dict[str, Source]
    repair: Guide
    objection: ObjectionGuide

    @model_validator(mode="after")
    def _sources_are_declared(self) -> Services:
        for name, guide in (("repair", self.repair), ("objection", self.objection)):
            for place, edition in enumerate(guide.editions):
                if strange := {line.source for line in edition.lines()} - self.sources.keys():
                    raise PlacedError(f"sources 中没有：{'、'.join(sorted(strange))}", name, "editions", place)
        return self


def load_services(path: Path, vocabularies: dict[str, Vocabulary]) -> Services:
    """Read data/rules/services.yml. Raises ConfigError."""
    services = read_declaration(path, Services)
    for place, value, vocabulary in (
        (("repair", "reason"), services.repair.reason, REASONS),
        (("objection", "reason"), services.objection.reason, REASONS),
        (("objection", "upheld"), services.objection.upheld, OUTCOMES),
    ):
        if vocabulary not in vocabularies or value not in vocabularies[vocabulary].values:
            message = f"{'.'.join(place)}：“{value}”不在 data/vocab/{vocabulary}.yml 所列选项内"
            raise ConfigError(path, line_of(path, *place), message)
    return services
