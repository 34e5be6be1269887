"""Facets: for each kind the subjects with records from a unit, and those with records of a month, newest first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.index.layout import Layout
from generator.index.postings import Postings
from generator.index.subjects import Subjects
from generator.store.columnar import pack

_KIND_BITS = 24
"""A facet is one number: the kind above these bits, a unit or a month below."""


def of_units(subjects: Subjects) -> Postings:
    """Postings by kind and unit; `gram` is the facet."""
    return _postings(subjects, subjects.columns()["unit"].astype(np.uint32))


def of_months(subjects: Subjects) -> Postings:
    """Postings by kind and month of decision (months since 1970); `gram` is the facet."""
    months = subjects.columns()["day"].astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return _postings(subjects, months.astype(np.uint32))


def _postings(subjects: Subjects, value: np.ndarray) -> Postings:
    numbers = subjects.columns()
    facet = numbers["kind"].astype(np.uint32) << np.uint32(_KIND_BITS) | value
    return Postings(facet, numbers["kind"], subjects.slot[subjects.subject], numbers["day"]).distinct()


def facet_range(kind: int) -> tuple[int, int]:
    """The numbers [first, end) of a kind's facets."""
    return kind << _KIND_BITS, (kind + 1) << _KIND_BITS


def facet_files(
    postings: Postings, layout: Layout, kind: str, facet: str, names: dict[int, str]
) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files of a kind's facets, last of all the sizes of its lists.

    `facet`: what they are of, "unit" or "month"; `names`: unit or month → its part of the path.
    """
    postings = postings.newest_first()
    folder = f"store/facets/{layout.slot_bits}/{kind}/{facet}"
    facets, starts = np.unique(postings.gram, return_index=True)
    sizes = {}
    for value, start, end in zip(facets.tolist(), starts.tolist(), [*starts[1:].tolist(), len(postings)], strict=True):
        mine = postings[slice(start, end)]
        name = names[value & ((1 << _KIND_BITS) - 1)]
        sizes[name] = len(mine)
        for chunk, rows in enumerate(layout.chunks(len(mine))):
            content = {"day": mine.day[rows].tolist(), "slot": mine.slot[rows].tolist()}
            yield f"{folder}-{name}-{chunk}.json.gz", pack(content)
    yield f"{folder}.json.gz", pack(sizes)


def unit_names(units: list[str]) -> dict[int, str]:
    """Place of a unit → its part of the path."""
    return dict(enumerate(units))


def month_names(months: list[str]) -> dict[int, str]:
    """Months since 1970 → their part of the path."""
    return {int(np.datetime64(month, "M").astype(np.int64)): month for month in months}
