"""Declarations of topics and indicators that cannot be right are refused, with file and line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from portals import ROOT
from tabled import PLAIN, with_topic

from generator.model.declaration import ConfigError
from generator.model.indicators import load_indicators
from generator.model.statistics import end_of, is_period, load_topics

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"order": "none"}, "order：没有名为 none 的列"),
        ({"charts": [{"type": "bars", "title": "图", "columns": ["none"]}]}, "没有名为 none 的列"),
        ({"charts": [{"type": "bars", "title": "图", "columns": ["firms", "shops"]}]}, "bars 只画一列"),
        ({"periods": {"2023-13": {"source": "x"}}}, "应为 2023、2023-12 或 2023-03-10 的形式"),
        ({"columns": {"a": {"title": "甲", "sum_of": ["b"]}}}, "没有名为 b 的列"),
        ({"rows": ["county"]}, "应为 'region', 'unit' or 'month' 之一"),
    ],
)
def test_a_topic_that_names_what_it_does_not_have_is_refused(root: Make, changes: dict[str, object], said: str) -> None:
    portal = with_topic(root(), {}, {**PLAIN, **changes})
    with pytest.raises(ConfigError, match=re.escape(said)) as refused:
        load_topics(portal / "data/statistics")
    assert refused.value.line


def test_the_address_of_the_indicators_is_no_topics(root: Make) -> None:
    with pytest.raises(ConfigError, match="page: false"):
        load_topics(with_topic(root(), {}, name="indicators") / "data/statistics")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("weight: 20\n", "weight: 19\n", "各指标分值之和应为 100，现为 99"),
        ("weight: 2.4\n", "weight: 2.6\n", "规则最多给 2.4 分，与分值 2.6 不符"),
        ("last: 2023-12}", "last: 2023-11}", "规则最多给 2.2 分，与分值 2.4 不符"),
        ("last: 2023-12}", "last: 2022-12}", "last 早于 first"),
        ("id: offices", "id: rank", "指标代号 rank 重复"),
        ("of: [offices]", "of: [office]", "没有名为 office 的输入"),
        ("per: subjects, full", "full", "规则没有用到输入 subjects"),
        ("full: 0.3, none: 0.5", "full: 0.3, none: 0.3", "full 与 none 不能相同"),
        ("of: city, monthly: true", "of: city", "逐月的输入用于 months 规则"),
        ("topic: graded, column: fields", "topic: graded, column: field", "graded 没有名为 field 的列"),
    ],
)
def test_indicators_that_do_not_fit_together_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (ROOT / "data/rules/indicators.yml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "indicators.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(said)) as refused:
        load_indicators(path, load_topics(ROOT / "data/statistics"))
    assert refused.value.line


def test_a_portal_may_do_without_indicators_and_without_the_topics_they_name(root: Make, tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "data/rules/indicators.yml", tmp_path / "indicators.yml")
    assert load_indicators(tmp_path / "none.yml", {}) is None
    assert load_indicators(tmp_path / "indicators.yml", {}) is not None
    assert load_topics(root() / "data/statistics") == {}


def test_a_period_is_a_year_a_month_or_a_day_that_there_is() -> None:
    asked = ("2023", "2023-02", "2023-02-28", "2023-02-29", "2024-02-29", "2023-00", "2023-1", "23", "")
    assert [text for text in asked if is_period(text)] == ["2023", "2023-02", "2023-02-28", "2024-02-29"]
    assert [end_of(text).isoformat() for text in ("2023", "2024-02", "2023-03-10")] == [
        "2023-12-31",
        "2024-02-29",
        "2023-03-10",
    ]
