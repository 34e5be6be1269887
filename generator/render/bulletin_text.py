"""The sentences of a bulletin as HTML: every figure leads to its line in the tables, every unit to its own page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.bulletin.prose import HEADING, MARK, NAME, PERIOD, paragraphs, plain, unit_of


@dataclass(frozen=True)
class Part:
    """A heading or a paragraph."""

    heading: str
    """"" for a paragraph."""
    html: Markup


def parts_of(text: str, anchors: dict[tuple[str, str], str], units: dict[str, str]) -> list[Part]:
    """The parts of a text with marks.

    `anchors`: figures and line → element of the page that shows it; `units`: unit → address of its page.
    """
    return [
        Part(plain(part.removeprefix(HEADING)), Markup())
        if part.startswith(HEADING)
        else Part("", _linked(part, anchors, units))
        for part in paragraphs(text)
    ]


def _linked(text: str, anchors: dict[tuple[str, str], str], units: dict[str, str]) -> Markup:
    done, place = Markup(), 0
    for mark in MARK.finditer(text):
        done += escape(text[place : mark.start()]) + _shown(mark[1], mark[2], anchors, units)
        place = mark.end()
    return done + escape(text[place:])


def _shown(place: str, words: str, anchors: dict[tuple[str, str], str], units: dict[str, str]) -> Markup:
    target = ""
    if place.startswith(NAME):
        target = units.get(unit_of(place), "")
    elif not place.startswith(f"{PERIOD}/"):
        figures, _, rest = place.partition("/")
        anchor = anchors.get((figures, rest.rpartition("/")[0]))
        target = f"#{anchor}" if anchor else ""
    return Markup('<a class="traced" href="{}">{}</a>').format(target, words) if target else escape(words)
