"""Who says that there is nothing to report, and whether the rows say so too."""

from __future__ import annotations

from collections import Counter

from generator.intake.table import Batch
from generator.issues import Issue


def declared_nothing(batch: Batch) -> tuple[list[str], list[Issue]]:
    """Ids of the units that declare that they have nothing of a kind and month, and an issue for each declaration
    beside which the unit has rows. Such a unit is not among the first: its rows stand."""
    rows: Counter[str] = Counter()
    for table in batch.tables:
        rows[table.source.unit] += len(table.rows) + table.malformed
    said = [table for table in batch.tables if table.nothing]
    issues = [
        Issue(
            table.source.path,
            table.sheet,
            code="nothing-contradicted",
            details=(("count", f"{rows[table.source.unit]:,}"), ("kind", batch.kind.title)),
        )
        for table in said
        if rows[table.source.unit]
    ]
    return sorted({table.source.unit for table in said if not rows[table.source.unit]}), issues
