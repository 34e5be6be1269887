"""Finds withdrawals that an earlier revision of the register has and the present one has not: a withdrawal is final."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator.check.revision import restore
from generator.intake.registers import WITHDRAWAL_HEADINGS, WITHDRAWALS, read_registers
from generator.issues import Issue
from generator.model.portal import Portal


def undone_withdrawals(portal: Portal, since: str, today: date) -> Iterator[Issue]:
    """An issue for each withdrawal that was taken out of the register, or put off when it was in force."""
    with tempfile.TemporaryDirectory() as name:
        restore(portal, since, WITHDRAWALS, Path(name))
        before = read_registers(replace(portal, root=Path(name)))
    now = read_registers(portal)
    undone = set(before.withdrawals["id"]) - set(now.withdrawals["id"])
    undone |= before.withdrawn(today).keys() - now.withdrawn(today).keys()
    lines = before.withdrawals[before.withdrawals["id"].isin(undone)].drop_duplicates("id")
    for entry, row in lines[["id", "row"]].itertuples(index=False):
        yield Issue(WITHDRAWALS, row=int(row), column=WITHDRAWAL_HEADINGS[0], code="withdrawal-undone", value=entry)
