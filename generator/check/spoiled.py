"""Numbers that Excel has spoiled in columns of text: nobody can tell what they were."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generator.check.rules import Finding, Rows
from generator.model.values import VALUE_TYPES

_LONGEST = 14
"""Bytes of a number as Excel shows a long one, such as 4.10402E+17."""
_SPOILED = r"-?[0-9](\.[0-9]+)?[Ee]\+[0-9]{2,3}"
"""With its sign: 2E15 may be the number of something."""


def check_spoiled(rows: Rows) -> Iterator[Finding]:
    """Numbers of documents, licences and taxpayers that read 4.1E+17. Codes and amounts have been looked at before."""
    for code, declared in rows.kind.fields.items():
        if VALUE_TYPES[declared.type].is_free_text:
            lengths = rows.lengths(code)
            short = np.flatnonzero((lengths > 4) & (lengths <= _LONGEST))
            if len(short):
                spoiled = np.zeros(len(rows.frame), dtype=bool)
                signed = short[rows.frame[code].take(short).str.contains("+", regex=False).to_numpy(dtype=bool)]
                spoiled[signed] = rows.frame[code].take(signed).str.fullmatch(_SPOILED).to_numpy(dtype=bool)
                yield Finding("number-spoiled", spoiled, code)
