"""Who is expected to report what and how often, and what counts as saying that there was nothing to report.

Declared in data/rules/reporting.yml: expectations are dated and carry their source, as they are local rules.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import ConfigError, Declared, PlacedError, read_declaration, spot
from generator.model.site import Site, Unit


class Expectation(Declared):
    """Something of these kinds is expected at least every so many days."""

    title: str
    since: date
    until: date | None = None
    """Last day on which it is expected; open where none is given."""
    kinds: tuple[str, ...] = Setting(min_length=1)
    """A report of any one of them will do. Kinds that a portal does not have are passed over."""
    days: int = Setting(gt=0)
    source: str

    def in_force(self, today: date) -> bool:
        """Whether it is expected on a day."""
        return self.since <= today and (self.until is None or today <= self.until)


class UnitExpectation(Expectation):
    """An expectation of every unit of some groups, or of all units; `except` names those it leaves out."""

    groups: tuple[str, ...] = ()
    but: tuple[str, ...] = Setting((), alias="except")

    def meets(self, unit: Unit) -> bool:
        """Whether it is expected of a unit."""
        return unit.id not in self.but and (not self.groups or unit.group in self.groups)


class NumberRules(Declared):
    """Which sequences of document numbers are judged for gaps."""

    enough: int = Setting(gt=1)
    """Fewer different numbers tell nothing."""
    filled: float = Setting(gt=0, le=1)
    """At least this share of the numbers between the first and the last has to be there: a sequence that other
    documents share is full of holes that mean nothing."""
    source: str


class ReportingRules(Declared):
    """data/rules/reporting.yml."""

    nothing: tuple[str, ...] = ()
    """What a clerk writes into a file to say that the unit has nothing of the kind this month."""
    units: tuple[UnitExpectation, ...] = ()
    kinds: tuple[Expectation, ...] = ()
    numbers: NumberRules

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> ReportingRules:
        for key, entries in (("units", self.units), ("kinds", self.kinds)):
            for place, entry in enumerate(entries):
                if entry.until is not None and entry.until < entry.since:
                    raise PlacedError("until 不能早于 since", key, place, "until")
        return self


def load_reporting_rules(path: Path, site: Site) -> ReportingRules:
    """Read data/rules/reporting.yml. Raises ConfigError for a group or unit that data/site.yml does not have."""
    rules = read_declaration(path, ReportingRules)
    units = {unit.id for unit in site.units}
    for place, entry in enumerate(rules.units):
        for key, written, known in (("groups", entry.groups, set(site.groups)), ("except", entry.but, units)):
            if strange := sorted(set(written) - known):
                raise ConfigError(
                    *spot(path, "units", place, key), f"data/site.yml 中没有 {'、'.join(strange)}（{key}）"
                )
    return rules
