"""Figures month after month as SVG: upright bars of counts, points of rates. A month without a figure is a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Literal

from markupsafe import Markup

from generator.render.charts import drawn
from generator.render.templates import month_in_words
from generator.render.text_widths import EM, width_of

Shape = Literal["bars", "points"]
NO_BULLETIN, NOTHING_TO_RATE, NOT_STATED = "没有通报", "没有可计算的数据", "通报没有此数"
"""Why a month has no figure."""

_SIZE = 15
"""Size of the text; this and all below in twentieths of the root's size of text."""
_HEIGHTS: dict[Shape, int] = {"bars": 150, "points": 100}
_ABOVE, _BELOW = 28, 48
_LONG = 600
"""From this width on it may be told that a chart scrolls, see the style of `.chart__hint`."""
_SLOT, _APART = 52, 40
"""The least width of a month, where its year has room; hundredths of an em between two values."""


@dataclass(frozen=True)
class Month:
    """One month; `value` None for a gap, which is not the same as 0."""

    month: str
    """2023-12."""
    value: Decimal | None
    text: str
    """The value as it is printed; of a gap why it is one."""


def month_chart(
    title: str, entries: Sequence[Month], shape: Shape = "bars", full: Decimal | None = None, head: str = ""
) -> Markup:
    """Months from left to right, the oldest first. `full`: the value of the whole height; by default the largest one.

    It is as wide as its texts need and no smaller on a phone, where it scrolls and shows the newest months first.
    `head`: heading of the figures in a table below it; without one the page has such a table already.
    """
    most = full or max((entry.value for entry in entries if entry.value is not None), default=Decimal(0))
    known = [entry for entry in entries if entry.value is not None]
    widest = max((width_of(entry.text) for entry in known), default=0)
    slot = max(_SLOT, (widest + _APART) * _SIZE // EM)
    tall = _HEIGHTS[shape]
    base = _ABOVE + tall
    columns: list[dict[str, Any]] = []
    for place, entry in enumerate(entries):
        year, number = entry.month.split("-")
        height = _height(entry.value, most, tall)
        columns.append(
            {
                "known": entry.value is not None,
                "text": entry.text,
                "label": f"{int(number)}月",
                "year": f"{year}年" if place == 0 or number == "01" else "",
                "left": place * slot + slot // 5,
                "middle": place * slot + slot // 2,
                "top": base - height,
                "height": height,
            }
        )
    for before, column, after in zip([None, *columns], columns, [*columns[1:], None], strict=False):
        beside = [one["top"] for one in (before, after) if one and one["known"]]
        # Below a point to which the course falls, if the months leave room there; otherwise the course would cross it.
        sunk = shape == "points" and beside and max(beside) < column["top"] and column["height"] > _ABOVE
        column["said"] = column["top"] + (20 if sunk else -9)
    lines = [(one, other) for one, other in pairwise(columns) if one["known"] and other["known"]]
    return drawn(
        "months.html.j2",
        title=title,
        said=_said(entries),
        columns=columns,
        lines=lines if shape == "points" else [],
        shape=shape,
        gaps=list(dict.fromkeys(entry.text for entry in entries if entry.value is None)),
        is_long=slot * len(columns) > _LONG,
        head=head,
        entries=entries[::-1],
        base=base,
        bar=slot - 2 * (slot // 5),
        width=slot * len(columns),
        height=base + _BELOW,
    )


def _height(value: Decimal | None, most: Decimal, tall: int) -> int:
    if not value or not most:
        return 0
    return int((min(value / most, Decimal(1)) * tall).quantize(Decimal(1), ROUND_HALF_UP))


def _said(entries: Sequence[Month]) -> str:
    """The first, the highest and the last month in words, for who cannot see it."""
    known = [entry for entry in entries if entry.value is not None]
    if not known:
        return "没有数据"
    highest = max(known, key=lambda entry: entry.value or Decimal(0))
    told = {"起": known[0], "最高": highest, "止": known[-1]}
    gaps: dict[str, list[str]] = {}
    for entry in entries:
        if entry.value is None:
            gaps.setdefault(entry.text, []).append(month_in_words(entry.month))
    said = "，".join(f"{word}{month_in_words(entry.month)} {entry.text}" for word, entry in told.items())
    return "；".join([said, *(f"{'、'.join(months)}{reason}" for reason, months in gaps.items())])
