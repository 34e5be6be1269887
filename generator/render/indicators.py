"""The page of the monitoring indicators: scores of regions, and how each of them came about."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from generator.model.indicators import FULL_MARKS, Indicator, Indicators, TopicSource
from generator.model.portal import Portal
from generator.render.charts import Bar, bars
from generator.render.shades import Cell, by_share
from generator.render.templates import environment
from generator.statistics.inputs import Known
from generator.statistics.scores import RegionScores, Score
from generator.statistics.scoring import number
from generator.statistics.tables import Tables
from generator.statistics.wording import number_text

_NOT_SCORED = "—"


def indicators_page(portal: Portal, declared: Indicators, tables: Tables, scored: list[RegionScores]) -> str:
    """Markdown of the page."""
    return (
        environment()
        .get_template("indicators.md.j2")
        .render(
            declared=declared,
            fictional=made_up(portal, declared, tables),
            regions=[
                {
                    "name": region.name,
                    "total": _NOT_SCORED if region.total is None else f"{region.total:.2f}",
                    "points": [_points_cell(score) for score in region.scores],
                    "unscored": number_text(region.unscored),
                }
                for region in scored
            ],
            chart=totals_chart(scored),
            details=[_detail(place, indicator, scored) for place, indicator in enumerate(declared.indicators)],
        )
    )


def totals_chart(scored: list[RegionScores]) -> Markup:
    """The totals of all regions; a whole line is full marks."""
    totals = [
        Bar(region.name, region.total, "未报送" if region.total is None else f"{region.total:.2f} 分")
        for region in scored
    ]
    return bars("各地区总分（满分100分）", totals, FULL_MARKS)


def _points_cell(score: Score) -> Cell:
    """Points with their shade: how much of the weight they are."""
    text = _points_text(score.points) + ("*" if score.partial else "")
    return Cell(text, by_share(score.points, score.indicator.weight))


def _points_text(points: Decimal | None) -> str:
    """Points with two decimals at most, a dash where there are none."""
    return _NOT_SCORED if points is None else number_text(points)


def made_up(portal: Portal, declared: Indicators, tables: Tables) -> list[str]:
    """Titles of made-up topics that the scores rest on."""
    named = {
        source.topic
        for indicator in declared.indicators
        for needed in indicator.inputs.values()
        for source in needed.sources
        if isinstance(source, TopicSource)
    }
    return [topic.title for name, topic in portal.topics.items() if topic.fictional and name in named and tables[name]]


def _detail(place: int, indicator: Indicator, scored: list[RegionScores]) -> dict[str, Any]:
    """One indicator: what every region delivered, and what became of it."""
    scores = [(region.name, region.scores[place]) for region in scored]
    sources = dict.fromkeys(where for _, score in scores for known in score.inputs for where in known.where)
    return {
        "indicator": indicator,
        "heads": [
            f"{entry.title}（{entry.unit}）" if entry.unit else entry.title for entry in indicator.inputs.values()
        ],
        "sources": list(sources),
        "rows": [
            {
                "name": name,
                "inputs": [_input_text(known, indicator) for known in score.inputs],
                "formula": score.formula or "未报送，不计分",
                "points": _points_text(score.points),
            }
            for name, score in scores
        ],
    }


def _input_text(known: Known, indicator: Indicator) -> str:
    """A value as it was delivered; of a monthly input, how many months were and which of them missed the mark."""
    rule = indicator.rule
    if rule.type == "months":
        missed = [month for month, value in known.months.items() if value != Fraction(rule.equals)]
        said = f"{len(known.months)}个月已报送" if known.months else "未报送"
        return f"{said}，未达标：{'、'.join(missed)}" if missed else said
    if known.value is None:
        return "未报送"
    return ("是" if known.value else "否") if rule.type == "granted" else number(known.value)
