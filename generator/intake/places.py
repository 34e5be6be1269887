"""Where the columns of a table stand in its sheet: what Excel calls them by letters."""

from __future__ import annotations

from dataclasses import replace

from generator.intake.names import names_of
from generator.intake.table import RawTable, Sheet
from generator.issues import Issue, masked
from generator.model.kind import Kind


def with_places(table: RawTable, sheet: Sheet, kind: Kind) -> RawTable:
    """The table with the numbers of its columns, and its issues about headings with that of the heading."""
    if not sheet.left:
        return table
    names = names_of(kind)
    codes: dict[str, int] = {}
    titles: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings, sheet.left):
        code = names.code(heading)
        if code is None:
            unknown.setdefault(masked(heading), place)
        elif code in codes:
            titles.setdefault(kind.fields[code].title, place)
        else:
            codes[code] = place

    def placed(issue: Issue) -> Issue:
        number = {"heading-unknown": unknown.get(issue.value), "heading-repeated": titles.get(issue.column)}
        return replace(issue, column_number=number.get(issue.code) or issue.column_number)

    return replace(table, places=codes, issues=[placed(issue) for issue in table.issues])
