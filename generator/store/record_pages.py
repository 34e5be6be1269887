"""Record pages: all public fields of the records whose ids lie in one range. A notice fetches one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from generator.model.kind import Kind
from generator.model.record_id import as_text
from generator.model.site import Site
from generator.store.columnar import pack

MARKS = ("last_day", "rule", "repair_from", "suggested", "state", "corrected_on", "shown_from", "objection")
"""What a notice says of a record beside its fields; see OWN_COLUMNS of publish and `Marks`."""

GONE = "gone"
"""Key of a page's list of ids that were shown once and are no longer. Kinds are named by folders; none may be this."""

_ROWS_A_PAGE = 256
_MAX_BITS = 15
_ID_BITS = 65
"""13 characters of five bits; a hash has 64, so the first character is below 16."""


def bits_for(records: int) -> int:
    """How many leading bits of an id name its page, so that a page holds some hundred records.

    A power of two, so that a growing city changes the division only when it has doubled.
    """
    pages = max(1, records // _ROWS_A_PAGE)
    return min(_MAX_BITS, 1 + int(np.ceil(np.log2(pages))))


def page_path(page: int) -> str:
    """Address of a record page, below the site's root."""
    return f"store/records/{page}.json.gz"


def page_count(bits: int) -> int:
    """Number of pages; the highest bit of 65 is never set."""
    return 1 << (bits - 1)


def id_range(first_page: int, last_page: int, bits: int) -> tuple[int, int]:
    """First and last id of a range of pages, both included."""
    shift = _ID_BITS - bits
    return first_page << shift, ((last_page + 1) << shift) - 1


@dataclass(frozen=True)
class RecordPages:
    """The pages of a range of ids."""

    records: dict[str, pd.DataFrame]
    """Kind → records of the range, by id."""
    left: np.ndarray
    """Ids of the range that are no longer shown, sorted: uint64."""
    kinds: dict[str, Kind]
    site: Site
    first: int
    last: int
    bits: int

    def numbers(self) -> list[int]:
        """The pages of the range that hold anything."""
        pages = range(self.first, self.last + 1)
        return [page for page in pages if self.cuts(page) or len(self.gone(page))]

    def cuts(self, page: int) -> dict[str, tuple[int, int]]:
        """Kind → first row of a page and the one after its last, for the kinds it has records of."""
        found = {kind: self._cut(ids, page) for kind, ids in self._ids.items()}
        return {kind: cut for kind, cut in found.items() if cut[0] < cut[1]}

    def gone(self, page: int) -> np.ndarray:
        """Ids of a page that are no longer shown."""
        return self.left[slice(*self._cut(self.left, page))]

    def written(self, pages: list[int]) -> Iterator[tuple[int, bytes]]:
        """Some of the pages as they are written."""
        contents: dict[int, dict[str, Any]] = {page: {} for page in pages}
        for kind, frame in self.records.items():
            cuts = {page: cut for page in pages if (cut := self.cuts(page).get(kind))}
            if not cuts:
                continue
            rows = frame.iloc[np.concatenate([np.arange(*cut) for cut in cuts.values()])]
            columns = {
                **_own_columns(rows, self.site),
                **{name: rows[name].tolist() for name in (*MARKS, *self.kinds[kind].public_fields)},
            }
            start = 0
            for page, (low, high) in cuts.items():
                end = start + high - low
                mine = {name: values[start:end] for name, values in columns.items()}
                # A field that no record of the page has is left out of it.
                contents[page][kind] = {name: values for name, values in mine.items() if _any(name, values)}
                start = end
        for page, content in contents.items():
            if len(gone := self.gone(page)):
                content[GONE] = as_text(gone).tolist()
            yield page, pack(content)

    @cached_property
    def _ids(self) -> dict[str, np.ndarray]:
        return {kind: frame["id"].to_numpy() for kind, frame in self.records.items()}

    def _cut(self, ids: np.ndarray, page: int) -> tuple[int, int]:
        low, high = id_range(page, page, self.bits)
        return int(np.searchsorted(ids, np.uint64(low))), int(np.searchsorted(ids, np.uint64(high), side="right"))


def _own_columns(records: pd.DataFrame, site: Site) -> dict[str, list[object]]:
    """Id, unit and region of records: the latter two as places in the manifest's lists."""
    regions = {region.code: place for place, region in enumerate(site.regions)}
    region_of_unit = [regions[unit.region] for unit in site.units]
    units = records["unit"].tolist()
    return {
        "id": as_text(records["id"].to_numpy()).tolist(),
        "unit": units,
        "region": [region_of_unit[unit] for unit in units],
    }


def _any(name: str, values: list[object]) -> bool:
    return name in {"id", "unit", "region"} or any(values)
