"""What is wrong with cells whatever they are to say: characters that nobody sees, formulas that have no result."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.intake.cells import NOT_COMPUTED
from generator.intake.characters import has_unusual, private_use, without_unseen
from generator.intake.table import RawTable
from generator.issues import Issue
from generator.model.kind import Kind

_NO_VALUE = (
    *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA"),
    *("#BLOCKED!", "#BUSY!", "#CONNECT!", "#EXTERNAL!", "#FIELD!", "#PYTHON!", "#TIMEOUT!", "#UNKNOWN!", NOT_COMPUTED),
)
"""What a spreadsheet shows where a formula has no value."""


def mend_cells(table: RawTable, kind: Kind) -> RawTable:
    """The table without unseen characters, and without the rows in which a formula has no value.

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
        if pc.any(pc.starts_with(column, "#")).as_py():
            errors = pc.is_in(column, pa.array(_NO_VALUE, column.type)).to_numpy(zero_copy_only=False)
            for place in np.flatnonzero(errors).tolist():
                fault("cell-without-value", code, place, value=column[place].as_py())
            whole &= ~errors
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
