"""How kinds are put together: groups in the menu, sections in the report on a subject."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import Field as Setting

from generator.model.declaration import ConfigError, Declared, read_declaration, spot
from generator.model.kind import Kind


class Group(Declared):
    """Kinds that stand together in the menu and on the page 信用公示."""

    title: str
    summary: str
    latest: bool = False
    """Whether the home page tells the figures and the newest records of each of its kinds."""


class Section(Declared):
    """A section of the report on a subject."""

    title: str


class Grouping(Declared):
    """data/kinds/groups.yml. Both in the order in which they are shown."""

    groups: dict[str, Group]
    report: dict[str, Section] = Setting(min_length=1)
    report_source: str
    """Where the sections and their order come from."""

    def grouped(self, kinds: Sequence[Kind]) -> list[tuple[str, Group, list[Kind]]]:
        """Id, group and kinds of each group that has any."""
        found = [(id, group, [kind for kind in kinds if kind.group == id]) for id, group in self.groups.items()]
        return [entry for entry in found if entry[2]]


def load_grouping(folder: Path, kinds: dict[str, Kind]) -> Grouping:
    """Read groups.yml of the kinds' folder. Raises ConfigError for a kind that names what is not declared."""
    grouping = read_declaration(folder / "groups.yml", Grouping)
    for kind in kinds.values():
        for key, name, known in (("group", kind.group, grouping.groups), ("report", kind.report, grouping.report)):
            if name not in known:
                where = spot(folder / kind.id / "kind.yml", key)
                raise ConfigError(*where, f"{key}：groups.yml 中没有 {name}，应为 {'、'.join(known)} 之一")
    return grouping
