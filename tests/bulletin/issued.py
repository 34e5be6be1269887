"""Bulletins of small portals, computed in this process."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from portals import TODAY, admitted, declared

from generator.bulletin.archive import Bulletin, compile_bulletins
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.units import UnitHistory, unit_histories
from generator.bulletin.verification import Told, verify_bulletins
from generator.intake.statistics import find_statistics
from generator.render.bulletins import bulletin_page
from generator.statistics.compiled import compile_statistics

KIND = Path("data/rules/bulletins/double")
"""The monthly bulletin, below a portal's root."""


def compiled(root: Path, today: date = TODAY, month: str | None = None) -> list[Bulletin]:
    """All bulletins of a portal, newest first; `month`: also one that has no records."""
    return with_histories(root, today, month)[0]


def with_histories(
    root: Path, today: date = TODAY, month: str | None = None
) -> tuple[list[Bulletin], list[UnitHistory]]:
    """The same, and what every unit has of its own."""
    with admitted(root, today) as found:
        rules = load_bulletin_rules(found.portal)
        tallies = found.published.tallies
        tables = compile_statistics(found.portal, find_statistics(found.portal)[0], tallies, today).tables
        bulletins = compile_bulletins(found.portal, rules, tables, tallies, today, month)
        return bulletins, unit_histories(found.portal, rules, bulletins)


def of_month(root: Path, month: str = "2023-12", today: date = TODAY) -> tuple[Bulletin, str]:
    """The bulletin of a month and its page."""
    [bulletin] = [entry for entry in compiled(root, today, month) if entry.period == month]
    return bulletin, bulletin_page(declared(root), bulletin, {})


def verified(root: Path, today: date = TODAY) -> list[Told]:
    """What `portal bulletin --verify` finds."""
    return verify_bulletins(*with_histories(root, today))


def words(page: str) -> str:
    """A page without its tags."""
    return re.sub(r"<[^>]+>", "", page)


def rows_of(page: str) -> list[list[str]]:
    """The cells of all rows of the annexes, the rows of totals included."""
    annexes = page.partition("<tbody>")[2].partition("数字的构成")[0]
    return [
        re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall(r"<tr(?: id[^>]*)?><td.*?</tr>", annexes)
    ]
