"""Freezing a bulletin, and accounting for what changes afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from generator.bulletin.archive import Bulletin
from generator.bulletin.frozen import Correction, Frozen, add_correction, digest_of, frozen_figures, write_frozen
from generator.bulletin.letterhead import numbered
from generator.model.statistics import end_of


class FreezingError(Exception):
    """A bulletin cannot be frozen or corrected; one line for each reason."""


def freeze(
    root: Path, bulletin: Bulletin, today: date, number: int | None = None, others: Sequence[Bulletin] = ()
) -> Path:
    """Write a bulletin into the file of its month.

    `number`: the one in its 文号, if it was given one; `others`: those that may have it already.

    Raises FreezingError, with every place, if it does not reconcile.
    """
    rules = bulletin.kind.letterhead
    if number and not rules.number:
        raise FreezingError(f"{bulletin.kind.name}没有声明文号的写法（kind.yml 的 letterhead.number），不能编号")
    if bulletin.frozen:
        raise FreezingError(f"{bulletin.period} 的{bulletin.kind.name}已于 {bulletin.issued} 发布，不能再次冻结")
    if end_of(bulletin.period) >= today:
        raise FreezingError(f"{bulletin.period} 还没有结束，不能冻结（今天是 {today}）")
    if bulletin.discrepancies:
        raise FreezingError("\n".join(entry.text() for entry in bulletin.discrepancies))
    letterhead = numbered(bulletin.letterhead, rules, today.year, number) if number else bulletin.letterhead
    if has := next((entry for entry in others if number and entry.letterhead.number == letterhead.number), None):
        raise FreezingError(f"文号{letterhead.number}已用于 {has.period} 的{has.kind.name}，不能再用")
    figures = {name: frozen_figures(of) for name, of in bulletin.figures.items() if of.lines}
    frozen = Frozen(
        period=bulletin.period,
        title=bulletin.title,
        issued=today,
        letterhead=letterhead,
        digest=digest_of(figures),
        quoted=bulletin.quoted,
        rankings=bulletin.kind.rankings,
        figures=figures,
        text=bulletin.text,
    )
    return write_frozen(root, bulletin.kind.id, frozen)


def correct(root: Path, bulletin: Bulletin, reason: str, today: date) -> Path:
    """Add all that has changed since as one correction. Raises FreezingError where there is nothing to correct."""
    if bulletin.frozen is None:
        raise FreezingError(f"{bulletin.period} 的{bulletin.kind.name}还没有冻结，改正数据后重新计算即可")
    if not bulletin.changes:
        raise FreezingError(f"{bulletin.period} 的{bulletin.kind.name}发布以来没有未登记的变动")
    added = Correction(date=today, reason=reason, changes=bulletin.changes)
    return add_correction(root, bulletin.kind.id, bulletin.period, added)
