"""Facets: for each kind the subjects with records from a unit, and those with records of a month, newest first.

A month has a subject once for each day of its records, for a period may end within the month.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.index.layout import Layout
from generator.index.postings import Postings
from generator.index.subjects import Subjects
from generator.store.columnar import Columns, pack

_KIND_BITS = 24
"""A facet is one number: the kind above these bits, a unit or a month below."""


def of_units(subjects: Subjects) -> Postings:
    """Postings by kind and unit; `gram` is the facet."""
    return _postings(subjects, subjects.columns()["unit"].astype(np.uint32)).distinct()


def of_months(subjects: Subjects) -> Postings:
    """Postings by kind and month of decision (months since 1970), one for each day; `gram` is the facet."""
    months = subjects.columns()["day"].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return _postings(subjects, months.astype(np.uint32)).distinct(by_day=True)


def _postings(subjects: Subjects, value: np.ndarray) -> Postings:
    numbers = subjects.columns()
    facet = numbers["kind"].astype(np.uint32) << np.uint32(_KIND_BITS) | value
    return Postings(facet, numbers["kind"], subjects.slot[subjects.subject], numbers["day"])


def facet_range(kind: int) -> tuple[int, int]:
    """The numbers [first, end) of a kind's facets."""
    return kind << _KIND_BITS, (kind + 1) << _KIND_BITS


def facet_files(
    postings: Postings, layout: Layout, kind: str, facet: str, names: dict[int, str]
) -> Iterator[tuple[str, Columns]]:
    """Path and content of the files of a kind's facets.

    `postings`: newest first; `facet`: what they are of, "unit" or "month"; `names`: unit or month → how it is named.
    """
    for name, rows in _lists(postings, names):
        mine = postings[rows]
        for chunk, part in enumerate(layout.chunks(len(mine))):
            lists = Columns({"day": mine.day[part], "slot": mine.slot[part]})
            yield f"{_folder(layout, kind, facet)}-{name}-{chunk}.json.gz", lists


def facet_sizes(postings: Postings, layout: Layout, kind: str, facet: str, names: dict[int, str]) -> tuple[str, bytes]:
    """Path and content of the file that says how long each list of a kind's facets is."""
    sizes = {name: rows.stop - rows.start for name, rows in _lists(postings, names)}
    return f"{_folder(layout, kind, facet)}.json.gz", pack(sizes)


def _folder(layout: Layout, kind: str, facet: str) -> str:
    return f"store/facets/{layout.slot_bits}/{kind}/{facet}"


def _lists(postings: Postings, names: dict[int, str]) -> Iterator[tuple[str, slice]]:
    """Name and rows of each facet."""
    values, starts = np.unique(postings.gram, return_index=True)
    ends = [*starts[1:].tolist(), len(postings)]
    for value, start, end in zip(values.tolist(), starts.tolist(), ends, strict=True):
        yield names[value & ((1 << _KIND_BITS) - 1)], slice(start, end)


def unit_names(units: list[str]) -> dict[int, str]:
    """Place of a unit → its part of the path."""
    return dict(enumerate(units))


def month_names(months: list[str]) -> dict[int, str]:
    """Months since 1970 → their part of the path."""
    return {int(np.datetime64(month, "M").astype(np.int64)): month for month in months}
