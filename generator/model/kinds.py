"""Reads the declarations of kinds, and refuses a reference to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.model.declaration import ConfigError, read_declaration, spot
from generator.model.kind import Condition, Kind, Roles
from generator.model.vocabulary import Vocabulary

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
        for check in (_names_exist, _words_exist, _private_ends_here, _roles_fit, _supplements_fit):
            for place, fault in check(kind, vocabularies):
                raise ConfigError(*spot(path, *place), fault)
        kinds.append(kind)
    ids = [name for kind in kinds for name in (kind.id, *kind.supplements)]
    for kind in kinds:
        for name in kind.supplements:
            if ids.count(name) > 1 or not _KIND_ID.fullmatch(name) or name in _RESERVED:
                where = spot(folder / kind.id / "kind.yml", "supplements", name)
                raise ConfigError(*where, f"supplements.{name}：应为小写字母、数字和短横线，且不与其他类别重名")
    return {kind.id: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.id))}


_Faults = Iterator[tuple[tuple[str | int, ...], str]]
"""The place in the declaration and what is wrong there."""


def _names_exist(kind: Kind, vocabularies: dict[str, Vocabulary]) -> _Faults:
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
    named += [(("shown",), kind.shown.field)] if kind.shown else []
    for name, supplement in kind.supplements.items():
        named += [(("supplements", name), code) for code in (*supplement.fields, *supplement.required)]
    named += [(("fields", code, name), condition.field) for code, name, condition in _conditions(kind)]
    for code, field in kind.fields.items():
        others = [(name, getattr(field, name)) for name in ("not_after", "not_before", "told_in")]
        named += [(("fields", code, name), other) for name, other in others if other and other != "today"]
        if field.vocab and field.vocab not in vocabularies:
            yield ("fields", code, "vocab"), f"{code}：没有代码表 data/vocab/{field.vocab}.yml"
    for place, code in named:
        if code not in kind.fields:
            yield place, f"{'.'.join(map(str, place))}：没有名为 {code} 的字段"


def _conditions(kind: Kind) -> Iterator[tuple[str, str, Condition]]:
    """Field, name of the demand, and the condition under which it holds."""
    for code, field in kind.fields.items():
        for name in ("required", "empty", "placeholder", "checked", "mask"):
            demand = getattr(field, name)
            if demand and demand.when:
                yield code, name, demand.when
        for beginning in field.begins:
            if beginning.when:
                yield code, "begins", beginning.when


def _words_exist(kind: Kind, vocabularies: dict[str, Vocabulary]) -> _Faults:
    """Conditions name words that their fields can have."""
    if kind.shown and (strange := unknown_values(kind.shown, kind, vocabularies)):
        yield ("shown",), f"shown：代码表中没有“{'、'.join(strange)}”"
    for code, name, condition in _conditions(kind):
        if strange := unknown_values(condition, kind, vocabularies):
            yield ("fields", code, name), f"{code}.{name}：代码表中没有“{'、'.join(strange)}”"


def _roles_fit(kind: Kind, vocabularies: dict[str, Vocabulary]) -> _Faults:
    """A field can play its role: it is of the type, is always there, and stands in the tables where pages need it."""
    roles = kind.roles.declared()
    for role, code in roles.items():
        if role in Roles.DAYS and kind.fields[code].type != "day":
            yield ("roles", role), f"roles.{role}：{code} 的类型应为 day"
    listed = kind.roles.list_class
    vocabulary = vocabularies.get(kind.fields[listed].vocab or "") if listed else None
    if listed and not (vocabulary and vocabulary.classes):
        yield ("roles", "list_class"), f"roles.list_class：{listed} 的代码表须写明 classes"
    for role in ("subject", "decided", "reported"):
        demand = kind.fields[roles[role]].required
        if demand is None or demand.when is not None or demand.level != "error":
            yield ("fields", roles[role]), f"{roles[role]} 是 roles.{role}，须写 required: true"
    for role in ("subject", "list_class"):
        if role in roles and roles[role] not in kind.list:
            yield ("list",), f"list：应包括 roles.{role} 的字段 {roles[role]}"
    if kind.publication == "organisations" and kind.natural_persons is None:
        yield ("publication",), f"publication：{kind.roles.subject} 须有 mask，写明何者为自然人"


def _private_ends_here(kind: Kind, _: dict[str, Vocabulary]) -> _Faults:
    """Nothing that a page would show comes from a private field."""
    for role, code in kind.roles.declared().items():
        if kind.fields[code].private:
            yield ("roles", role), f"roles.{role}：{code} 是不公示的字段"
    for i, code in enumerate(kind.list):
        if kind.fields[code].private:
            yield ("list", i), f"list：{code} 是不公示的字段，不能列入表格"
    for i, state in enumerate(kind.states):
        looked_at = [state.passed, state.when.field if state.when else None]
        if private := [code for code in looked_at if code and kind.fields[code].private]:
            yield ("states", i), f"states：{private[0]} 是不公示的字段，不能决定状态"


def _supplements_fit(kind: Kind, _: dict[str, Vocabulary]) -> _Faults:
    """Whether a field is to be masked stands in a column that the supplement's files do not have."""
    for name, supplement in kind.supplements.items():
        if masked := [code for code in supplement.fields if kind.fields[code].mask]:
            yield ("supplements", name), f"supplements.{name}：{masked[0]} 有 mask，不能列入"
