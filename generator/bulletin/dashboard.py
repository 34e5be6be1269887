"""What the dashboards of /statistics/ show: counts that other rooms have made, put together by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from generator.bulletin.archive import Bulletin
from generator.bulletin.courses import Course, courses, last_months, month_before
from generator.bulletin.outcomes import Objections, objections, repairs_by_month
from generator.intake.registers import Registers
from generator.model.portal import Portal
from generator.publish.reports import Reports
from generator.publish.tallies import Tallies


@dataclass(frozen=True)
class Dashboard:
    """All of it, as of a day. Months are those that are over; the present one is not finished."""

    today: date
    courses: list[Course]
    months: tuple[str, ...]
    """Every month up to the last one that is over, twelve at most, none before the first record; the oldest first."""
    counts: pd.DataFrame
    """month (of the report), kind, unit (place in site.units), records, late, undetermined (Int64, none where only a
    bulletin is known): all months that are over. First reports of accepted records, whatever became of them since."""
    nothing: pd.DataFrame
    """As in `Reports`."""
    repairs: list[tuple[str, int]]
    """Month and number of repaired records, up to the day, newest first."""
    objections: Objections


def dashboard(
    portal: Portal, bulletins: Sequence[Bulletin], tallies: Tallies, reports: Reports, registers: Registers, today: date
) -> Dashboard:
    """Put it together. Tallies have a line for each kind, unit and month that occurs: it costs the same at any size."""
    last = month_before(today)
    # What completes records of other files is no kind of its own.
    counted = tallies.select(kind=list(portal.kinds))
    parts = {"records": counted.records(), "late": counted.late(), "undetermined": counted.undetermined()}
    keys = ["month", "kind", "unit"]
    counts = pd.DataFrame({name: of.counts.groupby(keys)["count"].sum() for name, of in parts.items()})
    counts = counts.fillna(0).astype("Int64").reset_index()
    counts = counts[counts["month"] <= last]
    followed = courses(bulletins, today)
    counts = pd.concat([counts, _of_bulletins(followed, counts, portal)], ignore_index=True)
    return Dashboard(
        today=today,
        courses=followed,
        months=last_months(counts["month"].min(), last) if len(counts) else (),
        counts=counts,
        nothing=reports.nothing,
        repairs=repairs_by_month(registers, portal.services.repair.reason, today),
        objections=objections(registers, portal.services.objection, portal.working_days, tallies, today),
    )


def _of_bulletins(followed: list[Course], counts: pd.DataFrame, portal: Portal) -> pd.DataFrame:
    """Counts of kinds and months that the portal has no record of but a bulletin counts, as in `Dashboard.counts`.

    Such are the months before the portal began: what was issued then is not to be called nothing beside it.
    """
    known = set(zip(counts["month"], counts["kind"], strict=True))
    places = portal.site.unit_index()
    lines = [
        (month, column.kinds[0], places[line.key], int(line.values[name]))
        for course in followed
        for name, column in course.rules.columns.items()
        if column.count == "records" and len(column.kinds) == 1
        for month, bulletin in course.bulletins.items()
        if (month, column.kinds[0]) not in known
        for line in bulletin.figures[course.figures].lines
        if line.key in places and line.values.get(name)
    ]
    found = pd.DataFrame(lines, columns=["month", "kind", "unit", "records"])
    return found.reindex(columns=counts.columns).astype(counts.dtypes.to_dict())
