"""Blocks: the subjects whose slots lie in one range, with what a list of results shows of their records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


def blocks(subjects: Subjects, layout: Layout) -> Iterator[tuple[str, bytes]]:
    """Path and content of the blocks, and of the chunks that hold what is too much for a block."""
    counts = np.bincount(subjects.subject, minlength=len(subjects.slot))
    first = np.r_[0, np.cumsum(counts)[:-1]]
    rank = np.arange(len(subjects.subject)) - first[subjects.subject]
    kept = rank < RECORDS_IN_BLOCK
    columns = _record_columns(subjects.records)
    within = {name: values[kept] for name, values in columns.items()}
    held = np.minimum(counts, RECORDS_IN_BLOCK)
    held_first = np.r_[0, np.cumsum(held)]
    chunks = -(-(counts - held) // RECORDS_IN_CHUNK)
    block = layout.blocks(subjects.slot)
    names, codes = subjects.name.to_pylist(), subjects.code.to_pylist()
    limits = np.flatnonzero(np.r_[True, block[1:] != block[:-1], True])
    for start, end in zip(limits[:-1].tolist(), limits[1:].tolist(), strict=True):
        cut = slice(held_first[start], held_first[end])
        number = int(block[start])
        yield (
            block_path(layout, str(number)),
            pack(
                {
                    "slot": subjects.slot[start:end].tolist(),
                    "name": names[start:end],
                    "code": codes[start:end],
                    "records": held[start:end].tolist(),
                    "more": chunks[start:end].tolist(),
                    **{name: values[cut].tolist() for name, values in within.items()},
                }
            ),
        )
        for place in np.flatnonzero(chunks[start:end]).tolist():
            row = first[start + place] + RECORDS_IN_BLOCK
            for chunk in range(int(chunks[start + place])):
                part = slice(row, min(row + RECORDS_IN_CHUNK, first[start + place] + counts[start + place]))
                yield (
                    block_path(layout, f"{number}-{place}-{chunk}"),
                    pack({name: values[part].tolist() for name, values in columns.items()}),
                )
                row = part.stop


def block_path(layout: Layout, name: str) -> str:
    """Address of a block, below the site's root."""
    return f"store/subjects/{layout.block_bits}/{name}.json.gz"


def _record_columns(records: pa.Table) -> dict[str, np.ndarray]:
    columns = {name: records.column(name).to_numpy() for name in _RECORD_COLUMNS}
    return {**columns, "id": as_text(columns["id"]).to_numpy(dtype=object)}
