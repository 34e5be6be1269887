"""Whether rows come from the unit that their file belongs to, by name and by code."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from generator.check.rules import Finding, Rows

_REGION = slice(2, 8)
"""Places of a credit code that say where it was issued (GB/T 2260)."""


def check_unit(rows: Rows) -> Iterator[Finding]:
    """The unit a row comes from is the unit of its file, by name or by code; and its code is of the unit's place.

    The code of the city will do for the units in it; those of subjects may be from anywhere.
    """
    roles, site = rows.kind.roles, rows.portal.site
    units = [site.units[site.unit_index()[table.source.unit]] for table in rows.batch.tables]
    # Names repeat: each triple of a file, a name and a code is looked at once.
    names, sources = pd.factorize(rows.frame[roles.source])
    codes, known = pd.factorize(rows.frame[roles.source_code]) if roles.source_code else (np.zeros_like(names), [""])
    places, triples = pd.factorize((rows.batch.table.astype(np.int64) * len(sources) + names) * len(known) + codes)
    foreign, elsewhere = np.zeros(len(triples), dtype=bool), np.zeros(len(triples), dtype=bool)
    for place, triple in enumerate(triples.tolist()):
        pair, code = divmod(triple, len(known))
        table, name = divmod(pair, len(sources))
        unit, written = units[table], known[code]
        foreign[place] = sources[name] != "" and not unit.is_source(sources[name], written)
        elsewhere[place] = written != "" and written[_REGION] not in (unit.region, site.region)
    wrong, misplaced = foreign[places], (elsewhere & ~foreign)[places]
    for table in np.unique(rows.batch.table[wrong]).tolist():
        of_table = wrong & (rows.batch.table == table)
        yield Finding("unit-not-the-folders", of_table, roles.source, {"unit": units[table].name})
    if roles.source_code and misplaced.any():
        readable = ~rows.unreadable.get(roles.source_code, np.zeros(len(places), dtype=bool))
        for table in np.unique(rows.batch.table[misplaced]).tolist():
            of_table = misplaced & readable & (rows.batch.table == table)
            region = next(one for one in site.regions if one.code == units[table].region)
            details = {"unit": units[table].name, "place": f"{region.name}（{region.code}）"}
            yield Finding("code-other-place", of_table, roles.source_code, details)
