"""The public view: all that may be seen, by kind and month of decision, on disk until it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather as feather

from generator.model.condition import holds
from generator.model.kind import Kind
from generator.publish.ledger import as_days

Partition = tuple[str, str]
"""Kind and month of decision (YYYY-MM)."""
Parts = dict[Partition, tuple[tuple[Path, int], ...]]
"""Files of admitted rows, one for each month of report they came in, with the place of their batch."""
Counts = dict[str, dict[str, int]]
"""Kind → month of decision → number of records, newest month first."""


@dataclass(frozen=True)
class Part:
    """Admitted rows of one month of decision, out of one month of report."""

    partition: Partition
    path: Path


def write_parts(records: pd.DataFrame, kind: Kind, folder: Path, name: str) -> list[Part]:
    """Lay admitted rows aside by month of decision. `name` tells the writer apart from others.

    Sorted by id and uncompressed, so that a range of ids is read from disk without the rest.
    """
    records = records.sort_values("id", ignore_index=True)
    months = records[kind.roles.decided].str.slice(0, 7)
    parts = []
    for month in sorted(months.unique()):
        path = folder / f"{kind.id}-{month}-from-{name}.arrow"
        rows = records[(months == month).to_numpy(dtype=bool)]
        feather.write_feather(pa.Table.from_pandas(rows, preserve_index=False), path, compression="uncompressed")
        parts.append(Part((kind.id, month), path))
    return parts


@dataclass(frozen=True)
class Marks:
    """What is said of single records beside their fields: ids sorted, uint64."""

    corrected: np.ndarray
    corrected_on: np.ndarray
    """int32 YYYYMMDD, for each of `corrected`."""
    first_reported: np.ndarray
    """int32 YYYYMMDD, for each of `corrected`: the first report, from which on the record was shown."""
    under_objection: np.ndarray

    def apply(self, records: pd.DataFrame) -> pd.DataFrame:
        """Records with three more columns: `corrected_on` and `shown_from`, ISO day or ""; `objection`, bool."""
        ids = records["id"].to_numpy()
        return records.assign(
            corrected_on=self._days(ids, self.corrected_on),
            shown_from=self._days(ids, self.first_reported),
            objection=np.isin(ids, self.under_objection),
        )

    def _days(self, ids: np.ndarray, days: np.ndarray) -> pd.Series:
        """Days of the corrected ones among these ids, as ISO text."""
        text = np.full(len(ids), "", dtype=object)
        if len(self.corrected):
            place = np.minimum(np.searchsorted(self.corrected, ids), len(self.corrected) - 1)
            found = self.corrected[place] == ids
            text[found] = as_days(days[place[found]])
        return pd.Series(text, dtype="str")


@dataclass(frozen=True)
class PublicView:
    """Rows that may be seen. Made by `publish` alone."""

    parts: Parts
    left_out: tuple[np.ndarray, ...]
    """For each batch the rows that were laid aside and may not be seen: replaced by a later report, withdrawn, over.
    int64, as in the column `row`."""
    marks: Marks
    today: date
    gone: np.ndarray
    """Ids of records that were shown once and are no longer, sorted: uint64. Only the day is known of them here."""
    gone_on: np.ndarray
    """int32 YYYYMMDD, for each of `gone`: the first day on which it was not shown."""
    left_on: dict[Partition, str]
    """Partition → ISO day on which a record last left it."""

    def without(self, kinds: Collection[str]) -> PublicView:
        """The view with some kinds left out, for a site that has to go up without them."""
        return replace(self, parts={place: paths for place, paths in self.parts.items() if place[0] not in kinds})

    def partitions(self, kind: str) -> list[Partition]:
        """Partitions of a kind, newest month first."""
        return sorted((partition for partition in self.parts if partition[0] == kind), reverse=True)

    def read(self, partition: Partition, kind: Kind) -> pd.DataFrame:
        """Records of a partition, newest decision first: OWN_COLUMNS of `admit` but the row, what is said of single
        records, and the public fields."""
        records = self._said(pa.concat_tables([self._standing(part) for part in self.parts[partition]]), kind)
        return records.sort_values([kind.roles.decided, "id"], ascending=[False, True], ignore_index=True)

    def read_range(self, kind: Kind, first: int, last: int) -> pd.DataFrame:
        """Records of a kind with first <= id <= last, by id; columns as of `read`."""
        tables = []
        for partition in self.partitions(kind.id):
            for path, batch in self.parts[partition]:
                table = open_table(path)
                ids = table.column("id").to_numpy()
                start = np.searchsorted(ids, np.uint64(first), side="left")
                end = np.searchsorted(ids, np.uint64(last), side="right")
                tables.append(self._seen(table.slice(start, end - start), batch))
        return self._said(pa.concat_tables(tables), kind).sort_values("id", ignore_index=True)

    def _said(self, table: pa.Table, kind: Kind) -> pd.DataFrame:
        """Records with what is said of them today: the marks, and `state`, the label of the kind's states or ""."""
        records = _to_pandas(table.drop_columns("row"))
        return self.marks.apply(records.assign(state=labels(records, kind, self.today)))

    def counts(self, kinds: Iterable[str]) -> Counts:
        """Kind → month of decision → number of records, newest month first; months without any are left out."""
        found: Counts = {}
        for kind in kinds:
            months = {
                partition[1]: sum(self._standing(part, ["row"]).num_rows for part in self.parts[partition])
                for partition in self.partitions(kind)
            }
            found[kind] = {month: count for month, count in months.items() if count}
        return found

    def changed_on(self, partition: Partition, records: pd.DataFrame, kind: Kind) -> str:
        """ISO day on which a record last came into a partition, was corrected in it or left it."""
        days = (records[kind.roles.reported].max(), records["corrected_on"].max(), self.left_on.get(partition, ""))
        return max(map(str, days))

    def ids(self, kind: str, downloadable: bool = False) -> np.ndarray:
        """All ids of a kind, or those that may be offered for download, sorted: uint64."""
        found = [
            table.column("id").to_numpy()[table.column("downloadable").to_numpy() | (not downloadable)]
            for partition in self.partitions(kind)
            for part in self.parts[partition]
            for table in [self._standing(part, ["id", "row", "downloadable"])]
        ]
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.uint64)

    def distinct(self, kind: Kind, codes: list[str]) -> Iterator[list[str]]:
        """Distinct values of some fields, partition by partition and field by field."""
        for partition in self.partitions(kind.id):
            for part in self.parts[partition]:
                table = self._standing(part)
                for code in codes:
                    yield pc.unique(table.column(code)).to_pylist()

    def _standing(self, part: tuple[Path, int], columns: list[str] | None = None) -> pa.Table:
        table = open_table(part[0])
        return self._seen(table.select(columns) if columns else table, part[1])

    def _seen(self, table: pa.Table, batch: int) -> pa.Table:
        left_out = self.left_out[batch]
        if not len(left_out):
            return table
        return table.filter(pa.array(~np.isin(table.column("row").to_numpy(), left_out)))


def labels(records: pd.DataFrame, kind: Kind, today: date) -> pd.Series:
    """The state a notice shows: the first declared one that holds."""
    label = pd.Series("", index=records.index, dtype="str")
    for state in reversed(kind.states):
        fits = np.ones(len(records), dtype=bool)
        if state.when is not None:
            fits = fits & holds(state.when, records, kind)
        if state.passed is not None:
            day = records[state.passed]
            fits = fits & ((day != "") & (day < today.isoformat())).to_numpy(dtype=bool)
        label = label.where(~fits, state.label)
    return label


def open_table(path: Path) -> pa.Table:
    """Rows that were laid aside, read from disk only where they are touched."""
    return feather.read_table(path, memory_map=True)


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    strings = pd.StringDtype(na_value=np.nan)
    records: pd.DataFrame = table.to_pandas(types_mapper={pa.string(): strings, pa.large_string(): strings}.get)
    return records
