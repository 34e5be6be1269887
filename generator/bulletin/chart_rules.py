"""Which drawings a bulletin has: declared under `charts` of its kind, from the figures of its own tables."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting

from generator.model.declaration import Declared


class BarsRules(Declared):
    """A column of a table as bars, the most first. Lines that have none are not drawn but counted."""

    type: Literal["bars"]
    title: str
    """Words of the period are filled in."""
    table: str
    column: str


class MonthsRules(Declared):
    """One figure of the bulletins of this kind up to the month."""

    type: Literal["months"]
    title: str
    figure: str
    """Its place: figures/sum/column."""
    months: int = Setting(12, ge=2)


class MatrixRules(Declared):
    """The cells of a table's columns shaded by their order of magnitude."""

    type: Literal["matrix"]
    title: str
    table: str
    columns: tuple[str, ...] = Setting(min_length=1)


ChartRules = Annotated[BarsRules | MonthsRules | MatrixRules, Setting(discriminator="type")]
