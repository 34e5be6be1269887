"""What changed on the site, out of dates in the data: nothing here depends on an earlier build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from generator.model.kind import Kind
from generator.model.record_id import as_text
from generator.publish.ledger import as_days
from generator.publish.view import PublicView

NEW, CORRECTED, GONE = "new", "corrected", "gone"

_NONE = pd.DataFrame({name: pd.Series(dtype="str") for name in ("day", "change", "id", "kind", "month")})


def first_day(today: date, days: int) -> str:
    """ISO day from which on new records are told: the last of `days` days is `today`."""
    return (today - timedelta(days=days - 1)).isoformat()


def partition_changes(records: pd.DataFrame, kind: Kind, month: str, since: str) -> pd.DataFrame:
    """Changes of the downloadable records of a kind and month of decision: new ones from `since` on, all corrections.

    Columns, all text: day (ISO), change, id, kind, month.
    """
    records = records[records["downloadable"].to_numpy()]
    shown_from = records["shown_from"].where(records["shown_from"] != "", records[kind.roles.reported])
    found = []
    for change, days, told in (
        (NEW, shown_from, shown_from >= since),
        (CORRECTED, records["corrected_on"], records["corrected_on"] != ""),
    ):
        ids = as_text(records.loc[told, "id"].to_numpy())
        lines = {"day": days[told].array, "change": change, "id": ids.array, "kind": kind.id, "month": month}
        found.append(pd.DataFrame(lines, index=ids.index))
    return pd.concat(found, ignore_index=True)


def all_changes(partitions: Iterable[pd.DataFrame], view: PublicView) -> pd.DataFrame:
    """Those of all partitions and what is no longer shown, newest first: of the latter id and day alone."""
    gone = pd.DataFrame(
        {
            "day": pd.Series(as_days(view.gone_on), dtype="str"),
            "change": GONE,
            "id": as_text(view.gone),
            "kind": "",
            "month": "",
        }
    )
    changes = pd.concat([_NONE, *partitions, gone], ignore_index=True)
    return changes.sort_values(["day", "change", "id"], ascending=[False, True, True], ignore_index=True)


def feed_entries(changes: pd.DataFrame, since: str, wanted: int) -> tuple[pd.DataFrame, int]:
    """The changes from a day on that fit into a feed, newest first, and how many there were.

    Where they do not all fit, new records give way: a copy misses those, but has to drop and mend the others.
    """
    recent = changes[changes["day"] >= since]
    urgent = (recent["change"] != NEW).to_numpy()
    order = np.concatenate([np.flatnonzero(urgent), np.flatnonzero(~urgent)])[:wanted]
    return recent.iloc[np.sort(order)].reset_index(drop=True), len(recent)


def lasting(changes: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Month of the change (YYYY-MM) → corrections and what is no longer shown, newest first.

    New records are not repeated here: the tables themselves say from when on each is shown.
    """
    kept = changes[changes["change"] != NEW]
    return {str(month): lines for month, lines in kept.groupby(kept["day"].str.slice(0, 7))}
