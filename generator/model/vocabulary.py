"""Code lists: the permitted values of a choice and the other spellings that stand for them."""

from __future__ import annotations

from pathlib import Path

from generator.model.declaration import Declared, read_declaration


class Vocabulary(Declared):
    """A code list, as declared in data/vocab/<id>.yml."""

    id: str
    title: str
    source: str
    values: dict[str, tuple[str, ...]]
    """Permitted value → other spellings of it."""
    open: tuple[str, ...] = ()
    """Beginnings of further permitted values, such as 其他-."""
    note: str | None = None

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling → the permitted value."""
        return {spelling: value for value, others in self.values.items() for spelling in (value, *others)}


def load_vocabularies(folder: Path) -> dict[str, Vocabulary]:
    """Read every data/vocab/*.yml."""
    return {path.stem: read_declaration(path, Vocabulary, id=path.stem) for path in sorted(folder.glob("*.yml"))}
