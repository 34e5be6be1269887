"""One form for the many ways in which a name or a code is written: for the index, and where names are compared.

assets/portal/fold.js does the same with what is asked.
"""

from __future__ import annotations

from typing import Any

import pyarrow.compute as pc

_VARIANTS = {"郟": "郏"}
"""郟县 (U+90DF) and 郏县 (U+90CF) are one county; both occur in official documents."""
_MARKS = r"[\p{P}\p{S}\p{Z}\p{C}]+"

Column = Any
"""An Arrow column of strings; pyarrow has no types for mypy."""


def unified(column: Column) -> Column:
    """Half width, upper case, one variant of each character. An Arrow column of text."""
    text = pc.utf8_upper(pc.utf8_normalize(column, form="NFKC"))
    for variant, usual in _VARIANTS.items():
        text = pc.replace_substring(text, variant, usual)
    return text


def folded(text: Column) -> Column:
    """Names and codes, unified before: brackets, punctuation and blanks do not count."""
    return pc.replace_substring_regex(text, _MARKS, "")
