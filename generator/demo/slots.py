"""The records of a month in words: one column of text for every slot that templates use.

Of the record: decided, reported, until, display_until, exited (display_until where it is over at the report; all
as the unit writes days), decided_text, found_text, decided_day (without marks), record (its number in the city),
serial, year, state, number. Of the authority: authority, authority_code, source, and of its place short, digits.
Of the subject: those of `Subjects.describe`. For colour: road, first, second, house, n, area, capital;
and evidence, payment, closing, with which texts end.
Of the topic: its words, its texts, and of an amount {fine} in yuan, {fine_text} with its unit, {fine_wan} in 万元.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from generator.demo.draws import Draws
from generator.demo.skeleton import City, Skeleton, years
from generator.demo.terms import NO_DAY, last_days, read_term
from generator.demo.texts import choices, fill_each, numbers, where, written_days
from generator.demo.wording import Topic

Columns = dict[str, pa.Array]
"""Slot → its text in every row."""
T = TypeVar("T")

_WORDS = ("road", "first", "second", "evidence", "payment", "closing")


def put_into_words(city: City, skeleton: Skeleton, running: np.ndarray) -> Columns:
    """All slots of a month's records; `running` are the numbers of their documents."""
    topics = _Topics(city, skeleton)
    slots = _of_record(city, skeleton, running) | _of_authority(city, skeleton) | _of_subject(city, skeleton)
    slots |= _of_term(city, skeleton, topics) | _for_colour(city, skeleton)
    slots |= topics.amounts()
    slots |= topics.texts(slots, lambda topic: topic.words)
    slots |= topics.texts(slots, lambda topic: {"number": (topic.number,)})
    slots |= topics.texts(slots, lambda topic: topic.texts)
    return slots


def _of_record(city: City, skeleton: Skeleton, running: np.ndarray) -> Columns:
    reports = skeleton.reports
    habits = city.wording.reference.habits
    codes = np.array([unit.id in habits.codes for unit in city.site.units])[reports.unit]
    found = reports.decided - 5 - city.draws.below("found", reports.index, 80)
    return {
        "decided_text": written_days(reports.decided, _in_words),
        "found_text": written_days(found, _in_words),
        "serial": numbers(running),
        "record": numbers(reports.index % 1_000_000),
        "decided_day": written_days(reports.decided, lambda day: f"{day:%Y%m%d}"),
        "year": numbers(years(reports.decided)),
        "state": where(codes, pa.scalar(habits.state["codes"]), habits.state["titles"]),
    }


def _of_authority(city: City, skeleton: Skeleton) -> Columns:
    offices = city.matters.offices
    places = [city.wording.places[office.place] for office in offices]
    office = city.matters.office[skeleton.matter]
    return {
        "authority": choices([office.name for office in offices], office),
        "authority_code": choices([office.code for office in offices], office),
        "source": choices([office.source for office in offices], office),
        "short": choices([place.short for place in places], office),
        "digits": choices([place.digits for place in places], office),
    }


def _of_subject(city: City, skeleton: Skeleton) -> Columns:
    """Each subject of the month is described once."""
    subjects, which = np.unique(skeleton.subject, return_inverse=True)
    described = city.population.pick(subjects).describe(city.draws, city.wording)
    rows = pa.array(which)
    return {name: column.take(rows) for name, column in described.items()}


def _of_term(city: City, skeleton: Skeleton, topics: _Topics) -> Columns:
    """The days of a record, with slashes where the unit writes them so."""
    reports = skeleton.reports
    slashes = city.wording.reference.habits.slashes
    slashed = np.array([unit.id in slashes for unit in city.site.units])[reports.unit]
    days = {
        "decided": reports.decided,
        "reported": reports.reported,
        "until": topics.ends(reports.decided, "until", lambda topic: topic.until),
        "display_until": topics.ends(reports.decided, "display", lambda topic: topic.display),
    }
    ended = np.where(days["display_until"] <= reports.reported, days["display_until"], NO_DAY)
    return {name: _written(column, slashed) for name, column in {**days, "exited": ended}.items()}


def _for_colour(city: City, skeleton: Skeleton) -> Columns:
    index, draws, words = skeleton.reports.index, city.draws, city.wording.subjects.words
    return {
        **{name: choices(words[name], draws.below(name, index, len(words[name]))) for name in _WORDS},
        "house": numbers(1 + draws.below("house", index, 398)),
        "n": numbers(2 + draws.below("n", index, 34)),
        "area": numbers(20 + 4 * draws.below("area", index, 120)),
        "capital": numbers(10 + 10 * draws.below("capital", index, 99)),
    }


class _Topics:
    """What the topics of a month's records say."""

    def __init__(self, city: City, skeleton: Skeleton) -> None:
        self._topics = [topic for _, topic in city.matters.topics]
        self._topic = city.matters.topic[skeleton.matter]
        self._index = skeleton.reports.index
        self._draws: Draws = city.draws

    def texts(self, slots: Columns, of: Callable[[Topic], Mapping[str, Sequence[str]]]) -> Columns:
        """For each name that any topic has texts for, one of the topic's texts; blank where it has none."""
        texts = [of(topic) for topic in self._topics]
        filled = {}
        for name in sorted({name for named in texts for name in named}):
            which, templates = self._one_of(name, [named.get(name, ("",)) for named in texts])
            filled[name] = fill_each(templates, which, slots)
        return filled

    def amounts(self) -> Columns:
        """Three slots for each amount; blank where the topic has none."""
        slots: Columns = {}
        for name in sorted({name for topic in self._topics for name in topic.amounts}):
            which, amounts = self._one_of(name, [topic.amounts.get(name, (0,)) for topic in self._topics])
            yuan = np.array(amounts)[which]
            large = self._draws.share(f"{name} in 万元", self._index) < 0.5
            slots |= _amount_slots(name, yuan, large)
        return slots

    def ends(self, decided: np.ndarray, what: str, of: Callable[[Topic], Sequence[str]]) -> np.ndarray:
        """Last day of one of the topic's terms, which begins with the decision; `NO_DAY` where there is none."""
        which, written = self._one_of(what, [of(topic) for topic in self._topics])
        return last_days(decided, [read_term(text) for text in written], which)

    def _one_of(self, what: str, listed: Sequence[Sequence[T]]) -> tuple[np.ndarray, list[T]]:
        """For each record the place of a member of its topic's list, in all lists joined; and those."""
        lengths = np.array([len(members) for members in listed])
        place = self._draws.below(f"one of {what}", self._index, lengths[self._topic])
        return (np.cumsum(lengths) - lengths)[self._topic] + place, [one for members in listed for one in members]


def _amount_slots(name: str, yuan: np.ndarray, large: np.ndarray) -> Columns:
    given = yuan > 0
    whole, rest = np.divmod(yuan, 10_000)
    decimals = pc.utf8_rtrim(pc.utf8_lpad(numbers(rest), 4, "0"), "0")
    wan = _join(numbers(whole), where(rest > 0, _join(pa.scalar("."), decimals)))
    text = where((rest == 0) & large, _join(numbers(whole), pa.scalar("万元")), _join(numbers(yuan), pa.scalar("元")))
    return {
        name: where(given, numbers(yuan)),
        f"{name}_text": where(given, text),
        f"{name}_wan": where(given, wan),
    }


def _join(*parts: pa.Array | pa.Scalar) -> pa.Array:
    return pc.binary_join_element_wise(*parts, pa.scalar(""))


def _written(days: np.ndarray, slashed: np.ndarray) -> pa.Array:
    iso = written_days(days, date.isoformat)
    return where(days != NO_DAY, where(slashed, pc.replace_substring(iso, "-", "/"), iso))


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
