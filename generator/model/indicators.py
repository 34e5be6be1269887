"""Monitoring indicators (监测指标): weights, scoring rules, sources of inputs; data/rules/indicators.yml."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import ConfigError, Declared, PlacedError, line_of, read_declaration
from generator.model.scoring import Rule
from generator.model.statistics import Topic

FULL_MARKS = Decimal(100)


class TopicSource(Declared):
    """A column of a topic of statistics. A portal without the topic has not delivered it."""

    topic: str
    column: str


class RecordSource(Declared):
    """What the portal's own records say of some kinds; kinds that it does not have count for nothing."""

    kinds: tuple[str, ...] = Setting(min_length=1)
    figure: Literal["records", "compliance", "timeliness"]
    """Accepted records, or of those of a month the per cent without a fault (合规率) and in time (及时率)."""


class Input(Declared):
    """One figure that a rule needs. The first source that has it counts."""

    title: str
    unit: str = ""
    of: Literal["region", "city"] = "region"
    """Whose figure counts: the region's own, or that of the city it lies in (县按所在地市计分)."""
    monthly: bool = False
    """A figure for each month of the period, instead of the newest one."""
    sources: tuple[TopicSource | RecordSource, ...] = Setting(min_length=1)


class Indicator(Declared):
    """One indicator."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9-]*$")
    name: str
    weight: Annotated[Decimal, Setting(gt=0)]
    text: str
    """The rule in the words of its source."""
    note: str = ""
    """How the words are read where they leave something open."""
    inputs: dict[str, Input] = Setting(min_length=1)
    rule: Rule

    @model_validator(mode="after")
    def _references(self) -> Indicator:
        for name in self.rule.names():
            if name not in self.inputs:
                raise PlacedError(f"没有名为 {name} 的输入", "rule")
        for name, needed in self.inputs.items():
            if name not in self.rule.names():
                raise PlacedError(f"规则没有用到输入 {name}", "inputs", name)
            if needed.monthly != (self.rule.type == "months"):
                raise PlacedError("逐月的输入用于 months 规则，其他规则的输入不逐月", "inputs", name)
        return self


class Span(Declared):
    """The months that are assessed (创建期), both included."""

    first: str = Setting(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    last: str = Setting(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")

    def months(self) -> list[str]:
        """Every month, oldest first."""
        (year, month), (last_year, last_month) = (map(int, text.split("-")) for text in (self.first, self.last))
        numbers = range(year * 12 + month - 1, last_year * 12 + last_month)
        return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


class Indicators(Declared):
    """data/rules/indicators.yml."""

    title: str
    summary: str
    source: str
    period: Span
    indicators: tuple[Indicator, ...] = Setting(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Indicators:
        if not self.period.months():
            raise PlacedError("last 早于 first", "period")
        seen: set[str] = set()
        for place, indicator in enumerate(self.indicators):
            if indicator.id in seen:
                raise PlacedError(f"指标代号 {indicator.id} 重复", "indicators", place, "id")
            seen.add(indicator.id)
            most = indicator.rule.most(len(self.period.months()))
            if most is not None and most != indicator.weight:
                raise PlacedError(
                    f"规则最多给 {most} 分，与分值 {indicator.weight} 不符", "indicators", place, "weight"
                )
        total = sum((indicator.weight for indicator in self.indicators), Decimal(0))
        if total != FULL_MARKS:
            raise PlacedError(f"各指标分值之和应为 {FULL_MARKS}，现为 {total}", "indicators")
        return self


def load_indicators(path: Path, topics: Mapping[str, Topic]) -> Indicators | None:
    """Read the declaration; None where there is none. Raises ConfigError for a column that its topic does not have."""
    if not path.exists():
        return None
    declared = read_declaration(path, Indicators)
    for place, indicator in enumerate(declared.indicators):
        for name, needed in indicator.inputs.items():
            for number, source in enumerate(needed.sources):
                topic = topics.get(source.topic) if isinstance(source, TopicSource) else None
                if isinstance(source, TopicSource) and topic and source.column not in topic.columns:
                    line = line_of(path, "indicators", place, "inputs", name, "sources", number)
                    raise ConfigError(path, line, f"{topic.id} 没有名为 {source.column} 的列")
    return declared
