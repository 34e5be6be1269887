"""What is wrong with cells whatever they are to say: characters that nobody sees, and what is shown without a value."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.cells import NOT_COMPUTED
from generator.intake.characters import has_unusual, private_use, without_unseen
from generator.intake.table import RawTable
from generator.issues import Issue
from generator.model.kind import Kind

_NO_VALUE = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_NO_VALUE |= {"#BLOCKED!", "#BUSY!", "#CONNECT!", "#FIELD!", "#UNKNOWN!", NOT_COMPUTED}
"""What a spreadsheet shows where a formula has no value."""
_SHOWN = re.compile(r"#{2,}|Err:[0-9]{3}")
"""What is in a text for a column that was too narrow, and what LibreOffice shows for some errors."""


def mend_cells(table: RawTable, kind: Kind) -> RawTable:
    """The table without unseen characters, and without the rows in which a cell has no value.

    Those rows count as malformed: what the cell would say, nobody knows.
    """
    issues = list(table.issues)
    columns = dict(table.columns)
    whole = np.ones(len(table.rows), dtype=bool)

    def fault(code: str, column: str, place: int | None = None, value: str = "", **details: str) -> None:
        row, line = (0, 0) if place is None else (int(table.rows[place]), int(table.lines[place]))
        title, words, number = kind.fields[column].title, tuple(details.items()), table.places.get(column, 0)
        issues.append(Issue(table.source.path, table.sheet, row, title, code, value, words, line, number))

    for code, column in table.columns.items():
        if has_unusual(column):
            columns[code], count = without_unseen(column)
            if count:
                fault("characters-unseen", code, count=f"{count:,}")
            for place in private_use(columns[code]).tolist():
                fault("characters-private-use", code, place)
        # Hardly any text begins like these; only such are looked at one by one.
        likely = pc.or_(pc.starts_with(column, "#"), pc.starts_with(column, "Err:")).to_numpy(zero_copy_only=False)
        places = np.flatnonzero(likely)
        for place, text in zip(places.tolist(), column.take(pa.array(places)).to_pylist(), strict=True):
            if text in _NO_VALUE or _SHOWN.fullmatch(text):
                fault("cell-without-value", code, place, value=text)
                whole[place] = False
    if whole.all():
        return replace(table, columns=columns, issues=issues)
    return replace(
        table,
        columns={code: column.filter(pa.array(whole)) for code, column in columns.items()},
        rows=table.rows[whole],
        lines=table.lines[whole],
        issues=issues,
        malformed=table.malformed + int((~whole).sum()),
    )
