"""Declared conditions: where they hold, and what they say in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from generator.model.kind import Beginning, Condition, Conditional, Kind
from generator.model.values import VALUE_TYPES


def holds(condition: Condition, frame: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Where a declared condition holds; boolean, one entry a row."""
    column = frame[condition.field]
    value_type = VALUE_TYPES[kind.fields[condition.field].type]
    if condition.in_ is not None:
        found = column.isin(condition.in_)
    elif condition.filled is not None:
        found = (column != "") == condition.filled
    elif condition.placeholder is not None:
        found = (column == value_type.placeholder) == condition.placeholder
    elif condition.younger_than is not None:
        found = _younger_than(column, frame[kind.roles.decided], condition.younger_than)
    else:
        # Values of several parts repeat: each distinct one is taken apart once.
        places, distinct = pd.factorize(column)
        taken_apart = (text.split(value_type.separator) if value_type.separator else [text] for text in distinct)
        held: np.ndarray = np.array([_parts_hold(condition, parts) for parts in taken_apart], dtype=bool)[places]
        return held
    return found.to_numpy(dtype=bool)


def _parts_hold(condition: Condition, parts: list[str]) -> bool:
    """Whether a condition on the parts of a value holds for these."""
    if condition.only is not None:
        return parts != [""] and all(part in condition.only for part in parts if part)
    one_of_them = any(part in (condition.any_of or condition.none_of or ()) for part in parts)
    return one_of_them == bool(condition.any_of)


def _younger_than(numbers: pd.Series, decided: pd.Series, years: int) -> pd.Series:
    """Identity numbers carry the day of birth at places 7 to 14 (GB 11643).

    An age is reached on the day after the birthday, as courts count 周岁: the stricter reading.
    """
    born = numbers.str.slice(6, 14)
    readable = numbers.str.len().eq(18) & born.str.isdigit()
    birthday = (born.where(readable, "0").astype("int64") + years * 10000).astype("int64")
    day = decided.str.replace("-", "", regex=False).where(decided != "", "0").astype("int64")
    return readable & (day <= birthday)


def explain(demand: Conditional, kind: Kind) -> str:
    """The condition of a demand in words, for a remedy or the staff guide; "" where there is none."""
    when = demand.when
    return f"（{explain_condition(when, kind)}时）" if when else ""


def explain_condition(when: Condition, kind: Kind) -> str:
    """A condition in words."""
    title = kind.fields[when.field].title
    if when.in_ is not None:
        said = f"为{'、'.join(when.in_)}"
    elif when.any_of is not None:
        said = f"含{'、'.join(when.any_of)}"
    elif when.none_of is not None:
        said = f"不含{'、'.join(when.none_of)}"
    elif when.only is not None:
        said = f"仅为{'、'.join(when.only)}"
    elif when.younger_than is not None:
        return f"决定之日不满{when.younger_than}周岁"
    elif when.filled is not None:
        said = "已填" if when.filled else "未填"
    else:
        said = "为占位代码" if when.placeholder else "不是占位代码"
    return f"{title}{said}"


def explain_beginning(beginning: Beginning, kind: Kind) -> str:
    """How codes begin, in words."""
    usually = "" if beginning.level == "error" else "一般"
    must = "应" if beginning.level == "error" else ""
    listed = "、".join(beginning.with_ or beginning.without)
    condition = f"{explain_condition(beginning.when, kind)}的，" if beginning.when else ""
    return f"{condition}{usually}{'' if beginning.with_ else '不'}{must}以 {listed} 开头"
