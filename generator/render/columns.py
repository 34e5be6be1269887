"""HTML of whole columns at once: escaping and joining are column operations, never a loop over records."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.model.kind import Field
from generator.model.values import NO_END

_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))

Column = Any
"""An Arrow column of strings: pa.Array or pa.ChunkedArray; pyarrow has no types for mypy."""


def arrow(column: pd.Series) -> Column:
    """A column of text as Arrow has it, without a copy."""
    return column.array.__arrow_array__()


def escaped(column: Column) -> Column:
    """Text as HTML, in content and in attributes."""
    if not pc.any(pc.match_substring_regex(column, "[&<>\"']")).as_py():
        return column
    for character, entity in _ESCAPES:
        column = pc.replace_substring(column, character, entity)
    return column


def shown(column: Column, field: Field) -> Column:
    """Values as readers see them, not escaped: no end in words, amounts with their unit."""
    if field.type == "day":
        return pc.if_else(pc.equal(column, NO_END), "长期", column)
    if field.unit:
        return pc.if_else(pc.equal(column, ""), "", joined(column, field.unit))
    return column


def joined(*parts: Column | str) -> Column:
    """Columns and fixed text side by side."""
    return pc.binary_join_element_wise(*[_scalar(part) for part in parts], _scalar(""))


def unless_blank(column: Column, html: Column) -> Column:
    """HTML where the value is given, nothing where it is not."""
    return pc.if_else(pc.equal(column, ""), "", html)


def _scalar(part: Column | str) -> Column:
    return pa.scalar(part, pa.large_string()) if isinstance(part, str) else pc.cast(part, pa.large_string())
