"""The page of a unit among the bulletins: the newest one in words, its figures over the months, and charts of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from generator.bulletin.archive import Bulletin
from generator.bulletin.courses import last_months
from generator.bulletin.figures import Line, text_of
from generator.bulletin.units import UnitHistory
from generator.model.portal import Portal
from generator.render.bulletin_charts import month_of
from generator.render.bulletin_rows import address_of_rows
from generator.render.bulletin_tables import heads_of
from generator.render.bulletin_text import parts_of
from generator.render.bulletins import DOCUMENT, period_in_words, state_of
from generator.render.month_charts import Shape, month_chart
from generator.render.templates import environment


def history_pages(portal: Portal, histories: Sequence[UnitHistory]) -> dict[str, str]:
    """Path below the pages folder → Markdown."""
    return {f"{history.address}index.md": _page(portal, history) for history in histories}


def fiction_in(history: UnitHistory) -> str:
    """What is to be said of months that are made up; "" where none is."""
    made_up = any(bulletin.frozen and bulletin.frozen.fictional for bulletin, _ in history.entries)
    return "一部分月份的数字是为演示编造的，不反映任何地区的实际情况；见该月通报。" if made_up else ""


def _page(portal: Portal, history: UnitHistory) -> str:
    root = "../" * history.address.count("/")
    newest = history.entries[0][0]
    figures = newest.figures[history.kind.figures]
    return (
        environment()
        .get_template("bulletin_unit.md.j2")
        .render(
            history=history,
            root=root,
            newest={"title": newest.title, "address": root + newest.address},
            parts=parts_of(history.text, {(history.kind.figures, history.unit.id): newest.period}, {}),
            heads=heads_of(figures, history.kind.columns),
            rows=[_row(portal, history, bulletin, line, root) for bulletin, line in history.entries],
            charts=_charts(history),
            fiction=fiction_in(history),
            document=DOCUMENT,
        )
    )


def _row(portal: Portal, history: UnitHistory, bulletin: Bulletin, line: Line, root: str) -> dict[str, Any]:
    figures = bulletin.figures[history.kind.figures]
    cells = []
    for name in history.kind.columns:
        address = address_of_rows(portal, bulletin, figures, line.values, name, line.key)
        text = text_of(line.values, name, figures.rules)
        cells.append({"text": text, "address": root + address if address else ""})
    return {
        "id": bulletin.period,
        "period": period_in_words(bulletin),
        "address": root + bulletin.address,
        "cells": cells,
        "state": state_of(bulletin),
    }


def _charts(history: UnitHistory) -> list[Markup]:
    """The last months up to the newest bulletin; of a column without anything there is nothing to draw."""
    known = {bulletin.month: bulletin.figures[history.kind.figures] for bulletin, _ in history.entries}
    rules = history.entries[0][0].figures[history.kind.figures].rules
    drawn = []
    for name in history.kind.bars:
        months = last_months(min(known), max(known))
        entries = [month_of(month, known.get(month), history.unit.id, name) for month in months]
        if any(entry.value for entry in entries):
            column = rules.columns[name]
            shape: Shape = "points" if column.is_rate else "bars"
            drawn.append(month_chart(f"{history.unit.name}各月{column.title}（{column.unit}）", entries, shape))
    return drawn
