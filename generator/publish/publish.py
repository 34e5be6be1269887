"""From data files to what may be seen: the one door between records and site."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

import numpy as np
import pandas as pd

from generator.intake.registers import OBJECTIONS, WITHDRAWALS, Registers, read_registers
from generator.intake.table import SourceFile
from generator.issues import Issue, rows_set_aside
from generator.mendings import Mending
from generator.model.portal import Portal
from generator.model.record_id import as_text, from_text
from generator.progress import Progress
from generator.publish import ledger as book
from generator.publish.codes import CodeQuality, code_quality
from generator.publish.hidden import Hidden
from generator.publish.leaving import Withdrawn, settle
from generator.publish.outcomes import Outcomes, outcomes_of
from generator.publish.prepared import KeptBatches, Prepared, prepare, prepare_additions
from generator.publish.reports import Reports, all_sent, contradicted
from generator.publish.supplements import unknown, write_additions
from generator.publish.tallies import Tallies
from generator.publish.view import Marks, Partition, Parts, PublicView

_PORTION = 24 * 1024**2
"""Bytes of files that are checked as one: the month of a large city goes to all cores, and none holds all of it."""


@dataclass(frozen=True)
class Published:
    """What later rooms get to know of the records."""

    view: PublicView
    tallies: Tallies
    codes: CodeQuality
    numbers: tuple[pd.DataFrame, ...]
    """Document numbers of each batch, as in `numbers`."""
    reports: Reports
    hidden: Hidden
    """For `verify` and the check of articles alone."""
    registers: Registers
    outcomes: Outcomes
    """What became of the rows of each file."""
    issues: list[Issue]
    mendings: list[Mending]
    """What was written otherwise than prescribed and read all the same, by place."""


def publish(
    portal: Portal,
    sources: list[SourceFile],
    today: date,
    folder: Path,
    executor: Executor,
    progress: Progress,
    kept: KeptBatches | None = None,
) -> Published:
    """Check and admit all sources, in portions of a month, and settle which rows stand.

    `folder` takes the admitted rows until the view is read, `kept` those that the next build may use again.
    """
    registers = read_registers(portal)
    by_month = groupby(sources, key=lambda source: (source.kind, source.month))
    batches = [portion for _, files in by_month for portion in _portions(files, portal.root)]
    firsts = np.cumsum([0, *(len(batch) for batch in batches)])
    adding = {place: batch for place, batch in enumerate(batches) if batch[0].kind in portal.supplemented}
    work = executor.map(partial(prepare_additions, portal, today=today, folder=folder), adding.values())
    added = dict(zip(adding, work, strict=True))
    write_additions((rows.moved(firsts[place]) for place, (rows, _) in added.items()), folder)
    filed = {place: batch for place, batch in enumerate(batches) if place not in adding}
    tasks = executor.map(partial(prepare, portal, today=today, folder=folder, kept=kept), filed.values())
    done = dict(zip(filed, progress.track("核查数据", tasks, len(filed)), strict=True))
    if kept:
        kept.drop_others(name for _, name in done.values())
    prepared = [done[place][0] if place in done else added[place][1] for place in range(len(batches))]

    together = list(zip(prepared, firsts, strict=False))
    ledger = book.join(batch.ledger.assign(row=book.moved(batch.ledger["row"], first)) for batch, first in together)
    ledger = book.mark_superseded(settle(ledger, today, Withdrawn.of(registers.withdrawn(today))))
    left_out = _left_out(ledger, firsts)
    superseded = np.sort(ledger.loc[ledger["state"] == book.SUPERSEDED, "row"].to_numpy())
    corrections = book.corrections(ledger)
    marks = Marks(
        corrected=corrections["id"].to_numpy(),
        corrected_on=corrections["reported"].to_numpy(),
        first_reported=corrections["first"].to_numpy(),
        under_objection=from_text(registers.under_objection(today)),
    )
    parts = _by_partition(prepared)
    tables = all_sent(batch.sent for batch in prepared)
    gone = book.gone(ledger)
    return Published(
        view=PublicView(parts, left_out, marks, today, gone["id"].to_numpy(), gone["left"].to_numpy(), _left_on(gone)),
        tallies=Tallies.of(ledger, [unit.region for unit in portal.site.units]),
        codes=code_quality(
            (batch.codes.assign(row=book.moved(batch.codes["row"], first)) for batch, first in together), superseded
        ),
        numbers=tuple(batch.numbers for batch in prepared),
        reports=Reports.of(ledger, tables, today),
        hidden=Hidden(tuple(batch.hidden for batch in prepared), parts, left_out),
        registers=registers,
        outcomes=outcomes_of(ledger, sources, rows_set_aside(issue for batch in prepared for issue in batch.issues)),
        issues=sorted(
            [
                *(issue for batch in prepared for issue in batch.issues),
                *contradicted(tables, portal),
                *registers.issues,
                *_unknown(registers, ledger),
                *_without_record(ledger, sources, portal),
                *_repeated(ledger, sources, portal),
                *_undetermined(ledger, portal),
            ]
        ),
        mendings=sorted(mending for batch in prepared for mending in batch.mendings),
    )


def _portions(files: Iterable[SourceFile], root: Path) -> list[list[SourceFile]]:
    """The files of one kind and month, in portions of bounded size."""
    portions: list[list[SourceFile]] = []
    room = 0
    for file in files:
        # A packed month is one portion: its files are decoded together.
        size = 0 if file.pack else (root / file.path).stat().st_size
        if not portions or size > room:
            portions.append([])
            room = _PORTION
        portions[-1].append(file)
        room -= size
    return portions


def _unknown(registers: Registers, ledger: pd.DataFrame) -> Iterable[Issue]:
    """An issue for each line of a register whose id no record has."""
    for name, lines in ((WITHDRAWALS, registers.withdrawals), (OBJECTIONS, registers.objections)):
        known = np.isin(from_text(lines["id"]), ledger["id"].to_numpy())
        if not known.all():
            strange = set(as_text(from_text(lines["id"])[~known]))
            for text, row in lines[lines["id"].isin(strange)][["id", "row"]].itertuples(index=False):
                yield Issue(name, row=int(row), code="register-unknown", value=text)


def _without_record(ledger: pd.DataFrame, sources: list[SourceFile], portal: Portal) -> Iterable[Issue]:
    """An issue for each row that completes no record."""
    for supplement, row in unknown(ledger, portal.supplemented):
        file, line = book.file_of(row)
        kind = portal.kinds[portal.supplemented[supplement]]
        details = (("kind", kind.title),)
        yield Issue(sources[file].path, row=line, column=kind.key_titles(), code="supplement-unknown", details=details)


def _left_on(gone: pd.DataFrame) -> dict[Partition, str]:
    """Kind and month of decision → day on which a record last left it."""
    last = gone.groupby(["kind", "decided"], observed=True)["left"].max()
    days = book.as_days(last.to_numpy())
    return {
        (kind, f"{month // 100}-{month % 100:02}"): day for (kind, month), day in zip(last.index, days, strict=True)
    }


def _by_partition(prepared: list[Prepared]) -> Parts:
    found: Parts = {}
    for batch, content in enumerate(prepared):
        for part in content.parts:
            found[part.partition] = (*found.get(part.partition, ()), (part.path, batch))
    return found


def _left_out(ledger: pd.DataFrame, firsts: np.ndarray) -> tuple[np.ndarray, ...]:
    """For each batch its rows that were laid aside and may not be seen, counted within the batch."""
    unseen = (ledger["laid"] & (ledger["state"] != book.PUBLISHED)).to_numpy(dtype=bool)
    rows = np.sort(ledger["row"].to_numpy()[unseen])
    cuts = np.searchsorted(rows, book.row_numbers(firsts, np.zeros(len(firsts))))
    return tuple(book.moved(rows[start:end], -first) for start, end, first in zip(cuts, cuts[1:], firsts, strict=False))


def _repeated(ledger: pd.DataFrame, sources: list[SourceFile], portal: Portal) -> Iterable[Issue]:
    """An issue for each row that another one supersedes, naming the row that stands."""
    # What is reported of a record later may be reported again as things go on: that repeats nothing.
    superseded = ledger[(ledger["state"] == book.SUPERSEDED) & ledger["kind"].isin(list(portal.kinds))]
    if superseded.empty:
        return
    standing = ledger[~ledger["state"].isin([book.SUPERSEDED, book.WITHHELD]) & ledger["id"].isin(superseded["id"])]
    winners = dict(zip(zip(standing["kind"], standing["id"], strict=True), standing["row"], strict=True))
    for kind, record, row in superseded[["kind", "id", "row"]].itertuples(index=False):
        file, line = book.file_of(int(row))
        other_file, other_line = book.file_of(int(winners[kind, record]))
        yield Issue(
            file=sources[file].path,
            row=line,
            column=portal.kinds[kind].key_titles(),
            code="record-repeated",
            details=(("other", f"{sources[other_file].path} 第 {other_line} 行"),),
        )


def _undetermined(ledger: pd.DataFrame, portal: Portal) -> Iterable[Issue]:
    """One loud line if the calendar does not reach: lateness of these rows is 未定, the rest goes on."""
    count = Tallies.of(ledger, [unit.region for unit in portal.site.units]).undetermined().total()
    if count:
        last = portal.working_days.last
        yield Issue(
            file="data/rules/calendar",
            code="timeliness-undetermined",
            details=(("count", str(count)), ("year", str(last.year + 1)), ("last", last.isoformat())),
        )
