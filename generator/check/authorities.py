"""Whether the authority of a decision is one that the site knows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from generator.check.rules import Finding, Rows
from generator.intake.sources import nearest

_GUESSES = 20
"""Unknown names of a batch that are compared with the known ones; each comparison takes milliseconds."""


def check_authorities(rows: Rows) -> Iterator[Finding]:
    """Authorities that are no unit of data/site.yml, nor part of one, by name or by code. Each is told once a file."""
    roles = rows.kind.roles
    if roles.authority == roles.source:
        return
    units = rows.portal.site.units
    names, known = pd.factorize(rows.frame[roles.authority])
    beginnings = tuple(name for unit in units for name in (*unit.names(), *unit.covers))
    strange = np.array([name != "" and not name.startswith(beginnings) for name in known], dtype=bool)[names]
    if roles.authority_code and strange.any():
        codes = [unit.code for unit in units if unit.code]
        strange &= ~rows.frame[roles.authority_code].isin(codes).to_numpy(dtype=bool)
    if not strange.any():
        return
    places = np.flatnonzero(strange)
    told = pd.DataFrame({"table": rows.batch.table[places], "name": names[places], "place": places})
    first = told.groupby(["table", "name"], sort=False)["place"].agg(["min", "size"])
    own = [name for unit in units for name in unit.names()]
    guesses: dict[int, str] = {}
    each = {}
    for (_, name), (place, count) in zip(first.index, first.to_numpy().tolist(), strict=True):
        if name not in guesses and len(guesses) < _GUESSES:
            guesses[name] = nearest(known[name], own)
        each[place] = {"nearest": guesses.get(name, ""), "count": f"{count:,}"}
    shown = np.zeros(len(rows.frame), dtype=bool)
    shown[list(each)] = True
    yield Finding("authority-unknown", shown, roles.authority, each=each)
