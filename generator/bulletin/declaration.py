"""Kinds of bulletin: the figures, tables, sentences, rankings and sums of each, as declared in data/rules/bulletins/.

`<id>/kind.yml` declares a bulletin of the whole portal, `<id>/units.yml` one that every unit has of its own;
`text.txt.j2` beside it are its sentences (see `prose`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.bulletin.chart_rules import ChartRules
from generator.bulletin.letterhead import LetterheadRules
from generator.model.declaration import ConfigError, Declared, PlacedError, line_of, read_declaration
from generator.model.portal import Portal

FOLDER = Path("data/rules/bulletins")
ALL = "all"
"""Name of the sum of all lines."""
TEXT = "text.txt.j2"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class BulletinColumn(Declared):
    """One figure of a line: counted, taken from a topic of statistics, or a rate of others."""

    title: str
    unit: str = "条"
    count: Literal["submitted", "records", "late", "undetermined"] | None = None
    """What is counted of the kinds of record; None in figures of a topic, where the column has the same name."""
    kinds: tuple[str, ...] = ()
    """Of which kinds; by default of all that the figures are of."""
    share: tuple[str, str] | None = None
    """Per cent of the first column in the second, two decimals, half up."""
    covers: tuple[str, ...] = ()
    """Per cent of these columns that have more than nothing."""
    needs: str | None = None
    """Column without which there is nothing to say: where it is 0 a dash stands."""

    @property
    def is_rate(self) -> bool:
        """Whether it follows from other columns; the others add up."""
        return bool(self.share or self.covers)


class FigureRules(Declared):
    """Lines of figures: of each unit by the month of the report (`kinds`), or those of a topic of statistics."""

    kinds: tuple[str, ...] = ()
    topic: str | None = None
    columns: dict[str, BulletinColumn] = Setting(min_length=1)
    sums: dict[str, str] = Setting(default_factory=dict)
    """Name of a sum → group of units that it is of; the sum of all is always there."""

    @model_validator(mode="after")
    def _of_one_source(self) -> FigureRules:
        if bool(self.kinds) == bool(self.topic):
            raise PlacedError("kinds 和 topic 应写其中一个", "kinds")
        for name, column in self.columns.items():
            for key, parts in {"share": column.share or (), "covers": column.covers}.items():
                if any(part not in self.columns or self.columns[part].is_rate for part in parts):
                    raise PlacedError("应为本表的计数列", "columns", name, key)
            if column.needs is not None and column.needs not in self.columns:
                raise PlacedError(f"没有名为 {column.needs} 的列", "columns", name, "needs")
            if bool(column.count) != bool(self.kinds and not column.is_rate):
                raise PlacedError("由记录统计的列写 count，其余的不写", "columns", name, "count")
        return self


class TableRules(Declared):
    """An annex."""

    caption: str
    """Its heading; words of the period are filled in."""
    figures: str
    group: str | None = None
    """Group of units; by default all lines."""
    head: str
    numbered: bool = True
    columns: tuple[str, ...] = Setting(min_length=1)
    order: str | None = None
    """Column by which lines stand, the most first; equals and all others in the official order."""
    total: str | None = None
    """What its last row is called; None for a table without."""
    note: str = ""


class Against(Declared):
    """Growth against the mean of former bulletins."""

    periods: int = Setting(ge=1)
    percent: Decimal = Setting(gt=0)


class RankingRules(Declared):
    """Which lines a sentence names: the first or last ones, or those beyond a figure. Equals are named together."""

    figures: str
    column: str
    group: str | None = None
    take: int | None = Setting(None, ge=1)
    least: bool = False
    over: Decimal | None = None
    below: Decimal | None = None
    against: Against | None = None


class Reconciliation(Declared):
    """What must hold beside sums and rates: parts that give a whole, or a part that is in a whole.

    Places are figures/line/column; `*` stands for every line or column of the right side.
    """

    says: str
    sum: tuple[str, ...] = ()
    equals: str | None = None
    part: str | None = None
    whole: str | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Reconciliation:
        if (
            bool(self.sum) != bool(self.equals)
            or bool(self.part) != bool(self.whole)
            or bool(self.sum) == bool(self.part)
        ):
            raise PlacedError("写 sum 和 equals，或者 part 和 whole", "says")
        return self


class BulletinKind(Declared):
    """data/rules/bulletins/<id>/kind.yml."""

    id: str
    name: str
    title: str
    """Words of the period are filled in."""
    period: Literal["month", "day"]
    """Whether it speaks of a month, or of all up to a day."""
    address: str = Setting(pattern=r"^(\{month\}/)([a-z0-9-]+/)?$")
    """Below bulletins/."""
    figures: dict[str, FigureRules] = Setting(min_length=1)
    tables: dict[str, TableRules] = Setting(min_length=1)
    charts: tuple[ChartRules, ...] = ()
    """In the order in which they stand on the page."""
    rankings: dict[str, RankingRules] = Setting(default_factory=dict)
    reconciliations: tuple[Reconciliation, ...] = ()
    letterhead: LetterheadRules = LetterheadRules()
    highlights: tuple[str, ...] = ()
    """Places of the figures that lists of bulletins show."""
    quoted: tuple[str, ...] = ()
    """Phrases of the sentences whose numbers are no figures: numbers of documents, targets of the law."""

    @model_validator(mode="after")
    def _references(self) -> BulletinKind:
        for name in [*self.figures, *self.rankings]:
            if not _NAME.fullmatch(name) or name == "period" or (name in self.figures and name in self.rankings):
                raise PlacedError(f"{name} 应由小写字母、数字和 _ 组成，不与其他名称重复", "figures")
        for key, named in (("tables", self.tables), ("rankings", self.rankings)):
            for name, rules in named.items():
                figures = self.figures.get(rules.figures)
                if figures is None:
                    raise PlacedError(f"没有名为 {rules.figures} 的 figures", key, name, "figures")
                wanted = (*rules.columns, rules.order) if isinstance(rules, TableRules) else (rules.column,)
                if missing := [column for column in wanted if column and column not in figures.columns]:
                    raise PlacedError(f"没有名为 {missing[0]} 的列", key, name)
        for place, rule in enumerate(self.reconciliations):
            for written in (*rule.sum, rule.equals, rule.part, rule.whole):
                self._resolve(written, "reconciliations", place)
        for place, written in enumerate(self.highlights):
            self._resolve(written, "highlights", place)
        for place, chart in enumerate(self.charts):
            self._drawn(chart, place)
        return self

    def _drawn(self, chart: ChartRules, place: int) -> None:
        if chart.type == "months":
            self._resolve(chart.figure, "charts", place, "figure")
            if self.period != "month" or "*" in chart.figure:
                raise PlacedError("逐月的图只用于月度通报，写一个数", "charts", place, "figure")
            return
        table = self.tables.get(chart.table)
        if table is None:
            raise PlacedError(f"没有名为 {chart.table} 的表", "charts", place, "table")
        for column in (chart.column,) if chart.type == "bars" else chart.columns:
            if column not in table.columns:
                raise PlacedError(f"表 {chart.table} 没有名为 {column} 的列", "charts", place)

    def _resolve(self, written: str | None, *place: str | int) -> None:
        if written is None:
            return
        figures, line, column = [*written.split("/"), "", "", ""][:3]
        rules = self.figures.get(figures)
        known = rules is not None and line in {ALL, "*", *rules.sums} and column in {"*", *rules.columns}
        if not known or written.count("/") != 2:
            raise PlacedError(f"没有 {written} 这一项", *place)


class UnitKind(Declared):
    """data/rules/bulletins/<id>/units.yml: a bulletin that every unit has, from the figures of another kind."""

    id: str
    name: str
    title: str
    """{unit} is filled in."""
    of: str
    figures: str
    columns: tuple[str, ...] = Setting(min_length=1)
    bars: tuple[str, ...] = ()
    """Columns that are drawn."""
    quoted: tuple[str, ...] = ()


class BulletinRules(Declared):
    """All kinds of bulletin of a portal."""

    kinds: dict[str, BulletinKind]
    units: dict[str, UnitKind]
    texts: dict[str, str]
    """Kind → template of its sentences."""


def load_bulletin_rules(portal: Portal) -> BulletinRules:
    """Read all declarations. Raises ConfigError for a kind, group, topic column or figure that is not declared."""
    folder = portal.root / FOLDER
    kinds = {
        path.parent.name: read_declaration(path, BulletinKind, id=path.parent.name)
        for path in sorted(folder.glob("*/kind.yml"))
    }
    units = {
        path.parent.name: read_declaration(path, UnitKind, id=path.parent.name)
        for path in sorted(folder.glob("*/units.yml"))
    }
    for kind in kinds.values():
        _check_kind(kind, folder / kind.id / "kind.yml", portal)
    addresses = [kind.address for kind in kinds.values()]
    for kind in kinds.values():
        if addresses.count(kind.address) > 1:
            path = folder / kind.id / "kind.yml"
            raise ConfigError(path, line_of(path, "address"), f"{kind.address} 与另一种通报相同")
    for own in units.values():
        path = folder / own.id / "units.yml"
        of = kinds.get(own.of)
        rules = of.figures.get(own.figures) if of else None
        if rules is None or not rules.kinds:
            raise ConfigError(path, line_of(path, "of"), f"没有按单位统计的 {own.of} 的 {own.figures}")
        if missing := [name for name in (*own.columns, *own.bars) if name not in rules.columns]:
            raise ConfigError(path, line_of(path, "columns"), f"没有名为 {missing[0]} 的列")
    texts = {}
    for name in (*kinds, *units):
        path = folder / name / TEXT
        if not path.is_file():
            raise ConfigError(path, None, "文件不存在")
        texts[name] = path.read_text(encoding="utf-8")
    return BulletinRules(kinds=kinds, units=units, texts=texts)


def _check_kind(kind: BulletinKind, path: Path, portal: Portal) -> None:
    groups = portal.site.groups
    for name, rules in kind.figures.items():
        wanted = [(("kinds",), rules.kinds), *((("columns", key), of.kinds) for key, of in rules.columns.items())]
        for place, names in wanted:
            for record in names:
                if record not in portal.kinds:
                    line = line_of(path, "figures", name, *place)
                    raise ConfigError(path, line, f"没有名为 {record} 的记录类别")
        for key, group in rules.sums.items():
            if group not in groups:
                line = line_of(path, "figures", name, "sums", key)
                raise ConfigError(path, line, f"没有名为 {group} 的单位分组")
        # A portal may lack a topic: its figures are then not there. One that is there has the columns.
        topic = portal.topics.get(rules.topic or "")
        for key, column in rules.columns.items():
            if topic and not column.is_rate and key not in topic.columns:
                line = line_of(path, "figures", name, "columns", key)
                raise ConfigError(path, line, f"统计专题 {topic.id} 没有名为 {key} 的列")
    for key, named in (("tables", kind.tables), ("rankings", kind.rankings)):
        for name, entry in named.items():
            if entry.group is not None and entry.group not in groups:
                raise ConfigError(path, line_of(path, key, name, "group"), f"没有名为 {entry.group} 的单位分组")
