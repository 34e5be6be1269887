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
    """month (of the report), kind, unit (place in site.units), records, late, undetermined: of all months that are
    over, in this order. First reports of accepted records, whatever became of them since."""
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
    counts = counts.fillna(0).astype("int64").reset_index()
    counts = counts[counts["month"] <= last]
    return Dashboard(
        today=today,
        courses=courses(bulletins, today),
        months=last_months(counts["month"].min(), last) if len(counts) else (),
        counts=counts,
        nothing=reports.nothing,
        repairs=repairs_by_month(registers, portal.services.repair.reason, today),
        objections=objections(registers, portal.services.objection, portal.working_days, tallies, today),
    )
