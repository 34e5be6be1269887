"""One form for the many ways in which a name, a code or a document number is written.

assets/portal/fold.js does the same with what is asked.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from generator.render.columns import Column

_VARIANTS = {"郟": "郏", "ẞ": "SS"}
"""郟县 (U+90DF) and 郏县 (U+90CF) are one county; both occur in official documents. ß in capitals is SS or ẞ."""
_SMALL = r"[\p{Ll}\p{Lt}\x{345}]"
_MARKS = r"[\p{P}\p{S}\p{Z}\p{C}]+"
_YEAR = r"\p{Ps}\p{Z}*(?:19|20)[0-9]{2}年?\p{Z}*\p{Pe}"


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


def folded(text: Column) -> Column:
    """Names and codes, unified before: brackets, punctuation and blanks do not count."""
    return pc.replace_substring_regex(text, _MARKS, "")


def number_forms(text: Column) -> list[Column]:
    """The forms in which a document number, unified before, is found.

    Without 第 and leading zeros of the serial number; with the zeros, for numbers typed without
    brackets; and without the year, for those who know the authority's word and the serial number.
    """
    return [
        _without_zeros(text),
        folded(_without_ordinal(text)),
        _without_zeros(pc.replace_substring_regex(text, _YEAR, "")),
    ]


def _without_ordinal(text: Column) -> Column:
    # The blank left behind still parts the year from the serial number.
    return pc.replace_substring_regex(text, r"第([\p{P}\p{Z}]*[0-9])", r" \1")


def _without_zeros(text: Column) -> Column:
    return folded(pc.replace_substring_regex(_without_ordinal(text), r"([^0-9A-Z])0+([1-9])", r"\1\2"))


def texts(column: Column) -> pa.Array:
    """An Arrow column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
