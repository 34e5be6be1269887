"""Tallies: counts by kind, unit, month, state and timeliness. What bulletins and the status page read."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from generator.model.timeliness import LATE, UNDETERMINED
from generator.publish.ledger import (
    ADDED,
    COUNTED,
    EXITED,
    EXPIRED,
    NOT_PUBLIC,
    PUBLISHED,
    RESTRICTED,
    SUPERSEDED,
    WITHDRAWN,
    WITHHELD,
)


@dataclass(frozen=True)
class Tallies:
    """Counts of rows; never the rows."""

    counts: pd.DataFrame
    """kind, unit (place in site.units), region (code), month (of the report), state, timeliness, counted, list_class,
    count, content (uint64: sum of what the rows say, modulo 2 to the 64th: equal if the same was counted)."""

    @classmethod
    def of(cls, ledger: pd.DataFrame, regions: list[str]) -> Tallies:
        """Count a ledger. `regions` gives the region of each unit, by place."""
        keys = ["kind", "unit", "month", "state", "timeliness", "counted", "list_class"]
        groups = ledger.groupby(keys, observed=True, dropna=False)["content"]
        counts = groups.agg(count="size", content="sum").reset_index()
        counts["region"] = [regions[unit] for unit in counts["unit"]]
        return cls(counts.astype(dict.fromkeys(["kind", "month", "state", "timeliness", "list_class"], "str")))

    def select(self, **where: object) -> Tallies:
        """Those of one kind, month, state …; a list selects several values."""
        counts = self.counts
        for column, value in where.items():
            counts = counts[counts[column].isin(value) if isinstance(value, list) else counts[column] == value]
        return Tallies(counts)

    def total(self) -> int:
        """Number of rows."""
        return int(self.counts["count"].sum())

    def by_unit(self) -> pd.Series:
        """Number of rows of each unit, by its place."""
        return self.counts.groupby("unit")["count"].sum()

    def records(self) -> Tallies:
        """First reports of accepted records: what bulletins count. A correction counts where the first report did."""
        return self.select(counted=True)

    def late(self) -> Tallies:
        """Records reported after their limit."""
        return self.select(timeliness=LATE, counted=True)

    def undetermined(self) -> Tallies:
        """Records whose limit falls into a year without a calendar."""
        return self.select(timeliness=UNDETERMINED, counted=True)

    def withheld(self) -> int:
        """Rows that are not published because of a fault."""
        return self.select(state=WITHHELD).total()

    def published(self) -> int:
        """Rows that may be seen."""
        return self.select(state=PUBLISHED).total()

    def expired(self) -> int:
        """Rows whose last day of display is over."""
        return self.select(state=EXPIRED).total()

    def withdrawn(self) -> int:
        """Rows of records that were taken down: repaired, revoked, changed …"""
        return self.select(state=WITHDRAWN).total()

    def not_public(self) -> int:
        """Rows that may not be shown at all by law."""
        return self.select(state=NOT_PUBLIC).total()

    def exited(self) -> int:
        """Rows of subjects that were taken off their list."""
        return self.select(state=EXITED).total()

    def restricted(self) -> int:
        """Rows that say of themselves that they are not for the public."""
        return self.select(state=RESTRICTED).total()

    def added(self) -> int:
        """Rows that complete records of other files."""
        return self.select(state=ADDED).total()

    def only_counted(self) -> int:
        """Rows that are published as counts alone."""
        return self.select(state=COUNTED).total()

    def superseded(self) -> int:
        """Rows that a later report of the same record replaces."""
        return self.select(state=SUPERSEDED).total()

    def months(self) -> list[str]:
        """Months of report, newest first."""
        return sorted(self.counts["month"].unique(), reverse=True)
