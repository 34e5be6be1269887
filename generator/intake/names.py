"""The names under which a table's columns are known, and the one form in which headings are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from generator.model.kind import ANSWER_HEADING, Kind
from generator.model.simplified import simplified

_DEMAND = re.compile(r"[(\[【](必填|选填|非必填|必录|选录)项?[)\]】]")
_NUMBERING = re.compile(r"^\(?(\d{1,2}|[一二三四五六七八九十]{1,3})(\)|[.、．](?!\d))")
_BESIDE = re.compile(r"[\s*()\[\]【】_:：\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Names:
    """What the headings of a table may say."""

    known: Mapping[str, str] = field(default_factory=dict)
    """Folded name → code of the column."""
    ignored: frozenset[str] = frozenset()
    """Folded names of columns that are known and not used."""
    continued: Mapping[str, str] = field(default_factory=dict)
    """Folded name → code of the column that a further one belongs to."""
    always: frozenset[str] = frozenset()
    """Codes of the columns that every record fills, where that is known."""
    days: tuple[str, ...] = ()
    """Codes of the columns of days that records have: by these it is seen where another table begins below."""

    def code(self, heading: str) -> str | None:
        """The column that a heading names."""
        return self.known.get(fold(heading))

    def has(self, heading: str) -> bool:
        """Whether a heading says anything, be it that its column is not used."""
        name = fold(heading)
        return name in self.known or name in self.continued or name in self.ignored

    def continues(self, heading: str) -> str | None:
        """The column that a heading says more of."""
        return self.continued.get(fold(heading))

    @classmethod
    def of_any(cls, kinds: Iterable[Kind]) -> Names:
        """The names of the fields of several kinds, for a table of which it is not known what it is."""
        several = [names_of(kind) for kind in kinds]
        known = {name: code for names in several for name, code in names.known.items()}
        continued = {name: code for names in several for name, code in names.continued.items()}
        ignored = frozenset().union(*(names.ignored for names in several))
        always = frozenset().union(*(names.always for names in several))
        days = tuple(dict.fromkeys(day for names in several for day in names.days))
        return cls(known, ignored, continued, always, days)

    @classmethod
    def of(cls, headings: Sequence[str]) -> Names:
        """Columns that are known by one name each."""
        return cls({fold(heading): heading for heading in headings})


def likeness(headings: Iterable[str], kind: Kind) -> tuple[int, int]:
    """How many fields of a kind the headings name; and, negative, how many they lack that every row of it has."""
    names = names_of(kind)
    named = set(filter(None, map(names.code, headings)))
    return len(named), -len(names.always - named)


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading without what clerks write differently.

    That is width, case, traditional characters, blanks, line breaks, brackets, a number before it, and the marks of a
    required field.
    """
    text = simplified(unicodedata.normalize("NFKC", heading)).strip()
    text = _NUMBERING.sub("", _DEMAND.sub("", text).strip())
    return _BESIDE.sub("", text).upper()


def names_of(kind: Kind) -> Names:
    """The names of a kind's fields: titles, labels, codes and aliases."""
    known: dict[str, str] = {}
    # Own names go before aliases, so that a title never loses to another field's alias.
    for code, declared in kind.fields.items():
        for name in (code, declared.title, declared.shown_as):
            known.setdefault(fold(name), code)
    for code, declared in kind.fields.items():
        for name in declared.aliases:
            known.setdefault(fold(name), code)
    continued = {fold(name): code for code, declared in kind.fields.items() for name in declared.continued}
    demands = {code: declared.required for code, declared in kind.fields.items() if declared.required}
    always = {code for code, demand in demands.items() if demand.when is None and demand.level == "error"}
    ignored = frozenset(map(fold, (*kind.ignored, ANSWER_HEADING)))
    days = (kind.roles.decided, kind.roles.reported)
    return Names(known, ignored, continued, frozenset(always), days)
