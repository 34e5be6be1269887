"""When each unit last sent something of each kind, rows or the word that there are none. Days only, no content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from generator.intake.table import Batch
from generator.issues import Issue
from generator.model.portal import Portal
from generator.model.statistics import end_of
from generator.publish.ledger import as_days

NO_TABLES = pd.DataFrame(
    {
        "kind": pd.Series(dtype="str"),
        "unit": pd.Series(dtype="int16"),
        "month": pd.Series(dtype="str"),
        "file": pd.Series(dtype="str"),
        "sheet": pd.Series(dtype="str"),
        "rows": pd.Series(dtype="int64"),
        "nothing": pd.Series(dtype="bool"),
    }
)
"""What each table of a file brings: month (YYYY-MM) is that of the file's folder, nothing: it says that the unit has
nothing of the kind in that month."""


def sent_lines(batch: Batch, portal: Portal) -> pd.DataFrame:
    """The tables of a batch, as in `NO_TABLES`."""
    index = portal.site.unit_index()
    lines = [
        {
            "kind": batch.kind.id,
            "unit": index[table.source.unit],
            "month": batch.month,
            "file": table.source.path,
            "sheet": table.sheet,
            "rows": len(table.rows) + table.malformed,
            "nothing": table.nothing,
        }
        for table in batch.tables
    ]
    return pd.DataFrame(lines, columns=list(NO_TABLES)).astype(NO_TABLES.dtypes.to_dict())


def all_sent(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The tables of all batches; `beside`: how many rows the table's unit sent of its kind and month in all."""
    sent = pd.concat([NO_TABLES, *parts], ignore_index=True)
    return sent.assign(beside=sent.groupby(["kind", "unit", "month"])["rows"].transform("sum").astype("int64"))


def contradicted(sent: pd.DataFrame, portal: Portal) -> Iterator[Issue]:
    """An issue for each table that says that there is nothing where the unit has rows. They stand all the same."""
    wrong = sent[sent["nothing"] & (sent["beside"] > 0)]
    for file, sheet, kind, rows in wrong[["file", "sheet", "kind", "beside"]].itertuples(index=False):
        details = (("count", f"{rows:,}"), ("kind", portal.forms[kind].title))
        yield Issue(file, sheet, code="nothing-contradicted", details=details)


@dataclass(frozen=True)
class Reports:
    """The last report of each unit and kind, and the months without any."""

    last: pd.DataFrame
    """kind (of data or supplement), unit (place in site.units), day (ISO), nothing (bool: what came last is the word
    that there is nothing, for the month of that day). A line for each kind and unit that ever sent something."""
    nothing: pd.DataFrame
    """kind, unit, month (YYYY-MM): where a unit said that there is nothing, and sent no row. Each once."""

    @classmethod
    def of(cls, ledger: pd.DataFrame, tables: pd.DataFrame, today: date) -> Reports:
        """The last days of a ledger, and of tables that say that there is nothing (as of `all_sent`).

        Rows that are withheld have no day: they are not sent until they are mended. A declaration is for the whole
        month and counts up to its last day, or today; for a month to come it says nothing yet.
        """
        sent = ledger[ledger["reported"] > 0].groupby(["kind", "unit"], observed=True)["reported"].max().reset_index()
        declared = tables[tables["nothing"] & (tables["beside"] == 0) & (tables["month"] <= f"{today:%Y-%m}")]
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
        last = lines.drop_duplicates(["kind", "unit"], keep="last", ignore_index=True)
        return cls(last, declared[["kind", "unit", "month"]].drop_duplicates(ignore_index=True))
