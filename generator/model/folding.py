"""One form for the many ways in which a name or a code is written: for the index, and where names are compared.

assets/portal/fold.js does the same with what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_VARIANTS = {"郟": "郏", "ẞ": "SS"}
"""郟县 (U+90DF) and 郏县 (U+90CF) are one county; both occur in official documents. ß in capitals is SS or ẞ."""
_SMALL = r"[\p{Ll}\p{Lt}\x{345}]"
_MARKS = r"[\p{P}\p{S}\p{Z}\p{C}]+"

_UNCHANGED = r"[^\x00-\x7f\x{4e00}-\x{9fff}\x{2018}-\x{201d}\x{2014}\x{3001}\x{3002}\x{3008}-\x{3011}\x{3014}\x{3015}]"
"""What NFKC may change: anything but ASCII, the common ideographs, and the marks that are their own half width."""

Column = Any
"""An Arrow column of strings; pyarrow has no types for mypy."""


def half_width(column: Column) -> pa.Array:
    """NFKC of an Arrow column of text. Most texts need none, and to see which costs less than to do it."""
    return where_it_matches(texts(column), _UNCHANGED, lambda some: pc.utf8_normalize(some, form="NFKC"))


def where_it_matches(text: pa.Array, pattern: str, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """A column with those of its texts changed in which a pattern is found."""
    rows = pc.match_substring_regex(text, pattern)
    return pc.replace_with_mask(text, rows, change(text.filter(rows)))


def unified(column: Column) -> Column:
    """Half width, upper case, one variant of each character. An Arrow column of text."""
    text = _upper(half_width(column))
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
