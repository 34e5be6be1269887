"""Sentences of a bulletin, from a Jinja template in a sandbox, in which every number says where it comes from.

A template can print figures, names and words of the period; each leaves a mark in the text: `{reported/all/late=10}`,
and for a unit also by which ranking it is named: `{@late/scjgj=市市场监管局}`. A text thus carries its own proof, see
`tracing`: what stands in a mark has to be that of the figures, and outside of marks and of the phrases that the
declaration quotes there may be no digit at all. Texts are plain: paragraphs between blank lines, `## ` before headings.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator.bulletin.figures import Figures, text_of
from generator.bulletin.rankings import Ranked

MARK = re.compile(r"\{([^{}=\n]+)=([^{}\n]*)\}")
PERIOD, NAME = "period", "@"
HEADING = "## "
"""Stands before a heading."""


class ProseError(Exception):
    """A template of sentences cannot be filled in."""


@dataclass(frozen=True)
class Printed:
    """What a template prints: a text and its place. False where it is 0 or missing."""

    place: str
    text: str
    value: Decimal | None = None

    def __str__(self) -> str:
        return f"{{{self.place}={self.text}}}"

    def __bool__(self) -> bool:
        return bool(self.value)


class _Named:
    """Printed parts by name. It has no attributes of its own that a template could take for a name."""

    def __init__(self, parts: Mapping[str, object]) -> None:
        self.__parts = parts

    def __getitem__(self, name: str) -> object:
        return self.__parts[name]


def words_of(period: str) -> dict[str, str]:
    """What captions, titles and sentences say of a period: 2023-12, or 2023-03-10."""
    year, month, day = [*period.split("-"), ""][:3]
    last = calendar.monthrange(int(year), int(month))[1]
    return {
        "year": year,
        "number": str(int(month)),
        "month": f"{year}-{month}",
        "day": str(int(day)) if day else "",
        "first": f"{year}-{month}-01",
        "last": f"{year}-{month}-{day or last}",
    }


def written(
    template: str, period: str, figures: Mapping[str, Figures], rankings: Mapping[str, Sequence[Ranked]], **more: object
) -> str:
    """Fill in a template; the text with its marks. Raises ProseError with the template's line where there is one."""
    words = {name: Printed(f"{PERIOD}/{name}", text) for name, text in words_of(period).items()}
    sets = {name: _Named({key: line(name, key, of) for key in of.values()}) for name, of in figures.items()}
    ranked = {
        name: [
            {"name": Printed(f"{NAME}{name}/{entry.line.key}", entry.line.name), "figure": _printed(entry, figures)}
            for entry in entries
        ]
        for name, entries in rankings.items()
    }
    try:
        text = _compiled(template).render(period=_Named(words), **sets, **ranked, **more)
    except TemplateError as error:
        at = f"第 {line_number} 行：" if (line_number := getattr(error, "lineno", None)) else ""
        raise ProseError(f"{at}{error}") from error
    except (TypeError, KeyError, ValueError) as error:
        raise ProseError(f"{type(error).__name__} {error}") from error
    return re.sub(r"\n{3,}", "\n\n", "\n".join(part.rstrip() for part in text.splitlines())).strip() + "\n"


def line(figures_name: str, key: str, figures: Figures, **more: Printed) -> _Named:
    """The figures of a line or sum, as templates print them."""
    values = figures.values()[key]
    printed = {
        column: Printed(f"{figures_name}/{key}/{column}", text_of(values, column, figures.rules), values.get(column))
        for column in figures.rules.columns
    }
    return _Named({**printed, **more})


def _printed(entry: Ranked, figures: Mapping[str, Figures]) -> Printed:
    text = text_of(entry.line.values, entry.column, figures[entry.figures].rules)
    return Printed(f"{entry.figures}/{entry.line.key}/{entry.column}", text, entry.line.values.get(entry.column))


@lru_cache
def _compiled(template: str) -> Template:
    """The same sentences are filled in for many months and units."""
    return _environment().from_string(template)


def _environment() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    sandbox.globals.clear()
    sandbox.filters = {
        "names": lambda entries: "、".join(str(entry["name"]) for entry in entries),
    }
    return sandbox


def unit_of(place: str) -> str:
    """The unit or region that the mark of a name is of."""
    return place.removeprefix(NAME).rpartition("/")[2]


def with_units(text: str, ids: Mapping[str, str]) -> str:
    """A text with other ids of units in its marks."""

    def renamed(mark: re.Match[str]) -> str:
        parts = mark[1].split("/")
        if mark[1].startswith(NAME):  # @ranking/unit or @unit
            name = "" if len(parts) > 1 else NAME
            parts[-1] = name + ids.get(unit_of(mark[1]), unit_of(mark[1]))
        elif len(parts) > 2:  # figures/unit/column
            parts[1] = ids.get(parts[1], parts[1])
        return f"{{{'/'.join(parts)}={mark[2]}}}"

    return MARK.sub(renamed, text)


def paragraphs(text: str) -> list[str]:
    """The paragraphs and headings of a text."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def plain(text: str) -> str:
    """A text as it is read, without marks."""
    return replaced(text, lambda place, words: words)


def replaced(text: str, show: Callable[[str, str], str]) -> str:
    """A text with `show(place, words)` in place of each mark."""
    return MARK.sub(lambda mark: show(mark[1], mark[2]), text)
