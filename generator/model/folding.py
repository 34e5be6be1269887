"""One form for the many ways in which a name or a code is written: for the index, and where names are compared.

assets/portal/fold.js does the same with what is asked.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_VARIANTS = {"郟": "郏", "ẞ": "SS"}
"""郟县 (U+90DF) and 郏县 (U+90CF) are one county; both occur in official documents. ß in capitals is SS or ẞ."""
_SMALL = r"[\p{Ll}\p{Lt}\x{345}]"
_MARKS = r"[\p{P}\p{S}\p{Z}\p{C}]+"

Column = Any
"""An Arrow column of strings; pyarrow has no types for mypy."""


def unified(column: Column) -> Column:
    """Half width, upper case, one variant of each character. An Arrow column of text."""
    text = _upper(texts(pc.utf8_normalize(column, form="NFKC")))
    for variant, usual in _VARIANTS.items():
        text = pc.replace_substring(text, variant, usual)
    return text


def _upper(text: pa.Array) -> pa.Array:
    """Capitals as Unicode's special casing and browsers have them (ß → SS), where Arrow's take one letter for one."""
    text = pc.ascii_upper(text)
    others = pc.match_substring_regex(text, _SMALL)
    if not pc.any(others).as_py():
        return text
    upper = pa.array([value.upper() for value in text.filter(others).to_pylist()], text.type)
    return pc.replace_with_mask(text, others, upper)


def texts(column: Column) -> pa.Array:
    """An Arrow column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def folded(text: Column) -> Column:
    """Names and codes, unified before: brackets, punctuation and blanks do not count."""
    return pc.replace_substring_regex(text, _MARKS, "")
