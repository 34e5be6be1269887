"""The layout of an index: how many bits name a slot, a block and a file of grams.

All are powers of two of a count, so that they change, and with them most files, only when a city has doubled. The
folders are named by them: while a new site is being uploaded, a page that still has the old manifest finds the old
files or none, never another meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

_SUBJECTS_A_BLOCK = 64
_SPARSE_BITS = 5
"""Slots are 16 to 32 times the subjects: some subjects share one, which costs a look at one more block."""
_MAX_BLOCK_BITS = 15
_POSTINGS_A_FILE = 4096
_MAX_FILE_BITS = 12
CHUNK = 8192
"""A longer list of postings has files of its own: the first holds so many, each further one twice as many."""
HASH_BITS = 64
GRAM_BITS = 32


@dataclass(frozen=True)
class Layout:
    """Bits of the parts of an index."""

    slot_bits: int
    block_bits: int
    name_bits: int = 0
    number_bits: int = 0
    chunk: int = CHUNK
    """Postings in the first file of a long list."""

    @classmethod
    def of(cls, subjects: int) -> Layout:
        """The layout for about so many subjects; that of the grams comes when they have been counted."""
        bits = _bits(subjects)
        return cls(
            bits + _SPARSE_BITS, min(_MAX_BLOCK_BITS, max(0, bits - int(np.log2(_SUBJECTS_A_BLOCK)))), chunk=CHUNK
        )

    def slots(self, hashes: np.ndarray) -> np.ndarray:
        """Slots of subjects by their hashes (uint64): uint32."""
        return (hashes >> np.uint64(HASH_BITS - self.slot_bits)).astype(np.uint32)

    def first_hash(self, block: int) -> int:
        """The lowest hash whose subject lies in a block."""
        return block << (HASH_BITS - self.block_bits)

    def blocks(self, slots: np.ndarray) -> np.ndarray:
        """Blocks of slots."""
        return slots >> np.uint32(self.slot_bits - self.block_bits)

    def as_dict(self) -> dict[str, int]:
        """For the manifest."""
        return asdict(self)

    def chunks(self, size: int) -> Iterator[slice]:
        """The rows of each file of a list."""
        start, chunk = 0, self.chunk
        while start < size:
            yield slice(start, min(start + chunk, size))
            start, chunk = start + chunk, 2 * chunk


def file_bits(postings: int) -> int:
    """Leading bits of a gram's hash that name its file."""
    return min(_MAX_FILE_BITS, _bits(postings // _POSTINGS_A_FILE))


def _bits(count: int) -> int:
    return int(np.ceil(np.log2(max(1, count))))
