"""Record pages: all public fields of the records whose ids lie in one range. A notice fetches one of them."""

from __future__ import annotations

from collections.abc import Iterator
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


def record_pages(
    records: dict[str, pd.DataFrame],
    gone: np.ndarray,
    kinds: dict[str, Kind],
    site: Site,
    first_page: int,
    last_page: int,
    bits: int,
) -> Iterator[tuple[str, bytes]]:
    """Path and content of the pages of a range.

    `records`: kind → records of that range, by id; `gone`: ids of that range no longer shown, sorted.
    """
    pages: dict[int, dict[str, Any]] = {}
    limits = np.array([id_range(page, page, bits)[0] for page in range(first_page, last_page + 1)], np.uint64)
    for kind, frame in records.items():
        columns = {
            **_own_columns(frame, site),
            **{name: frame[name].tolist() for name in MARKS},
            **{code: frame[code].tolist() for code in kinds[kind].public_fields},
        }
        starts = [*np.searchsorted(frame["id"].to_numpy(), limits).tolist(), len(frame)]
        for place, page in enumerate(range(first_page, last_page + 1)):
            start, end = starts[place], starts[place + 1]
            if start < end:
                cut = {name: values[start:end] for name, values in columns.items()}
                # A field that no record of the page has is left out of it.
                pages.setdefault(page, {})[kind] = {name: values for name, values in cut.items() if _any(name, values)}
    gone_starts = [*np.searchsorted(gone, limits).tolist(), len(gone)]
    gone_ids = as_text(gone).tolist()
    for place, page in enumerate(range(first_page, last_page + 1)):
        if left := gone_ids[gone_starts[place] : gone_starts[place + 1]]:
            pages.setdefault(page, {})[GONE] = left
    for page, content in sorted(pages.items()):
        yield page_path(page), pack(content)


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
