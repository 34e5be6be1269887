"""Finds personal information in the text of public fields. What is found is withheld and reported, never repeated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa

from generator.check.rules import Finding, Rows
from generator.model.values import VALUE_TYPES
from generator.model.values.base import arrow


def check_privacy(rows: Rows) -> Iterator[Finding]:
    """All public texts are screened in one pass; the few that match are looked at one by one."""
    rules = rows.portal.privacy
    looked_at: list[tuple[str, np.ndarray, np.ndarray]] = []
    texts: list[pa.Array] = []
    for code, field in rows.kind.public_fields.items():
        value_type = VALUE_TYPES[field.type]
        if not value_type.may_hold_text:
            continue
        column = rows.frame[code]
        if field.mask and field.mask.as_ == "nothing":
            # Where it is not shown at all, it may be what it is: the number of a natural person.
            column = column.where(~rows.where(field.mask.when), "")
        if code in rows.identities:
            column = column.where(~rows.identities[code], "")
        # Texts repeat, and a right code is what it says, though its digits may look like something else.
        places, distinct = pd.factorize(column)
        values = pd.Series(distinct, dtype="str")
        asked = np.flatnonzero(~value_type.is_right(values) & (values != "").to_numpy(dtype=bool))
        looked_at.append((code, places, asked))
        texts.append(arrow(values).take(pa.array(asked)))
    starts = np.cumsum([0, *(len(asked) for _, _, asked in looked_at)])
    found: dict[tuple[int, str], list[int]] = {}
    for suspect, name in rules.found_in(pa.concat_arrays(texts)):
        of = int(np.searchsorted(starts, suspect, side="right")) - 1
        found.setdefault((of, name), []).append(int(looked_at[of][2][suspect - starts[of]]))
    for (of, name), values_found in found.items():
        code, places, _ = looked_at[of]
        yield Finding("privacy-found", np.isin(places, values_found), code, {"what": name}, secret=True)
