"""Blocks: the subjects whose slots lie in one range, with what a list of results shows of their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from generator.index.layout import Layout
from generator.model.record_id import as_text
from generator.store.columnar import pack

RECORDS_IN_BLOCK = 64
"""Records of one subject in its block, the newest; a block is read whole for one of its subjects."""
RECORDS_IN_CHUNK = 512

_RECORD_COLUMNS = ("id", "kind", "day", "unit", "state", "number", "last")


@dataclass(frozen=True)
class Subjects:
    """The subjects of a range of blocks and their records, both in the order of slots.

    Records of a subject are sorted newest first: by day descending, kind and id ascending.
    """

    slot: np.ndarray
    """uint32, for each subject."""
    name: pa.Array
    code: pa.Array
    subject: np.ndarray
    """Place of the subject of each record: int64."""
    records: pa.Table

    def columns(self) -> dict[str, np.ndarray]:
        """The numbers of the records."""
        return {name: self.records.column(name).to_numpy() for name in ("kind", "unit", "day")}


def gather(entries: pa.Table, layout: Layout) -> Subjects:
    """Entries of a range, by subject."""
    hashes = entries.column("subject").to_numpy()
    order = np.lexsort(
        (
            entries.column("id").to_numpy(),
            entries.column("kind").to_numpy(),
            -entries.column("day").to_numpy(),
            hashes,
        )
    )
    records = entries.take(pa.array(order)).combine_chunks()
    hashes = hashes[order]
    starts = np.r_[True, hashes[1:] != hashes[:-1]]
    first = pa.array(np.flatnonzero(starts))
    return Subjects(
        slot=layout.slots(hashes[starts]),
        name=records.column("name").take(first).combine_chunks(),
        code=records.column("code").take(first).combine_chunks(),
        subject=np.cumsum(starts) - 1,
        records=records,
    )


@dataclass(frozen=True)
class Blocks:
    """The blocks of a range of subjects."""

    subjects: Subjects
    layout: Layout

    def cuts(self) -> list[tuple[int, int]]:
        """First subject of each block and the one after its last."""
        block = self.layout.blocks(self.subjects.slot)
        limits = np.flatnonzero(np.r_[True, block[1:] != block[:-1], True])
        return list(zip(limits[:-1].tolist(), limits[1:].tolist(), strict=True))

    def rows(self, start: int, end: int) -> tuple[int, int]:
        """First record of a block's subjects and the one after the last."""
        return int(self._first[start]), int(self._first[end])

    def files(self, start: int, end: int) -> list[str]:
        """Names of the files of a block: its own, and chunks that hold what is too much for it."""
        number = int(self.layout.blocks(self.subjects.slot[start : start + 1])[0])
        places = np.flatnonzero(self._chunks[start:end]).tolist()
        chunks = [f"{number}-{place}-{chunk}" for place in places for chunk in range(int(self._chunks[start + place]))]
        return [block_path(self.layout, name) for name in (str(number), *chunks)]

    def contents(self, start: int, end: int) -> Iterator[bytes]:
        """Their contents, in the same order."""
        first, held, chunks = self._first[start : end + 1], self._held[start:end], self._chunks[start:end]
        columns = _record_columns(self.subjects.records.slice(first[0], first[-1] - first[0]))
        rank = np.arange(first[-1] - first[0]) - np.repeat(first[:-1] - first[0], np.diff(first))
        within = rank < RECORDS_IN_BLOCK
        yield pack(
            {
                "slot": self.subjects.slot[start:end].tolist(),
                "name": self.subjects.name.slice(start, end - start).to_pylist(),
                "code": self.subjects.code.slice(start, end - start).to_pylist(),
                "records": held.tolist(),
                "more": chunks.tolist(),
                **{name: values[within].tolist() for name, values in columns.items()},
            }
        )
        for place in np.flatnonzero(chunks).tolist():
            low, high = int(first[place] - first[0]) + RECORDS_IN_BLOCK, int(first[place + 1] - first[0])
            for row in range(low, high, RECORDS_IN_CHUNK):
                part = slice(row, min(row + RECORDS_IN_CHUNK, high))
                yield pack({name: values[part].tolist() for name, values in columns.items()})

    @cached_property
    def _counts(self) -> Any:
        """Records of each subject."""
        return np.bincount(self.subjects.subject, minlength=len(self.subjects.slot))

    @cached_property
    def _first(self) -> Any:
        """First record of each subject, and the number of all."""
        return np.r_[0, np.cumsum(self._counts)]

    @cached_property
    def _held(self) -> Any:
        return np.minimum(self._counts, RECORDS_IN_BLOCK)

    @cached_property
    def _chunks(self) -> Any:
        """Chunks of each subject."""
        return -(-(self._counts - self._held) // RECORDS_IN_CHUNK)


def block_path(layout: Layout, name: str) -> str:
    """Address of a block, below the site's root."""
    return f"store/subjects/{layout.block_bits}/{name}.json.gz"


def _record_columns(records: pa.Table) -> dict[str, np.ndarray]:
    columns = {name: records.column(name).to_numpy() for name in _RECORD_COLUMNS}
    return {**columns, "id": as_text(columns["id"]).to_numpy(dtype=object)}
