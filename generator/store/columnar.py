"""Columnar JSON, gzipped: the form of every file the scripts read."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from isal import igzip


@dataclass(frozen=True)
class Columns:
    """Columns of whole numbers that become a file."""

    columns: dict[str, np.ndarray]

    def made_of(self) -> bytes:
        """What the file says, to tell whether it is one that was written before."""
        return b"".join(
            f"{name} {column.dtype} {len(column)}\n".encode() + column.tobytes()
            for name, column in self.columns.items()
        )

    def packed(self) -> bytes:
        """The file."""
        return pack({name: column.tolist() for name, column in self.columns.items()})


def pack(document: Any) -> bytes:
    """JSON, gzipped without a time stamp: the same document gives the same bytes."""
    packed: bytes = igzip.compress(orjson.dumps(document), compresslevel=3, mtime=0)
    return packed


def unpack(content: bytes) -> Any:
    """What `pack` packed."""
    return orjson.loads(gzip.decompress(content))
