"""CSV that Excel opens as it is meant: Chinese legible, long codes whole, and nothing in it run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

_BOM = b"\xef\xbb\xbf"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_CHANGED = "|".join(
    [
        # a formula, in half and full width (some versions of Excel run these as well)
        r"\s*[=+\-@＝＋－＠].*",
        # numbers, days and times: 18 digits would end in zeros, 0012 would be 12, 3-1 the first of March, 12E5 a power
        r"[\s\d０-９.．,，:：/／%％()Ee+\-－￥¥$年月日时分秒]*[\d０-９][\s\d０-９.．,，:：/／%％()Ee+\-－￥¥$年月日时分秒]*",
        rf"(?i:[\d\s,/-]*(?:{_MONTHS})[\d\s.,/-]*)",
        r"(?i:true|false)",
    ]
)
GUARD = "\t"
"""Stands before a text that Excel would change; programs that read the CSV drop it (`str.strip`)."""


def spreadsheet(table: pa.Table, figures: Collection[str] = ()) -> bytes:
    """A table as CSV: UTF-8 with its mark, comma, lines ended by CR LF, headings are the names of the columns.

    A text that Excel would take for a number, a day or a formula has a tab before it, which keeps it a text; not so in
    columns of `figures` as they are printed, which are to be numbers, or a dash.
    """
    arrays = [
        array if field.name in figures else _guarded(array, field)
        for array, field in zip(table.columns, table.schema, strict=True)
    ]
    content = io.BytesIO()
    content.write(_BOM)
    shown = pa.table(arrays, names=table.column_names)
    csv.write_csv(shown, content, csv.WriteOptions(eol="\r\n", quoting_header="none"))
    return content.getvalue()


def _guarded(array: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    if pa.types.is_decimal(field.type):
        # As amounts are shown, without the zeros of the type's six places.
        return pc.replace_substring_regex(pc.cast(array, pa.string()), r"\.?0+$", "")
    if not pa.types.is_string(field.type):
        return array
    changed = pc.match_substring_regex(array, rf"\A(?s:{_CHANGED})\z")
    if not pc.any(changed).as_py():
        return array
    return pc.if_else(changed, pc.binary_join_element_wise(GUARD, array, ""), array)


def read_back(content: bytes, names: list[str]) -> dict[str, list[str]]:
    """Columns of such a file as text, guards dropped. Raises pa.ArrowException for anything else."""
    options = csv.ConvertOptions(include_columns=names, column_types=dict.fromkeys(names, pa.string()))
    read = csv.read_csv(
        io.BytesIO(content), parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=options
    )
    return {name: [re.sub(f"^{GUARD}", "", value) for value in read.column(name).to_pylist()] for name in names}
