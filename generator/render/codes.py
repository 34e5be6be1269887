"""The public page on the quality of unified social credit codes: counts and rates, no code and no name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from generator.model.code_faults import FAULTS, code_fault_words
from generator.model.portal import Portal
from generator.publish.codes import CodeQuality
from generator.render.templates import environment, month_in_words

PAGE = "statistics/codes/index.md"


def codes_page(quality: CodeQuality, portal: Portal, today: date) -> str:
    """Markdown of the page: totals, then by unit in the site's order, by kind, and by month, newest first."""
    counts = quality.counts
    units = [(unit.name, counts[counts["unit"] == place]) for place, unit in enumerate(portal.site.units)]
    kinds = [(kind.title, counts[counts["kind"] == kind.id]) for kind in portal.kinds.values()]
    months = sorted(counts["month"].unique(), reverse=True)
    groups = [
        ("units", "单位", units),
        ("kinds", "类别", kinds),
        ("months", "报送月份", [(month_in_words(month), counts[counts["month"] == month]) for month in months]),
    ]
    return (
        environment()
        .get_template("codes.md.j2")
        .render(
            today=today,
            total=_line("合计", counts),
            faults=[(fault, code_fault_words()[fault].title) for fault in FAULTS],
            groups=[
                {"id": id_, "by": by, "lines": [_line(name, part) for name, part in parts if len(part)]}
                for id_, by, parts in groups
            ],
        )
    )


def _line(name: str, counts: pd.DataFrame) -> dict[str, Any]:
    """Counts of rows; `rate`: the percentage of those with a code that have a fault, "—" where there are none."""
    sums = {column: int(counts[column].sum()) for column in ("coded", *FAULTS, "faulty")}
    rate = f"{100 * sums['faulty'] / sums['coded']:.2f}" if sums["coded"] else "—"
    return {"name": name, "rate": rate, **sums}
