"""Frozen bulletins: data/bulletins/<YYYY-MM>.yml, the bulletins of a month as they were issued.

Written by `portal bulletin --freeze`, or by hand for bulletins that were issued before (`imported`). From then on the
page comes from here; what changes afterwards is added as corrections with a reason, and never in the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field as Setting

from generator.bulletin.declaration import BulletinKind, FigureRules, RankingRules
from generator.bulletin.figures import Figures, Line, Values
from generator.bulletin.letterhead import Letterhead
from generator.model.declaration import Declared, read_declaration

FROZEN = Path("data/bulletins")
DIGEST = "digest"
_HEAD = "# 已发布的通报，由 portal bulletin 写出。发布后的变动用 portal bulletin --correct 登记，不改上面的数字。\n"


class FrozenLine(Declared):
    """A unit or region: figures in the order of the columns, None where there was none; rates as text."""

    name: str
    group: str = ""
    values: tuple[int | str | None, ...]
    digest: str = ""


class FrozenFigures(Declared):
    """One set of figures. Sums that the bulletin did not print are not there."""

    columns: tuple[str, ...]
    lines: dict[str, FrozenLine]
    sums: dict[str, tuple[int | str | None, ...]] = Setting(default_factory=dict)


class Change(Declared):
    """A figure, or the records behind it, that is no longer what was issued."""

    place: str = Setting(pattern=r"^[^/]+/[^/]*/[^/]+$")
    """figures/line/column."""
    was: str
    now: str

    @property
    def line(self) -> str:
        """figures/line."""
        return self.place.rpartition("/")[0]

    @property
    def column(self) -> str:
        """Its column, or DIGEST."""
        return self.place.rpartition("/")[2]


class Correction(Declared):
    """Changes that were accounted for."""

    date: date
    reason: str = Setting(min_length=1)
    changes: tuple[Change, ...] = Setting(min_length=1)


class AttachedTable(Declared):
    """A table of the issued document that is none of the kind's: printed as it was, and its total looked at."""

    where: str
    """Where it stands in the document."""
    head: tuple[str, ...]
    rows: tuple[tuple[str, int], ...]
    total: int
    note: str = ""


class Frozen(Declared):
    """A bulletin as it was issued."""

    period: str
    title: str
    issued: date
    imported: bool = False
    """It was issued before the portal counted: published as it is, with a note of what contradicts itself."""
    source: str = ""
    letterhead: Letterhead | None = None
    """Without it the declaration of the kind is taken."""
    fictional: bool = False
    """Made up for a demonstration; the page says so."""
    digest: str = ""
    """Of the digests of all lines, that is of all records counted."""
    quoted: tuple[str, ...] = ()
    rankings: dict[str, RankingRules] = Setting(default_factory=dict)
    """The rules by which it names units; of one without they are those of the kind."""
    figures: dict[str, FrozenFigures]
    attached: tuple[AttachedTable, ...] = ()
    text: str
    corrections: tuple[Correction, ...] = ()


class FrozenMonth(Declared):
    """data/bulletins/<YYYY-MM>.yml."""

    bulletins: dict[str, Frozen]


def figures_of(frozen: Frozen, kind: BulletinKind) -> dict[str, Figures]:
    """The figures as they were issued."""
    return {
        name: _figures(frozen.figures[name], rules) if name in frozen.figures else Figures(rules, ())
        for name, rules in kind.figures.items()
    }


def _figures(of: FrozenFigures, rules: FigureRules) -> Figures:
    def read(values: tuple[int | str | None, ...]) -> Values:
        pairs = zip(of.columns, values, strict=True)
        return {column: Decimal(value) for column, value in pairs if value is not None}

    lines = (Line(key, line.name, line.group, read(line.values), line.digest) for key, line in of.lines.items())
    return Figures(rules, tuple(lines), {name: read(values) for name, values in of.sums.items()})


def frozen_figures(figures: Figures) -> FrozenFigures:
    """Figures as they are written into the file, sums included."""
    columns = tuple(figures.rules.columns)

    def write(values: Values) -> tuple[int | str | None, ...]:
        return tuple(
            None if column not in values else str(values[column]) if rules.is_rate else int(values[column])
            for column, rules in figures.rules.columns.items()
        )

    lines = {
        line.key: FrozenLine(name=line.name, group=line.group, values=write(line.values), digest=line.digest)
        for line in figures.lines
    }
    return FrozenFigures(columns=columns, lines=lines, sums={name: write(of) for name, of in figures.sums.items()})


def digest_of(figures: Mapping[str, FrozenFigures]) -> str:
    """One digest of the records counted in all lines; "" where no records were."""
    lines = [(name, key, line.digest) for name, of in figures.items() for key, line in of.lines.items()]
    parts = [f"{name} {key} {digest}\n" for name, key, digest in lines if digest]
    return sha256("".join(parts).encode()).hexdigest()[:32] if parts else ""


def add_correction(root: Path, kind: str, period: str, added: Correction) -> Path:
    """Put a correction into the file of its month, in which everything else stays as it is. Returns the file."""
    frozen = read_declaration(root / FROZEN / f"{period[:7]}.yml", FrozenMonth).bulletins[kind]
    return write_frozen(root, kind, frozen.model_copy(update={"corrections": (*frozen.corrections, added)}))


def write_frozen(root: Path, kind: str, frozen: Frozen) -> Path:
    """Put a bulletin into the file of its month, beside those of other kinds. Returns the file."""
    path = root / FROZEN / f"{frozen.period[:7]}.yml"
    others = read_declaration(path, FrozenMonth).bulletins if path.exists() else {}
    month = FrozenMonth(bulletins={**others, kind: frozen})
    document = month.model_dump(exclude_defaults=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(_flowing(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000)
    path.write_text(_HEAD + text, encoding="utf-8")
    return path


class _Dumper(yaml.SafeDumper):
    """A line of figures on one line of the file, and the text as people read it."""


class _Flow(dict[str, Any]):
    """A mapping on one line."""


def _flowing(value: Any) -> Any:
    if isinstance(value, dict):
        flat = all(not isinstance(part, dict) for part in value.values())
        one_line = flat and ({"values", "place", "column", "periods"} & value.keys())
        return (_Flow if one_line else dict)({key: _flowing(part) for key, part in value.items()})
    return [_flowing(part) for part in value] if isinstance(value, list | tuple) else value


_Dumper.add_representer(_Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, True))
_Dumper.add_representer(
    list, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, _is_plain(value))
)
_Dumper.add_representer(
    Decimal, lambda dumper, value: dumper.represent_data(int(value) if value == int(value) else str(value))
)
_Dumper.add_representer(
    str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, "|" if "\n" in value else None)
)


def _is_plain(value: list[Any]) -> bool:
    return not any(isinstance(part, dict) or (isinstance(part, str) and len(part) > 40) for part in value)
