"""Who has got better, by the rule of the monthly bulletin: 比前三期平均数多两成以上、而且不少于50条."""

from __future__ import annotations

from decimal import Decimal

import pytest
from portals import ROOT, declared

from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.figures import Figures, Line
from generator.bulletin.rankings import ranked

KIND = load_bulletin_rules(declared(ROOT)).kinds["double"]


def sent(count: int) -> Figures:
    return Figures(
        KIND.figures["reported"], (Line("yexian", "叶县", "county", {"records": Decimal(count), "late": Decimal(0)}),)
    )


@pytest.mark.parametrize(
    ("former", "now", "named"),
    [
        ((100, 100, 100), 120, True),
        ((100, 100, 100), 119, False),
        ((30, 30, 30), 49, False),
        ((30, 30, 30), 50, True),
        # From nothing to 500 is more than a fifth more.
        ((0, 0, 0), 500, True),
        ((0, 0, 0), 49, False),
        ((100, 100), 500, False),
    ],
)
def test_a_county_got_better_if_it_sent_a_fifth_more_than_in_three_months_before(
    former: tuple[int, ...], now: int, named: bool
) -> None:
    found = ranked(KIND.rankings["progress"], sent(now), [sent(count) for count in former])
    assert [entry.line.name for entry in found] == ["叶县"] * named
