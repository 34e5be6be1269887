"""Working days by the calendar of the State Council.

Years up to the last one in chinesecalendar come from there; any year can be given, or corrected,
by a file data/rules/calendar/<year>.yml. A year without data is never guessed: what depends on it
is undetermined (未定).
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from chinese_calendar.constants import holidays, workdays

from generator.model.declaration import ConfigError, Declared, read_declaration
from generator.model.distinct import each_once


class CalendarYear(Declared):
    """One year of the State Council's notice on holidays, as declared in data/rules/calendar/<year>.yml."""

    year: int
    source: str
    """Number and address of the notice."""
    off: tuple[date, ...]
    """Days off that are no Saturday or Sunday."""
    work: tuple[date, ...] = ()
    """Saturdays and Sundays that are worked (调休)."""


class WorkingDays:
    """Counts working days over the years that have data.

    `first` and `last` are the bounds of what is known, both included; a gap between them is not
    possible, because a declared year has to follow on the last one known.
    """

    def __init__(self, first: date, working: np.ndarray) -> None:
        self.first = first
        self.last = first + timedelta(days=len(working) - 1)
        self._working = working
        # Working days up to and including each day: a difference of two entries counts those between.
        self._until = np.cumsum(working)

    def is_working(self, day: date) -> bool:
        """Whether a day is worked. Raises LookupError for a year without data."""
        if not self.first <= day <= self.last:
            raise LookupError(f"{day.year} 年没有工作日历")
        return bool(self._working[(day - self.first).days])

    def deadline(self, decided: date, limit: int) -> date | None:
        """The `limit`-th working day after a decision; None if it falls into a year without data.

        The day of the decision is not counted (民法典第二百零一条).
        """
        if decided > self.last:
            return None
        # Of a decision before the first known year, the days from there on are counted: a later limit than the
        # true one, so nothing is called late that is not.
        passed = self._until[(decided - self.first).days] if decided >= self.first else 0
        place = int(np.searchsorted(self._until, passed + limit))
        return None if place == len(self._until) else self.first + timedelta(days=place)

    def between(self, day: date, later: date) -> int | None:
        """Working days after a day up to and including a later one; None if either is in a year without data."""
        if not self.first <= day <= later <= self.last:
            return None
        return int(self._until[(later - self.first).days] - self._until[(day - self.first).days])

    def deadlines(self, decided: pd.Series, limit: int) -> pd.Series:
        """`deadline` for a column of ISO days; "" where it is undetermined or the day is not given."""
        return each_once(
            decided, lambda different: pd.Series([self._last(day, limit) for day in different], dtype="str")
        )

    def _last(self, decided: str, limit: int) -> str:
        found = self.deadline(date.fromisoformat(decided), limit) if decided else None
        return found.isoformat() if found else ""


def load_working_days(folder: Path) -> WorkingDays:
    """The calendar of chinesecalendar, extended or corrected by the files of the folder."""
    first, last = min(holidays).year, max(holidays).year
    years = {year: _worked(year, holidays.keys(), workdays.keys()) for year in range(first, last + 1)}
    for path in sorted(folder.glob("*.yml")):
        declared = read_declaration(path, CalendarYear)
        if path.stem != str(declared.year):
            raise ConfigError(path, 1, f"文件名应为年份：{declared.year}.yml")
        if not first <= declared.year <= max(years) + 1:
            raise ConfigError(path, 1, f"年份须与已有日历相连，下一个应为 {max(years) + 1}")
        years[declared.year] = _declared_year(path, declared)
    return WorkingDays(date(first, 1, 1), np.concatenate([years[year] for year in sorted(years)]))


def _days_of(year: int) -> list[date]:
    start = date(year, 1, 1)
    return [start + timedelta(days=n) for n in range((date(year + 1, 1, 1) - start).days)]


def _declared_year(path: Path, declared: CalendarYear) -> np.ndarray:
    for day in (*declared.off, *declared.work):
        if day.year != declared.year:
            raise ConfigError(path, None, f"{day} 不在 {declared.year} 年内")
    return _worked(declared.year, set(declared.off), set(declared.work))


def _worked(year: int, off: Set[date], work: Set[date]) -> np.ndarray:
    return np.array([day in work or (day.weekday() < 5 and day not in off) for day in _days_of(year)])
