"""What has changed since a bulletin was frozen: figures that no correction accounts for, and the sums that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from generator.bulletin.figures import Figures, Line, text_of, with_rates
from generator.bulletin.frozen import DIGEST, Change, Frozen


def changes_since(frozen: Frozen, issued: Mapping[str, Figures], now: Mapping[str, Figures]) -> list[Change]:
    """Counts and digests that differ from what was issued and corrected since, line by line.

    Of an imported bulletin only what statistics deliver is compared: the portal had no records of it.
    """
    known = {change.place: change.now for correction in frozen.corrections for change in correction.changes}
    found = []
    for name, of in issued.items():
        stored = frozen.figures.get(name)
        # Figures of records that were not declared yet when it was frozen are no change of the records.
        if (of.rules.kinds and (frozen.imported or stored is None)) or (frozen.imported and not now[name].lines):
            continue
        declared = stored.columns if stored else tuple(of.rules.columns)
        columns = [column for column in declared if not of.rules.columns[column].is_rate]
        before, after = ({line.key: line for line in figures.lines} for figures in (of, now[name]))
        for key in dict.fromkeys([*before, *after]):
            for column, was, present in _of_line(before.get(key), after.get(key), columns):
                place = f"{name}/{key}/{column}"
                was = known.get(place, was)
                if was != present and not (frozen.imported and column == DIGEST):
                    found.append(Change(place=place, was=was, now=present))
    return found


def _of_line(before: Line | None, after: Line | None, columns: list[str]) -> Iterator[tuple[str, str, str]]:
    """Column, former and present figure; a unit that is not there has none of anything."""
    for column in columns:
        yield column, _text(before, column), _text(after, column)
    yield DIGEST, before.digest if before else "", after.digest if after else ""


def _text(line: Line | None, column: str) -> str:
    return str(int(line.values.get(column, 0))) if line else "0"


def figure_text(figures: Figures, key: str, column: str) -> str:
    """A figure of a line or sum as changes write it; a unit that is not there has none of anything."""
    if column == DIGEST:
        return next((line.digest for line in figures.lines if line.key == key), "")
    values = figures.values().get(key, {})
    is_rate = figures.rules.columns[column].is_rate
    return text_of(values, column, figures.rules) if is_rate else str(int(values.get(column, 0)))


def restated(
    issued: Mapping[str, Figures], now: Mapping[str, Figures], before: Sequence[Change], changes: Sequence[Change]
) -> list[Change]:
    """Rates and sums that are others because of changes. `before`: what had been corrected until then."""
    found = []
    for name in dict.fromkeys(change.place.partition("/")[0] for change in changes):
        was, then = (_with_changes(name, issued[name], now[name], made) for made in (before, [*before, *changes]))
        for key in then.values():
            for column, declared in then.rules.columns.items():
                if declared.is_rate or key in then.sums:
                    texts = (figure_text(was, key, column), figure_text(then, key, column))
                    if texts[0] != texts[1]:
                        found.append(Change(place=f"{name}/{key}/{column}", was=texts[0], now=texts[1]))
    return found


def _with_changes(name: str, issued: Figures, now: Figures, changes: Sequence[Change]) -> Figures:
    """Figures as they were after changes, added up anew."""
    lines = {line.key: line for line in issued.lines}
    present = {line.key: line for line in now.lines}
    for change in changes:
        of, key, column = change.place.split("/")
        if of != name or column == DIGEST:
            continue
        line = lines.get(key) or replace(present.get(key, Line(key, key, "", {})), values={})
        counts = {**line.values, column: Decimal(change.now)}
        lines[key] = replace(line, values=with_rates(counts, issued.rules))
    return Figures(issued.rules, tuple(lines.values()))
