"""Facets: for each kind the subjects with records from a unit, and those with records of a month, newest first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.index.layout import Layout
from generator.index.postings import Postings
from generator.index.subjects import Subjects
from generator.store.columnar import Columns

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


def facet_files(postings: Postings, layout: Layout, kind: str, names: dict[int, str]) -> Iterator[tuple[str, Columns]]:
    """Path and content of the files of a kind's facets. `names`: unit or month → its part of the path."""
    postings = postings.newest_first()
    facets, starts = np.unique(postings.gram, return_index=True)
    for facet, start, end in zip(facets.tolist(), starts.tolist(), [*starts[1:].tolist(), len(postings)], strict=True):
        mine = postings[slice(start, end)]
        name = names[facet & ((1 << _KIND_BITS) - 1)]
        yield f"store/facets/{layout.slot_bits}/{kind}/{name}.json.gz", Columns({"day": mine.day, "slot": mine.slot})


def unit_names(units: list[str]) -> dict[int, str]:
    """Place of a unit → its part of the path."""
    return {place: f"unit-{unit}" for place, unit in enumerate(units)}


def month_names(months: list[str]) -> dict[int, str]:
    """Months since 1970 → their part of the path."""
    return {int(np.datetime64(month, "M").astype(np.int64)): f"month-{month}" for month in months}
