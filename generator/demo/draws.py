"""Draws that follow from a seed, the name of what is drawn and the number of the thing it is drawn for.

A generator of random numbers hands them out in the order it is asked; here every value can be asked for
on its own. So a month can be made without the months before it, in any process, and comes out the same,
and no release of a library changes the demo.
"""

from __future__ import annotations

import hashlib
from math import gcd

import numpy as np

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


class Draws:
    """Independent draws for whole arrays of numbers."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def bits(self, what: str, index: np.ndarray) -> np.ndarray:
        """64 bits for each number of `index`: the finaliser of splitmix64 over a counter."""
        name = hashlib.blake2b(f"{self._seed}/{what}".encode(), digest_size=8).digest()
        mixed = index.astype(np.uint64) * _GOLDEN + np.uint64(int.from_bytes(name, "big"))
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        drawn: np.ndarray = mixed ^ (mixed >> np.uint64(31))
        return drawn

    def below(self, what: str, index: np.ndarray, limit: int | np.ndarray) -> np.ndarray:
        """Whole numbers from 0 up to and without `limit` (one, or one for each number); at most 2³²."""
        drawn = (self.bits(what, index) >> _HALF) * np.asarray(limit, dtype=np.uint64) >> _HALF
        return drawn.astype(np.int64)

    def share(self, what: str, index: np.ndarray) -> np.ndarray:
        """Numbers from 0 up to and without 1."""
        drawn: np.ndarray = (self.bits(what, index) >> np.uint64(11)) * 2.0**-53
        return drawn

    def weighted(self, what: str, index: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Places in `weights`, each as often as its weight says."""
        upper = np.cumsum(weights)
        places: np.ndarray = np.searchsorted(upper, self.share(what, index) * upper[-1], side="right")
        return places


def scatter(places: np.ndarray, size: int | np.ndarray, shift: int | np.ndarray = 0) -> np.ndarray:
    """Each of the numbers 0 … size − 1 to another of them, no two to the same, neighbours far apart.

    There may be a size and a shift for each number; among numbers of one size and shift no two come out alike.
    """
    sizes, which = np.unique(np.asarray(size, dtype=np.int64), return_inverse=True)
    steps = np.array([_coprime_near_golden(int(one)) for one in sizes])[which]
    scattered: np.ndarray = (places.astype(np.int64) * steps + shift) % size
    return scattered


def _coprime_near_golden(size: int) -> int:
    step = max(1, round(size * 0.6180339887498949))
    while gcd(step, size) != 1:
        step += 1
    return step
