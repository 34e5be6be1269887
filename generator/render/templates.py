"""The Jinja environment of the generator's own templates."""

from __future__ import annotations

import re
from datetime import date

from jinja2 import Environment, PackageLoader, StrictUndefined


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
    return re.sub(r"\{\w+\}", "……", message)


def environment() -> Environment:
    """Everything that comes from data is escaped, in Markdown too: its HTML blocks and its text alike."""
    templates = Environment(
        loader=PackageLoader("generator.render", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters |= {"count": _count, "month": month_in_words, "day_in_words": _day, "blanks": _blanks}
    return templates
