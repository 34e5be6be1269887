"""Charts as SVG inside the page, from plain numbers.

Widths are per cent of the page and texts have a line of their own, so nothing depends on how wide a font is: equal
figures give equal bytes on every machine, and a phone shows text at its full size. Colours come from the style sheet;
lengths, sizes and written values say the same without them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.render.templates import environment

_MAGNITUDES = ("个", "十", "百", "千", "万", "十万", "百万及以上")


@dataclass(frozen=True)
class Bar:
    """One bar; `value` None where nothing was delivered."""

    name: str
    value: Decimal | None
    text: str


@dataclass(frozen=True)
class MarksRow:
    """One row of a matrix, a value for each column."""

    name: str
    values: Sequence[Decimal | None]


def bars(title: str, entries: Sequence[Bar], full: Decimal | None = None) -> Markup:
    """Bars from left to right. `full`: the value of a whole line; by default the largest one."""
    most = full or max((entry.value for entry in entries if entry.value is not None), default=Decimal(0))
    lines = [
        {"name": entry.name, "text": entry.text, "width": _hundredths(entry.value or Decimal(0), most)}
        for entry in entries
    ]
    known = sorted((entry for entry in entries if entry.value is not None), key=lambda entry: entry.value or 0)
    said = f"最高{known[-1].name} {known[-1].text}，最低{known[0].name} {known[0].text}" if known else "没有数据"
    return _drawn("bars.html.j2", title=title, said=said, lines=lines)


def _hundredths(value: Decimal, whole: Decimal) -> str:
    return f"{min(value / whole, Decimal(1)) * 100:.2f}" if whole else "0"


def matrix(title: str, columns: Sequence[str], rows: Sequence[MarksRow]) -> Markup:
    """Marks that grow with the order of magnitude: what there is of everything, at a glance."""
    lines = [{"name": row.name, "marks": [_mark(value) for value in row.values]} for row in rows]
    covered = [sum(value is not None and value > 0 for value in row.values) for row in rows]
    said = "；".join(f"{row.name}{count}类有数据" for row, count in zip(rows, covered, strict=True))
    heads = [[head[place : place + 2] for place in range(0, len(head), 2)] for head in columns]
    return _drawn("matrix.html.j2", title=title, said=said, heads=heads, lines=lines, magnitudes=_MAGNITUDES)


def _mark(value: Decimal | None) -> str | int:
    """Order of magnitude from 0 (ones) on; a text for nothing and for what was not delivered."""
    if value is None:
        return "—"
    return min(len(str(int(value))), len(_MAGNITUDES)) - 1 if value >= 1 else "0"


def _drawn(template: str, **values: object) -> Markup:
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - escaped by the template
