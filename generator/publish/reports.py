"""When each unit last sent something of each kind, rows or the word that there are none. Days only, no content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from generator.model.statistics import end_of
from generator.publish.ledger import as_days

NO_NOTHING = pd.DataFrame(
    {"kind": pd.Series(dtype="str"), "unit": pd.Series(dtype="int16"), "month": pd.Series(dtype="str")}
)
"""Declarations that a unit has nothing of a kind in a month (YYYY-MM of its file's folder)."""


@dataclass(frozen=True)
class Reports:
    """The last report of each unit and kind."""

    last: pd.DataFrame
    """kind (of data or supplement), unit (place in site.units), day (ISO), nothing (bool: what came last is the word
    that there is nothing, for the month of that day). A line for each kind and unit that ever sent something."""

    @classmethod
    def of(cls, ledger: pd.DataFrame, nothing: Iterable[pd.DataFrame], today: date) -> Reports:
        """The last days of a ledger and of declarations.

        Rows that are withheld have no day: they are not sent until they are mended. A declaration is for the whole
        month and counts up to its last day, or today; for a month to come it says nothing yet.
        """
        sent = ledger[ledger["reported"] > 0].groupby(["kind", "unit"], observed=True)["reported"].max().reset_index()
        declared = pd.concat([NO_NOTHING, *nothing], ignore_index=True)
        declared = declared[declared["month"] <= f"{today:%Y-%m}"]
        days = [min(end_of(month), today).isoformat() for month in declared["month"]]
        lines = pd.concat(
            [
                sent[["kind", "unit"]].assign(day=pd.array(as_days(sent["reported"].to_numpy()), "str"), nothing=False),
                declared[["kind", "unit"]].assign(day=pd.array(days, "str"), nothing=True),
            ],
            ignore_index=True,
        ).astype({"kind": "str"})
        # Of a day with both, the rows are told.
        lines = lines.sort_values(["kind", "unit", "day", "nothing"], ascending=[True, True, True, False])
        return cls(lines.drop_duplicates(["kind", "unit"], keep="last", ignore_index=True))
