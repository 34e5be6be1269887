"""Figures and periods as people write them."""

from __future__ import annotations

from decimal import Decimal

from generator.model.statistics import StatisticsColumn
from generator.statistics.figures import rate_text


def number_text(figure: Decimal) -> str:
    """A number with thousands apart and no zeros behind its last decimal."""
    text = f"{figure:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure_text(figure: Decimal, column: StatisticsColumn) -> str:
    """A figure as its column shows it."""
    if column.type == "yes":
        return "是" if figure else "否"
    return rate_text(figure) if column.type == "rate" else number_text(figure)


def period_text(period: str) -> str:
    """2023, 2023-12 and 2023-03-10 in words; a day is one up to which was counted."""
    units = zip(period.split("-"), "年月日", strict=False)
    text = "".join(f"{int(part)}{unit}" for part, unit in units)
    return f"截至{text}" if text.endswith("日") else text
