"""The values that may be nowhere on a site: those of private columns, and those only hidden rows have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc

from generator.intake.read import read_source
from generator.intake.sources import find_sources
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES
from generator.publish.hidden import Hidden
from generator.publish.view import PublicView
from generator.verify.searcher import automaton

_MIN_LENGTH = 2


@dataclass(frozen=True)
class Forbidden:
    """Values and where they come from."""

    kinds: dict[str, str]
    """Value → kind it belongs to."""


_SHORT_NAME = 4
_KIND_TITLE = re.compile(r"\{+ *kind\.title *\}+")
"""Where templates and code say the title of a kind: headings are put together with it."""
_NO_IDENTIFIER = re.compile(r"[\d\s.,:/-]{1,10}")
"""Days, amounts and short numbers: a slipped row has them in columns of text, and every page has them anyway."""

_PLACEHOLDERS = {value_type.placeholder for value_type in VALUE_TYPES.values()}
"""What stands where there is no code names nobody; the staff guide says it too."""


def forbidden_values(portal: Portal, view: PublicView, hidden: Hidden) -> Forbidden:
    """Everything that may not be on the site.

    A firm with a withdrawn penalty may still hold a licence: what public rows say, and what the
    project's own pages, templates and declarations say, is taken out again, also where it is part of
    a longer text.
    """
    values = {value: kind.id for kind in portal.forms.values() for value in _hidden_values(kind, hidden)}
    private = _private_values(portal)
    own = list(own_texts(portal))
    for found, texts in ((values, [_public_texts(portal, view), own]), (private, [own])):
        if searcher := automaton((value, None) for value in found):
            for text in chain.from_iterable(texts):
                for _, (value, _) in searcher.iter(text):
                    found.pop(value, None)
    return Forbidden({**values, **private})


def _identifying(kind: Kind) -> list[str]:
    """Public fields whose values may tell whom a row is about: texts and codes, not days, amounts and choices."""
    types = {code: VALUE_TYPES[field.type] for code, field in kind.public_fields.items()}
    return [code for code, value_type in types.items() if value_type.is_free_text or value_type.is_code]


def _hidden_values(kind: Kind, hidden: Hidden) -> Iterator[str]:
    for values in hidden.values(kind, _identifying(kind)):
        for value in values:
            if len(value) >= _MIN_LENGTH and not _NO_IDENTIFIER.fullmatch(value) and value not in _PLACEHOLDERS:
                yield value


def _private_values(portal: Portal) -> dict[str, str]:
    """Every value of every private column, as it was written and in its normal form → its kind."""
    values: dict[str, str] = {}
    for source in find_sources(portal)[0]:
        kind = portal.forms[source.kind]
        private = {code for code, field in kind.private_fields.items() if field.vocab is None}
        credit_code = VALUE_TYPES["credit_code"]
        for table in read_source(source, portal)[0]:
            for code in private & table.columns.keys():
                written = pd.Series(pc.unique(table.columns[code]).to_pylist(), dtype="str")
                # A firm's code in a column for identity numbers is public elsewhere.
                written = written[~credit_code.is_right(written)]
                normal = VALUE_TYPES[kind.fields[code].type].read(written, None).values
                for value in {*written, *normal}:
                    if len(value) >= _SHORT_NAME and not _NO_IDENTIFIER.fullmatch(value):
                        values[value] = kind.id
    return values


def _public_texts(portal: Portal, view: PublicView) -> Iterator[str]:
    for kind in portal.kinds.values():
        for values in view.distinct(kind, list(kind.public_fields)):
            yield "\n".join(values)


def own_texts(portal: Portal) -> Iterator[str]:
    """The hand-written pages (an article that names a removed subject is reported, not a leak), the words of the
    theme and of the generator, and the declarations."""
    root, own = portal.root, Path(__file__).parent.parent
    words = [*own.rglob("*.py"), *own.rglob("*.j2"), *own.glob("*.yml"), *(root / "theme_overrides").rglob("*.*")]
    for path in sorted([*(root / "content").rglob("*.md"), *_declarations(root), root / "mkdocs.yml", *words]):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield text
        if _KIND_TITLE.search(text):
            for kind in portal.kinds.values():
                yield kind.title.join(_KIND_TITLE.split(text))


def _declarations(root: Path) -> Iterator[Path]:
    for folder in ("kinds", "rules", "statistics", "vocab", "."):
        yield from (root / "data" / folder).glob("**/*.yml" if folder != "." else "*.yml")
