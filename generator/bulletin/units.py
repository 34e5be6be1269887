"""What every unit has of its own: its figures over all bulletins, and the sentences of the newest one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import ALL, FOLDER, TEXT, BulletinRules, UnitKind
from generator.bulletin.discrepancies import Discrepancy
from generator.bulletin.figures import Line
from generator.bulletin.prose import NAME, Printed, ProseError, line, written
from generator.bulletin.tracing import untraced
from generator.model.declaration import ConfigError
from generator.model.portal import Portal
from generator.model.site import Site, Unit

_ID = re.compile(r"[\w-]+")
"""What may be part of an address."""


@dataclass(frozen=True)
class UnitHistory:
    """The bulletins of a unit."""

    kind: UnitKind
    unit: Unit
    entries: tuple[tuple[Bulletin, Line], ...]
    """Newest first; the figures as they were issued."""
    text: str
    """Sentences of the newest one, with marks."""
    discrepancies: tuple[Discrepancy, ...]

    @property
    def address(self) -> str:
        """Below the site's root."""
        return f"bulletins/{self.kind.id}/{self.unit.id}/"

    @property
    def title(self) -> str:
        """The title of its page."""
        return self.kind.title.format(unit=self.unit.name)


def unit_histories(portal: Portal, rules: BulletinRules, bulletins: Sequence[Bulletin]) -> list[UnitHistory]:
    """Of every unit that stands in a bulletin, in the official order and those that there are no more last.

    Raises ConfigError for sentences that fail.
    """
    found = []
    for kind in rules.units.values():
        of_kind = [entry for entry in bulletins if entry.kind.id == kind.of]
        lines = [({line.key: line for line in entry.figures[kind.figures].lines}, entry) for entry in of_kind]
        for unit in (*portal.site.units, *_gone(portal.site, kind, of_kind)):
            entries = tuple((entry, by_key[unit.id]) for by_key, entry in lines if unit.id in by_key)
            if entries:
                text = _text(portal, rules, kind, *entries[0])
                bulletin = entries[0][0]
                told = untraced(bulletin.kind, bulletin.period, bulletin.figures, text, kind.quoted, unit.id)
                found.append(UnitHistory(kind, unit, entries, text, tuple(told)))
    return found


def _gone(site: Site, kind: UnitKind, bulletins: Sequence[Bulletin]) -> list[Unit]:
    """Units that stand in bulletins alone, as they were last called."""
    known = {unit.id for unit in site.units}
    lines = [line for entry in reversed(bulletins) for line in entry.figures[kind.figures].lines]
    last = {line.key: line for line in lines if line.key not in known and _ID.fullmatch(line.key)}
    return [Unit(id=key, name=line.name, group=line.group, region=site.region) for key, line in last.items()]


def _text(portal: Portal, rules: BulletinRules, kind: UnitKind, bulletin: Bulletin, own: Line) -> str:
    figures = bulletin.figures[kind.figures]
    words = line(kind.figures, own.key, figures, name=Printed(f"{NAME}{own.key}", own.name))
    whole = line(kind.figures, ALL, figures)
    try:
        return written(rules.texts[kind.id], bulletin.period, {}, {}, unit=words, all=whole)
    except ProseError as error:
        raise ConfigError(portal.root / FOLDER / kind.id / TEXT, None, f"{own.name}的正文不能生成：{error}") from error
