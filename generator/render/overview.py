"""What the section pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from generator.bulletin.archive import Bulletin
from generator.intake.registers import Registers
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.publish.edition import Edition
from generator.publish.tallies import Tallies
from generator.publish.view import Counts, PublicView
from generator.statistics.freshness import Freshness


@dataclass(frozen=True)
class Overview:
    """What the section pages say about the records."""

    portal: Portal
    view: PublicView
    tallies: Tallies
    counts: Counts
    bulletins: list[Bulletin]
    """Newest first."""
    registers: Registers
    edition: Edition
    reporting: Freshness
    today: date

    def latest(self, kind: Kind, wanted: int) -> pd.DataFrame:
        """The newest records of a kind."""
        found: list[pd.DataFrame] = []
        for partition in self.view.partitions(kind.id):
            found.append(self.view.read(partition, kind).head(wanted))
            if sum(map(len, found)) >= wanted:
                break
        return pd.concat(found, ignore_index=True).head(wanted) if found else pd.DataFrame()
