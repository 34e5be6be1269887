"""What a kind of record is: its fields, which of them play which role, and how it is shown.

The Python code knows no kind and no field by name. It asks a kind for a *role* ("which field says
when the decision was made?") and for what is declared of each field.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import ConfigError, Declared, PlacedError, line_of, read_declaration
from generator.model.values import VALUE_TYPES
from generator.model.vocabulary import Vocabulary

Level = Literal["error", "warning"]

NOTES_SHEET = "模板说明"
"""The worksheet of the portal's own forms that explains the columns and holds no records."""


class Condition(Declared):
    """A test on one other field of the same row; exactly one of the tests is given."""

    field: str
    """Code of the field that is looked at."""
    in_: tuple[str, ...] | None = Setting(None, alias="in")
    """Holds where the value is one of these."""
    any_of: tuple[str, ...] | None = None
    """Holds where a value of several parts has one of these parts."""
    none_of: tuple[str, ...] | None = None
    """Holds where the value has none of these parts."""
    filled: bool | None = None
    """Holds where the field is filled in (true) or blank (false)."""
    only: tuple[str, ...] | None = None
    """Holds where every part of a value of several parts is one of these."""
    placeholder: bool | None = None
    """Holds where the value is the placeholder of its type (for a credit code: 17 zeros and X)."""
    younger_than: int | None = None
    """Holds where the identity number belongs to a person below this age, in years, on the day of the decision."""

    @model_validator(mode="after")
    def _one_test(self) -> Condition:
        tests = self.model_dump(exclude={"field"}, exclude_none=True)
        if len(tests) != 1:
            raise ValueError("条件须且只须写 in、any_of、none_of、only、filled、placeholder、younger_than 之一")
        return self


class Conditional(Declared):
    """A demand on a field, under a condition (none: always), at a level."""

    when: Condition | None = None
    level: Level = "error"


class Mask(Declared):
    """How a value is shown where it may not be shown whole."""

    when: Condition
    as_: Literal["surname", "nothing"] = Setting(alias="as")


def _demand(value: Any) -> Any:
    return {} if value is True else None if value is False else value


class Field(Declared):
    """One column of a kind. The key it stands under is its code in the data standard."""

    title: str
    """Chinese name, as in the standard; the heading clerks write."""
    label: str | None = None
    """Shorter name for pages; the title where there is none."""
    type: str
    """A value type: one of `generator.model.values.VALUE_TYPES`."""
    aliases: tuple[str, ...] = ()
    """Other headings: codes of the 2016 form, other names in use."""
    vocab: str | None = None
    """Code list under data/vocab/, for `choice` and `choices`."""
    unit: str | None = None
    """Unit of an amount, such as 万元."""
    required: Conditional | None = None
    empty: Conditional | None = None
    """Where the field has to be blank."""
    placeholder: Conditional | None = None
    """Where the placeholder of the type is a permitted value; nowhere if not given."""
    checked: Conditional | None = None
    """Where the form of the value is checked; everywhere if not given."""
    not_after: str | None = None
    """`today`, or the code of a day field this day may not follow."""
    not_before: str | None = None
    """Code of a day field this day may not precede."""
    max_length: Annotated[int, Setting(gt=0)] | None = None
    """Characters; longer is a warning, as the official lengths were not seen."""
    private: bool = False
    """Never leaves intake and check: not published, not stored, masked in every message."""
    mask: Mask | None = None
    note: str | None = None
    """What the clerk should know; shown in the staff guide."""
    source: str | None = None
    """Where the rule comes from when it is not the standard itself."""

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, values: Any) -> Any:
        if isinstance(values, dict):
            for key in ("required", "empty", "placeholder", "checked"):
                if key in values:
                    if not isinstance(values[key], bool | dict):
                        raise PlacedError("应为 true、false 或带 when、level 的键值表", key)
                    values = {**values, key: _demand(values[key])}
        return values

    @model_validator(mode="after")
    def _type_is_known(self) -> Field:
        if self.type not in VALUE_TYPES:
            raise PlacedError(f"应为 {'、'.join(VALUE_TYPES)} 之一，现为 {self.type!r}", "type")
        if VALUE_TYPES[self.type].needs_vocab and self.vocab is None:
            raise PlacedError(f"类型 {self.type} 须写明 vocab", "type")
        return self

    @property
    def shown_as(self) -> str:
        """The name on pages."""
        return self.label or self.title


class State(Declared):
    """A state a notice may show; the first of a kind's states that holds is shown."""

    label: str
    when: Condition | None = None
    passed: str | None = None
    """Day field: holds from the day after."""


class Roles(Declared):
    """Which field tells the generator what. The field names are the kind's own."""

    subject: str
    """Name of the person or organisation the record is about."""
    subject_class: str | None = None
    """Legal person, natural person, individually-owned business."""
    subject_code: str | None = None
    number: str | None = None
    """Number of the decision document (文号)."""
    decided: str
    """Day of the decision: the archive is ordered by it and the display period runs from it."""
    reported: str
    """Day of the report to the platform: bulletins count by it."""
    last_day: str | None = None
    """A last day of display given by staff; it may shorten the period, never lengthen it."""
    authority: str
    source: str
    """Unit the data come from; has to be the unit the file belongs to."""
    source_code: str | None = None

    DAYS: ClassVar = ("decided", "reported", "last_day")
    """Roles that only a day can play."""

    def declared(self) -> dict[str, str]:
        """Role → field code, for the roles this kind has."""
        return {role: code for role, code in self.model_dump().items() if code is not None}


class Kind(Declared):
    """A kind of record, as declared in data/kinds/<id>/kind.yml."""

    id: str
    title: str
    order: int = 0
    """Place in menus and lists."""
    summary: str
    basis: tuple[str, ...] = ()
    """Legal basis, shown on the landing page."""
    roles: Roles
    key: tuple[str | tuple[str, ...], ...]
    """Fields that identify a record; an inner list means the first of them that is filled in."""
    indexed: bool = False
    """Whether search engines may list its pages: a copy elsewhere outlives the display period."""
    downloads: bool = False
    """Whether its records are offered in bulk: a downloaded copy outlives the display period as well."""
    states: tuple[State, ...] = ()
    """In order; none: notices of the kind show no state."""
    list: tuple[str, ...]
    """Fields shown in tables and result lists, in order."""
    fields: dict[str, Field]
    ignored: tuple[str, ...] = ()
    """Headings that are known and carry nothing the portal needs."""

    @property
    def public_fields(self) -> dict[str, Field]:
        """The fields that may be shown, in order."""
        return {code: field for code, field in self.fields.items() if not field.private}

    def key_titles(self) -> str:
        """Titles of the fields that identify a record, for messages."""
        first = [part if isinstance(part, str) else part[0] for part in self.key]
        return "、".join(self.fields[code].title for code in first)

    @property
    def private_fields(self) -> dict[str, Field]:
        """The fields that end at publish."""
        return {code: field for code, field in self.fields.items() if field.private}


_KIND_ID = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
_RESERVED = {"records", "gone", "changes"}
"""Names that mean something else under store/ or data/."""


def check_kind_id(folder: Path) -> None:
    """The name of a kind's folder is its id, which stands in addresses. Raises ConfigError."""
    if not _KIND_ID.fullmatch(folder.name) or folder.name in _RESERVED:
        reserved = "、".join(sorted(_RESERVED))
        raise ConfigError(folder, None, f"类别文件夹名应为小写字母、数字和短横线，且不能是 {reserved}")


def unknown_values(condition: Condition, kind: Kind, vocabularies: dict[str, Vocabulary]) -> list[str]:
    """Values a condition names that its field can never have: a rule with a misspelt word would hold for nobody."""
    field = kind.fields[condition.field]
    vocabulary = vocabularies.get(field.vocab or "")
    named = (*(condition.in_ or ()), *(condition.any_of or ()), *(condition.none_of or ()), *(condition.only or ()))
    if vocabulary is None:
        return []
    return [name for name in named if name not in vocabulary.values and not name.startswith(vocabulary.open or ("\0",))]


def load_kinds(folder: Path, vocabularies: dict[str, Vocabulary]) -> dict[str, Kind]:
    """Read every data/kinds/<id>/kind.yml, in menu order. Raises ConfigError for a reference to nothing."""
    if not folder.is_dir():
        raise ConfigError(folder, None, "没有记录类别的声明目录")
    kinds = []
    for path in sorted(folder.glob("*/kind.yml")):
        check_kind_id(path.parent)
        kind = read_declaration(path, Kind, id=path.parent.name)
        _check_references(path, kind, vocabularies)
        kinds.append(kind)
    return {kind.id: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.id))}


def _check_references(path: Path, kind: Kind, vocabularies: dict[str, Vocabulary]) -> None:
    """Every field named anywhere in the declaration exists, and every vocabulary too."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("roles", role), code) for role, code in kind.roles.declared().items()),
        *((("list", i), code) for i, code in enumerate(kind.list)),
    ]
    for i, state in enumerate(kind.states):
        named += [(("states", i, "passed"), state.passed)] if state.passed else []
        named += [(("states", i, "when"), state.when.field)] if state.when else []
    for i, part in enumerate(kind.key):
        named += [(("key", i), code) for code in ([part] if isinstance(part, str) else part)]
    for code, field in kind.fields.items():
        demands = {name: getattr(field, name) for name in ("required", "empty", "placeholder", "checked")}
        named += [
            (("fields", code, name), demand.when.field) for name, demand in demands.items() if demand and demand.when
        ]
        if field.mask:
            named.append((("fields", code, "mask"), field.mask.when.field))
        days = [("not_after", field.not_after), ("not_before", field.not_before)]
        named += [(("fields", code, name), day) for name, day in days if day and day != "today"]
        if field.vocab and field.vocab not in vocabularies:
            line = line_of(path, "fields", code, "vocab")
            raise ConfigError(path, line, f"{code}：没有代码表 data/vocab/{field.vocab}.yml")
    for place, code in named:
        if code not in kind.fields:
            raise ConfigError(path, line_of(path, *place), f"{'.'.join(map(str, place))}：没有名为 {code} 的字段")
    for code, field in kind.fields.items():
        demands = {name: getattr(field, name) for name in ("required", "empty", "placeholder", "checked", "mask")}
        for name, demand in demands.items():
            if demand and demand.when and (strange := unknown_values(demand.when, kind, vocabularies)):
                line = line_of(path, "fields", code, name)
                raise ConfigError(path, line, f"{code}.{name}：代码表中没有“{'、'.join(strange)}”")
    for role, code in kind.roles.declared().items():
        if role in Roles.DAYS and kind.fields[code].type != "day":
            raise ConfigError(path, line_of(path, "roles", role), f"roles.{role}：{code} 的类型应为 day")
        if kind.fields[code].private:
            raise ConfigError(path, line_of(path, "roles", role), f"roles.{role}：{code} 是不公示的字段")
    for role in ("subject", "decided", "reported"):
        code = kind.roles.declared()[role]
        demand = kind.fields[code].required
        if demand is None or demand.when is not None or demand.level != "error":
            raise ConfigError(path, line_of(path, "fields", code), f"{code} 是 roles.{role}，须写 required: true")
    for i, code in enumerate(kind.list):
        if kind.fields[code].private:
            raise ConfigError(path, line_of(path, "list", i), f"list：{code} 是不公示的字段，不能列入表格")
    if kind.roles.subject not in kind.list:
        raise ConfigError(path, line_of(path, "list"), f"list：应包括 roles.subject 的字段 {kind.roles.subject}")
