"""The forms in which a document number is found.

assets/portal/fold.js does the same with what is asked.
"""

from __future__ import annotations

import pyarrow.compute as pc

from generator.model.folding import folded
from generator.render.columns import Column

_YEAR = r"\p{Ps}\p{Z}*(?:19|20)[0-9]{2}年?\p{Z}*\p{Pe}"


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
