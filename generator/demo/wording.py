"""What the made-up city is made of, as declared in the YAML files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BeforeValidator, TypeAdapter
from pydantic import Field as Setting

from generator.model.declaration import Declared

_HERE = Path(__file__).parent


def _listed(value: Any) -> Any:
    """A list of words; of a text every character is a word, once."""
    return tuple(dict.fromkeys(value)) if isinstance(value, str) else value


def _variants(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


FileForm = Literal["utf-8-sig", "gb18030", "xlsx", "quoted"]
Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Variants = Annotated[tuple[str, ...], BeforeValidator(_variants)]


class Place(Declared):
    """Where subjects are: one region of the site."""

    name: str
    """Beginning of the names of its subjects."""
    digits: str
    """Its six digits inside identifiers."""
    short: str
    """Its abbreviation in document numbers."""
    towns: Words


class Form(Declared):
    """A form of subject: what kind of code it has and what its name is made of."""

    class_: str = Setting(alias="class")
    lead: str | None = None
    """First two characters of the credit code; none for a natural person, who has an identity card."""
    parts: tuple[str, ...] = ()
    """Word lists of which every combination is used once; none: names may repeat."""
    given: str
    """Word list of the last character of the name of the person behind it."""
    placeholder_share: float = 0
    organisation_code_share: float = 0
    representative_identity_share: float = 0


class Trade(Declared):
    """A line of business: the form of its subjects and the patterns of their names."""

    form: str
    names: Words


class Subjects(Declared):
    """subjects.yml."""

    identity_document: str
    """The only kind of document the made-up persons have."""
    person: str
    """Pattern of the name of the person behind an organisation."""
    words: dict[str, Words]
    forms: dict[str, Form]
    trades: dict[str, Trade]


class Authority(Declared):
    """An authority: the department it is in the city, and the end of its name in a county."""

    unit: str | None = None
    county: str | None = None
    weight: float = 0
    """Share of a county's records."""


class Outcome(Declared):
    """One way a matter ends."""

    weight: float
    display: tuple[str, ...] | None = None
    amounts: dict[str, tuple[int, ...]] = Setting(default_factory=dict)
    texts: dict[str, Variants] = Setting(default_factory=dict)


class Topic(Declared):
    """What a record is about. Texts may hold slots; see slots.py."""

    weight: float
    trades: dict[str, float]
    number: str
    """Pattern of the document numbers; records of one pattern are one series."""
    until: tuple[str, ...]
    display: tuple[str, ...] = ("",)
    at: Literal["city", "county"] | None = None
    """Decided only by the city's own authority, or only in the counties."""
    words: dict[str, Variants] = Setting(default_factory=dict)
    amounts: dict[str, tuple[int, ...]] = Setting(default_factory=dict)
    texts: dict[str, Variants]
    variants: tuple[Outcome, ...] = ()

    def outcomes(self) -> list[Topic]:
        """The topic once for each way it may end; their weights share its own."""
        if not self.variants:
            return [self]
        total = sum(variant.weight for variant in self.variants)
        return [
            self.model_copy(
                update={
                    "weight": self.weight * variant.weight / total,
                    "display": self.display if variant.display is None else variant.display,
                    "amounts": {**self.amounts, **variant.amounts},
                    "texts": {**self.texts, **variant.texts},
                    "variants": (),
                }
            )
            for variant in self.variants
        ]


class KindWording(Declared):
    """kinds/<kind>.yml: the columns of a kind and what its records say, by authority."""

    columns: dict[str, str]
    topics: dict[str, tuple[Topic, ...]]


class Addition(Declared):
    """Rows of a supplement of the kind, in the same month."""

    where: str
    """Slot that is filled in where there is such a row."""
    columns: dict[str, str]


class FurtherKind(KindWording):
    """further/<kind>.yml: a kind beside those of the reference month, with its share in the demo city."""

    records: int
    months: int = 1
    """Reported in so many months up to the reference month."""
    age: int = 0
    """Decided up to so many days earlier than the limit of reporting would have it: lists are handed in whole."""
    supplements: dict[str, Addition] = Setting(default_factory=dict)


class Habits(Declared):
    """How units write."""

    codes: frozenset[str]
    """Units whose headings are the codes of the standard."""
    slashes: frozenset[str]
    """Units that write days with slashes."""
    state: dict[Literal["codes", "titles"], str]
    """What is written for a record in force, under headings of either sort."""


class AnyCity(Declared):
    """What a city of any size has beside the reference month."""

    last_month: str
    months: int
    quiet_unit: float
    late_share: float


class Former(Declared):
    """The bulletins of the months before the reference month, of which there are no records."""

    months: int
    kinds: dict[str, float]
    """Kind of record → share of the records."""
    least: float
    most: float
    """Between which times the reference month's counts the others lie."""
    rising: dict[str, float]
    """Unit id → factor that its counts are below by."""
    late: dict[str, float]
    """Group → share of late records; none in the other groups."""
    declared: dict[str, dict[str, tuple[int, int, int]]]
    """Month → unit id → (records, late records, withheld rows)."""


class Reference(Declared):
    """reference.yml: the reference month."""

    source: str
    seed: int
    month: str
    counts: dict[str, tuple[int, int]]
    """Unit id → (records, late records)."""
    nothing: dict[str, tuple[str, ...]]
    """Kind → ids of the units that say that there is nothing to report."""
    habits: Habits
    files: dict[FileForm, frozenset[str]]
    """Form of file → ids of the units that use it; all others write plain UTF-8."""
    city: AnyCity
    former: Former


@dataclass(frozen=True)
class Wording:
    """All of it."""

    city: str
    """Region code of the city as a whole."""
    reference: Reference
    places: dict[str, Place]
    subjects: Subjects
    authorities: dict[str, Authority]
    kinds: dict[str, KindWording]
    further: dict[str, FurtherKind]
    """Kinds that only the demo city has, not a city of any size."""


T = TypeVar("T")


def load_wording(city: str, folder: Path = _HERE) -> Wording:
    """Read the YAML files; the kinds are those that have a file under kinds/."""
    return Wording(
        city=city,
        reference=_read(folder / "reference.yml", Reference),
        places=_read(folder / "places.yml", dict[str, Place]),
        subjects=_read(folder / "subjects.yml", Subjects),
        authorities=_read(folder / "authorities.yml", dict[str, Authority]),
        kinds={path.stem: _read(path, KindWording) for path in sorted((folder / "kinds").glob("*.yml"))},
        further={path.stem: _read(path, FurtherKind) for path in sorted((folder / "further").glob("*.yml"))},
    )


def _read(path: Path, shape: type[T]) -> T:
    return TypeAdapter(shape).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
