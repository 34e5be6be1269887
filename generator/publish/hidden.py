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
    superseded: np.ndarray

    def values(self, kind: Kind, codes: list[str]) -> Iterator[list[str]]:
        """Distinct values of some public fields of hidden rows, file by file."""
        for of_kind, path in self.files:
            if of_kind == kind.id:
                yield from _distinct(open_table(path), codes)
        if len(self.superseded):
            for (part_kind, _), paths in self.parts.items():
                for path in paths if part_kind == kind.id else ():
                    table = open_table(path)
                    old = np.isin(table.column("row").to_numpy(), self.superseded)
                    yield from _distinct(table.filter(pa.array(old)), codes)


def _distinct(table: pa.Table, codes: list[str]) -> Iterator[list[str]]:
    for code in codes:
        yield pc.unique(table.column(code)).to_pylist()
