"""The drawings of a bulletin, as its kind declares them: from its own tables, and from the bulletins before it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from generator.bulletin.archive import Bulletin
from generator.bulletin.chart_rules import BarsRules, MonthsRules
from generator.bulletin.courses import last_months
from generator.bulletin.figures import Figures, text_of
from generator.bulletin.prose import words_of
from generator.render.bulletin_tables import ordered
from generator.render.charts import Bar, bars
from generator.render.month_charts import NO_BULLETIN, NOT_STATED, NOTHING_TO_RATE, Month, month_chart


def charts_of(bulletin: Bulletin, former: Sequence[Bulletin]) -> list[Markup]:
    """The drawings in their order; what there is nothing to draw of is left out. `former`: the bulletins before it."""
    found = []
    for rules in bulletin.kind.charts:
        if rules.type == "bars":
            found.append(_bars(bulletin, rules))
        elif rules.type == "months":
            found.append(_months([bulletin, *former], rules))
    return [chart for chart in found if chart]


def _bars(bulletin: Bulletin, rules: BarsRules) -> Markup:
    """Of units that have any; how many have none is said in words."""
    table = bulletin.kind.tables[rules.table]
    figures = bulletin.figures[table.figures]
    column = figures.rules.columns[rules.column]
    lines = [line for line in ordered(figures.of_group(table.group), table) if rules.column in line.values]
    some = [line for line in lines if line.values[rules.column] > 0]
    some.sort(key=lambda line: -line.values[rules.column])
    texts = [f"{text_of(line.values, rules.column, figures.rules)} {column.unit}".rstrip() for line in some]
    entries = [Bar(line.name, line.values[rules.column], text) for line, text in zip(some, texts, strict=True)]
    rest = len(lines) - len(some)
    title = rules.title.format(**words_of(bulletin.period))
    return bars(title, entries, others=f"其余{rest}个为0" if rest else "") if entries else Markup()


def _months(bulletins: Sequence[Bulletin], rules: MonthsRules) -> Markup:
    """Up to the month of the first bulletin; a month without a bulletin is a gap, and the oldest known is the first."""
    name, key, column = rules.figure.split("/")
    known = {entry.month: entry.figures[name] for entry in bulletins}
    last = bulletins[0].month
    months = last_months(min(month for month in known if month <= last), last, rules.months)
    declared = bulletins[0].figures[name].rules.columns[column]
    title = rules.title.format(**words_of(bulletins[0].period))
    if len(months) < 2:
        return Markup()
    return month_chart(
        title,
        [month_of(month, known.get(month), key, column) for month in months],
        "points" if declared.is_rate else "bars",
        head=f"{declared.title}（{declared.unit}）",
    )


def month_of(month: str, figures: Figures | None, key: str, column: str) -> Month:
    """A figure of a month for a drawing: a count of nothing is 0, of nothing there is no rate."""
    if figures is None:
        return Month(month, None, NO_BULLETIN)
    values = figures.values().get(key, {})
    value, is_rate = values.get(column), figures.rules.columns[column].is_rate
    if value is None:
        return Month(month, None, NOTHING_TO_RATE if is_rate and values else NOT_STATED)
    return Month(month, value, f"{value}%" if is_rate else f"{value:.0f}")
