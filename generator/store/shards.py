"""Shards: what tables need of the records of one kind in a slice of a month, and the directory of a kind's shards."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from generator.model.kind import Kind
from generator.model.record_id import as_text
from generator.model.slices import Slice
from generator.publish.ledger import as_number
from generator.store.columnar import pack

ROWS_A_SHARD = 1000


def shard_path(kind: str, name: str) -> str:
    """Address of a shard, below the site's root; `name` is the month and the slice."""
    return f"store/{kind}/{name}.json.gz"


def directory_path(kind: str) -> str:
    """Address of the list of a kind's shards, below the site's root."""
    return f"store/{kind}/directory.json.gz"


def shard_fields(kind: Kind) -> list[str]:
    """Fields a shard carries: those of tables, and those that search looks at or shows."""
    roles = kind.roles
    wanted = [*kind.list, roles.subject, roles.subject_code, roles.number, roles.decided]
    return list(dict.fromkeys(code for code in wanted if code is not None))


def shard_name(month: str, part: Slice) -> str:
    """How a shard is named, in its address and in the directory."""
    return f"{month}-{part.name}"


def directory_lines(records: pd.DataFrame, parts: list[Slice], kind: Kind, month: str) -> pd.DataFrame:
    """The lines of a partition's shards in the directory of its kind.

    Columns, newest first: slice, first, last: text; count: int; states: lists [place, count, place, count, …]; units:
    lists [place, months as of `months_to_report`, count, …], so that a unit's rows of a month of report are counted
    without reading one, and late rows are found however old they are.
    """
    months = months_to_report(records, kind)
    return pd.DataFrame(
        [_line(part, month, records.iloc[part.start : part.end], months[part.start : part.end], kind) for part in parts]
    )


def directory(lines: pd.DataFrame) -> bytes:
    """The list of a kind's shards, newest first: totals by unit, state and days without reading a row."""
    return pack({str(name): column.tolist() for name, column in lines.items()})


def shard(records: pd.DataFrame, kind: Kind) -> bytes:
    """The content of the shard of these records."""
    # The last day goes along, so that scripts drop a record on the day after it though no new site was built.
    own = {
        "id": as_text(records["id"].to_numpy()).tolist(),
        **{name: records[name].tolist() for name in ("unit", "last_day", "state")},
        "reported_after": months_to_report(records, kind).tolist(),
    }
    return pack({**own, **{code: records[code].tolist() for code in shard_fields(kind)}})


def months_to_report(records: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Months from that of the decision to that of the first report, in which bulletins count a record: 0, 1 …

    Of a corrected record the first report counts, not the one that stands. A small number packs better than a month.
    """
    first = records["shown_from"].where(records["shown_from"] != "", records[kind.roles.reported])
    months: np.ndarray = _months(first) - _months(records[kind.roles.decided])
    return months


def _months(days: pd.Series) -> np.ndarray:
    years, months = np.divmod(as_number(days) // 100, 100)
    counted: np.ndarray = 12 * years + months
    return counted


def _line(part: Slice, month: str, rows: pd.DataFrame, months: np.ndarray, kind: Kind) -> dict[str, Any]:
    labels = [state.label for state in kind.states]
    states = rows["state"][rows["state"] != ""].map(labels.index).to_numpy(dtype=np.int64)
    return {
        "slice": shard_name(month, part),
        "first": part.first_day or f"{month}-01",
        "last": part.last_day or f"{month}-31",
        "count": len(rows),
        "units": _counted(np.column_stack([rows["unit"].to_numpy(), months])),
        "states": _counted(states),
    }


def _counted(values: np.ndarray) -> list[int]:
    """Values, or rows of them, each with its count behind it."""
    found, counts = np.unique(values, axis=0, return_counts=True)
    return np.column_stack([found, counts]).ravel().tolist()
