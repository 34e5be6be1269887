"""Finds personal information in the text of public fields. What is found is withheld and reported, never repeated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from generator.check.rules import Finding, Rows
from generator.model.privacy import folded
from generator.model.values import VALUE_TYPES


def check_privacy(rows: Rows) -> Iterator[Finding]:
    """Every public text is screened in one pass; the few that match are looked at one by one."""
    rules = rows.portal.privacy
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
        texts = folded(pd.Series(distinct, dtype="str"))
        suspects = pc.match_substring_regex(texts, rules.screen).to_numpy(zero_copy_only=False)
        found: dict[str, list[int]] = {}
        for place in np.flatnonzero(suspects & ~value_type.is_right(pd.Series(distinct, dtype="str"))).tolist():
            for name, _ in rules.find(texts[place].as_py()):
                found.setdefault(name, []).append(place)
        for name, values in found.items():
            yield Finding("privacy-found", np.isin(places, values), code, {"what": name}, secret=True)
