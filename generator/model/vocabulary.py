"""Code lists: the permitted values of a choice and the other spellings that stand for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import Declared, PlacedError, read_declaration


class ListClass(Declared):
    """A list that the law provides for: what stands beside its name in a code list of lists."""

    id: str = Setting(pattern="^[a-z][a-z0-9-]*$")
    """Folder of its page."""
    authority: str
    """Who decides on it."""
    basis: tuple[str, ...]
    since: date | None = None
    """First day in force, where it is known."""
    until: date | None = None
    """Last day in force; none while it is in force."""
    note: str | None = None
    """What its name was before, or is now."""
    source: str

    def ended(self, today: date) -> bool:
        """Whether it is no longer in force."""
        return self.until is not None and self.until < today


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
    classes: dict[str, ListClass] = Setting(default_factory=dict)
    """For a code list of lists: permitted value → what the law says of it. All of them or none."""

    @model_validator(mode="after")
    def _classes_are_values(self) -> Vocabulary:
        if self.classes and (missing := self.values.keys() ^ self.classes.keys()):
            raise PlacedError(f"values 与 classes 应一一对应：{'、'.join(sorted(missing))}", "classes")
        ids = [one.id for one in self.classes.values()]
        if repeated := sorted({name for name in ids if ids.count(name) > 1} | {"archive"} & set(ids)):
            raise PlacedError(f"id 重复或者不能使用：{'、'.join(repeated)}", "classes")
        return self

    def spellings(self) -> dict[str, str]:
        """Every accepted spelling → the permitted value."""
        return {spelling: value for value, others in self.values.items() for spelling in (value, *others)}


def load_vocabularies(folder: Path) -> dict[str, Vocabulary]:
    """Read every data/vocab/*.yml."""
    return {path.stem: read_declaration(path, Vocabulary, id=path.stem) for path in sorted(folder.glob("*.yml"))}
