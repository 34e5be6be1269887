"""The sequences of document numbers, and what is missing in them: what 瞒报抽查 looks for.

Every row with a number takes part, whatever became of it: withheld, expired and withdrawn rows were reported as well,
and so were those of natural persons. Nothing of a row is kept but its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from generator.check.batch import CheckedBatch
from generator.model.document_numbers import in_sequence
from generator.model.folding import unified
from generator.model.reporting import NumberRules

TYPES = {"kind": "category", "unit": "int16", "word": "category", "year": "int16", "serial": "int64"}
NO_NUMBERS = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in TYPES.items()})
"""Different document numbers by unit and sequence; kind: that of the rows; word: the authority's, folded. There are
few words, so that five million numbers take some 70 MB."""

NO_GAPS = pd.DataFrame({name: pd.Series(dtype="int64") for name in ("sequence", "first", "last")})


@dataclass(frozen=True)
class Sequences:
    """All sequences of document numbers, and the gaps in those that can be judged."""

    sequences: pd.DataFrame
    """unit (place in site.units), word, year, kinds (ids, joined by a blank), then int64: numbers (different ones),
    lowest, highest, missing (numbers between these that no row has); enough, dense (bool: can be judged)."""
    gaps: pd.DataFrame
    """sequence (place in `sequences`), first, last: int64; the missing numbers as ranges, in order."""

    @property
    def judged(self) -> pd.DataFrame:
        """The sequences of which the gaps are told."""
        return self.sequences[self.sequences["enough"] & self.sequences["dense"]]


def number_lines(checked: CheckedBatch, units: np.ndarray) -> pd.DataFrame:
    """The different document numbers of a batch: columns as in `NO_NUMBERS`. `units`: the unit of each row."""
    kind = checked.batch.kind
    field = kind.roles.number
    if field is None or checked.frame.empty:
        return NO_NUMBERS
    found = in_sequence(unified(checked.frame[field].array.__arrow_array__())).to_pandas()
    there = found["serial"].notna().to_numpy()
    lines = found[there].assign(kind=kind.id, unit=units[there])[list(NO_NUMBERS)]
    different: pd.DataFrame = lines.drop_duplicates(ignore_index=True).astype(TYPES)
    return different


def sequences(lines: Iterable[pd.DataFrame], rules: NumberRules) -> Sequences:
    """Put the numbers of all batches into their sequences.

    A sequence is that of a unit's word and year, whichever kinds its decisions are of: licences and penalties may share
    one. Its first and last number are those that were reported; what lies before and behind is not known.
    """
    keys = ["unit", "word", "year"]
    texts = {"kind": "str", "word": "str"}
    together = pd.concat([part.astype(texts) for part in (NO_NUMBERS, *lines)], ignore_index=True)
    kinds = together[[*keys, "kind"]].drop_duplicates().groupby(keys)["kind"].agg(lambda names: " ".join(sorted(names)))
    numbers = together[[*keys, "serial"]].drop_duplicates().sort_values([*keys, "serial"], ignore_index=True)
    found = numbers.groupby(keys)["serial"].agg(numbers="size", lowest="min", highest="max")
    found["missing"] = found["highest"] - found["lowest"] + 1 - found["numbers"]
    found["enough"] = found["numbers"] >= rules.enough
    found["dense"] = found["numbers"] >= rules.filled * (found["numbers"] + found["missing"])
    told = found.join(kinds.rename("kinds")).reset_index()

    sequence = numbers.groupby(keys).ngroup().to_numpy()
    serial = numbers["serial"].to_numpy()
    judged = (told["enough"] & told["dense"]).to_numpy(dtype=bool)
    if len(serial) < 2:
        return Sequences(told, NO_GAPS)
    breaks = (sequence[1:] == sequence[:-1]) & (serial[1:] - serial[:-1] > 1) & judged[sequence[1:]]
    place = np.flatnonzero(breaks)
    gaps = {"sequence": sequence[place], "first": serial[place] + 1, "last": serial[place + 1] - 1}
    return Sequences(told, pd.DataFrame(gaps).astype("int64"))
