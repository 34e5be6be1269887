"""A folder of nasty files: each is read or refused in one line, and every row of it is accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from nasty import NASTY
from portals import SITE, admitted, make_portal

from generator.issues import rows_set_aside

PLACES = {name: place for place, name in enumerate(NASTY)}


def path_of(name: str) -> str:
    return f"data/records/licence/2023-12/unit-{PLACES[name]:02}{NASTY[name].suffix}"


@dataclass(frozen=True)
class Outcome:
    lines: Mapping[str, list[str]]
    """File → what is told of it."""
    published: Mapping[int, int]
    withheld: Mapping[int, int]
    """Place of the unit → rows."""
    aside: Counter[str]
    """File → rows that are declared not data."""
    names: list[str]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    units: list[dict[str, Any]] = [
        {"id": f"unit-{place:02}", "name": f"第{place}局", "group": "department", "region": "410400", "covers": ["市"]}
        for place in PLACES.values()
    ]
    root = make_portal(
        tmp_path_factory.mktemp("nasty") / "portal",
        {path_of(name): nasty.content for name, nasty in NASTY.items()},
        units=[*SITE["units"], *units],
    )
    with admitted(root) as found:
        lines = defaultdict(list)
        for line in found.lines():
            path = line.partition(" ")[2].partition("：")[0].partition("，")[0]
            lines[path].append(line.replace(path, "@", 1))
        tallies = found.published.tallies
        yield Outcome(
            lines,
            tallies.select(state="published").by_unit().to_dict(),
            tallies.select(state="withheld").by_unit().to_dict(),
            rows_set_aside(found.published.issues),
            found.records("licence")["XK_XDR_MC"].tolist(),
        )


@pytest.mark.parametrize("name", NASTY)
def test_what_is_told_of_a_file_is_what_its_clerk_needs(outcome: Outcome, name: str) -> None:
    assert sorted(outcome.lines[path_of(name)]) == sorted(NASTY[name].told)


@pytest.mark.parametrize("name", NASTY)
def test_every_row_of_a_file_is_published_or_withheld_or_declared_not_data(outcome: Outcome, name: str) -> None:
    unit = len(SITE["units"]) + PLACES[name]
    published, withheld = outcome.published.get(unit, 0), outcome.withheld.get(unit, 0)
    assert published == NASTY[name].published
    assert published + withheld + outcome.aside[path_of(name)] == NASTY[name].rows


def test_no_name_is_mojibake(outcome: Outcome) -> None:
    """Traditional characters are what the clerk wrote, and no reason to write a name otherwise."""
    begin = ("示例粮油商贸第", "示例糧油商貿第")
    firms = [name for name in outcome.names if name != "张**"]
    assert all(name.startswith(begin) and name.endswith("有限公司") for name in firms)
    assert len(outcome.names) == sum(nasty.published for nasty in NASTY.values())
