"""Topics of statistics: counts that arrive as counts, as declared in data/statistics/<topic>/topic.yml."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import Declared, PlacedError, read_declaration

KEYS = {"region": "县（市、区）", "unit": "单位", "month": "月份"}
"""What a row may be about → heading of its column."""
OWN_LEVEL = "本级"
"""Behind the name of the portal's own region: its row is what its own units have, not the sum of its counties."""
DECLARATION = "topic.yml"
INDICATORS = "indicators"
"""Where the page of the monitoring indicators lies among the topics."""
_PERIOD = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def is_period(text: str) -> bool:
    """Whether a text is a year, a month, or a day up to which was counted: 2023, 2023-12, 2023-03-10."""
    return _PERIOD.fullmatch(text) is not None and text <= end_of(text).isoformat()


def end_of(period: str) -> date:
    """The last day that a period counts; the last of its month where the day does not exist."""
    year, month, day = (*map(int, period.split("-")), 0, 0)[:3]
    month = month or 12
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


class ShareOf(Declared):
    """Per cent of a figure of another topic: its newest table that ends with the period or before."""

    column: str
    per_topic: str
    per_column: str


class StatisticsColumn(Declared):
    """A measure: delivered, counted from records (`kind`), or computed from others (`sum_of`, `covers`, `share_of`)."""

    title: str
    type: Literal["count", "amount", "number", "rate", "yes"] = "count"
    """Whole number, decimal that adds up, decimal that does not, per cent, 是 or 否."""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    """Whether a file without the column is at fault."""
    most: Decimal | None = None
    """The largest value that can be right."""
    kind: str | None = None
    """Kind of record whose accepted records are counted by month; a portal without the kind has counts only."""
    sum_of: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """Share of these columns that have more than nothing (覆盖率), per cent."""
    share_of: ShareOf | None = None

    @property
    def adds_up(self) -> bool:
        """Whether the rows have a total."""
        return self.type in {"count", "amount"} and not self.is_ratio

    @property
    def heading(self) -> str:
        """Its title with its unit."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title

    @property
    def is_ratio(self) -> bool:
        """Whether it is computed as a per cent of something; such a column is in no file."""
        return bool(self.covers or self.share_of)


class Stated(Declared):
    """A total that the source states in its words; it is compared with the sum of the rows."""

    column: str
    figure: Decimal
    words: str


class StatisticsPeriod(Declared):
    """What is known of the figures of one period beside the figures."""

    source: str
    note: str = ""
    stated: tuple[Stated, ...] = ()


class StatisticsChart(Declared):
    """A drawing: bars of one column, or a matrix: the cells of several columns shaded by their order of magnitude."""

    type: Literal["bars", "matrix"]
    title: str
    columns: tuple[str, ...] = Setting(min_length=1)

    @model_validator(mode="after")
    def _one_column_of_bars(self) -> StatisticsChart:
        if self.type == "bars" and len(self.columns) != 1:
            raise PlacedError("bars 只画一列", "columns")
        return self


class Rhythm(Declared):
    """How often figures are due, and within how many days after the month, quarter or year that they are of."""

    every: Literal["month", "quarter", "year"]
    within: int = Setting(ge=0)
    source: str

    def due(self, today: date) -> date:
        """The last day of the newest month, quarter or year whose figures have to be there."""
        over = today - timedelta(days=self.within)
        months = {"month": 1, "quarter": 3, "year": 12}[self.every]
        # The day after the end of a period is the first of the next one.
        begun = date(over.year, (over.month - 1) // months * months + 1, 1)
        return begun - timedelta(days=1)


class Topic(Declared):
    """data/statistics/<id>/topic.yml."""

    id: str
    title: str
    summary: str
    source: str
    fictional: bool = False
    """Its figures are made up for a demonstration, and its page says so."""
    page: bool = True
    """Whether it has a page of its own; inputs of the indicators are shown there instead."""
    rows: tuple[Literal["region", "unit", "month"], ...] = Setting(("region",), min_length=1, max_length=2)
    rhythm: Rhythm | None = None
    """When its figures are due; a topic without one is never out of date."""
    order: str | None = None
    """Column by which rows stand, the most first; otherwise in the official order."""
    columns: dict[str, StatisticsColumn] = Setting(min_length=1)
    periods: dict[str, StatisticsPeriod] = Setting(default_factory=dict)
    charts: tuple[StatisticsChart, ...] = ()

    @model_validator(mode="after")
    def _references(self) -> Topic:
        named: dict[tuple[str | int, ...], tuple[str, ...]] = {
            ("columns", name, key): getattr(column, key)
            for name, column in self.columns.items()
            for key in ("sum_of", "covers")
        }
        named |= {("charts", place, "columns"): chart.columns for place, chart in enumerate(self.charts)}
        named |= {
            ("columns", name, "share_of", "column"): (column.share_of.column,)
            for name, column in self.columns.items()
            if column.share_of
        }
        named |= {
            ("periods", period, "stated", place, "column"): (stated.column,)
            for period, known in self.periods.items()
            for place, stated in enumerate(known.stated)
        }
        named |= {("order",): (self.order,) if self.order else ()}
        for place, names in named.items():
            for name in names:
                if name not in self.columns:
                    raise PlacedError(f"没有名为 {name} 的列", *place)
        if self.id == INDICATORS and self.page:
            raise PlacedError(f"{INDICATORS} 是监测指标页的地址，此专题须写 page: false", "page")
        for period in self.periods:
            if not is_period(period):
                raise PlacedError("应为 2023、2023-12 或 2023-03-10 的形式", "periods", period)
        return self

    @property
    def counted(self) -> dict[str, str]:
        """Columns that are counted from records → kind."""
        return {name: column.kind for name, column in self.columns.items() if column.kind}

    def source_of(self, period: str) -> str:
        """Where the figures of a period come from."""
        return self.periods[period].source if period in self.periods else self.source


def load_topics(folder: Path) -> dict[str, Topic]:
    """Read every topic below data/statistics; a portal without the folder has none."""
    return {
        path.parent.name: read_declaration(path, Topic, id=path.parent.name)
        for path in sorted(folder.glob(f"*/{DECLARATION}"))
    }
