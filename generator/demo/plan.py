"""How many records each unit reports in each month, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.demo.draws import Draws
from generator.demo.matters import Matters
from generator.demo.wording import AnyCity, Reference
from generator.model.calendar import WorkingDays
from generator.model.site import Site

_EPOCH = date(1970, 1, 1)

# Working days from the decision to the report. On time are up to seven (发改办财金〔2018〕424号); the eighth is left
# out, so that nothing hangs on whether the day of the decision counts.
_ON_TIME_WEIGHTS = np.array([1, 5, 6, 5, 4, 3, 2, 1])
_LATE = (9, 20)
# Records of a week are to be reported by Friday (双公示周清, the circular of the reference month).
_FRIDAY_WEIGHT = 3


@dataclass(frozen=True)
class MonthPlan:
    """What one month holds: for each unit of the site the number of records and of late ones."""

    month: str
    first_record: int
    """Running number of the month's first record."""
    counts: np.ndarray
    late: np.ndarray
    age: int = 0
    """Days: how much earlier than reporting in time would have it a record may have been decided."""


@dataclass(frozen=True)
class Reports:
    """For each record of a month, in the order of the units: its number, unit, and days counted from 1970-01-01."""

    index: np.ndarray
    unit: np.ndarray
    decided: np.ndarray
    reported: np.ndarray


def plan_reference(reference: Reference, site: Site) -> list[MonthPlan]:
    """The reference month, exactly as it is declared."""
    declared = [reference.counts.get(unit.id, (0, 0)) for unit in site.units]
    counts, late = np.array(declared, dtype=np.int64).T
    return [MonthPlan(reference.month, 0, counts, late)]


def plan_city(
    records: int, city: AnyCity, reference: Reference, site: Site, matters: Matters, draws: Draws
) -> list[MonthPlan]:
    """Any number of records over the months up to the last one, skewed over the units as in the reference month."""
    months = _months_up_to(city.last_month, city.months)
    usual = np.array([reference.counts.get(unit.id, (city.quiet_unit, 0))[0] for unit in site.units], dtype=float)
    usual[[len(of_unit) == 0 for of_unit in matters.of_unit]] = 0
    cells = np.arange(len(months) * len(usual))
    swing = 0.7 + 0.6 * draws.share("swing", cells)
    counts = _apportion(records, np.tile(usual, len(months)) * swing)
    late = (counts * city.late_share + draws.share("late", cells)).astype(np.int64)
    table = counts.reshape(len(months), -1)
    firsts = np.cumsum(table.sum(axis=1)) - table.sum(axis=1)
    late = late.reshape(table.shape)
    return [MonthPlan(month, int(firsts[n]), table[n], late[n]) for n, month in enumerate(months)]


def draw_reports(plan: MonthPlan, calendar: WorkingDays, draws: Draws) -> Reports:
    """The days of a month's records. Raises LookupError for a year without a working calendar."""
    units = np.repeat(np.arange(len(plan.counts)), plan.counts)
    index = plan.first_record + np.arange(len(units))
    within = np.arange(len(units)) - np.repeat(np.cumsum(plan.counts) - plan.counts, plan.counts)
    late = within < plan.late[units]
    first = np.datetime64(plan.month, "D").astype(np.int64)
    past_end = (np.datetime64(plan.month, "M") + 1).astype("M8[D]").astype(np.int64)
    # Far enough back for the latest report of the month's first day.
    days = np.arange(first - 60, past_end)
    worked = days[[calendar.is_working(date.fromordinal(int(day) + _EPOCH.toordinal())) for day in days]]
    start = int(np.searchsorted(worked, first))
    weekday = (worked[start:] + 3) % 7  # 1970-01-01 was a Thursday
    reported = start + draws.weighted("reported", index, np.where(weekday == 4, _FRIDAY_WEIGHT, 1))
    on_time = draws.weighted("on time", index, _ON_TIME_WEIGHTS)
    overdue = _LATE[0] + draws.below("overdue", index, _LATE[1] - _LATE[0] + 1)
    decided = reported - np.where(late, overdue, on_time)
    earlier = draws.below("age", index, plan.age)
    return Reports(index, units, worked[decided] - earlier, worked[reported])


def _months_up_to(last: str, count: int) -> list[str]:
    end = np.datetime64(last, "M")
    return [str(month) for month in np.arange(end - count + 1, end + 1)]


def _apportion(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole numbers in the proportion of the weights that add up to the total (largest remainders)."""
    exact = total * weights / weights.sum()
    whole: np.ndarray = exact.astype(np.int64)
    missing = total - int(whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:missing]] += 1
    return whole
