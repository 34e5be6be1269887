"""Checks of codes against what else is known: the kind of subject, and the registries."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.check.rules import Finding, Rows
from generator.model.condition import explain_beginning
from generator.model.values import VALUE_TYPES
from generator.model.values.code import CreditCode


def check_beginnings(rows: Rows) -> Iterator[Finding]:
    """Codes that begin otherwise than those of the kind of subject do, such as 92 for individually-owned businesses."""
    codes = {"error": "code-beginning", "warning": "code-beginning-unusual"}
    for code, declared in rows.kind.fields.items():
        for beginning in declared.begins:
            blamed = _is_code(rows, code) & rows.demanded(beginning.when)
            if blamed.any():
                text = rows.frame[code][blamed].str
                begins = text.startswith(beginning.with_ or beginning.without).to_numpy(dtype=bool)
                blamed[blamed] = ~begins if beginning.with_ else begins
                details = {"expected": explain_beginning(beginning, rows.kind)}
                yield Finding(codes[beginning.level], blamed, code, details)


def check_registries(rows: Rows) -> Iterator[Finding]:
    """Credit codes that begin as none that a registry issues. A warning: registries open new categories."""
    known = pa.array(sorted(rows.portal.registries.pairs), pa.large_string())
    for code, declared in rows.kind.fields.items():
        if declared.type == CreditCode.name:
            given = _is_code(rows, code)
            pairs = pc.utf8_slice_codeunits(rows.frame[code].array.__arrow_array__(), 0, 2)
            strange = given & ~pc.is_in(pairs.cast(known.type), known).to_numpy(zero_copy_only=False)
            yield Finding("code-registry-unknown", strange, code)


def _is_code(rows: Rows, code: str) -> np.ndarray:
    """Given, readable, and no placeholder."""
    given = rows.filled(code)
    if code in rows.unreadable:
        given = given & ~rows.unreadable[code]
    placeholder = VALUE_TYPES[rows.kind.fields[code].type].placeholder
    if placeholder:
        given = given & (rows.frame[code] != placeholder).to_numpy(dtype=bool)
    return given
