"""Values out of a code list."""

from __future__ import annotations

import re

from generator.model.simplified import simplified
from generator.model.values.base import PRESCRIBED, Read, Reading, Strings, Terms, ValueType, half_width, per_value
from generator.model.vocabulary import Vocabulary

_SEPARATORS = re.compile(r"[;；、]")
_FAULT = "choice-unknown"


class Choice(ValueType):
    """One value of a code list, in its permitted spelling."""

    name = "choice"
    title = "选项"
    needs_vocab = True

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """A value that is neither permitted, nor another spelling, nor begins as an open value, is a fault."""
        assert vocabulary is not None  # noqa: S101 - guaranteed by Field
        spellings, begins = vocabulary.spellings(), vocabulary.open
        return per_value(column, lambda text: _read(text, [text], spellings, begins, self.separator), (_FAULT,))


class Choices(Choice):
    """Several values of a code list, written with ；, ; or 、 between them."""

    name = "choices"
    title = "多个选项"
    separator = "；"

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Faulty where one of the parts is."""
        assert vocabulary is not None  # noqa: S101 - guaranteed by Field
        spellings, begins = vocabulary.spellings(), vocabulary.open
        return per_value(
            column,
            lambda text: _read(text, _parts(text), spellings, begins, self.separator),
            (_FAULT,),
        )

    def parts(self, column: Strings) -> list[Strings]:
        """One column for the first part of each value, one for the second, and so on."""
        split = column.str.split(self.separator, expand=True)
        return [split[place].fillna("") for place in split.columns]


def _parts(text: str) -> list[str]:
    # Blanks are cut off apart: a pattern that takes them along tries each of a hundred thousand.
    return [part.strip() for part in _SEPARATORS.split(text)]


def _read(text: str, parts: list[str], spellings: dict[str, str], begins: tuple[str, ...], separator: str) -> Read:
    """Each part by its permitted name, once."""
    names = [_name(part, spellings, begins) for part in parts if part]
    if None in names:
        known = [name or part for name, part in zip(names, filter(None, parts), strict=True)]
        return Read(separator.join(dict.fromkeys(known)), fault=_FAULT)
    said = separator.join(dict.fromkeys(name for name in names if name))
    return Read(said, way="choice" if said != text else "")


def _name(part: str, spellings: dict[str, str], begins: tuple[str, ...]) -> str | None:
    folded = half_width(part, blanks=False)
    # An open value names its kind behind the dash: 其他- alone says nothing.
    opened = bool(begins) and folded.startswith(begins) and folded not in begins
    return spellings.get(folded) or spellings.get(simplified(folded)) or (folded if opened else None)
