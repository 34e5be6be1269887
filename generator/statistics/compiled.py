"""All statistics of a portal: read, checked, added up, compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.check.statistics import Delivered, delivered_statistics
from generator.intake.statistics import STATISTICS, StatisticsFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.model.statistics import Topic, end_of
from generator.publish.tallies import Tallies
from generator.statistics.counted import counted_figures
from generator.statistics.tables import Table, Tables, table
from generator.statistics.wording import number_text


@dataclass(frozen=True)
class Statistics:
    """What pages and scores read."""

    tables: Tables
    """Topic → its tables, newest period first; a topic without figures has none."""
    issues: list[Issue]


def compile_statistics(portal: Portal, sources: list[StatisticsFile], tallies: Tallies, today: date) -> Statistics:
    """Put together the tables of the given files and of tallies. Topics that others are shares of come first."""
    delivered, issues = delivered_statistics(portal, sources)
    found: dict[str, list[Table]] = {}
    for topic in _in_order(portal.topics):
        given = {entry.period: entry for entry in delivered if entry.topic is topic}
        counted = counted_figures(topic, tallies, portal, f"{today:%Y-%m}")
        periods = sorted({*given, *counted}, key=lambda period: (end_of(period), period), reverse=True)
        built = [
            table(topic, period, given.get(period), counted.get(period, {}), found, portal.site) for period in periods
        ]
        found[topic.id] = [entry for entry in built if entry.rows]
        issues += [issue for entry in found[topic.id] for issue in _told(entry, given.get(entry.period))]
    return Statistics(found, sorted(issues))


def _in_order(topics: dict[str, Topic]) -> list[Topic]:
    """Topics that compute no share of others before those that do; a share of a share is not foreseen."""
    return sorted(topics.values(), key=lambda topic: any(column.share_of for column in topic.columns.values()))


def _told(entry: Table, given: Delivered | None) -> Iterator[Issue]:
    """A warning for each contradiction, at the file or, where there is none, at the declaration."""
    file = given.path if given else f"{STATISTICS}/{entry.topic.id}"
    for found in entry.differences:
        words = {"stated": found.stated, "found": found.found, "difference": found.difference}
        details = ("basis", found.basis), *((name, number_text(figure)) for name, figure in words.items())
        yield Issue(file, column=found.what, code="statistics-differ", details=details)
