"""What a bulletin counts and how it speaks of it, as declared in data/rules/bulletin.yml."""

from __future__ import annotations

from pathlib import Path

from generator.model.declaration import ConfigError, Declared, line_of, read_declaration
from generator.model.portal import Portal


class BulletinGroup(Declared):
    """A group of units with a table of its own."""

    group: str
    prose: str
    """What the sentences call the group."""
    table: str
    """Caption of its table; {month} is filled in."""


class BulletinRules(Declared):
    """data/rules/bulletin.yml."""

    name: str
    kinds: tuple[str, ...]
    title: str
    platform: str
    groups: tuple[BulletinGroup, ...]


def load_bulletin_rules(portal: Portal) -> BulletinRules:
    """Read the declaration. Raises ConfigError for a kind or group that is not declared."""
    path: Path = portal.root / "data" / "rules" / "bulletin.yml"
    rules = read_declaration(path, BulletinRules)
    for place, kind in enumerate(rules.kinds):
        if kind not in portal.kinds:
            raise ConfigError(path, line_of(path, "kinds", place), f"没有名为 {kind} 的记录类别")
    for place, group in enumerate(rules.groups):
        if group.group not in portal.site.groups:
            raise ConfigError(path, line_of(path, "groups", place, "group"), f"没有名为 {group.group} 的单位分组")
    return rules
