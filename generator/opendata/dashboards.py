"""The figures of the dashboards as files for spreadsheets: one line for each month and unit or kind."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from generator.bulletin.courses import Course
from generator.bulletin.dashboard import Dashboard
from generator.model.portal import Portal
from generator.opendata.spreadsheet import spreadsheet
from generator.render.courses import course_file
from generator.render.dashboard import OUTCOMES_FILE, outcome_lines
from generator.render.reported_kinds import KINDS_FILE
from generator.render.statistics import FOLDER

_RATE = pa.decimal128(5, 2)


def dashboard_files(portal: Portal, board: Dashboard) -> Iterator[tuple[str, bytes]]:
    """Address and content of each; none for what there is nothing of."""
    for course in board.courses:
        yield f"{FOLDER}{course_file(course)}", spreadsheet(_course(course))
    if board.months:
        yield f"{FOLDER}{KINDS_FILE}", spreadsheet(_kinds(portal, board))
    if lines := outcome_lines(board):
        heads = ("月份", "准予修复", "异议受理", "成立", "不成立", "办理中", "超期办结")
        columns = zip(*lines, strict=True)
        yield f"{FOLDER}{OUTCOMES_FILE}", spreadsheet(pa.table(dict(zip(heads, map(pa.array, columns), strict=True))))


def _course(course: Course) -> pa.Table:
    """Every month with a bulletin, the oldest first, and its units."""
    lines = [
        (month, line)
        for month, bulletin in sorted(course.bulletins.items())
        for line in bulletin.figures[course.figures].lines
    ]
    columns = {"月份": pa.array([month for month, _ in lines]), "单位": pa.array([line.name for _, line in lines])}
    for name, column in course.rules.columns.items():
        if column.count:
            values = [line.values.get(name) for _, line in lines]
            columns[column.title] = pa.array([None if value is None else int(value) for value in values], pa.int64())
    rates = [course.on_time(line.values) for _, line in lines]
    columns["及时率（%）"] = pa.array(
        [None if rate is None else rate.quantize(Decimal("0.01"), ROUND_HALF_UP) for rate in rates], _RATE
    )
    return pa.table(columns)


def _kinds(portal: Portal, board: Dashboard) -> pa.Table:
    counts = board.counts.sort_values(["month", "kind", "unit"])
    units = [unit.name for unit in portal.site.units]
    return pa.table(
        {
            "月份": pa.array(counts["month"].tolist(), pa.string()),
            "类别": pa.array([portal.kinds[kind].title for kind in counts["kind"]], pa.string()),
            "单位": pa.array([units[place] for place in counts["unit"]], pa.string()),
            "数据总量": pa.array(counts["records"], pa.int64()),
            "迟报": pa.array(counts["late"], pa.int64()),
            "是否迟报未定": pa.array(counts["undetermined"], pa.int64()),
        }
    )
