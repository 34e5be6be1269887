"""The rows of a table: what they are called, and in which order they stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.check.statistics import Cells, Key
from generator.model.site import Site
from generator.model.statistics import OWN_LEVEL, Topic

Figures = dict[str, Decimal]
"""Column → figure; what was not delivered is not there. Rates are in per cent and not rounded."""


@dataclass(frozen=True)
class Row:
    """What a table says of one region, unit or month."""

    key: Key
    names: tuple[str, ...]
    figures: Figures


def rows_of(figures: Cells, topic: Topic, site: Site) -> list[Row]:
    """Figures as rows in their order."""
    return [Row(key, _names(key, topic, site), figures[key]) for key in _ordered(figures, topic, site)]


def _names(key: Key, topic: Topic, site: Site) -> tuple[str, ...]:
    """A row's key in words. The city's own row is its own level, not the sum of its counties."""
    regions = {region.code: region.name for region in site.regions}
    if len(regions) > 1:
        regions[site.region] += OWN_LEVEL
    words = {"region": regions, "unit": {unit.id: unit.name for unit in site.units}}
    return tuple(words.get(kind, {}).get(part, part) for kind, part in zip(topic.rows, key, strict=True))


def _ordered(figures: Cells, topic: Topic, site: Site) -> list[Key]:
    """The most first where the topic says by what, otherwise in the official order; equals in the official order."""
    official = [*(region.code for region in site.regions), *(unit.id for unit in site.units)]
    places = {name: place for place, name in enumerate(official)}

    def place(key: Key) -> tuple[object, ...]:
        ranked = -figures[key].get(topic.order, Decimal(-1)) if topic.order else Decimal(0)
        return ranked, *((places.get(part, 0), part) for part in key)

    return sorted(figures, key=place)
