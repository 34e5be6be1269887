"""Columnar JSON, gzipped: the form of every file the scripts read."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from isal import igzip


def pack(document: Any) -> bytes:
    """JSON, gzipped without a time stamp: the same document gives the same bytes."""
    packed: bytes = igzip.compress(orjson.dumps(document), compresslevel=3, mtime=0)
    return packed


def unpack(content: bytes) -> Any:
    """What `pack` packed."""
    return orjson.loads(gzip.decompress(content))
