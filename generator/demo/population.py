"""The subjects of the city: how many there are of each trade and place, and which of them a record is about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from generator.demo.draws import Draws
from generator.demo.subjects import Pool, Subjects, name_choices
from generator.demo.wording import Wording
from generator.model.declaration import ConfigError

# Most records are drawn evenly over the subjects of a pool; the others fall on few of them, as a power of a draw.
_EVENLY = 0.6
_POWER = 2
# Some subjects are never drawn; with so many per record, about one for each four records is.
_PER_RECORD = 0.262


@dataclass(frozen=True)
class Population:
    """All subjects, numbered from 0, pool by pool."""

    pools: list[Pool]
    size: np.ndarray
    start: np.ndarray
    """Number of the first subject of each pool."""

    def draw(self, draws: Draws, index: np.ndarray, pool: np.ndarray) -> np.ndarray:
        """A subject out of its pool for each record."""
        share = draws.share("subject", index)
        evenly = draws.share("subject evenly", index) < _EVENLY
        place = np.where(evenly, share, share**_POWER) * self.size[pool]
        subjects: np.ndarray = self.start[pool] + place.astype(np.int64)
        return subjects

    def pick(self, subjects: np.ndarray) -> Subjects:
        """Some of the subjects, by their numbers."""
        pool = np.searchsorted(self.start, subjects, side="right") - 1
        return Subjects(self.pools, pool, subjects, subjects - self.start[pool])


def settle(pools: list[Pool], expected: np.ndarray, wording: Wording) -> Population:
    """As many subjects in each pool as the records expected of it ask for.

    Raises ConfigError where the words of a trade do not make enough names.
    """
    size = np.maximum(1, np.round(expected * _PER_RECORD)).astype(np.int64)
    for pool, wanted in zip(pools, size, strict=True):
        names = int(np.prod(name_choices(pool, wording)))
        form = wording.subjects.forms[wording.subjects.trades[pool.trade].form]
        # Natural persons may share a name; organisations do not.
        if form.lead is not None and wanted > names:
            message = f"trades.{pool.trade}：在 {pool.region} 只能组成 {names} 个名称，需要 {wanted} 个；请减少记录数"
            raise ConfigError(Path(__file__).with_name("subjects.yml"), None, message)
    return Population(pools, size, np.cumsum(size) - size)
