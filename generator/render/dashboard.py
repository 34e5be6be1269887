"""The dashboards at the entrance of /statistics/: what was sent, whether in time, and what came of repairs, objections.

Beside every drawing stand its table, the file of it, where its figures come from and by which rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from generator.bulletin.courses import last_months, month_before
from generator.bulletin.dashboard import Dashboard
from generator.bulletin.units import UnitHistory
from generator.model.portal import Portal
from generator.model.statistics import end_of
from generator.render.courses import course_part
from generator.render.indicators import totals_chart
from generator.render.month_charts import Month, month_chart
from generator.render.reported_kinds import kinds_part
from generator.statistics.scores import RegionScores

OUTCOMES_FILE = "outcomes.csv"


def dashboard_parts(
    portal: Portal, board: Dashboard, histories: Sequence[UnitHistory], scored: list[RegionScores]
) -> dict[str, Any]:
    """What the template of the page takes; None for what there is nothing of."""
    addresses = {(history.kind.of, history.unit.id): history.address for history in histories}
    return {
        "until": end_of(month_before(board.today)),
        "today": board.today,
        "courses": [course_part(portal, course, board, addresses) for course in board.courses],
        "kinds": kinds_part(portal, board) if board.months else None,
        "outcomes": _outcomes(board),
        "scores": totals_chart(scored) if scored else None,
    }


def outcome_lines(board: Dashboard) -> list[tuple[str, int, int, int, int, int, int]]:
    """Month, repairs, objections accepted, upheld, dismissed, pending, closed late; the oldest month first.

    Only months that are over, twelve at most; the registers are whole, so a month without a line has 0.
    """
    repairs = dict(board.repairs)
    objections = {entry.month: entry for entry in board.objections.months}
    last = month_before(board.today)
    # A withdrawal without a day belongs to no month.
    known = [month for month in (*repairs, *objections) if "1000" < month <= last]
    lines = []
    for month in last_months(min(known), last) if known else ():
        of = objections.get(month)
        counts = (of.received, of.upheld, of.dismissed, of.pending, of.late) if of else (0, 0, 0, 0, 0)
        lines.append((month, repairs.get(month, 0), *counts))
    return lines


def _outcomes(board: Dashboard) -> dict[str, Any] | None:
    lines = outcome_lines(board)
    if not lines:
        return None
    titles = ("各月准予修复、停止公示的信息（条）", "各月受理的异议（件）")
    return {
        "file": OUTCOMES_FILE,
        "rows": lines[::-1],
        "totals": [sum(counts) for counts in list(zip(*lines, strict=True))[1:]],
        "mean_days": board.objections.mean_days,
        "charts": [
            month_chart(title, [Month(line[0], Decimal(line[place]), f"{line[place]:,}") for line in lines])
            for place, title in enumerate(titles, 1)
            if len(lines) > 1
        ],
    }
