"""What is written about subjects: names, classes, codes, and the persons behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from generator.demo.draws import Draws, scatter
from generator.demo.identifiers import credit_codes, identity_numbers, organisation_codes, registration_numbers
from generator.demo.texts import choices, fill, fill_each, repeated, spread, where
from generator.demo.wording import Wording
from generator.model.values import VALUE_TYPES

_PLACEHOLDER = VALUE_TYPES["credit_code"].placeholder


class Pool(NamedTuple):
    """Subjects of one trade in one place."""

    region: str
    """Region code."""
    trade: str


def name_choices(pool: Pool, wording: Wording) -> list[int]:
    """How many choices each part of a name in a pool has; the pattern of the name comes first."""
    trade = wording.subjects.trades[pool.trade]
    words = {**wording.subjects.words, "town": wording.places[pool.region].towns}
    return [len(trade.names), *(len(words[part]) for part in wording.subjects.forms[trade.form].parts)]


class Subjects:
    """Some subjects, described all at once: arrays have one entry for each."""

    def __init__(self, pools: list[Pool], pool: np.ndarray, number: np.ndarray, local: np.ndarray) -> None:
        self._pools = pools
        self._pool = pool
        self._number = number
        """Number of each subject in the city."""
        self._local = local
        """Its number within its pool."""

    def describe(self, draws: Draws, wording: Wording) -> dict[str, pa.Array]:
        """The slots of the subjects. What one does not have is blank.

        name, class, place, town; credit_code, registration_number, organisation_code; representative with
        _document and _identity; document and identity of a natural person.
        """
        trades, forms = list(wording.subjects.trades), list(wording.subjects.forms)
        trade = np.array([trades.index(pool.trade) for pool in self._pools])[self._pool]
        form = np.array([forms.index(one.form) for one in wording.subjects.trades.values()])[trade]
        places = list(wording.places)
        place = np.array([places.index(pool.region) for pool in self._pools])[self._pool]
        natural = np.array([one.lead is None for one in wording.subjects.forms.values()])[form]
        names = self._names(trade, form, place, draws, wording)
        classes = [one.class_ for one in wording.subjects.forms.values()]
        return {
            **{name: names[name] for name in ("name", "place", "town")},
            "class": choices(classes, form),
            "representative": where(~natural, names["person"]),
            **self._codes(form, place, natural, draws, wording),
            **self._cards(form, natural, draws, wording),
        }

    def _names(
        self, trade: np.ndarray, form: np.ndarray, place: np.ndarray, draws: Draws, wording: Wording
    ) -> dict[str, pa.Array]:
        """Names and the words they are made of. Names of organisations are all different."""
        words, places = wording.subjects.words, list(wording.places.values())
        first_town, towns = _joined([one.towns for one in places])
        parts = self._parts(trade, form, np.array([len(one.towns) for one in places])[place], draws, wording)
        slots = {part: choices(words[part], which) for part, which in parts.items() if part in words}
        slots["place"] = choices([one.name for one in places], place)
        slots["town"] = choices(towns, first_town[place] + parts["town"])
        first_given, given = _joined([words[one.given] for one in wording.subjects.forms.values()])
        lengths = np.diff(np.append(first_given, len(given)))
        slots["given"] = choices(given, first_given[form] + draws.below("given", self._number, lengths[form]))
        # A word may hold a slot itself: 老{surname}.
        nested = [part for part in parts if any("{" in word for word in words.get(part, ()))]
        slots |= {part: fill_each(words[part], parts[part], slots) for part in nested}
        first_pattern, patterns = _joined([one.names for one in wording.subjects.trades.values()])
        slots["name"] = fill_each(patterns, first_pattern[trade] + parts["pattern"], slots)
        slots["person"] = fill(wording.subjects.person, slots, len(self._number))
        return slots

    def _parts(
        self, trade: np.ndarray, form: np.ndarray, towns: np.ndarray, draws: Draws, wording: Wording
    ) -> dict[str, np.ndarray]:
        """For each part of a name the place of its word; for a part the name does not have, any."""
        words = wording.subjects.words
        space = np.array([np.prod(name_choices(pool, wording)) for pool in self._pools])
        shift = draws.below("names", np.arange(len(self._pools)), space)
        left = scatter(self._local, space[self._pool], shift[self._pool])
        patterns = np.array([len(one.names) for one in wording.subjects.trades.values()])
        left, pattern = np.divmod(left, patterns[trade])
        parts = {
            "pattern": pattern,
            "town": draws.below("town", self._number, towns),
            "surname": draws.below("surname", self._number, len(words["surname"])),
        }
        for place, one in enumerate(wording.subjects.forms.values()):
            rows = np.flatnonzero(form == place)
            rest = left[rows]
            for part in one.parts:
                rest, chosen = np.divmod(rest, towns[rows] if part == "town" else len(words[part]))
                parts.setdefault(part, np.zeros(len(form), dtype=np.int64))[rows] = chosen
        return parts

    def _codes(
        self, form: np.ndarray, place: np.ndarray, natural: np.ndarray, draws: Draws, wording: Wording
    ) -> dict[str, pa.Array]:
        forms = wording.subjects.forms.values()
        digits = choices([one.digits for one in wording.places.values()], place)
        organisation = organisation_codes(self._number)
        uncoded = self._some("placeholder", [one.placeholder_share for one in forms], form, draws)
        shown = self._some("organisation code", [one.organisation_code_share for one in forms], form, draws)
        coded = credit_codes(choices([one.lead or "" for one in forms], form), digits, organisation)
        registered = registration_numbers(self._number[uncoded], digits.filter(pa.array(uncoded)))
        return {
            "credit_code": where(~natural, where(uncoded, pa.scalar(_PLACEHOLDER), coded)),
            "registration_number": spread(uncoded, registered),
            "organisation_code": where(shown, organisation),
        }

    def _cards(self, form: np.ndarray, natural: np.ndarray, draws: Draws, wording: Wording) -> dict[str, pa.Array]:
        """Even numbers are cards of natural persons, odd ones those of persons who represent an organisation."""
        city = wording.places[wording.city].digits
        document = repeated(wording.subjects.identity_document, len(form))
        shares = [one.representative_identity_share for one in wording.subjects.forms.values()]
        carded = self._some("card", shares, form, draws)
        return {
            "document": where(natural, document),
            "identity": spread(natural, identity_numbers(self._number[natural] * 2, city)),
            "representative_document": where(carded, document),
            "representative_identity": spread(carded, identity_numbers(self._number[carded] * 2 + 1, city)),
        }

    def _some(self, what: str, shares: list[float], form: np.ndarray, draws: Draws) -> np.ndarray:
        """A share of the subjects of each form."""
        some: np.ndarray = draws.share(what, self._number) < np.array(shares)[form]
        return some


def _joined(lists: Sequence[Sequence[str]]) -> tuple[np.ndarray, list[str]]:
    """All lists in one, and where each begins."""
    lengths = np.array([len(listed) for listed in lists])
    return np.cumsum(lengths) - lengths, [word for listed in lists for word in listed]
