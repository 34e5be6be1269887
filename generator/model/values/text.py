"""Names, titles and running text."""

from __future__ import annotations

from generator.model.values.base import PRESCRIBED, Reading, Strings, Terms, ValueType
from generator.model.vocabulary import Vocabulary


class Text(ValueType):
    """A name, title or number of a document: one line, kept as written."""

    name = "text"
    title = "文字"
    is_free_text = True

    def read(self, column: Strings, vocabulary: Vocabulary | None, terms: Terms = PRESCRIBED) -> Reading:
        """Nothing can be wrong with it but its length, which the field declares."""
        return Reading(column)


class Prose(Text):
    """Running text such as facts or contents: shown with the details of a notice, not in tables."""

    name = "prose"
    title = "长文字"
