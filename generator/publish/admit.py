"""Admits the accepted rows of a batch: ids, last days, and no private value behind this door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from generator.check.batch import CheckedBatch
from generator.intake.table import Batch
from generator.model.condition import holds
from generator.model.display import STAFF, Display
from generator.model.kind import Kind
from generator.model.open_data import OpenDataRules
from generator.model.portal import Portal
from generator.model.record_id import record_ids
from generator.model.values import NO_END, VALUE_TYPES
from generator.publish import ledger as book
from generator.publish.leaving import Withdrawn, first_day_without

SURNAME_MARK = "**"
OWN_COLUMNS = ("id", "row", "unit", "last_day", "rule", "repair_from", "suggested", "state", "downloadable")
"""Columns that records carry besides their public fields: id uint64, row int64 (`row_numbers`),
unit int16 (place in site.units); last_day, repair_from: ISO day or ""; rule: id of the rule set that
gives the last day, STAFF where staff shortened it, or ""; suggested: bool, the grade was suggested
and not given; state: label of the kind's states, or ""; downloadable: bool, may be offered in bulk."""


@dataclass(frozen=True)
class Admitted:
    """What becomes of the rows of a batch."""

    records: pd.DataFrame
    """OWN_COLUMNS and the public fields of the rows that may be seen."""
    hidden: pd.DataFrame
    """Public fields of all other rows, unmasked, and the full names that masks leave out: what may be nowhere on
    the site. Only `verify` and the check of articles read it."""
    ledger: pd.DataFrame
    """A line for every row."""


def admit(checked: CheckedBatch, portal: Portal, today: date, files: list[int], withdrawn: Withdrawn) -> Admitted:
    """What may be seen of a batch. `files`: for each of its tables, the place of its file among the sources."""
    batch = checked.batch
    kind = batch.kind
    row, unit = rows_and_units(batch, portal, files)
    accepted = checked.accepted
    frame = checked.frame if accepted.all() else checked.frame[accepted].reset_index(drop=True)
    roles = kind.roles
    ids = record_ids(frame, kind, portal.site.id_key)
    if roles.last_day:
        # "No end" as a last day given by staff is none: it shortens nothing, and it does not ask for display.
        given = frame[roles.last_day]
        frame = frame.assign(**{roles.last_day: given.where(given < NO_END, "")})
    graded, suggested = portal.display.suggest(frame, kind)
    display = portal.display.display(graded, kind, pd.Series(today.isoformat(), index=frame.index, dtype="str"))
    last_day, rule = _last_days(frame, kind, display)
    state = _states(last_day, display, np.isin(ids, withdrawn.ids), today)
    seen = state == book.PUBLISHED
    timeliness = portal.reporting_limits.timeliness(frame[roles.decided], frame[roles.reported], portal.working_days)

    # Whether it was shown once: by the rules in force when it was reported, whatever has changed since.
    at_first = portal.display.display(graded, kind, frame[roles.reported])
    first_last_day, _ = _last_days(frame, kind, at_first)
    was_shown = at_first.shown & ((first_last_day == "") | (first_last_day >= frame[roles.reported])).to_numpy(
        dtype=bool
    )

    own = {
        "id": ids,
        "row": row[accepted],
        "unit": unit[accepted],
        "last_day": last_day,
        "rule": rule,
        "repair_from": display.repair_from,
        "suggested": suggested,
        "state": _labels(frame, kind, today),
        "downloadable": _downloadable(frame, kind, portal.open_data),
    }
    columns = _shown_columns(graded, kind)
    lines = pd.DataFrame(
        {
            "kind": kind.id,
            "unit": unit[accepted],
            "month": frame[roles.reported].str.slice(0, 7),
            "state": pd.Categorical(state, dtype=book.STATES),
            "timeliness": pd.Categorical(timeliness, dtype=book.TIMELINESS),
            "id": ids,
            "reported": book.as_number(frame[roles.reported]),
            "row": row[accepted],
            "counted": True,
            "was_shown": was_shown,
            "decided": book.as_number(frame[roles.decided].str.slice(0, 7)),
            "left": first_day_without(frame, kind, display, withdrawn.day(ids), seen),
        }
    )
    # Rows that could not be laid out in columns have no number, but they were sent and count.
    malformed = np.repeat(_units(batch, portal), [table.malformed for table in batch.tables])
    withheld = np.concatenate([row[~accepted], np.full(len(malformed), -1, np.int64)])
    withheld_units = np.concatenate([unit[~accepted], malformed])
    public = list(kind.public_fields)
    return Admitted(
        records=pd.DataFrame({**own, **columns})[seen],
        hidden=pd.concat(
            [frame.loc[~seen, public], checked.frame.loc[~accepted, public], _full_names(frame, kind)],
            ignore_index=True,
        ),
        ledger=pd.concat([lines, _withheld(withheld, withheld_units, kind, batch.month)], ignore_index=True),
    )


def rows_and_units(batch: Batch, portal: Portal, files: list[int]) -> tuple[np.ndarray, np.ndarray]:
    """For each row of a batch its number in the ledger and the place of its unit; `files` as for `admit`."""
    return book.row_numbers(np.array(files, np.int64)[batch.table], batch.rows), _units(batch, portal)[batch.table]


def _units(batch: Batch, portal: Portal) -> np.ndarray:
    """For each table of a batch the place of its unit in site.units: int16."""
    index = portal.site.unit_index()
    return np.array([index[table.source.unit] for table in batch.tables], np.int16)


def _states(last_day: pd.Series, display: Display, withdrawn: np.ndarray, today: date) -> np.ndarray:
    """State of each accepted row; what forbids display for good goes before what ends it."""
    over = ((last_day != "") & (last_day < today.isoformat())).to_numpy(dtype=bool)
    return np.select(
        [withdrawn, ~display.shown, over], [book.WITHDRAWN, book.NOT_PUBLIC, book.EXPIRED], default=book.PUBLISHED
    )


def _labels(frame: pd.DataFrame, kind: Kind, today: date) -> pd.Series:
    """The state a notice shows: the first declared one that holds."""
    label = pd.Series("", index=frame.index, dtype="str")
    for state in reversed(kind.states):
        fits = np.ones(len(frame), dtype=bool)
        if state.when is not None:
            fits = fits & holds(state.when, frame, kind)
        if state.passed is not None:
            day = frame[state.passed]
            fits = fits & ((day != "") & (day < today.isoformat())).to_numpy(dtype=bool)
        label = label.where(~fits, state.label)
    return label


def _withheld(rows: np.ndarray, units: np.ndarray, kind: Kind, month: str) -> pd.DataFrame:
    """Ledger lines of rows that are not published; they count in the month of their folder."""
    return pd.DataFrame(
        {
            "kind": pd.Series(kind.id, index=range(len(rows)), dtype="str"),
            "unit": units,
            "month": pd.Series(month, index=range(len(rows)), dtype="str"),
            "state": pd.Categorical([book.WITHHELD] * len(rows), dtype=book.STATES),
            "timeliness": pd.Categorical([None] * len(rows), dtype=book.TIMELINESS),
            "id": np.zeros(len(rows), np.uint64),
            "reported": np.zeros(len(rows), np.int32),
            "row": rows,
            "counted": False,
            "was_shown": False,
            "decided": np.zeros(len(rows), np.int32),
            "left": np.zeros(len(rows), np.int32),
        }
    )


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
    mask = kind.fields[kind.roles.subject].mask
    if mask is None or rules.persons:
        return np.full(len(frame), kind.downloads)
    return ~holds(mask.when, frame, kind) & kind.downloads


def _full_names(frame: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """What masks leave out: personal names, whole, and nothing else of their rows."""
    names = pd.DataFrame({code: pd.Series("", index=frame.index, dtype="str") for code in kind.public_fields})
    for code, field in kind.public_fields.items():
        if field.mask is not None:
            names[code] = frame[code].where(holds(field.mask.when, frame, kind), "")
    return names[(names != "").any(axis=1)]


def _shown_columns(frame: pd.DataFrame, kind: Kind) -> dict[str, pd.Series]:
    """The public fields as they may be shown: personal names by their first character, wherever the row says them."""
    shown = {code: frame[code] for code in kind.public_fields}
    for code, field in kind.public_fields.items():
        if field.mask is None:
            continue
        # 王 午 and 王午 are one name: two characters are lined up with three by a blank.
        names = frame[code].str.replace(r"\s", "", regex=True)
        short = names.str.slice(0, 1) + SURNAME_MARK if field.mask.as_ == "surname" else names.str.slice(0, 0)
        hidden = holds(field.mask.when, frame, kind) & (names != "").to_numpy(dtype=bool)
        shown[code] = shown[code].where(~hidden, short)
        said = [other for other in shown if other != code and VALUE_TYPES[kind.fields[other].type].is_free_text]
        shown |= _without_names({other: shown[other] for other in said}, hidden, names, short)
    return shown


def _without_names(
    texts: dict[str, pd.Series], rows: np.ndarray, names: pd.Series, short: pd.Series
) -> dict[str, pd.Series]:
    """Text in which the marked rows no longer say their own names."""
    places = np.flatnonzero(rows)
    pairs = list(zip(names[rows], short[rows], strict=True))
    if not texts or not pairs:
        return {}
    columns = [text[rows].array.__arrow_array__() for text in texts.values()]
    together = pc.binary_join_element_wise(*columns, pa.scalar("\n", pa.large_string())).to_pylist()
    # Most rows do not say it: they are done with after one look at all their text.
    saying = [
        (int(place), re.compile(r"\s*".join(map(re.escape, name))), brief)
        for place, (name, brief), text in zip(places, pairs, together, strict=True)
        if len(name) > 1 and name[0] in text and name in "".join(text.split())
    ]
    at = [place for place, _, _ in saying]
    changed = {}
    for code, text in texts.items():
        old = text.take(at).tolist()
        # What replaces a name is no pattern.
        new = [brief.join(name.split(said)) for said, (_, name, brief) in zip(old, saying, strict=True)]
        if new != old:
            changed[code] = text.copy()
            changed[code].iloc[at] = new
    return changed
