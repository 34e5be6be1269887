"""Looks for many values in much text at once.

A site says the same words again and again: on pages, in lists, in downloads. So texts are looked at twice: first all
that many of them say, each piece between marks once; and only where that may hold a value, text by text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import ahocorasick

_MARKS = '<>",\t\r\n'
"""What stands between pieces of text in HTML, JSON and CSV."""
_BETWEEN = re.compile(f"[{_MARKS}]")
_WORD = r"0-9A-Za-z\u4e00-\u9fff"
_SHORT_NAME = 4
_NAME_CHARACTER = re.compile(f"[{_WORD}]")

_Hit = tuple[int, tuple[str, list[tuple[str, str]]]]
"""Place of the last character; the piece, and the values that have it, each with its kind."""


class Searcher:
    """Values, each with the kind it belongs to."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        """Take the values: value → kind.

        Each is found by its longest piece, which a text that says it has in one of its own pieces.
        """
        by_piece: dict[str, list[tuple[str, str]]] = {}
        for value, kind in kinds.items():
            by_piece.setdefault(max(_BETWEEN.split(value), key=len), []).append((value, kind))
        self._of_marks = by_piece.pop("", [])
        self._automaton = automaton(by_piece.items())

    def may_say(self, texts: Iterable[str]) -> bool:
        """Whether any of the texts may say a value; False is certain."""
        if self._of_marks:
            return True
        if self._automaton is None:
            return False
        pieces: set[str] = set()
        for text in texts:
            pieces.update(_without_marks(text).split("\n"))
        together = "\n".join(pieces)
        return any(
            len(values) > 1 or piece != values[0][0] or stands_alone(together, end, piece)
            for end, (piece, values) in _found(self._automaton, together)
        )

    def kinds_in(self, texts: Iterable[str]) -> set[str]:
        """Kinds of the values that texts say."""
        kinds: set[str] = set()
        for text in texts:
            kinds.update(kind for value, kind in self._of_marks if value in text)
            for end, (piece, values) in _found(self._automaton, text):
                for value, kind in values:
                    start = end + 1 - len(piece) - value.index(piece)
                    if (
                        start >= 0
                        and text.startswith(value, start)
                        and stands_alone(text, start + len(value) - 1, value)
                    ):
                        kinds.add(kind)
        return kinds


def stands_alone(text: str, end: int, value: str) -> bool:
    """Whether a value found in a text (its last character at `end`) is meant, and not a part of something else.

    Digits and letters right beside a number or code make it another one; a name of two or three
    characters has to stand between other characters than those of names.
    """
    start = end + 1 - len(value)
    beside = text[start - 1 : start] if start else "", text[end + 1 : end + 2]
    if len(value) < _SHORT_NAME:
        return not any(_NAME_CHARACTER.match(neighbour) for neighbour in beside)
    return not (
        (value[0].isascii() and beside[0].isascii() and beside[0].isalnum())
        or (value[-1].isascii() and beside[1].isascii() and beside[1].isalnum())
    )


def automaton(words: Iterable[tuple[str, object]]) -> ahocorasick.Automaton | None:
    """Finds words; each hit gives word and what belongs to it. None where there are no words."""
    found = ahocorasick.Automaton()
    for word, belonging in words:
        found.add_word(word, (word, belonging))
    if not len(found):
        return None
    found.make_automaton()
    return found


def _found(
    searcher: ahocorasick.Automaton | None, text: str
) -> Iterator[tuple[int, tuple[str, list[tuple[str, str]]]]]:
    return iter(()) if searcher is None else searcher.iter(text)


def _without_marks(text: str) -> str:
    for mark in _MARKS:
        text = text.replace(mark, "\n")
    return text
