"""Titles in several lines: broken where a word ends, lines about equally long (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re

from generator.documents.paper import ems

_JOINTS = re.compile(r"(?<=[、，：”》）等的和])|(?=[“《（])")
"""Places where a title can be broken without cutting a word."""


def title_lines(title: str, width: float) -> list[str]:
    """The lines of a title of at most `width` characters each.

    One line where it fits, else two at the joint that makes them most alike; a longer title is left to the program
    that shows it.
    """
    if ems(title) <= width:
        return [title]
    pairs: list[tuple[str, str]] = [
        (title[: joint.start()], title[joint.start() :]) for joint in _JOINTS.finditer(title)
    ]
    fitting = [pair for pair in pairs if all(pair) and max(map(ems, pair)) <= width]
    return list(min(fitting, key=lambda pair: abs(ems(pair[0]) - ems(pair[1])), default=(title,)))
