"""Who issues unified social credit codes to whom: what their first two characters say (data/rules/registries.yml)."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from generator.model.declaration import Declared, read_declaration


class Department(Declared):
    """A department that registers organisations: the first character of their codes."""

    title: str
    categories: dict[str, str]
    """Second character → kind of organisation."""


class Registries(Declared):
    """data/rules/registries.yml."""

    departments: dict[str, Department]
    """First character → department. A pair that is not listed is only a warning: registries open new categories."""
    source: str

    @cached_property
    def pairs(self) -> frozenset[str]:
        """The first two characters that codes begin with."""
        return frozenset(f"{first}{second}" for first, of in self.departments.items() for second in of.categories)


def load_registries(path: Path) -> Registries:
    """Read data/rules/registries.yml."""
    return read_declaration(path, Registries)
