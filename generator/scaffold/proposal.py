"""Reads from an existing table which fields a kind could have. Everything is a guess and is called one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc

from generator.intake.names import Names
from generator.intake.table import Sheet
from generator.intake.tables import read_tables
from generator.issues import Issue
from generator.model.declaration import ConfigError, Declared, read_declaration
from generator.model.values import VALUE_TYPES
from generator.model.vocabulary import Vocabulary

_SAMPLE = 1000
"""Filled cells of a column that are looked at."""
_MOSTLY = 0.8
"""Share of them that has to be right for a type: tables of others have faults."""
_LONG = 100
"""Characters from which on a text is running text."""


_YAML_WORDS = {"Y", "N", "YES", "NO", "ON", "OFF", "TRUE", "FALSE", "NULL"}
"""What YAML takes for something else than text."""


@dataclass(frozen=True)
class Proposal:
    """A field as it could be declared."""

    code: str
    title: str
    type: str
    vocab: str | None = None
    role: str | None = None
    required: bool = False
    private: bool = False
    alias: str | None = None
    """The heading it was read from, where the title will be another."""
    remark: str = ""
    """What the person who looks at it should know."""


class _Guesses(Declared):
    """guesses.yml."""

    roles: dict[str, tuple[str, ...]]
    types: dict[str, tuple[str, ...]]
    private: tuple[str, ...]
    amounts: tuple[str, ...]
    ignored: tuple[str, ...]


@cache
def _guesses() -> _Guesses:
    return read_declaration(Path(__file__).with_name("guesses.yml"), _Guesses)


def propose(path: Path, vocabularies: dict[str, Vocabulary]) -> tuple[list[Proposal], list[str]]:
    """Fields for the columns of a table, in their order, and headings to be ignored.

    Raises ConfigError for a file that cannot be read.
    """
    sheet = _read(path)
    fields: list[Proposal] = []
    ignored: list[str] = []
    for heading, column in zip(sheet.headings, sheet.columns, strict=True):
        if not heading:
            continue
        if _plain(heading) in map(_plain, _guesses().ignored):
            ignored.append(heading)
            continue
        filled = pd.Series(pd.array(column.filter(pc.not_equal(column, ""))[:_SAMPLE], dtype="str"))
        fields.append(_field(heading, filled, vocabularies, {field.code for field in fields}))
    return _with_roles(fields), ignored


def _read(path: Path) -> Sheet:
    read = read_tables(path, path.name, Names())
    if isinstance(read, Issue):
        raise ConfigError(path, None, f"{read.message}。{read.remedy}")
    return read[0]


def _field(heading: str, values: pd.Series, vocabularies: dict[str, Vocabulary], taken: set[str]) -> Proposal:
    kind, vocab = _type(heading, values, vocabularies)
    private = kind == "identity_number" or any(word in _plain(heading) for word in _guesses().private)
    remarks = ["猜测为个人信息，先不公示；确可公示的改为 private: false"] if private else []
    foreign = heading.isascii()
    if foreign:
        remarks.append("请把 title 改为中文名称")
    return Proposal(
        code=_code(heading, taken),
        title=heading,
        type=kind,
        vocab=vocab,
        private=private,
        alias=heading if foreign else None,
        remark="；".join(remarks),
    )


def _type(heading: str, values: pd.Series, vocabularies: dict[str, Vocabulary]) -> tuple[str, str | None]:
    """Type by what is written, and for a choice its code list."""
    if values.empty:
        return "text", None
    amount = any(word in _plain(heading) for word in _guesses().amounts)
    for name in ("identity_number", "credit_code", "day", *(("money",) if amount else ())):
        value_type = VALUE_TYPES[name]
        wrong = pd.Series(False, index=values.index)
        for fault in value_type.read(values, None).faults:
            # A code with a digit miscopied is still a code.
            wrong |= fault.rows & (fault.code != getattr(value_type, "check_fault", ""))
        if 1 - wrong.mean() >= _MOSTLY:
            return name, None
    distinct = set(values)
    for name, vocabulary in vocabularies.items():
        # Numbers stand in many lists.
        if not any(value.isdigit() for value in distinct) and distinct <= set(vocabulary.spellings()):
            return "choice", name
    return ("prose" if values.str.len().max() >= _LONG else "text"), None


def _with_roles(fields: list[Proposal]) -> list[Proposal]:
    """Give each role to the field whose heading says it most narrowly; no field plays two."""
    found = list(fields)
    for role, words in _guesses().roles.items():
        free = [
            place
            for place, field in enumerate(found)
            if field.role is None and not field.private and field.type in _guesses().types[role]
        ]
        ranks = {place: _rank(found[place].title, words) for place in free}
        best = min(ranks, key=lambda place: ranks[place], default=None)
        if best is not None and ranks[best] < len(words):
            found[best] = replace(found[best], role=role)
    return found


def _rank(title: str, words: tuple[str, ...]) -> int:
    return next((rank for rank, word in enumerate(words) if word in _plain(title)), len(words))


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", heading)).lower()


def _code(heading: str, taken: set[str]) -> str:
    """A code of Latin capitals: from a heading in Latin letters, else a number."""
    code = re.sub(r"[^A-Z0-9]+", "_", heading.upper()).strip("_") if heading.isascii() else ""
    if not re.match("[A-Z]", code) or code in _YAML_WORDS:
        code = f"F{len(taken) + 1:02}"
    return code if code not in taken else f"{code}_{len(taken) + 1}"
