"""The page of a unit among the bulletins: the newest one in words, its figures over the months, and charts of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from generator.bulletin.archive import Bulletin
from generator.bulletin.courses import last_months
from generator.bulletin.figures import Line, text_of
from generator.bulletin.prose import words_of
from generator.bulletin.units import UnitHistory
from generator.model.portal import Portal
from generator.render.bulletin_charts import month_of
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
        kinds = figures.rules.columns[name].kinds
        text = text_of(line.values, name, figures.rules)
        kind = portal.kinds[kinds[0]] if len(kinds) == 1 else None
        linked = kind is not None and kind.has_rows and bool(line.values.get(name)) and not bulletin.imported
        cells.append({"text": text, "address": _rows_of(kind.id, line.key, bulletin, root) if kind and linked else ""})
    return {
        "id": bulletin.period,
        "period": period_in_words(bulletin),
        "address": root + bulletin.address,
        "cells": cells,
        "state": state_of(bulletin),
    }


def _rows_of(kind: str, unit: str, bulletin: Bulletin, root: str) -> str:
    """The table of a kind's records of a unit, as far as they are still shown.

    It is asked by the day of the decision, and what is reported in a month was decided in it or in the one before,
    unless it is very late.
    """
    first = date.fromisoformat(words_of(bulletin.period)["first"])
    before = (first - timedelta(days=1)).replace(day=1)
    asked = {"unit": unit, "from": before.isoformat(), "to": words_of(bulletin.period)["last"]}
    return f"{root}notices/{kind}/?{urlencode(asked)}"


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
