"""The columns of a download: a few that the portal adds, and the public fields by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.model.kind import Field, Kind
from generator.model.portal import Portal
from generator.model.record_id import as_text
from generator.model.values import VALUE_TYPES


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its Chinese title, its type in Parquet."""

    name: str
    title: str
    type: pa.DataType
    field: Field | None = None
    """The declaration behind it; none for the portal's own columns."""
    note: str = ""


def columns(kind: Kind, portal: Portal) -> list[Column]:
    """The columns of a kind, in the order of its files."""
    day = VALUE_TYPES["day"].arrow_type
    own = [
        Column("id", "公示编号", pa.string(), note="更正后不变；撤下后不再使用"),
        Column("unit", "报送单位", pa.string()),
        Column("region", "区域", pa.string(), note="报送单位所在的区域"),
        Column("shown_from", "公示起始日", day, note="首次报送之日"),
        Column("last_day", "最后公示日", day, note="次日起停止公示；没有的为空"),
        Column("corrected_on", "更正日期", day, note="最近一次更正；没有更正过的为空"),
        Column("objection", "异议处理中", pa.bool_()),
    ]
    if kind.states:
        own.append(Column("state", "状态", pa.string(), note="数据截至当日的状态"))
    if suggestion := portal.display.suggestions.get(kind.id):
        title = kind.fields[suggestion.field].title
        own.append(Column("suggested", f"{title}为推定", pa.bool_(), note="报送时未填写，由本站按规则推定"))
    fields = [
        Column(code, field.title, VALUE_TYPES[field.type].arrow_type, field)
        for code, field in kind.public_fields.items()
    ]
    return [*own, *fields]


def table(records: pd.DataFrame, kind: Kind, portal: Portal) -> pa.Table:
    """Records as one table in the order they come in, blank values as none; titles in the metadata of its fields."""
    site = portal.site
    units = records["unit"].to_numpy()
    regions = {region.code: region.name for region in site.regions}
    values: dict[str, pd.Series] = {
        "id": as_text(records["id"].to_numpy()),
        "unit": pd.Series(np.array([unit.name for unit in site.units], dtype=object)[units], dtype="str"),
        "region": pd.Series(np.array([regions[unit.region] for unit in site.units], dtype=object)[units], dtype="str"),
        # The day of the first report of a corrected record; of all others the report is the first.
        "shown_from": records["shown_from"].where(records["shown_from"] != "", records[kind.roles.reported]),
    }
    arrays, fields = [], []
    for column in columns(kind, portal):
        arrays.append(_typed(values[column.name] if column.name in values else records[column.name], column.type))
        fields.append(pa.field(column.name, column.type, metadata=dict(_metadata(column))))
    return pa.table(arrays, schema=pa.schema(fields))


def _typed(values: pd.Series, arrow_type: pa.DataType) -> pa.Array:
    array = values.array.__arrow_array__() if values.dtype == "str" else pa.array(values.to_numpy())
    if not pa.types.is_boolean(arrow_type):
        array = pc.if_else(pc.equal(array, ""), pa.scalar(None, array.type), array)
    return pc.cast(array, arrow_type)


def _metadata(column: Column) -> Iterator[tuple[str, str]]:
    yield "title", column.title
    if column.field and column.field.unit:
        yield "unit", column.field.unit
