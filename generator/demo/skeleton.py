"""The records of a month before they are put into words: when, who decides what, about whom, under which number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from generator.demo.draws import Draws
from generator.demo.matters import Matters
from generator.demo.plan import MonthPlan, Reports, draw_reports
from generator.demo.population import Population
from generator.demo.wording import Wording
from generator.model.calendar import WorkingDays
from generator.model.site import Site

_YEAR = "{year}"
_YEARS_OF_SERIES = 10_000

Issued = dict[int, int]
"""Series (and year) → how many documents it has issued."""


@dataclass(frozen=True)
class City:
    """All that the records of any month follow from."""

    site: Site
    wording: Wording
    matters: Matters
    population: Population
    draws: Draws
    calendar: WorkingDays


@dataclass(frozen=True)
class Skeleton:
    """Arrays with one entry a record, in the order of the units."""

    reports: Reports
    matter: np.ndarray
    subject: np.ndarray
    series: np.ndarray
    """Number of the series and, where its pattern names the year, of the year."""


def draw_skeleton(city: City, plan: MonthPlan) -> Skeleton:
    """Draw a month's records."""
    reports = draw_reports(plan, city.calendar, city.draws)
    matter = np.empty(len(reports.index), dtype=np.int64)
    ends = np.cumsum(plan.counts)
    for end, count, matters in zip(ends, plan.counts, city.matters.of_unit, strict=True):
        if count:
            index = reports.index[end - count : end]
            matter[end - count : end] = matters[city.draws.weighted("matter", index, city.matters.weight[matters])]
    subject = city.population.draw(city.draws, reports.index, city.matters.pool[matter])
    yearly = np.array([_YEAR in series.number for series in city.matters.series])
    serial = city.matters.serial[matter]
    series = serial * _YEARS_OF_SERIES + np.where(yearly[serial], years(reports.decided), 0)
    return Skeleton(reports, matter, subject, series)


def issue(skeleton: Skeleton, issued: Issued) -> Issued:
    """What each series has issued after a month, given what it had before."""
    series, counts = np.unique(skeleton.series, return_counts=True)
    month = zip(series.tolist(), counts.tolist(), strict=True)
    return {**issued, **{number: issued.get(number, 0) + count for number, count in month}}


def running_numbers(skeleton: Skeleton, issued: Issued) -> np.ndarray:
    """Number of each document: from 1 within its series, in the order of the decisions of a month."""
    order = np.lexsort((skeleton.reports.index, skeleton.reports.decided, skeleton.series))
    series, starts, counts = np.unique(skeleton.series[order], return_index=True, return_counts=True)
    before = np.array([issued.get(number, 0) for number in series.tolist()], dtype=np.int64)
    running = np.empty(len(order), dtype=np.int64)
    running[order] = 1 + np.arange(len(order)) + np.repeat(before - starts, counts)
    return running


def years(days: np.ndarray) -> np.ndarray:
    """Calendar years of days counted from 1970-01-01."""
    return days.astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
