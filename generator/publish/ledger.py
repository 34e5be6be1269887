"""The ledger: one line for every row of every file, saying what became of it. It holds no content.

State and timeliness are small codes, so that a ledger of five million rows takes some 200 MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import pandas as pd

from generator.model.distinct import each_once
from generator.model.timeliness import LATE, ON_TIME, UNDETERMINED

PUBLISHED, EXPIRED, WITHDRAWN, NOT_PUBLIC = "published", "expired", "withdrawn", "not_public"
EXITED, RESTRICTED, COUNTED, ADDED = "exited", "restricted", "counted", "added"
SUPERSEDED, WITHHELD = "superseded", "withheld"
STATES = pd.CategoricalDtype(
    [PUBLISHED, EXPIRED, WITHDRAWN, NOT_PUBLIC, EXITED, RESTRICTED, COUNTED, ADDED, SUPERSEDED, WITHHELD]
)
"""What becomes of a row. Not public: the law forbids its display from the start; exited: its subject was taken off the
list; restricted: the record itself says that it is not for the public; added: it completes a record of another file;
counted: its kind is published in counts, or in counts of natural persons; withheld: it has a fault."""
TIMELINESS = pd.CategoricalDtype([ON_TIME, LATE, UNDETERMINED])

"""Columns of a ledger.

kind: category; unit: int16, place in site.units; month: category, month of the report (YYYY-MM);
state: STATES; timeliness: TIMELINESS, none for withheld rows; id: uint64, 0 for withheld rows;
content: uint64, what the row said when it was reported, see `record_id.contents`;
reported: int32, day of the report as YYYYMMDD; row: int64, see `row_numbers`; counted: bool, the
first report of its record, which is the one that bulletins count; was_shown: bool, could be seen when
it was reported; decided: int32, month of the decision as YYYYMM; over_from: int32, see `leaving.over_from`; off_list:
int32, first day on which its subject is not on its list, as YYYYMMDD, 0 for none; laid: bool, its content is laid aside
for the view. These are 0 and False for withheld rows. list_class: category, the list its subject is on, or "".

Nothing in it depends on the day but through `leaving.settle`.
"""

Rows = TypeVar("Rows", int, np.ndarray)

_TEXTS = ("kind", "month", "list_class")
_FILE_BITS, _SHEET_BITS = 32, 26
"""Where the places of file and sheet begin in the number of a row."""

_EMPTY = pd.DataFrame(
    {
        "kind": pd.Series(dtype="str"),
        "unit": pd.Series(dtype="int16"),
        "month": pd.Series(dtype="str"),
        "state": pd.Series(dtype=STATES),
        "timeliness": pd.Series(dtype=TIMELINESS),
        "id": pd.Series(dtype="uint64"),
        "content": pd.Series(dtype="uint64"),
        "reported": pd.Series(dtype="int32"),
        "row": pd.Series(dtype="int64"),
        "counted": pd.Series(dtype="bool"),
        "was_shown": pd.Series(dtype="bool"),
        "decided": pd.Series(dtype="int32"),
        "over_from": pd.Series(dtype="int32"),
        "off_list": pd.Series(dtype="int32"),
        "laid": pd.Series(dtype="bool"),
        "list_class": pd.Series(dtype="str"),
    }
)


_NOTHING_SAID: dict[str, object] = {"kind": "", "month": "", "list_class": "", "state": None, "timeliness": None}


def lines(row: np.ndarray, **given: object) -> pd.DataFrame:
    """Lines of rows with these numbers. Columns that are not given are 0, False, "" or, of codes, none."""
    columns = {**_NOTHING_SAID, "row": row, **given}
    return pd.DataFrame(
        {
            str(name): pd.Series(columns.get(str(name), 0), index=range(len(row)), dtype=dtype)
            for name, dtype in _EMPTY.dtypes.items()
        }
    )


def row_numbers(files: np.ndarray, rows: np.ndarray, sheets: np.ndarray | int = 0) -> np.ndarray:
    """A number for each row that no other row has and that grows with file, sheet (below 64) and row: int64. Row 0 of a
    file stands for rows that could not be laid out in columns."""
    return (
        (files.astype(np.int64) << _FILE_BITS) | (np.asarray(sheets, np.int64) << _SHEET_BITS) | rows.astype(np.int64)
    )


def moved(rows: pd.Series | np.ndarray, files: int) -> np.ndarray:
    """Row numbers as they are when `files` more files go before theirs."""
    return np.asarray(rows, dtype=np.int64) + (int(files) << _FILE_BITS)


def file_of(row: Rows) -> tuple[Rows, Rows]:
    """File and row of a row number, or of each of several."""
    return row >> _FILE_BITS, row & ((1 << _SHEET_BITS) - 1)


def as_number(days: pd.Series) -> np.ndarray:
    """ISO days as int32 YYYYMMDD, months as YYYYMM; 0 for ""."""
    return each_once(days, _as_number).to_numpy()


def _as_number(days: pd.Series) -> pd.Series:
    return days.str.replace("-", "", regex=False).replace("", "0").astype("int32")


def as_days(numbers: np.ndarray) -> list[str]:
    """Days YYYYMMDD as ISO text."""
    return [f"{day[:4]}-{day[4:6]}-{day[6:]}" for day in numbers.astype(str)]


def join(ledgers: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """One ledger of several, whose categories may differ."""
    return pd.concat(
        [_EMPTY, *(part.astype(dict.fromkeys(_TEXTS, "str")) for part in ledgers)], ignore_index=True
    ).astype({**dict.fromkeys(_TEXTS, "category"), "state": STATES, "timeliness": TIMELINESS})


def mark_superseded(ledger: pd.DataFrame) -> pd.DataFrame:
    """Of the accepted rows with one id the last reported stands (among equals the later row); the first counts."""
    accepted = ledger[ledger["state"] != WITHHELD]
    repeated = accepted[accepted.duplicated(["kind", "id"], keep=False)]
    if repeated.empty:
        return ledger
    ordered = repeated.sort_values(["kind", "id", "reported", "row"])
    ledger.loc[ordered.index[ordered.duplicated(["kind", "id"], keep="last")], "state"] = SUPERSEDED
    ledger.loc[ordered.index[ordered.duplicated(["kind", "id"], keep="first")], "counted"] = False
    return ledger


def corrections(ledger: pd.DataFrame) -> pd.DataFrame:
    """Records that stand in place of earlier reports: id, `reported` (of the correction) and `first` report, by id.

    Both days as YYYYMMDD.
    """
    first = (
        ledger[ledger["state"] == SUPERSEDED].groupby(["kind", "id"], observed=True)["reported"].min().rename("first")
    )
    standing = ledger.loc[ledger["state"] == PUBLISHED, ["kind", "id", "reported"]]
    corrected = standing.merge(first.reset_index(), on=["kind", "id"]).sort_values("id")
    # The same row sent twice in one day corrects nothing.
    return corrected[corrected["reported"] > corrected["first"]]


def gone(ledger: pd.DataFrame) -> pd.DataFrame:
    """Records that were shown once and are no longer, by id: id, kind, `decided` and `left` as in the ledger.

    Of records that never were shown, nothing is said.
    """
    earlier = ledger.loc[ledger["was_shown"] & (ledger["state"] == SUPERSEDED), "id"]
    over = ledger["state"].isin([EXPIRED, WITHDRAWN, NOT_PUBLIC, EXITED, RESTRICTED, COUNTED])
    left = ledger[over & (ledger["was_shown"] | ledger["id"].isin(earlier))]
    # Where only an earlier report was shown, the correction that ended it came on the day of its own report.
    left = left.assign(left=left["left"].where(left["was_shown"], np.maximum(left["left"], left["reported"])))
    left = left[~left["id"].isin(ledger.loc[ledger["state"] == PUBLISHED, "id"])]
    return left[["id", "kind", "decided", "left"]].sort_values(["id", "left"]).drop_duplicates("id", ignore_index=True)
