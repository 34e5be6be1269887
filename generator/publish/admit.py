"""Admits the accepted rows of a batch: ids, last days, and no private value behind this door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from generator.check.batch import CheckedBatch
from generator.intake.table import Batch
from generator.model.condition import holds
from generator.model.display import STAFF, Display
from generator.model.kind import Kind
from generator.model.open_data import OpenDataRules
from generator.model.portal import Portal
from generator.model.record_id import contents, record_ids
from generator.model.values import NO_END
from generator.publish import ledger as book
from generator.publish.leaving import first_of, is_over, over_from
from generator.publish.masking import full_names, shown_columns

OWN_COLUMNS = ("id", "row", "unit", "last_day", "rule", "repair_from", "suggested", "downloadable")
"""Columns that records carry besides their public fields: id uint64, row int64 (`row_numbers`),
unit int16 (place in site.units); last_day, repair_from: ISO day or ""; rule: id of the rule set that
gives the last day, STAFF where staff shortened it, or ""; suggested: bool, the grade was suggested
and not given; downloadable: bool, may be offered in bulk."""


@dataclass(frozen=True)
class Admitted:
    """What becomes of the rows of a batch. What may be seen is only laid out for those who ask for it."""

    ledger: pd.DataFrame
    """A line for every row."""
    _checked: CheckedBatch
    _rows: pd.DataFrame
    """The accepted rows, with suggestions filled in; their index counts from 0."""
    _own: dict[str, object]
    """OWN_COLUMNS of the accepted rows."""
    _seen: np.ndarray
    """Which of them may be seen."""

    @property
    def records(self) -> pd.DataFrame:
        """OWN_COLUMNS and the public fields of the rows that may be seen, today or until one is withdrawn or over."""
        return pd.DataFrame({**self._own, **shown_columns(self._rows, self._checked.batch.kind)})[self._seen]

    @property
    def hidden(self) -> pd.DataFrame:
        """Public fields of all other rows, unmasked, and the full names that masks leave out: what may be nowhere on
        the site. Only `verify` and the check of articles read it."""
        kind = self._checked.batch.kind
        public = list(kind.public_fields)
        refused = self._checked.frame.loc[~self._checked.accepted, public]
        return pd.concat(
            [self._rows.loc[~self._seen, public], refused, full_names(self._rows, kind)], ignore_index=True
        )


def admit(checked: CheckedBatch, said: pd.DataFrame, portal: Portal, today: date, files: list[int]) -> Admitted:
    """What may be seen of a batch. `said`: what its rows say by now, see `completed`; `files`: for each of its tables,
    the place of its file among those of the batch.

    It stays true on later days, as long as the same rule sets are in force: see `leaving.settle`.
    """
    batch = checked.batch
    kind = batch.kind
    row, unit = row_places(batch, portal, files)
    accepted = checked.accepted
    frame = said if accepted.all() else said[accepted].reset_index(drop=True)
    roles = kind.roles
    ids = record_ids(frame, kind, portal.site.id_key)
    reported = contents(checked.frame if accepted.all() else checked.frame[accepted], portal.site.id_key)
    if roles.last_day:
        # "No end" as a last day given by staff is none: it shortens nothing, and it does not ask for display.
        given = frame[roles.last_day]
        frame = frame.assign(**{roles.last_day: given.where(given < NO_END, "")})
    frame, suggested = portal.display.suggest(frame, kind)
    display = portal.display.display(frame, kind, pd.Series(today.isoformat(), index=frame.index, dtype="str"))
    last_day, rule = _last_days(frame, kind, display)
    counted = _counted(frame, kind)
    restricted = np.zeros(len(frame), dtype=bool) if kind.shown is None else ~holds(kind.shown, frame, kind)
    off_list = frame[roles.left] if roles.left else pd.Series("", index=frame.index, dtype="str")
    # What forbids display for good; what ends it is settled day by day.
    states = {book.NOT_PUBLIC: ~display.shown, book.RESTRICTED: restricted, book.COUNTED: counted}
    state = np.select(list(states.values()), list(states), default=book.PUBLISHED)
    never = frame[roles.reported].where(counted | restricted, "")
    over = over_from(frame, kind, [display.over_from, off_list, never])
    seen = (state == book.PUBLISHED) & ~is_over(over, today)
    timeliness = portal.reporting_limits.timeliness(frame[roles.decided], frame[roles.reported], portal.working_days)

    # Whether it was shown once: by the rules in force when it was reported, whatever has changed since.
    earliest = min([today.isoformat(), *frame[roles.reported].unique()])
    unchanged = portal.display.last_begun(kind).isoformat() <= earliest
    at_first = display if unchanged else portal.display.display(frame, kind, frame[roles.reported])
    first_last_day, _ = _last_days(frame, kind, at_first)
    in_time = ((first_last_day == "") | (first_last_day >= frame[roles.reported])).to_numpy(dtype=bool)
    listed = ((off_list == "") | (off_list > frame[roles.reported])).to_numpy(dtype=bool)
    was_shown = at_first.shown & in_time & listed & ~counted & ~restricted

    own = {
        "id": ids,
        "row": row[accepted],
        "unit": unit[accepted],
        "last_day": last_day,
        "rule": rule,
        "repair_from": display.repair_from,
        "suggested": suggested,
        "downloadable": _downloadable(frame, kind, portal.open_data),
    }
    lines = book.lines(
        row[accepted],
        kind=kind.id,
        unit=unit[accepted],
        month=frame[roles.reported].str.slice(0, 7),
        state=state,
        timeliness=timeliness,
        id=ids,
        reported=book.as_number(frame[roles.reported]),
        counted=True,
        content=reported,
        was_shown=was_shown,
        decided=book.as_number(frame[roles.decided].str.slice(0, 7)),
        over_from=over,
        off_list=first_of([off_list]),
        laid=seen,
        list_class=frame[roles.list_class] if roles.list_class else "",
    )
    withheld = withheld_lines(checked, portal, row, unit, files)
    return Admitted(pd.concat([lines, withheld], ignore_index=True), checked, frame, own, seen)


def _counted(frame: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Where a row is never shown but only counted, as its kind declares."""
    if kind.publication == "organisations" and kind.natural_persons:
        return holds(kind.natural_persons, frame, kind)
    return np.full(len(frame), not kind.has_rows)


def row_places(batch: Batch, portal: Portal, files: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """Number and unit of each row of a batch. `files`: for each of its tables, the place of its file."""
    file = np.array(files, np.int64)
    # The tables of a file stand one behind the other.
    sheet = np.arange(len(file)) - np.searchsorted(file, file)
    row = book.row_numbers(file[batch.table], batch.rows, sheet[batch.table])
    return row, _units(batch, portal)[batch.table]


def _units(batch: Batch, portal: Portal) -> np.ndarray:
    index = portal.site.unit_index()
    return np.array([index[table.source.unit] for table in batch.tables], np.int16)


def withheld_lines(
    checked: CheckedBatch, portal: Portal, row: np.ndarray, unit: np.ndarray, files: list[int]
) -> pd.DataFrame:
    """Ledger lines of rows that are not published; they count in the month of their folder. `files` as in `admit`."""
    batch, accepted = checked.batch, checked.accepted
    # Rows that could not be laid out in columns were sent and count: row 0 of their file stands for each of them.
    malformed = [table.malformed for table in batch.tables]
    places = np.repeat(np.array(files, np.int64), malformed)
    rows = np.concatenate([row[~accepted], book.row_numbers(places, np.zeros(len(places)))])
    units = np.concatenate([unit[~accepted], np.repeat(_units(batch, portal), malformed)])
    return book.lines(rows, kind=batch.kind.id, unit=units, month=batch.month, state=book.WITHHELD)


def _last_days(frame: pd.DataFrame, kind: Kind, display: Display) -> tuple[pd.Series, pd.Series]:
    """Last days and the rules that give them: staff may shorten the period, never lengthen it."""
    last, rule = display.last_day, display.rule
    if kind.roles.last_day:
        given = frame[kind.roles.last_day]
        shorter = (given != "") & ((last == "") | (given < last))
        last, rule = last.where(~shorter, given), rule.where(~shorter, STAFF)
    return last, rule


def _downloadable(frame: pd.DataFrame, kind: Kind, rules: OpenDataRules) -> np.ndarray:
    """Where a record may be offered in bulk: by its kind, and not those of persons whose names are masked."""
    if kind.natural_persons is None or rules.persons:
        return np.full(len(frame), kind.downloads)
    return ~holds(kind.natural_persons, frame, kind) & kind.downloads
