"""Further kinds of the demo city: some records of each, about subjects that have licences and penalties as well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generator.demo.matters import Matters, lay_out_matters
from generator.demo.plan import MonthPlan, plan_city
from generator.demo.population import Population
from generator.demo.skeleton import City

# What is drawn for a record hangs on its number; each kind has a stretch of numbers of its own, behind the city's.
_STRETCH = 1_000_000_000


def plan_further(city: City) -> list[tuple[City, list[MonthPlan]]]:
    """For each further kind the city as that kind sees it, and its months."""
    reference = city.wording.reference
    found = []
    for place, (kind, declared) in enumerate(city.wording.further.items(), start=1):
        wording = replace(city.wording, kinds={kind: declared})
        matters = _about_known_subjects(lay_out_matters(city.site, wording), city.population)
        span = reference.city.model_copy(update={"last_month": reference.month, "months": declared.months})
        plans = [
            replace(plan, first_record=plan.first_record + place * _STRETCH, age=declared.age)
            for plan in plan_city(declared.records, span, reference, city.site, matters, city.draws)
        ]
        found.append((replace(city, wording=wording, matters=matters), plans))
    return found


def _about_known_subjects(matters: Matters, population: Population) -> Matters:
    """The matters whose subjects the city has: a page of a subject shows all kinds side by side."""
    places = {pool: place for place, pool in enumerate(population.pools)}
    known = np.array([places.get(pool, -1) for pool in matters.pools])[matters.pool]
    return replace(
        matters,
        pools=population.pools,
        pool=known,
        of_unit=[of_unit[known[of_unit] >= 0] for of_unit in matters.of_unit],
    )
