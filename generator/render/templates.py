"""The Jinja environment of the generator's own templates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

_UNITS = ("B", "KB", "MB", "GB")


def _count(number: int) -> str:
    return f"{number:,}"


def month_in_words(month: str) -> str:
    """2023-12 as 2023年12月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _blanks(message: str) -> str:
    """The places of a message that are filled in, as dots."""
    return re.sub(r"(?:\{\w+\})+", "……", message)


def size(number: int) -> str:
    """Bytes in words, three digits at most."""
    amount, unit = float(number), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    return f"{amount:.0f} {_UNITS[unit]}" if amount >= 10 or unit == 0 else f"{amount:.1f} {_UNITS[unit]}"


def _rem(length: int) -> str:
    """A length in twentieths of the root's size of text, so that it grows with the size that a reader has chosen."""
    return f"{length / 20:g}rem"


def json_ld(document: Mapping[str, object]) -> str:
    """A description for programs, as an element of a page.

    In ASCII, and without what could end the element: whatever a name says, it stays inside a string.
    """
    text = json.dumps(document, ensure_ascii=True).replace("<", "\\u003c").replace(">", "\\u003e")
    return f'<script type="application/ld+json">{text}</script>'


@cache
def environment() -> Environment:
    """Everything that comes from data is escaped, in Markdown too: its HTML blocks and its text alike.

    One for all, so that a template is read once, though a page has many charts.
    """
    templates = Environment(
        loader=PackageLoader("generator.render", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"count": _count, "month": month_in_words, "day_in_words": _day, "blanks": _blanks}
    templates.filters["rem"] = _rem
    return templates
