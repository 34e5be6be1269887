"""Who has sent nothing for too long, of which kinds there is nothing, and which statistics are out of date.

What is expected is declared in data/rules/reporting.yml and, of statistics, under `rhythm` of each topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from generator.model.portal import Portal
from generator.model.reporting import Expectation, UnitExpectation
from generator.model.statistics import Topic, end_of
from generator.publish.ledger import ADDED
from generator.publish.reports import Reports
from generator.publish.tallies import Tallies
from generator.statistics.tables import Table, Tables


@dataclass(frozen=True)
class LastReport:
    """When something was last sent."""

    day: str
    """ISO day; "" for never."""
    nothing: bool
    """What was sent last is the word that there is nothing."""
    since: int
    """Days from then until today; 0 where nothing was ever sent."""
    limit: int
    """Days that may pass; 0 where nothing is expected."""

    @property
    def late(self) -> bool:
        """Whether more days have passed than may, or nothing ever came."""
        return not self.day or bool(self.limit and self.since > self.limit)


def last_report_text(last: LastReport) -> str:
    """What is to be said of a last report, for pages and for the terminal alike."""
    if not last.day:
        return "从未报送"
    if last.late:
        return f"超过 {last.limit} 日未报送"
    said = "正常" if last.limit else "不定期"
    return f"{said}（{last.day[:4]}年{int(last.day[5:7])}月零报告）" if last.nothing else said


@dataclass(frozen=True)
class UnitReport:
    """What a unit sent of the kinds that are expected of it."""

    unit: str
    last: LastReport
    this_month: int
    """Records reported this month."""


@dataclass(frozen=True)
class Expected:
    """An expectation and how the units meet it."""

    expectation: Expectation
    kinds: tuple[str, ...]
    """Titles of the kinds that count."""
    units: list[UnitReport]
    """In the official order."""

    @property
    def late(self) -> list[UnitReport]:
        """Those that sent nothing for too long."""
        return [entry for entry in self.units if entry.last.late]


@dataclass(frozen=True)
class KindReport:
    """What was sent of a kind by all units."""

    kind: str
    last: LastReport
    this_month: int


@dataclass(frozen=True)
class TopicReport:
    """Up to when a topic of statistics has figures."""

    title: str
    newest: date | None
    """Last day of the newest period that has figures, at most today."""
    due: date
    """Last day of the newest period that has to have them."""

    @property
    def late(self) -> bool:
        """Whether figures are missing that should be there."""
        return self.newest is None or self.newest < self.due


@dataclass(frozen=True)
class Freshness:
    """All of it, as of a day."""

    units: list[Expected]
    kinds: list[KindReport]
    """In the order of the menu, supplements last."""
    topics: list[TopicReport]
    """Those with a rhythm."""


def freshness(portal: Portal, reports: Reports, tallies: Tallies, tables: Tables, today: date) -> Freshness:
    """Compare what was sent with what is expected on a day."""
    of_month = tallies.select(month=f"{today:%Y-%m}")
    # What completes a record of another file is reported as well, though no bulletin counts it.
    this_month = pd.concat([of_month.records().counts, of_month.select(state=ADDED).counts])
    return Freshness(
        units=[
            _expected(portal, entry, reports, this_month, today)
            for entry in portal.reporting.units
            if entry.in_force(today) and set(entry.kinds) & portal.forms.keys()
        ],
        kinds=list(_kinds(portal, reports, this_month, today)),
        topics=list(_topics(portal.topics.values(), tables, today)),
    )


def _expected(
    portal: Portal, entry: UnitExpectation, reports: Reports, this_month: pd.DataFrame, today: date
) -> Expected:
    kinds = [kind for kind in entry.kinds if kind in portal.forms]
    found = _newest(reports.last[reports.last["kind"].isin(kinds)], "unit")
    counts = this_month[this_month["kind"].isin(kinds)].groupby("unit")["count"].sum()
    units = [
        UnitReport(unit.name, _last(found, place, entry.days, today), int(counts.get(place, 0)))
        for place, unit in enumerate(portal.site.units)
        if entry.meets(unit)
    ]
    return Expected(entry, tuple(portal.forms[kind].title for kind in kinds), units)


def _kinds(portal: Portal, reports: Reports, this_month: pd.DataFrame, today: date) -> Iterator[KindReport]:
    limits: dict[str, int] = {}
    for entry in portal.reporting.kinds:
        if entry.in_force(today):
            for kind in entry.kinds:
                limits[kind] = min(entry.days, limits.get(kind, entry.days))
    found = _newest(reports.last, "kind")
    counts = this_month.groupby("kind")["count"].sum()
    for name, form in portal.forms.items():
        yield KindReport(form.title, _last(found, name, limits.get(name, 0), today), int(counts.get(name, 0)))


def _newest(lines: pd.DataFrame, by: str) -> dict[object, tuple[str, bool]]:
    """Unit or kind → the last day, and whether all that came then is the word that there is nothing."""
    ordered = lines.sort_values([by, "day", "nothing"], ascending=[True, True, False]).drop_duplicates(by, keep="last")
    return dict(zip(ordered[by], zip(ordered["day"], ordered["nothing"], strict=True), strict=True))


def _last(found: dict[object, tuple[str, bool]], key: object, limit: int, today: date) -> LastReport:
    day, nothing = found.get(key, ("", False))
    return LastReport(day, bool(nothing), (today - date.fromisoformat(day)).days if day else 0, limit)


def _topics(topics: Iterable[Topic], tables: Tables, today: date) -> Iterator[TopicReport]:
    for topic in topics:
        if topic.rhythm:
            ends = [min(_end(table), today) for table in tables.get(topic.id, [])]
            yield TopicReport(topic.title, max(ends, default=None), topic.rhythm.due(today))


def _end(table: Table) -> date:
    """The last day that a table counts; of one by months, the last day of the newest month in it."""
    if "month" not in table.topic.rows:
        return end_of(table.period)
    place = table.topic.rows.index("month")
    return max(end_of(row.key[place]) for row in table.rows)
