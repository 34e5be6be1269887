"""How clerks write “none” and “no end”, as declared in data/rules/values.yml."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from generator.model.declaration import Declared, read_declaration


class NoneForms(Declared):
    """What stands in a cell that has nothing to say."""

    marks: tuple[str, ...]
    """Whole values of any column that mean “nothing”."""
    days: tuple[str, ...]
    """Days, written 1900-01-00, that programs put where there is none; they need not be of the calendar."""
    source: str


class NoEndForms(Declared):
    """What means that a term has no end."""

    words: tuple[str, ...]
    days: tuple[str, ...]
    """ISO days that mean nothing else."""
    doubtful: tuple[str, ...]
    """ISO days that usually mean it: read so, with a warning."""
    source: str


class WrittenForms(Declared):
    """data/rules/values.yml."""

    none: NoneForms
    no_end: NoEndForms

    @cached_property
    def longest_mark(self) -> int:
        """Bytes of the longest mark for “none”, in UTF-8."""
        return max((len(mark.encode()) for mark in self.none.marks), default=0)


def load_written_forms(path: Path) -> WrittenForms:
    """Read data/rules/values.yml."""
    return read_declaration(path, WrittenForms)
