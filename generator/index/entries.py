"""Entries: what the index says of each record, laid aside by kind and month of decision, sorted by subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather as feather

from generator.index.grams import distinct
from generator.model.folding import folded, unified
from generator.model.kind import Kind
from generator.publish.view import open_table
from generator.render.columns import arrow

_SEPARATOR = "\x1f"
_SAMPLE_BITS = 2
"""Subjects are counted among those whose hashes begin with so many zeros."""


@dataclass(frozen=True)
class Entries:
    """The entries of a partition on disk.

    Columns: subject uint64 (hash of the subject), id uint64, kind uint8 and unit int16 (places),
    state int8 (place among the kind's states, -1 = none), day and last int32 (days since 1970; 0 = no
    last day), name, code, number: text as it is shown. Sorted by subject.
    """

    path: Path
    records: int
    sample: np.ndarray
    """Distinct hashes of the subjects that are counted: uint64."""


def write_entries(records: pd.DataFrame, kind: Kind, place: int, id_key: str, path: Path) -> Entries:
    """Lay the entries of a partition's records aside; `place`: that of the kind among the kinds."""
    roles = kind.roles
    subject = subject_hashes(records, kind, id_key)
    blank = pd.Series("", index=records.index, dtype="str")
    labels = {state.label: number for number, state in enumerate(kind.states)}
    table = pa.table(
        {
            "subject": subject,
            "id": records["id"].to_numpy(),
            "kind": np.full(len(records), place, np.uint8),
            "unit": records["unit"].to_numpy(),
            "state": records["state"].map(labels).fillna(-1).astype(np.int8).to_numpy(),
            "day": as_days(records[roles.decided]),
            "last": as_days(records["last_day"]),
            "name": arrow(records[roles.subject]),
            "code": arrow(records[roles.subject_code] if roles.subject_code else blank),
            "number": arrow(records[roles.number] if roles.number else blank),
        }
    )
    table = table.take(pa.array(np.argsort(subject, kind="stable")))
    feather.write_feather(table.combine_chunks(), path, compression="uncompressed")
    counted = subject[subject < np.uint64(1 << (64 - _SAMPLE_BITS))]
    return Entries(path, len(records), distinct(counted))


def subject_hashes(records: pd.DataFrame, kind: Kind, id_key: str) -> np.ndarray:
    """Keyed hash of each record's subject: of name and code, or of the record where it has no name to search for."""
    roles = kind.roles
    name = records[roles.subject]
    code = records[roles.subject_code] if roles.subject_code else pd.Series("", index=name.index, dtype="str")
    # A masked person is nobody's other record: 王** of one notice is not 王** of the next.
    nameless = np.asarray(pc.less(pc.utf8_length(folded(unified(arrow(name)))), 2)) & (code == "").to_numpy(dtype=bool)
    text = (name + _SEPARATOR + code).to_numpy(dtype=object)
    hashes = np.asarray(pd.util.hash_array(text, hash_key=id_key, categorize=True), dtype=np.uint64)
    return np.where(nameless, records["id"].to_numpy(), hashes)


def as_days(column: pd.Series) -> np.ndarray:
    """ISO days as days since 1970, int32; 0 where there is none."""
    days = pd.to_datetime(column.where(column != "", "1970-01-01"), format="%Y-%m-%d")
    return days.to_numpy().astype("datetime64[D]").astype(np.int32)


def count_subjects(entries: list[Entries]) -> int:
    """About how many subjects there are, from a sample that no order and no division changes."""
    samples = [part.sample for part in entries]
    return len(distinct(np.concatenate(samples))) << _SAMPLE_BITS if samples else 0


def read_range(paths: list[Path], first: int, end: int) -> pa.Table:
    """Entries of all partitions whose subjects' hashes lie in [first, end); 2**64 is no end."""
    found = []
    for path in paths:
        table = open_table(path)
        subject = table.column("subject").to_numpy()
        start = np.searchsorted(subject, np.uint64(first))
        stop = len(subject) if end >= 1 << 64 else np.searchsorted(subject, np.uint64(end))
        if start < stop:
            found.append(table.slice(start, stop - start))
    return pa.concat_tables(found) if found else None


def ranges(block_bits: int, records: int, wanted: int) -> Iterator[tuple[int, int]]:
    """Ranges [first, end) of blocks that hold about so many records each."""
    blocks = 1 << block_bits
    step = max(1, blocks * wanted // max(records, 1))
    for first in range(0, blocks, step):
        yield first, min(first + step, blocks)
