"""Columns that repeat a few values, such as days: each is worked out once."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd


def each_once(column: pd.Series, of: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """What `of` makes of a column of text, value by value; it is called with the different values alone."""
    places, different = pd.factorize(column)
    found = of(pd.Series(different, dtype="str"))
    return pd.Series(found.array.take(places), index=column.index, name=column.name)
