"""Everything that can be decided in the city: which authority of which unit decides what about whom, and how often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from generator.demo.subjects import Pool
from generator.demo.wording import Topic, Wording
from generator.model.site import Site, Unit
from generator.model.values.checks import credit_check, organisation_check, with_check

# Of the records of a department of the city, the share about subjects of the city itself; the others are about subjects
# of the counties, in the proportion of the counties' own records.
_CITY_SHARE = 0.5


@dataclass(frozen=True)
class Office:
    """An authority of a unit."""

    unit: int
    name: str
    code: str
    source: str
    """Name under which it reports."""
    place: str
    """Region code of where it is."""


@dataclass(frozen=True)
class Series:
    """Documents numbered together: one office, one pattern."""

    office: int
    number: str


@dataclass(frozen=True)
class Matters:
    """Tables, and for each matter its place in them. A matter is the choice that is drawn for a record."""

    offices: list[Office]
    topics: list[tuple[str, Topic]]
    """(kind, topic), every outcome of its own."""
    series: list[Series]
    pools: list[Pool]
    """Whom matters are about."""
    office: np.ndarray
    topic: np.ndarray
    serial: np.ndarray
    """Place in `series`."""
    pool: np.ndarray
    weight: np.ndarray
    of_unit: list[np.ndarray]
    """For each unit of the site the matters it decides; none if nothing is declared for it."""

    def expected(self, records_of_unit: np.ndarray) -> np.ndarray:
        """How many records each pool can expect."""
        expected = np.zeros(len(self.pools))
        for records, matters in zip(records_of_unit, self.of_unit, strict=True):
            if records and len(matters):
                weight = self.weight[matters]
                np.add.at(expected, self.pool[matters], records * weight / weight.sum())
        return expected


def lay_out_matters(site: Site, wording: Wording) -> Matters:
    """Join authorities, topics, trades and places."""
    topics = [
        (kind, authority, outcome)
        for kind, declared in wording.kinds.items()
        for authority, listed in declared.topics.items()
        for topic in listed
        for outcome in topic.outcomes()
    ]
    offices: list[Office] = []
    series: dict[Series, int] = {}
    pools: dict[Pool, int] = {}
    rows: list[tuple[int, int, int, int, int, float]] = []
    shares = _shares_of_places(site, wording)
    for place, unit in enumerate(site.units):
        for authority, office, weight in _offices(place, unit, site, wording):
            offices.append(office)
            at = "city" if office.place == wording.city else "county"
            decided = [
                (number, topic)
                for number, (_, by, topic) in enumerate(topics)
                if by == authority and topic.at in (None, at)
            ]
            total = sum(topic.weight for _, topic in decided)
            for number, topic in decided:
                numbered = series.setdefault(Series(len(offices) - 1, topic.number), len(series))
                trades = sum(topic.trades.values())
                for trade, of_trade in topic.trades.items():
                    for region, of_region in (shares if at == "city" else {office.place: 1.0}).items():
                        pool = pools.setdefault(Pool(region, trade), len(pools))
                        share = weight * topic.weight / total * of_trade / trades * of_region
                        rows.append((place, len(offices) - 1, number, numbered, pool, share))
    table = np.array(rows)
    columns = table[:, :5].astype(np.int64).T
    return Matters(
        offices=offices,
        topics=[(kind, topic) for kind, _, topic in topics],
        series=list(series),
        pools=list(pools),
        office=columns[1],
        topic=columns[2],
        serial=columns[3],
        pool=columns[4],
        weight=table[:, 5],
        of_unit=[np.flatnonzero(columns[0] == place) for place in range(len(site.units))],
    )


def _shares_of_places(site: Site, wording: Wording) -> dict[str, float]:
    """Where the subjects of the city's departments are."""
    counties = {
        unit.region: float(wording.reference.counts.get(unit.id, (0, 0))[0])
        for unit in site.units
        if unit.region != site.region
    }
    total = sum(counties.values())
    elsewhere = {region: (1 - _CITY_SHARE) * count / total for region, count in counties.items()}
    return {site.region: _CITY_SHARE, **elsewhere}


def _offices(place: int, unit: Unit, site: Site, wording: Wording) -> Iterator[tuple[str, Office, float]]:
    for number, (authority, declared) in enumerate(wording.authorities.items(), start=1):
        if declared.unit == unit.id:
            name = unit.aliases[0] if unit.aliases else unit.name
            code = unit.code or _office_code(wording.places[site.region].digits, place, number)
            yield authority, Office(place, name, code, unit.name, site.region), 1.0
        elif unit.covers and declared.county and declared.weight:
            name = f"{unit.covers[0]}{declared.county}"
            code = _office_code(wording.places[unit.region].digits, place, number)
            yield authority, Office(place, name, code, name, unit.region), declared.weight


def _office_code(digits: str, unit: int, authority: int) -> str:
    """A made-up credit code of an authority (1 机构编制, 1 机关); DEMY is kept for them, as DEMX is for units."""
    [organisation] = with_check(pa.array([f"DEMY{unit:02}{authority:02}"]), 8, organisation_check).to_pylist()
    [code] = with_check(pa.array([f"11{digits}{organisation}"]), 17, credit_check).to_pylist()
    return str(code)
