"""The pages of statistics, as Markdown for the printer: their index, and the tables and charts of each topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from generator.model.portal import Portal
from generator.model.statistics import INDICATORS, KEYS, Topic
from generator.render.charts import Bar, bars
from generator.render.indicators import indicators_page, made_up
from generator.render.shades import Cell, by_magnitude
from generator.render.templates import environment
from generator.statistics.compiled import Statistics
from generator.statistics.rows import Figures
from generator.statistics.scores import RegionScores
from generator.statistics.tables import Table
from generator.statistics.wording import figure_text, number_text, period_text

FOLDER = "statistics/"
"""Where the pages and files of statistics lie, below the site's root."""
NOT_DELIVERED = "—"


def statistics_sections(portal: Portal, statistics: Statistics, scored: list[RegionScores]) -> list[dict[str, str]]:
    """What the navigation has below the index page: title → path of the Markdown page."""
    entries = [{entry[0].topic.title: f"{FOLDER}{entry[0].topic.id}/index.md"} for entry in _shown(portal, statistics)]
    return [*entries, *([{"监测指标": f"{FOLDER}{INDICATORS}/index.md"}] if scored else [])]


def statistics_pages(
    portal: Portal, statistics: Statistics, scored: list[RegionScores], board: Mapping[str, Any]
) -> dict[str, str]:
    """Path below the pages folder → Markdown. A topic without figures has no page, and the index does not name it.

    `board`: what the dashboards of the index show, see `dashboard`.
    """
    pages: dict[str, str] = {}
    entries = []
    named: list[str] = []
    for tables in _shown(portal, statistics):
        topic = tables[0].topic
        as_of = f"{period_text(tables[0].period)}，共{len(tables)}期"
        entries.append({"address": f"{topic.id}/", "title": topic.title, "summary": topic.summary, "as_of": as_of})
        first = _first(tables)
        others = [entry for entry in tables if entry not in first]
        pages[f"{FOLDER}{topic.id}/index.md"] = _page(topic.title, topic, first, others)
        for entry in others:
            title = f"{topic.title}（{period_text(entry.period)}）"
            pages[f"{FOLDER}{topic.id}/{entry.period}/index.md"] = _page(title, topic, [entry], [], below="../")
    if scored and portal.indicators:
        named = made_up(portal, portal.indicators, statistics.tables)
        summary = {"title": portal.indicators.title, "summary": portal.indicators.summary}
        period = portal.indicators.period
        as_of = f"评价期{period_text(period.first)}至{period_text(period.last)}"
        entries.append({"address": f"{INDICATORS}/", "as_of": as_of, **summary})
        pages[f"{FOLDER}{INDICATORS}/index.md"] = indicators_page(portal, portal.indicators, statistics.tables, scored)
    pages[f"{FOLDER}index.md"] = (
        environment().get_template("statistics.md.j2").render(entries=entries, board=board, made_up=named)
    )
    return pages


def file_name(table: Table) -> str:
    """Name of the file that a table is offered as, in the folder of its topic."""
    return f"{table.topic.id}-{table.period}.csv"


def _shown(portal: Portal, statistics: Statistics) -> list[list[Table]]:
    """The tables of each topic that has a page and figures, in the order of the declarations."""
    found = [statistics.tables[topic.id] for topic in portal.topics.values() if topic.page]
    return [tables for tables in found if tables]


def _first(tables: list[Table]) -> list[Table]:
    """What a topic's page shows at once: the newest period that was handed in and the newest that was counted."""
    newest = {entry.delivered: entry for entry in reversed(tables)}
    return [entry for entry in tables if entry in newest.values()]


def _page(title: str, topic: Topic, shown: list[Table], others: list[Table], below: str = "") -> str:
    return (
        environment()
        .get_template("topic.md.j2")
        .render(
            title=title,
            topic=topic,
            section=below != "",
            shown=[_entry(table, below) for table in shown],
            others=[{"address": f"{entry.period}/", "period": period_text(entry.period)} for entry in others],
        )
    )


def _entry(table: Table, below: str) -> dict[str, Any]:
    """One table with its charts, as its template takes it."""
    topic = table.topic
    known = topic.periods.get(table.period)
    units = {column.unit for column in table.columns.values() if column.adds_up}
    unit = units.pop() if len(units) == 1 else ""
    return {
        "id": f"p{table.period}",
        "period": period_text(table.period),
        "about": [KEYS[key] for key in topic.rows],
        "unit": unit,
        "heads": [column.title if column.unit == unit else column.heading for column in table.columns.values()],
        "rows": [{"names": row.names, "cells": cells} for row, cells in zip(table.rows, _cells(table), strict=True)],
        "shaded": [chart.title for chart in table.topic.charts if chart.type == "matrix"],
        "total": _texts(table.total, table) if table.total else [],
        "gaps": any(name not in row.figures for row in table.rows for name in table.columns),
        "source": topic.source_of(table.period),
        "note": known.note if known else "",
        "counted": table.counted,
        "absent": table.absent,
        "compared": [
            f"{other.topic.title}（{period_text(other.period)}{'，虚构数据' if other.topic.fictional else ''}）"
            for other in table.compared
        ],
        "differences": [
            {
                "what": entry.what,
                "words": entry.words,
                "basis": entry.basis,
                "stated": number_text(entry.stated),
                "found": number_text(entry.found),
                "difference": number_text(entry.difference),
            }
            for entry in table.differences
        ],
        "file": below + file_name(table),
        "charts": _charts(table),
    }


def _texts(figures: Figures, table: Table) -> list[str]:
    return [
        figure_text(figures[name], column) if name in figures else NOT_DELIVERED
        for name, column in table.columns.items()
    ]


def _cells(table: Table) -> list[list[Cell]]:
    """The figures of each row; those of a matrix with the shade of their order of magnitude."""
    shaded = dict.fromkeys(name for chart in table.topic.charts if chart.type == "matrix" for name in chart.columns)
    places = [(row.key, name) for row in table.rows for name in shaded if name in table.columns]
    figures = table.cells()
    shades = dict(zip(places, by_magnitude(figures[key].get(name) for key, name in places), strict=True))
    return [
        [
            Cell(text, shades.get((row.key, name), ""))
            for name, text in zip(table.columns, _texts(row.figures, table), strict=True)
        ]
        for row in table.rows
    ]


def _charts(table: Table) -> list[Markup]:
    """The bars of a table; those of a column without figures are left out."""
    drawn = []
    for chart in table.topic.charts:
        [name] = chart.columns[:1]
        column = table.columns.get(name)
        if chart.type == "bars" and column:
            entries = []
            for row in table.rows:
                value = row.figures.get(name)
                text = "未报送" if value is None else f"{figure_text(value, column)} {column.unit}".rstrip()
                entries.append(Bar("，".join(row.names), value, text))
            drawn.append(bars(f"{chart.title}（{period_text(table.period)}）", entries))
    return drawn
