"""Numbers of decision documents (文号): the forms in which they are found, and their place in an authority's sequence.

A number is the authority's word, the year in brackets, and a serial number: 平市监罚〔2023〕12号.
assets/portal/fold.js makes the same forms of what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from generator.model.folding import folded

Column = Any
"""An Arrow column of strings; pyarrow has no types for mypy."""

_YEAR = r"\p{Ps}\p{Z}*(?:19|20)[0-9]{2}年?\p{Z}*\p{Pe}"
_IN_SEQUENCE = rf"^(?P<before>.*?)(?P<year>{_YEAR})(?P<behind>[^0-9]*?)\p{{Z}}*(?P<serial>[0-9]{{1,9}})(?P<rest>.*)$"
# 12-1号 and 12之一号 are issued under number 12.
_END = r"^\p{Z}*(?:[\p{Pd}之][0-9一二三四五六七八九十]+)?\p{Z}*号?\p{Z}*$"


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


def in_sequence(text: Column) -> pa.Table:
    """Where document numbers, unified before, stand in their sequence.

    Columns: word (text, folded), year (int16), serial (int64); none of them where a number is not of this form.
    """
    parts = pc.extract_regex(_without_ordinal(text), pattern=_IN_SEQUENCE)
    before, year, behind, serial, rest = (pc.struct_field(parts, place) for place in range(5))
    ends = pc.fill_null(pc.match_substring_regex(rest, _END), False)
    columns = {
        "word": _each_once(folded, pc.binary_join_element_wise(before, behind, pa.scalar("", before.type))),
        "year": pc.cast(_each_once(lambda years: pc.utf8_slice_codeunits(folded(years), 0, 4), year), pa.int16()),
        "serial": pc.cast(serial, pa.int64()),
    }
    return pa.table({name: pc.if_else(ends, column, None) for name, column in columns.items()})


def _each_once(work: Callable[[Column], Column], text: Column) -> Column:
    """Work on each different text once: authorities have few words."""
    coded = text.dictionary_encode()
    return work(coded.dictionary).take(coded.indices)


def _without_ordinal(text: Column) -> Column:
    # The blank left behind still parts the year from the serial number.
    return pc.replace_substring_regex(text, r"第([\p{P}\p{Z}]*[0-9])", r" \1")


def _without_zeros(text: Column) -> Column:
    return folded(pc.replace_substring_regex(_without_ordinal(text), r"([^0-9A-Z])0+([1-9])", r"\1\2"))
