"""Portals with statistics, and what becomes of their tables."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml
from portals import ROOT, TODAY, Content, admitted, make_portal, write

from generator.intake.statistics import find_statistics
from generator.statistics.compiled import Statistics, compile_statistics
from generator.statistics.scores import RegionScores, scores

TOPICS = ROOT / "data/statistics"
PLAIN = {
    "title": "示例专题",
    "summary": "测试用",
    "source": "示例来源",
    "columns": {
        "firms": {"title": "企业", "unit": "家"},
        "shops": {"title": "个体工商户", "unit": "家"},
        "all": {"title": "总计", "unit": "家", "sum_of": ["firms", "shops"]},
    },
}


def with_topic(
    root: Path, files: Mapping[str, Content], declaration: Mapping[str, object] = PLAIN, name: str = "example"
) -> Path:
    """Add a topic to a portal; `files`: name in its folder → content."""
    folder = root / "data/statistics" / name
    write(folder / "topic.yml", yaml.safe_dump(dict(declaration), allow_unicode=True))
    for file, content in files.items():
        write(folder / file, content)
    return root


def with_own_topics(root: Path, *names: str, figures: bool = False) -> Path:
    """Add topics of the demo city, without or with their tables."""
    for path in sorted(TOPICS.iterdir()):
        if not names or path.name in names:
            ignore = None if figures else shutil.ignore_patterns("*.csv")
            shutil.copytree(path, root / "data/statistics" / path.name, ignore=ignore)
    return root


def compiled(root: Path, today: date = TODAY) -> tuple[Statistics, list[RegionScores]]:
    """Tables, issues and scores of a portal; files that are in no topic count among the issues."""
    with admitted(root, today) as found:
        sources, strays = find_statistics(found.portal)
        tallies = found.published.tallies
        statistics = compile_statistics(found.portal, sources, tallies, today)
        scored = scores(found.portal, statistics.tables, tallies)
        return Statistics(statistics.tables, sorted([*strays, *statistics.issues])), scored


def told(root: Path) -> list[str]:
    """File, place, column, value and code of each fault."""
    issues = compiled(root)[0].issues
    return [f"{Path(i.file).name}|{i.row}|{i.column}|{i.value}|{i.code}" for i in issues]


def figures(root: Path, topic: str = "example", period: str | None = None) -> dict[str, dict[str, str]]:
    """Row in words → column → figure of a table, the newest by default; "合计" is the row of the total."""
    return shown(compiled(root)[0], topic, period)


def shown(statistics: Statistics, topic: str, period: str | None = None) -> dict[str, dict[str, str]]:
    """The same of statistics that were compiled before."""
    table = next(table for table in statistics.tables[topic] if period in (None, table.period))
    rows = {"，".join(row.names): row.figures for row in table.rows} | {"合计": table.total}
    return {name: {column: f"{value:f}" for column, value in row.items()} for name, row in rows.items()}


def small(root: Path) -> Path:
    """A portal without records or statistics."""
    return make_portal(root)
