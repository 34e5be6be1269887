"""What the dashboards show of monthly bulletins: totals and timeliness by month, and who sent what in which month."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from generator.bulletin.courses import Course
from generator.bulletin.dashboard import Dashboard
from generator.bulletin.figures import Values
from generator.model.portal import Portal
from generator.render.bulletins import state_of
from generator.render.charts import Bar, bars
from generator.render.month_charts import NO_BULLETIN, NOTHING_TO_RATE, Month, month_chart
from generator.render.shades import NONE, Cell, by_magnitude
from generator.statistics.figures import rate_text

NO_REPORT, DECLARED_NONE = "—", "无"
"""In the cell of a month: nothing was sent; it was said that there is nothing (本月无)."""
_FULL = Decimal(100)


def course_file(course: Course) -> str:
    """Name of the file with the figures of a course."""
    return f"{course.kind.id}-{course.figures}.csv"


def course_part(
    portal: Portal, course: Course, board: Dashboard, addresses: Mapping[tuple[str, str], str]
) -> dict[str, Any]:
    """One course, as the template takes it. `addresses`: kind of bulletin and unit → page of the unit."""
    sums = {month: course.whole(month) for month in course.months}
    rates = {month: course.on_time(values) if values else None for month, values in sums.items()}
    counted = [name for name, column in course.rules.columns.items() if column.count]
    heads = [
        {"month": month, "address": course.bulletins[month].address if month in course.bulletins else ""}
        for month in course.months
    ]
    together = course.together()
    return {
        "id": f"{course.kind.id}-{course.figures}",
        "name": course.kind.name,
        "title": course.rules.columns[course.records].title,
        "file": course_file(course),
        "fictional": any(of.frozen and of.frozen.fictional for of in course.bulletins.values()),
        "total": _count(together, course.records),
        "rate": _rate(course.on_time(together)),
        "latest": _count(sums[course.months[-1]], course.records),
        "trend": month_chart(
            f"各月{course.rules.columns[course.records].title}（条）",
            [_month(month, (of or {}).get(course.records), _count(of, course.records)) for month, of in sums.items()],
        ),
        "rates": month_chart(
            "各月及时率",
            [
                _month(month, rate, f"{_rate(rate)}%", NOTHING_TO_RATE if sums[month] else NO_BULLETIN)
                for month, rate in rates.items()
            ],
            "points",
            _FULL,
        ),
        "heads": [course.rules.columns[name].title for name in counted],
        "rows": [
            {
                **head,
                "texts": [*(_count(sums[month], name) for name in counted), _rate(rates[month])],
                "state": state_of(course.bulletins[month]) if month in course.bulletins else "没有通报",
            }
            for head, month in zip(reversed(heads), reversed(course.months), strict=True)
        ],
        "months": heads,
        "units": _units(portal, course, board, addresses),
        "lateness": _lateness(course),
    }


def _month(month: str, value: Decimal | None, text: str, gap: str = NO_BULLETIN) -> Month:
    return Month(month, value, gap if value is None else text)


def _count(values: Values | None, column: str) -> str:
    return f"{values[column]:,.0f}" if values and column in values else NO_REPORT


def _rate(rate: Decimal | None) -> str:
    return NO_REPORT if rate is None else rate_text(rate)


def _units(
    portal: Portal, course: Course, board: Dashboard, addresses: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """A line for each unit with a cell for each month: a count, that there was nothing, or that nothing was sent."""
    places = portal.site.unit_index()
    lines = board.nothing[board.nothing["kind"].isin(course.rules.kinds)]
    declared = set(zip(lines["unit"], lines["month"], strict=True))
    units = course.units()
    counts = [of.get(month, {}).get(course.records) for _, of, _ in units for month in course.months]
    shades = iter(by_magnitude(count or None for count in counts))
    found = []
    for line, of, whole in units:
        cells = []
        for month in course.months:
            shade, values = next(shades), of.get(month, {})
            if values.get(course.records):
                cells.append(Cell(_count(values, course.records), shade))
            elif (places.get(line.key), month) in declared:
                cells.append(Cell(DECLARED_NONE, "shade-nil"))
            else:
                # Rows that were all faulty were sent all the same.
                sent = values.get(course.column("submitted") or "")
                cells.append(Cell("0", "shade-0") if sent else Cell(NO_REPORT, NONE))
        found.append(
            {
                "name": line.name,
                "address": addresses.get((course.kind.id, line.key), ""),
                "cells": cells,
                "total": _count(whole, course.records),
                "rate": _rate(course.on_time(whole)),
            }
        )
    return found


def _lateness(course: Course) -> Markup | None:
    """Units with late reports, the most first; of the others how many they are. None where nobody was late."""
    late = course.column("late") or ""
    known = [(line, whole) for line, _, whole in course.units() if course.on_time(whole) is not None]
    some = sorted((entry for entry in known if entry[1][late]), key=lambda entry: -entry[1][late])
    entries = [
        Bar(line.name, whole[late], f"{_count(whole, late)}条，及时率{_rate(course.on_time(whole))}%")
        for line, whole in some
    ]
    others = len(known) - len(some)
    said = f"另有{others}个单位没有迟报" if others else ""
    return bars(f"各单位近{len(course.months)}个月迟报量和及时率", entries, others=said) if entries else None
