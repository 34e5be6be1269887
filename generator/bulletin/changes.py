"""What has changed in the figures since a bulletin was frozen, and was not accounted for by a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.bulletin.figures import Figures, Line
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
