"""Personal names as they may be shown: by their first character, wherever their row says them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.model.condition import holds
from generator.model.kind import Kind
from generator.model.values import VALUE_TYPES

SURNAME_MARK = "**"


def full_names(frame: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """What masks leave out: personal names, whole, and nothing else of their rows."""
    names = pd.DataFrame({code: pd.Series("", index=frame.index, dtype="str") for code in kind.public_fields})
    for code, field in kind.public_fields.items():
        if field.mask is not None:
            names[code] = frame[code].where(holds(field.mask.when, frame, kind), "")
    return names[(names != "").any(axis=1)]


def shown_columns(frame: pd.DataFrame, kind: Kind) -> dict[str, pd.Series]:
    """The public fields as they may be shown: personal names by their first character, wherever the row says them."""
    shown = {code: frame[code] for code in kind.public_fields}
    for code, field in kind.public_fields.items():
        if field.mask is None:
            continue
        # 王 午 and 王午 are one name: two characters are lined up with three by a blank.
        names = frame[code].str.replace(r"\s", "", regex=True)
        short = names.str.slice(0, 1) + SURNAME_MARK if field.mask.as_ == "surname" else names.str.slice(0, 0)
        hidden = holds(field.mask.when, frame, kind) & (names != "").to_numpy(dtype=bool)
        shown[code] = shown[code].where(~hidden, short)
        said = [other for other in shown if other != code and VALUE_TYPES[kind.fields[other].type].is_free_text]
        shown |= _without_names({other: shown[other] for other in said}, hidden, names, short)
    return shown


def _without_names(
    texts: dict[str, pd.Series], rows: np.ndarray, names: pd.Series, short: pd.Series
) -> dict[str, pd.Series]:
    """Text in which the marked rows no longer say their own names."""
    places = np.flatnonzero(rows)
    pairs = list(zip(names[rows], short[rows], strict=True))
    if not texts or not pairs:
        return {}
    columns = [text[rows].array.__arrow_array__() for text in texts.values()]
    together = pc.binary_join_element_wise(*columns, pa.scalar("\n", pa.large_string())).to_pylist()
    # Most rows do not say it: they are done with after one look at all their text.
    saying = [
        (int(place), re.compile(r"\s*".join(map(re.escape, name))), brief)
        for place, (name, brief), text in zip(places, pairs, together, strict=True)
        if len(name) > 1 and name[0] in text and name in "".join(text.split())
    ]
    at = [place for place, _, _ in saying]
    changed = {}
    for code, text in texts.items():
        old = text.take(at).tolist()
        # What replaces a name is no pattern.
        new = [brief.join(name.split(said)) for said, (_, name, brief) in zip(old, saying, strict=True)]
        if new != old:
            changed[code] = text.copy()
            changed[code].iloc[at] = new
    return changed
