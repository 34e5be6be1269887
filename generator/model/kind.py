"""What a kind of record is: its fields, which of them play which role, and how it is shown.

The Python code knows no kind and no field by name. It asks a kind for a *role* ("which field says
when the decision was made?") and for what is declared of each field.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.declaration import Declared, PlacedError
from generator.model.values import VALUE_TYPES

Level = Literal["error", "warning"]
Publication = Literal["rows", "counts", "organisations"]
"""What of a kind is published: its rows; counts alone; or the rows of organisations, with natural persons counted."""

NOTES_SHEET = "模板说明"
"""The worksheet of the portal's own forms that explains the columns and holds no records."""
EXAMPLE_SUBJECT = "【示例】某某公司（此行是示例，请删去）"
"""The subject of the example row of our own forms: a row that says so is declared not data."""
ANSWER_SHEET, ANSWER_HEADING = "核查结果", "核查意见（请按此修改）"
"""What is added to a workbook that is handed back with its faults marked. A clerk who mends that very workbook and
sends it in is not told of them."""
ANSWER_NOTE = (
    "有问题的单元格已填色（错误为红色，提示为黄色）并加批注，每行最右一列写明怎样改。"
    "改好后可以直接报送本文件：本表、批注和最右一列不作为数据读取。"
)
"""Stands on the added sheet, which is known by it: a clerk may have a sheet of that name as well."""


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


class Beginning(Declared):
    """How the codes of a column begin, under a condition (none: always), at a level."""

    when: Condition | None = None
    with_: tuple[str, ...] = Setting((), alias="with")
    """They begin with one of these."""
    without: tuple[str, ...] = ()
    """They begin with none of these."""
    level: Level = "warning"

    @model_validator(mode="after")
    def _says_one_thing(self) -> Beginning:
        if bool(self.with_) == bool(self.without):
            raise ValueError("开头须且只须写 with、without 之一")
        return self


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
    continued: tuple[str, ...] = ()
    """Headings of further columns that say more of the same, in forms that gave each of several values a column."""
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
    begins: tuple[Beginning, ...] = ()
    """For codes: how they begin."""
    told_in: str | None = None
    """For amounts: code of the text field that says the same amount in words, usually in another unit."""
    plausible: Annotated[int, Setting(gt=0)] | None = None
    """For amounts: what more than this, in the field's unit, and not told in words, is probably of another unit."""
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
        if self.continued and not VALUE_TYPES[self.type].separator:
            raise PlacedError(f"类型 {self.type} 只有一个值，不能有 continued", "continued")
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


class Supplement(Declared):
    """What becomes known of a record later and comes in files of its own: the fields of its key, and these."""

    title: str
    fields: tuple[str, ...]
    required: tuple[str, ...] = ()
    """Those without which such a row says nothing."""


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
    authority_code: str | None = None
    """Code of the authority: known by it is who changed the name."""
    source: str
    """Unit the data come from; has to be the unit the file belongs to."""
    source_code: str | None = None
    list_class: str | None = None
    """Which list the subject is on: a choice out of a code list with `classes`."""
    left: str | None = None
    """Day on which the subject was taken off the list: from then on it is only counted."""

    DAYS: ClassVar = ("decided", "reported", "last_day", "left")
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
    group: str = "other"
    """Group in the menu, of groups.yml."""
    report: str = "other"
    """Section of the report on a subject, of groups.yml."""
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
    publication: Publication = "rows"
    shown: Condition | None = None
    """Which records are shown at all, by what the record itself says; all where none is given."""
    supplements: dict[str, Supplement] = Setting(default_factory=dict)
    """Folder under data/records/ → what its files add to records of this kind."""
    per_enterprise: bool = False
    """Whether its page gives the ratio of its records, supplements included, to the enterprises of the place."""
    states: tuple[State, ...] = ()
    """In order; none: notices of the kind show no state."""
    list: tuple[str, ...]
    """Fields shown in tables and result lists, in order."""
    fields: dict[str, Field]
    ignored: tuple[str, ...] = ()
    """Headings that are known and carry nothing the portal needs."""

    def form(self, name: str) -> Kind:
        """The rows of a supplement, as a kind of their own: what its files hold and what is checked of them."""
        supplement = self.supplements[name]
        own = self.roles
        keys = [code for part in self.key for code in ([part] if isinstance(part, str) else part)]
        kept = {*keys, *supplement.fields, own.source, own.source_code, own.reported}
        fields = {code: self._alone(code, kept, supplement) for code in self.fields if code in kept}
        roles = Roles(
            subject=keys[0],
            decided=own.reported,
            reported=own.reported,
            authority=own.source,
            source=own.source,
            source_code=own.source_code,
        )
        words = {"id": name, "title": supplement.title, "roles": roles, "fields": fields, "supplements": {}}
        return self.model_copy(update=words)

    def _alone(self, code: str, kept: set[str | None], supplement: Supplement) -> Field:
        """A field without what is said of it in relation to fields that are not there."""
        field = self.fields[code]
        named = ("not_before", "not_after", "told_in")
        lost = [name for name in named if getattr(field, name) not in {*kept, None, "today"}]
        demands = {name: getattr(field, name) for name in ("required", "empty", "placeholder", "checked")}
        lost += [name for name, demand in demands.items() if demand and demand.when and demand.when.field not in kept]
        changes: dict[str, Any] = dict.fromkeys(lost)
        changes["begins"] = tuple(one for one in field.begins if one.when is None or one.when.field in kept)
        if code in supplement.required:
            changes["required"] = Conditional()
        return field.model_copy(update=changes)

    @property
    def has_rows(self) -> bool:
        """Whether any row of the kind is ever shown."""
        return self.publication != "counts"

    @property
    def natural_persons(self) -> Condition | None:
        """Where the subject is a natural person: there its name is masked; None where no name is."""
        mask = self.fields[self.roles.subject].mask
        return mask.when if mask else None

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
