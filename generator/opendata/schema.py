"""Table Schema of a kind (datapackage.org): the columns of its files in the terms of the standard."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES
from generator.opendata.columns import Column, columns

SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def schema_path(kind: str) -> str:
    """Address of the schema of a kind, below the folder of downloads."""
    return f"{kind}/schema.json"


def table_schema(kind: Kind, portal: Portal) -> dict[str, Any]:
    """The schema of the files of a kind."""
    return {
        "$schema": SCHEMA_PROFILE,
        "title": kind.title,
        "fields": [_field(column, kind, portal) for column in columns(kind, portal)],
        "primaryKey": ["id"],
        "missingValues": [""],
    }


def _field(column: Column, kind: Kind, portal: Portal) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": _type(column.type),
        "format": "default",
    }
    if said := _description(column):
        field["description"] = said
    if constraints := _constraints(column, kind, portal):
        field["constraints"] = constraints
    return field


def _type(arrow_type: pa.DataType) -> str:
    if pa.types.is_date(arrow_type):
        return "date"
    if pa.types.is_decimal(arrow_type):
        return "number"
    return "boolean" if pa.types.is_boolean(arrow_type) else "string"


def _description(column: Column) -> str:
    said = [column.note] if column.note else []
    if (field := column.field) is not None:
        said += [f"单位：{field.unit}"] if field.unit else []
        said += ["2099-12-31 表示长期"] if field.type == "day" else []
        said += ["多个取值之间用“；”分隔"] if VALUE_TYPES[field.type].separator else []
        said += [{"surname": "个人姓名只显示姓氏", "nothing": "涉及个人的不显示"}[field.mask.as_]] if field.mask else []
    return "；".join(said)


def _constraints(column: Column, kind: Kind, portal: Portal) -> dict[str, Any]:
    field = column.field
    if field is None:
        own: dict[str, dict[str, Any]] = {
            "id": {"required": True, "unique": True, "minLength": 13},
            "unit": {"required": True, "enum": [unit.name for unit in portal.site.units]},
            "region": {"required": True, "enum": list(dict.fromkeys(region.name for region in portal.site.regions))},
            "shown_from": {"required": True},
            "objection": {"required": True},
            "state": {"enum": [state.label for state in kind.states]},
        }
        return own.get(column.name, {})
    found: dict[str, Any] = {}
    demand = field.required
    blanked = field.mask is not None and field.mask.as_ == "nothing"
    if demand and demand.when is None and demand.level == "error" and not blanked:
        found["required"] = True
    vocabulary = portal.vocabularies.get(field.vocab or "")
    # A list that is open at its end, or a value of several parts, is no enumeration.
    if vocabulary and not vocabulary.open and not VALUE_TYPES[field.type].separator:
        found["enum"] = list(vocabulary.values)
    return found
