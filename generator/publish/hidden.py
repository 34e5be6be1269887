"""Rows that may not be seen, kept aside during a build so that it can be proved that they are not.

Nothing that renders or stores reads this; `verify` and the check of articles do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.feather as feather

from generator.model.kind import Kind
from generator.publish.view import Parts, open_table


def write_hidden(rows: pd.DataFrame, kind: Kind, folder: Path, name: str) -> Path:
    """Lay the hidden rows of a kind and month of report aside."""
    path = folder / f"hidden-{kind.id}-{name}.arrow"
    feather.write_feather(pa.Table.from_pandas(rows, preserve_index=False), path, compression="lz4")
    return path


@dataclass(frozen=True)
class Hidden:
    """Expired, withdrawn, not public, withheld and superseded rows."""

    files: tuple[tuple[str, Path], ...]
    """Kind and file."""
    parts: Parts
    left_out: tuple[np.ndarray, ...]
    """As in `PublicView`."""

    def values(self, kind: Kind, codes: list[str]) -> Iterator[list[str]]:
        """Distinct values of some public fields of hidden rows, file by file."""
        for of_kind, path in self.files:
            if of_kind == kind.id:
                yield from _distinct(open_table(path), codes)
        for (part_kind, _), files in self.parts.items():
            for path, batch in files if part_kind == kind.id else ():
                if len(self.left_out[batch]):
                    table = open_table(path)
                    unseen = np.isin(table.column("row").to_numpy(), self.left_out[batch])
                    yield from _distinct(table.filter(pa.array(unseen)), codes)


def _distinct(table: pa.Table, codes: list[str]) -> Iterator[list[str]]:
    for code in codes:
        yield pc.unique(table.column(code)).to_pylist()
