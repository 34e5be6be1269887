"""The last day of display: counted from the decision, and the stricter of two rule sets counts.

What the project's own rule sets give is tried out in tests/display.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from portals import PENALTIES, Rows, admitted, penalty, write

from generator.model.declaration import ConfigError
from generator.model.display import add_months
from generator.model.portal import load_portal

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("decided", "months", "later"),
    [
        ("2023-12-01", 36, "2026-12-01"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-31", 3, "2023-11-30"),
        ("2023-12-31", 3, "2024-03-31"),
        ("2023-12-01", 0, "2023-12-01"),
        ("", 36, ""),
    ],
)
def test_a_day_the_month_does_not_have_becomes_its_last(decided: str, months: int, later: str) -> None:
    assert add_months(pd.Series([decided, decided], dtype="str"), months).tolist() == [later, later]


RULES = """\
rules:
  - {id: first, title: A, number: A, since: 2019-07-01, until: 2023-04-30, source: C, cases: {penalty: [{longest: 36}]}}
  - {id: second, title: B, number: B, since: 2023-05-01, source: C, cases: {penalty: [{longest: 12}]}}
"""


def last_day(root: Path, decided: str, today: str) -> str:
    """Last day of a penalty that was reported on the day of its decision; "" if it is no longer shown."""
    rows: Rows = [penalty(CF_JDRQ=decided, BSRQ=decided)]
    write(root / PENALTIES, rows)
    with admitted(root, date.fromisoformat(today)) as found:
        records = found.records("penalty")
        return "" if records.empty else str(records["last_day"].iloc[0])


@pytest.mark.parametrize(
    ("decided", "today", "last"),
    [
        ("2023-04-30", "2023-04-30", "2026-04-30"),  # the later rule set is not yet in force
        ("2023-04-30", "2023-05-01", "2024-04-30"),  # now it is, and it is the stricter one
        ("2023-05-01", "2023-05-02", "2024-05-01"),
        ("2022-05-01", "2023-05-01", "2023-05-01"),
        ("2022-04-30", "2023-05-01", ""),
    ],
)
def test_a_stricter_law_shortens_the_display_from_the_day_it_is_in_force(
    root: Make, decided: str, today: str, last: str
) -> None:
    portal = root()
    write(portal / "data/rules/display.yml", RULES)
    assert last_day(portal, decided, today) == last


@pytest.mark.parametrize(
    ("decided", "last"),
    [("2023-04-30", "2023-10-30"), ("2023-05-01", "2024-05-01")],
)
def test_a_milder_law_does_not_lengthen_the_display(root: Make, decided: str, last: str) -> None:
    portal = root()
    write(portal / "data/rules/display.yml", RULES.replace("longest: 36", "longest: 6"))
    assert last_day(portal, decided, "2023-06-01") == last


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{penalty: [{longest: 12}]}", "{penality: [{longest: 12}]}", "没有名为 penality 的记录类别"),
        ("[{longest: 12}]", "[{longest: 12, from: CF_NIX}]", "行政处罚没有名为 CF_NIX 的字段"),
        ("[{longest: 12}]", "[{longest: -1}]", "应不小于 0"),
        ("id: second", "id: first", "规定代号 first 重复"),
    ],
)
def test_a_rule_that_refers_to_nothing_is_refused_with_its_line(root: Make, old: str, new: str, said: str) -> None:
    portal = root()
    write(portal / "data/rules/display.yml", RULES.replace(old, new))
    with pytest.raises(ConfigError) as error:
        load_portal(portal)
    assert "data/rules/display.yml:3: " in str(error.value)
    assert said in str(error.value)
