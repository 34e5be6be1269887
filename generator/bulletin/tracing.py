"""Proof of a text by its marks: its numbers and names are those of the figures, and stand with each other.

What is told of a unit is also told of the right one. The names before a figure say whose it is: after a list of units
(names joined by 、 and the like) come the figures of these units in the order of the list, and may begin again with its
first. So a text that has one unit's figure after the name of another is told, and one that names nobody before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.bulletin.declaration import BulletinKind
from generator.bulletin.discrepancies import Discrepancy, place_in_words
from generator.bulletin.figures import Figures, text_of
from generator.bulletin.prose import MARK, NAME, PERIOD, paragraphs, plain, unit_of, words_of
from generator.bulletin.rankings import Ranked

_NUMBER = re.compile(r"\d[\d,.]*")
_DATED = re.compile(r"(\d+)\s*([年月日])")
_JOINED = re.compile(r"[、和与及以]+")
_WORDS = {"年": "year", "月": "number", "日": "day"}
_NOWHERE = "在本期统计数字中没有出处"

Named = Mapping[str, Sequence[Ranked] | None]
"""Ranking → whom its rule names; None where that can no longer be said."""


def untraced(
    kind: BulletinKind,
    period: str,
    figures: Mapping[str, Figures],
    text: str,
    quoted: Sequence[str],
    subject: str | None = None,
) -> Iterator[Discrepancy]:
    """What a text says that the figures do not: numbers, names, and figures that stand with another unit's name.

    `quoted`: phrases whose numbers are no figures; `subject`: the unit that the whole text is about.
    """
    words = words_of(period)
    for where, paragraph in _placed(text):
        for mark in MARK.finditer(paragraph):
            place, said = mark[1], mark[2]
            found = _found(place, words, figures)
            if not found:
                yield Discrepancy(where, said, "", _NOWHERE)
            elif said not in found:
                yield Discrepancy(f"{where}中的{_in_words(place, kind, figures)}", said, found[0], "统计表中")
        rest = MARK.sub("\0", paragraph)
        for phrase in quoted:
            rest = rest.replace(phrase, "\0")
        for loose in _NUMBER.findall(rest):
            yield Discrepancy(where, loose.rstrip(",."), "", _NOWHERE)
        yield from _of_another(where, paragraph, kind, figures, subject)


def misnamed(text: str, named: Named, *, imported: bool) -> Iterator[Discrepancy]:
    """Units that a paragraph names otherwise than by rule: not all of them, others, or in another order.

    An imported bulletin names whom its authors chose; only what says to be of a ranking is looked at.
    """
    for where, paragraph in _placed(text):
        rankings: dict[str, list[tuple[str, str]]] = {}
        for mark in MARK.finditer(paragraph):
            if mark[1].startswith(NAME):
                ranking, _, unit = mark[1].removeprefix(NAME).rpartition("/")
                rankings.setdefault(ranking, []).append((unit, mark[2]))
        for ranking, units in rankings.items():
            said = "、".join(name for _, name in units)
            if ranking not in named:
                if ranking or not imported:
                    yield Discrepancy(where, said, "", "不是按规则列出的单位")
                continue
            by_rule = named[ranking]
            if by_rule is None:
                continue
            keys = [entry.line.key for entry in by_rule]
            times = max(1, len(units) // len(keys)) if keys else 1
            if [unit for unit, _ in units] != keys * times:
                found = "、".join(entry.line.name for entry in by_rule) or "无"
                yield Discrepancy(f"{where}中列出的单位", said, found, "按规则应")


def mistitled(title: str, period: str) -> Iterator[Discrepancy]:
    """Days in a title that are not those of the period."""
    words = words_of(period)
    for number, unit in _DATED.findall(title):
        found = words[_WORDS[unit]]
        if found and int(number) != int(found):
            yield Discrepancy("标题", f"{number}{unit}", f"{found}{unit}", "按期次应")


def _placed(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs, each with its place in words."""
    for number, paragraph in enumerate(paragraphs(text), 1):
        read = plain(paragraph)
        yield f"正文第{number}段“{read if len(read) <= 18 else f'{read[:18]}…'}”", paragraph


def _found(place: str, words: Mapping[str, str], figures: Mapping[str, Figures]) -> list[str]:
    """What may stand at a place; nothing where there is none. Different tables may call a unit differently."""
    if place.startswith(NAME):
        unit = unit_of(place)
        return [line.name for of in figures.values() for line in of.lines if line.key == unit]
    name, _, rest = place.partition("/")
    if name == PERIOD:
        return [words[rest]] if rest in words else []
    key, _, column = rest.rpartition("/")
    if name not in figures or column not in figures[name].rules.columns:
        return []
    values = figures[name].values()
    return [text_of(values[key], column, figures[name].rules)] if key in values else []


def _in_words(place: str, kind: BulletinKind, figures: Mapping[str, Figures]) -> str:
    if place.startswith(NAME):
        return "单位名称"
    name, _, rest = place.partition("/")
    key, _, column = rest.rpartition("/")
    return place_in_words(kind, name, key, column, figures[name]) if name in figures else "期次"


def _of_another(
    where: str, paragraph: str, kind: BulletinKind, figures: Mapping[str, Figures], subject: str | None
) -> Iterator[Discrepancy]:
    """Figures of a unit that a reader takes for those of another, or of nobody."""
    units = {name: {line.key: line.name for line in of.lines if line.name} for name, of in figures.items()}
    known = {key for of in units.values() for key in of}
    listed: list[tuple[str, str]] = [(subject, subject)] if subject else []
    figured: list[str] = []
    end, follows_name = 0, False
    for mark in MARK.finditer(paragraph):
        place = mark[1]
        between, end = paragraph[end : mark.start()], mark.end()
        if place.startswith(NAME):
            entry = (unit_of(place), mark[2])
            listed = [*listed, entry] if follows_name and _JOINED.fullmatch(between) else [entry]
            figured, follows_name = [], True
            continue
        follows_name = False
        name, _, rest = place.partition("/")
        key = rest.rpartition("/")[0]
        if key not in units.get(name, {}):
            continue
        if figured[-1:] != [key]:
            figured.append(key)
        said = f"{_in_words(place, kind, figures)}（{mark[2]}）"
        if not listed:
            yield Discrepancy(where, said, "", "的前面没有写明单位")
            continue
        unit, words = listed[(len(figured) - 1) % len(listed)]
        if unit != key and unit in known:
            yield Discrepancy(f"{where}中的{said}", words, units[name][key], "单位应")
