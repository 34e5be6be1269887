"""The bulletins of the months before the reference month: the demo has no records of these, and they say so."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from generator.bulletin.archive import Bulletin, bulletin_of
from generator.bulletin.counted import CountedFigures
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.figures import Figures
from generator.bulletin.frozen import Frozen, frozen_figures, write_frozen
from generator.demo.draws import Draws
from generator.demo.wording import Former, Reference
from generator.model.portal import load_portal
from generator.model.site import Site
from generator.model.statistics import end_of
from generator.model.timeliness import LATE, ON_TIME
from generator.publish.ledger import PUBLISHED, WITHHELD
from generator.publish.tallies import Tallies

_SOURCE = "演示数据，非真实通报"


def write_bulletins(root: Path, reference: Reference, draws: Draws) -> None:
    """Write them as imported bulletins, in place of those that an earlier demo wrote."""
    portal = load_portal(root)
    rules = load_bulletin_rules(portal)
    tallies = _tallies(reference, portal.site, draws)
    for kind in rules.kinds.values():
        if kind.period != "month":
            continue
        counted = {name: CountedFigures(of, tallies, portal.site) for name, of in kind.figures.items() if of.kinds}
        former: list[Bulletin] = []
        for month in sorted({month for of in counted.values() for month in of.months()}):
            figures = {
                name: _uncounted(counted[name].of(month)) if name in counted else Figures(of, ())
                for name, of in kind.figures.items()
            }
            former.insert(0, bulletin_of(portal, rules, kind, month, figures, None, former))
            write_frozen(root, kind.id, _issued(former[0]))


def _uncounted(figures: Figures) -> Figures:
    """Without digests: there are no records that they could be of."""
    return replace(figures, lines=tuple(replace(line, digest="") for line in figures.lines))


def _issued(bulletin: Bulletin) -> Frozen:
    """As if it had been issued on the fifth of the next month."""
    return Frozen(
        period=bulletin.period,
        title=bulletin.title,
        issued=end_of(bulletin.period) + timedelta(days=5),
        imported=True,
        source=_SOURCE,
        fictional=True,
        quoted=bulletin.quoted,
        figures={name: frozen_figures(of) for name, of in bulletin.figures.items() if of.lines},
        text=bulletin.text,
    )


def _tallies(reference: Reference, site: Site, draws: Draws) -> Tallies:
    """Counts around those of the reference month, for each month before it."""
    former = reference.former
    last = np.datetime64(reference.month, "M")
    lines: list[tuple[str, int, str, str, str | None, bool, int]] = []
    for back in range(former.months, 0, -1):
        month = str(last - back)
        for place, unit in enumerate(site.units):
            number = np.array([back * len(site.units) + place])
            usual, _ = reference.counts.get(unit.id, (0, 0))
            swing = former.least + (former.most - former.least) * draws.share("bulletin", number)[0]
            records = int(usual * swing * former.rising.get(unit.id, 1))
            late = 0
            if records and unit.group in former.late:
                late = int(records * former.late[unit.group] + draws.share("bulletin late", number)[0])
            declared = former.declared.get(month, {}).get(unit.id)
            lines += _of_unit(former, month, place, *(declared or (records, late, 0)))
    columns = ["kind", "unit", "month", "state", "timeliness", "counted", "count"]
    return Tallies(pd.DataFrame(lines, columns=columns).assign(content=np.uint64(0)))


def _of_unit(
    former: Former, month: str, place: int, records: int, late: int, withheld: int
) -> list[tuple[str, int, str, str, str | None, bool, int]]:
    """Lines of a tally: the last kind takes what the shares of the others leave over, the first those that are late."""
    *others, last = former.kinds
    split = {kind: int(records * former.kinds[kind]) for kind in others}
    split[last] = records - sum(split.values())
    found: list[tuple[str, int, str, str, str | None, bool, int]] = []
    for kind, count in split.items():
        of_kind = min(late, count)
        late -= of_kind
        found.append((kind, place, month, PUBLISHED, LATE, True, of_kind))
        found.append((kind, place, month, PUBLISHED, ON_TIME, True, count - of_kind))
    found.append((last, place, month, WITHHELD, None, False, withheld))
    return [line for line in found if line[-1]]
