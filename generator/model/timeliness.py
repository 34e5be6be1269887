"""Within how many working days a decision has to be reported, as declared in data/rules/timeliness.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.calendar import WorkingDays
from generator.model.declaration import Declared, PlacedError, read_declaration

ON_TIME, LATE, UNDETERMINED = "on_time", "late", "undetermined"
"""States of a record's timeliness; undetermined (未定) where the calendar of the year is missing."""


class ReportingLimit(Declared):
    """A limit and the first day of decision it applies to."""

    since: date
    working_days: int = Setting(gt=0)
    source: str


class ReportingLimits(Declared):
    """The limits, oldest first."""

    limits: tuple[ReportingLimit, ...] = Setting(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> ReportingLimits:
        if list(self.limits) != sorted(self.limits, key=lambda limit: limit.since):
            raise PlacedError("须按 since 从早到晚排列", "limits")
        return self

    def deadlines(self, decided: pd.Series, calendar: WorkingDays) -> pd.Series:
        """Last day on time for a column of ISO days of decision; "" where undetermined."""
        deadlines = pd.Series("", index=decided.index, dtype="str")
        for place, limit in enumerate(self.limits):
            # The oldest limit known also measures what was decided before it.
            applies = (decided >= limit.since.isoformat()) if place else (decided != "")
            deadlines = deadlines.where(~applies, calendar.deadlines(decided.where(applies, ""), limit.working_days))
        return deadlines

    def timeliness(self, decided: pd.Series, reported: pd.Series, calendar: WorkingDays) -> pd.Series:
        """Per row `on_time`, `late` or `undetermined`."""
        deadlines = self.deadlines(decided, calendar)
        state = pd.Series(ON_TIME, index=decided.index, dtype="str")
        state = state.where(~(reported > deadlines), LATE)
        return state.where(deadlines != "", UNDETERMINED)


def load_reporting_limits(path: Path) -> ReportingLimits:
    """Read data/rules/timeliness.yml."""
    return read_declaration(path, ReportingLimits)
