"""What became of the rows of each file: the sums that reports and receipts state, counted from the ledger alone."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from generator.intake.table import SourceFile
from generator.model.timeliness import LATE
from generator.publish.ledger import PUBLISHED, WITHHELD, file_of


@dataclass(frozen=True)
class FileOutcome:
    """One file: rows = published + `withheld` + `not_data`."""

    source: SourceFile
    states: Mapping[str, int]
    """State of the ledger → rows, where there are any."""
    months: Mapping[str, int]
    """Month of decision (YYYY-MM) → rows that may be seen, newest first: where they are in the archive."""
    late: tuple[int, ...]
    """Rows reported after their limit, as Excel counts them."""
    not_data: int
    """Rows that are filled in and declared not data."""
    nothing: bool = False
    """It says that the unit has nothing of the kind this month."""

    @property
    def rows(self) -> int:
        """Rows that were read, those that are not data included."""
        return sum(self.states.values()) + self.not_data

    @property
    def published(self) -> int:
        """Rows that may be seen."""
        return self.states.get(PUBLISHED, 0)

    @property
    def faulty(self) -> int:
        """Rows that are not published because of a fault."""
        return self.states.get(WITHHELD, 0)

    @property
    def withheld(self) -> int:
        """Rows that may not be seen, for whatever reason: faults, the law, the end of their display."""
        return sum(self.states.values()) - self.published


Outcomes = tuple[FileOutcome, ...]
"""One for each source, in their order."""


def outcomes_of(
    ledger: pd.DataFrame, sources: list[SourceFile], not_data: Mapping[str, int], nothing: Set[str]
) -> Outcomes:
    """Count a settled ledger by file. `not_data`: path of a source → its rows that are declared not data; `nothing`:
    paths of those that say that there is nothing."""
    files, _ = file_of(ledger["row"].to_numpy())
    states = _counts(files, ledger["state"])
    seen = (ledger["state"] == PUBLISHED).to_numpy(dtype=bool)
    months = _counts(files[seen], ledger.loc[seen, "decided"])
    is_late = ((ledger["timeliness"] == LATE) & ledger["counted"]).to_numpy(dtype=bool)
    late = _by_file(np.sort(ledger["row"].to_numpy()[is_late]))
    return tuple(
        FileOutcome(
            source=source,
            states={str(state): count for state, count in states.get(place, ())},
            months={f"{month // 100}-{month % 100:02}": count for month, count in months.get(place, ())[::-1]},
            late=tuple(late.get(place, ())),
            not_data=not_data.get(source.path, 0),
            nothing=source.path in nothing,
        )
        for place, source in enumerate(sources)
    )


def _by_file(rows: np.ndarray) -> dict[int, list[int]]:
    """File → rows as Excel counts them, of sorted row numbers."""
    files, lines = file_of(rows)
    starts = np.flatnonzero(np.r_[True, files[1:] != files[:-1]]) if len(rows) else np.zeros(0, np.int64)
    parts = np.split(lines, starts[1:])
    return {int(files[start]): part.tolist() for start, part in zip(starts, parts, strict=False)}


def _counts(files: np.ndarray, values: pd.Series) -> dict[int, list[tuple[Any, int]]]:
    """File → each value among its rows, in order, with their number."""
    found: dict[int, list[tuple[Any, int]]] = {}
    lines = pd.DataFrame({"file": files, "value": values.array})
    counted = lines.groupby(["file", "value"], observed=True).size().rename("count").reset_index()
    for file, value, count in counted.itertuples(index=False):
        found.setdefault(int(file), []).append((value, int(count)))
    return found
