"""What a field asks of the clerk, in words: for the staff guide and for blank forms, from the declaration alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.condition import explain, explain_beginning
from generator.model.kind import Conditional, Field, Kind
from generator.model.values import VALUE_TYPES
from generator.model.vocabulary import Vocabulary


@dataclass(frozen=True)
class FieldGuide:
    """One field in words; "" or nothing where there is nothing to say."""

    code: str
    title: str
    type: str
    always: bool
    """Whether it has to be filled in in every row."""
    demand: str
    """必填, 选填, 不填, and under which condition."""
    limits: tuple[str, ...]
    """Length, unit, order of days, placeholder."""
    public: str
    aliases: tuple[str, ...]
    note: str
    vocabulary: Vocabulary | None
    example: str
    """A value as it is written: the first of the code list, or that of the type."""


def field_guides(kind: Kind, vocabularies: dict[str, Vocabulary]) -> list[FieldGuide]:
    """The fields of a kind in their order."""
    return [
        FieldGuide(
            code=code,
            title=field.title,
            type=VALUE_TYPES[field.type].title,
            always=field.required is not None and field.required.when is None and field.required.level == "error",
            demand=_demands(field, kind),
            limits=tuple(_limits(field, kind)),
            public=_publicity(field, kind),
            aliases=(*field.aliases, *field.continued),
            note="".join(filter(None, (field.note, f"（{field.source}）" if field.source else ""))),
            vocabulary=vocabularies[field.vocab] if field.vocab else None,
            example=next(iter(vocabularies[field.vocab].values)) if field.vocab else VALUE_TYPES[field.type].example,
        )
        for code, field in kind.fields.items()
    ]


def _demands(field: Field, kind: Kind) -> str:
    said = []
    for name, demand in (("必填", field.required), ("不填", field.empty)):
        if demand is not None:
            said.append(name + explain(demand, kind) + ("" if demand.level == "error" else "，缺漏只作提示"))
    return "；".join(said) or "选填"


def _limits(field: Field, kind: Kind) -> Iterable[str]:
    if field.unit:
        yield f"单位为{field.unit}"
    for beginning in field.begins:
        yield explain_beginning(beginning, kind)
    if field.told_in:
        yield f"与“{kind.fields[field.told_in].title}”所写的金额核对"
    for name, other in (("晚于", field.not_after), ("早于", field.not_before)):
        if other:
            yield f"不得{name}{'今天' if other == 'today' else f'“{kind.fields[other].title}”'}"
    if field.placeholder is not None:
        yield f"暂无代码的可填 {VALUE_TYPES[field.type].placeholder}{explain(field.placeholder, kind)}"
    if field.checked is not None and field.checked.when is not None:
        yield f"核对格式和校验位{explain(field.checked, kind)}"
    if field.max_length and not field.vocab:
        yield f"不超过 {field.max_length} 个字"


def _publicity(field: Field, kind: Kind) -> str:
    if field.private:
        return "不公示"
    if field.mask is None:
        return "公示"
    shown = {"surname": "只显示姓氏", "nothing": "不显示"}[field.mask.as_]
    return shown + explain(Conditional(when=field.mask.when), kind)
