"""Faults by kind, the weightiest first: a message and its remedy are said once, then where they apply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.issues import CatalogueEntry, Issue, catalogue, shorten

_PRESENT_VALUE = "，现为“{value}”"
"""How messages name the value at hand; in a group it stands beside each place instead."""
_VARIES = "…"
_WEIGHT = {"error": 0, "warning": 1}
_EXTENT = {"file": 0, "row": 1, "nothing": 2}


@dataclass(frozen=True)
class Group:
    """The issues with one fault in one column."""

    issues: Sequence[Issue]
    """In the order of their places; at least one."""

    @property
    def first(self) -> Issue:
        """The one that is named first."""
        return self.issues[0]

    @property
    def headline(self) -> str:
        """The message; "…" stands for what differs from place to place."""
        return self._entry.message.replace(_PRESENT_VALUE, "").format_map(self._shared)

    @property
    def remedy(self) -> str:
        """What to do; "…" as in the headline."""
        return self._entry.remedy.format_map(self._shared)

    @property
    def extent(self) -> str:
        """What is not published because of it."""
        return {"file": "整个文件不公示", "row": "所在行不公示", "nothing": "照常公示"}[self._entry.withholds]

    def own_words(self, issue: Issue) -> str:
        """What is to be said of one place: its value, or its own message and remedy where more differs."""
        differing = [f"{{{name}}}" for name, word in self._shared.items() if word == _VARIES and name != "value"]
        told = [shorten(issue.value)] if issue.value else []
        if any(name in self._entry.message for name in differing):
            told = [issue.message]
        if any(name in self._entry.remedy for name in differing):
            told.append(issue.remedy)
        return "。".join(told)

    @property
    def _entry(self) -> CatalogueEntry:
        return catalogue()[self.first.code]

    @cached_property
    def _shared(self) -> dict[str, str]:
        """The words of the messages, where all places have the same."""
        words = self.first.words
        for issue in self.issues[1:]:
            words = {name: word if issue.words.get(name) == word else _VARIES for name, word in words.items()}
        return words


def grouped(issues: Sequence[Issue]) -> list[Group]:
    """Errors first, then by how much is not published, then by number."""
    found: dict[tuple[str, str], list[Issue]] = {}
    for issue in issues:
        found.setdefault((issue.code, issue.column), []).append(issue)
    groups = [Group(issues) for issues in found.values()]
    return sorted(groups, key=_order)


def _order(group: Group) -> tuple[int, int, int, str, str]:
    first, entry = group.first, catalogue()[group.first.code]
    return _WEIGHT[entry.level], _EXTENT[entry.withholds], -len(group.issues), first.code, first.column
