"""Postings: for each gram the subjects that have it, each with the newest day of its records of a kind.

They are gathered by ranges of subjects, laid aside, and merged by ranges of grams: memory goes by the range, not by the
size of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather

from generator.index.grams import NAME, NUMBER, grams
from generator.index.layout import GRAM_BITS, Layout
from generator.index.subjects import Subjects
from generator.model.document_numbers import number_forms
from generator.model.folding import folded, texts, unified
from generator.publish.view import open_table
from generator.render.columns import Column
from generator.store.columnar import Columns


@dataclass(frozen=True)
class Postings:
    """Equally long columns: gram uint32 (hash), kind uint8, slot uint32, day int32 (days since 1970)."""

    gram: np.ndarray
    kind: np.ndarray
    slot: np.ndarray
    day: np.ndarray

    def __len__(self) -> int:
        """Number of postings."""
        return len(self.gram)

    def __getitem__(self, rows: np.ndarray | slice) -> Postings:
        """Some of the postings."""
        return Postings(self.gram[rows], self.kind[rows], self.slot[rows], self.day[rows])

    def distinct(self, *, by_day: bool = False) -> Postings:
        """Each gram, kind and slot once, with its newest day, or once for each of its days; by gram."""
        order = np.lexsort((-self.day, self.slot, self.kind, self.gram))
        ordered = self[order]
        new = np.ones(len(order), dtype=bool)
        new[1:] = (
            (ordered.gram[1:] != ordered.gram[:-1])
            | (ordered.kind[1:] != ordered.kind[:-1])
            | (ordered.slot[1:] != ordered.slot[:-1])
            | (by_day & (ordered.day[1:] != ordered.day[:-1]))
        )
        return ordered[new]

    def newest_first(self) -> Postings:
        """By gram, and within one by day descending, kind and slot."""
        return self[np.lexsort((self.slot, self.kind, -self.day, self.gram))]

    def write(self, path: Path) -> None:
        """Lay aside."""
        table = pa.table({"gram": self.gram, "kind": self.kind, "slot": self.slot, "day": self.day})
        feather.write_feather(table, path, compression="uncompressed")


_NONE = Postings(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint32), np.zeros(0, np.int32))


def _joined(parts: list[Postings]) -> Postings:
    return Postings(
        *(np.concatenate([getattr(part, name) for part in [_NONE, *parts]]) for name in ("gram", "kind", "slot", "day"))
    )


def _of_subjects(column: Column, length: int, subjects: Subjects) -> list[Postings]:
    """Postings of the grams of a text of each subject, for every kind that it has records of."""
    row, gram = grams(column, length)
    numbers = subjects.columns()
    found = []
    for kind in np.unique(numbers["kind"]).tolist():
        newest = np.zeros(len(subjects.slot), np.int32)
        of_kind = numbers["kind"] == kind
        np.maximum.at(newest, subjects.subject[of_kind], numbers["day"][of_kind])
        has = np.zeros(len(subjects.slot), dtype=bool)
        has[subjects.subject[of_kind]] = True
        mine = has[row]
        at = row[mine]
        found.append(Postings(gram[mine], np.full(len(at), kind, np.uint8), subjects.slot[at], newest[at]))
    return found


def of_names(subjects: Subjects) -> Postings:
    """Postings of the names of subjects."""
    return _joined(_of_subjects(texts(folded(unified(subjects.name))), NAME, subjects)).distinct()


def of_numbers(subjects: Subjects) -> Postings:
    """Postings of the codes of subjects and of the document numbers of their records."""
    found = _of_subjects(texts(folded(unified(subjects.code))), NUMBER, subjects)
    numbers = subjects.columns()
    rows, hashes = [], []
    for form in number_forms(unified(subjects.records.column("number"))):
        row, gram = grams(texts(form), NUMBER)
        rows.append(row)
        hashes.append(gram)
    row = np.concatenate(rows)
    found.append(
        Postings(
            np.concatenate(hashes), numbers["kind"][row], subjects.slot[subjects.subject[row]], numbers["day"][row]
        )
    )
    return _joined(found).distinct()


def read_grams(paths: list[Path], first: int, end: int) -> Postings:
    """What was laid aside of the grams with first <= hash < end."""
    parts = []
    for path in paths:
        table = open_table(path)
        gram = table.column("gram").to_numpy()
        start = np.searchsorted(gram, np.uint32(first))
        stop = len(gram) if end >> GRAM_BITS else np.searchsorted(gram, np.uint32(end))
        cut = table.slice(start, stop - start)
        parts.append(Postings(*(cut.column(name).to_numpy() for name in ("gram", "kind", "slot", "day"))))
    return _joined(parts)


def gram_files(
    postings: Postings, layout: Layout, table: str, bits: int, first_file: int, end_file: int
) -> Iterator[tuple[str, Columns, dict[int, int]]]:
    """Path and content of the files of a range, and the sizes of the long grams that have files of their own.

    Every file of the range is written, also one without postings: one that is missing is a fault.
    """
    postings = postings.newest_first()
    numbers = (postings.gram.astype(np.uint64) >> np.uint64(GRAM_BITS - bits)).astype(np.int64)
    rows = np.searchsorted(numbers, np.arange(first_file, end_file + 1))
    for place, number in enumerate(range(first_file, end_file)):
        mine = postings[slice(rows[place], rows[place + 1])]
        gram, start, size = np.unique(mine.gram, return_index=True, return_counts=True)
        is_long = size > layout.chunk
        for hash_, at, count in zip(
            gram[is_long].tolist(), start[is_long].tolist(), size[is_long].tolist(), strict=True
        ):
            of_gram = mine[slice(at, at + count)]
            for chunk, part in enumerate(layout.chunks(count)):
                lists = Columns(_flat(of_gram[part]))
                yield f"store/{table}/{bits}/long/{hash_}-{chunk}.json.gz", lists, {hash_: count}
        short = mine[~np.repeat(is_long, size)]
        content = {"gram": gram[~is_long], "size": size[~is_long], **_flat(short)}
        yield f"store/{table}/{bits}/{number}.json.gz", Columns(content), {}


def _flat(postings: Postings) -> dict[str, np.ndarray]:
    return {"kind": postings.kind, "day": postings.day, "slot": postings.slot}
