"""Charts as SVG inside the page, from plain numbers.

Lengths are per cent of the page or grow with the reader's size of text, and the room of a text is counted by its
characters, so nothing depends on how wide a font is: equal figures give equal bytes on every machine, and texts are as
large as on the rest of the page. Colours come from the style sheet; lengths and written values say the same without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from generator.render.templates import environment
from generator.render.text_widths import EM, lines_of, width_of

ROOM = 22 * EM
"""Room for the texts above a bar: what a phone shows. Where a larger size of text needs more, the chart scrolls."""
_TEXT, _BAR, _GAP = 20, 12, 12
"""Heights of a line of text, a bar and what is between entries, in twentieths of the root's size of text, which are
pixels unless the reader has chosen another size."""


@dataclass(frozen=True)
class Bar:
    """One bar; `value` None where nothing was delivered."""

    name: str
    value: Decimal | None
    text: str


def bars(title: str, entries: Sequence[Bar], full: Decimal | None = None, others: str = "") -> Markup:
    """Bars from left to right. `full`: the value of a whole line; by default the largest one.

    `others`: what is to be said of those that are not drawn.
    """
    most = full or max((entry.value for entry in entries if entry.value is not None), default=Decimal(0))
    lines, top = [], 0
    for entry in entries:
        names = lines_of(entry.name, ROOM - width_of(entry.text) - EM)
        low = top + _TEXT * len(names)
        width = _hundredths(entry.value or Decimal(0), most)
        lines.append({"names": names, "text": entry.text, "top": top, "bar": low + 5, "width": width})
        top = low + _BAR + _GAP
    known = sorted((entry for entry in entries if entry.value is not None), key=lambda entry: entry.value or 0)
    ends = {"最高": known[-1:], "最低": () if others else known[:1]}
    said = "，".join(f"{word}{entry.name} {entry.text}" for word, of in ends.items() for entry in of) or "没有数据"
    return drawn("bars.html.j2", title=title, said=said, lines=lines, height=top, line=_TEXT, others=others)


def _hundredths(value: Decimal, whole: Decimal) -> str:
    return f"{min(value / whole, Decimal(1)) * 100:.2f}" if whole else "0"


def drawn(template: str, **values: object) -> Markup:
    """A drawing by its template. Whatever comes from data is escaped there."""
    return Markup(environment().get_template(template).render(**values))  # noqa: S704 - escaped by the template
