"""From data files to what may be seen: the one door between records and site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TypeVar

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
from generator.publish.prepared import JudgedBatch, KeptBatches, Prepared, prepare, prepare_additions
from generator.publish.prepared import judge as judge_batch
from generator.publish.reports import Reports, all_sent, contradicted
from generator.publish.supplements import unknown, write_additions
from generator.publish.tallies import Tallies
from generator.publish.view import Marks, Partition, Parts, PublicView

_PORTION = 24 * 1024**2
"""Bytes of files that are checked as one: the month of a large city goes to all cores, and none holds all of it."""


Batch = TypeVar("Batch", bound=JudgedBatch)


@dataclass(frozen=True)
class Judged:
    """What becomes of the records, in numbers and words."""

    tallies: Tallies
    reports: Reports
    registers: Registers
    outcomes: Outcomes
    """What became of the rows of each file."""
    issues: list[Issue]
    mendings: list[Mending]
    """What was written otherwise than prescribed and read all the same, by place."""


@dataclass(frozen=True)
class Published(Judged):
    """What later rooms get to know of the records."""

    view: PublicView
    codes: CodeQuality
    numbers: tuple[pd.DataFrame, ...]
    """Document numbers of each batch, as in `numbers`."""
    hidden: Hidden
    """For `verify` and the check of articles alone."""


def judge(portal: Portal, sources: list[SourceFile], today: date, executor: Executor, progress: Progress) -> Judged:
    """Check all sources and settle which rows would stand, for those who do not look at the rows themselves."""
    with tempfile.TemporaryDirectory() as folder:
        work = partial(judge_batch, portal, today=today, folder=Path(folder))
        batches, firsts = _worked_off(work, portal, sources, today, Path(folder), executor, progress)
    registers = read_registers(portal)
    return _judged(batches, _settled(batches, firsts, registers, today), registers, portal, sources, today)


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
    work = partial(prepare, portal, today=today, folder=folder, kept=kept)
    batches, firsts = _worked_off(work, portal, sources, today, folder, executor, progress)
    if kept:
        kept.drop_others(batch.kept_as for batch in batches)
    registers = read_registers(portal)
    ledger = _settled(batches, firsts, registers, today)
    left_out = _left_out(ledger, firsts)
    superseded = np.sort(ledger.loc[ledger["state"] == book.SUPERSEDED, "row"].to_numpy())
    corrections = book.corrections(ledger)
    marks = Marks(
        corrected=corrections["id"].to_numpy(),
        corrected_on=corrections["reported"].to_numpy(),
        first_reported=corrections["first"].to_numpy(),
        under_objection=from_text(registers.under_objection(today)),
    )
    parts = _by_partition(batches)
    gone = book.gone(ledger)
    return Published(
        **vars(_judged(batches, ledger, registers, portal, sources, today)),
        view=PublicView(parts, left_out, marks, today, gone["id"].to_numpy(), gone["left"].to_numpy(), _left_on(gone)),
        codes=code_quality(
            (
                batch.codes.assign(row=book.moved(batch.codes["row"], first))
                for batch, first in zip(batches, firsts, strict=False)
            ),
            superseded,
        ),
        numbers=tuple(batch.numbers for batch in batches),
        hidden=Hidden(tuple(batch.hidden for batch in batches), parts, left_out),
    )


def _worked_off(
    work: Callable[[list[SourceFile]], Batch],
    portal: Portal,
    sources: list[SourceFile],
    today: date,
    folder: Path,
    executor: Executor,
    progress: Progress,
) -> tuple[list[Batch | Prepared], np.ndarray]:
    """The sources in batches, each worked off, and the place of each batch's first file.

    Supplements go first: what they say is laid aside in `folder`, where `work` finds it.
    """
    by_month = groupby(sources, key=lambda source: (source.kind, source.month))
    batches = [portion for _, files in by_month for portion in _portions(files, portal.root)]
    firsts = np.cumsum([0, *(len(batch) for batch in batches)])
    adding = {place: batch for place, batch in enumerate(batches) if batch[0].kind in portal.supplemented}
    additions = executor.map(partial(prepare_additions, portal, today=today, folder=folder), adding.values())
    added = dict(zip(adding, additions, strict=True))
    write_additions((rows.moved(firsts[place]) for place, (rows, _) in added.items()), folder)
    # The largest first, so that no core waits for a last large one.
    sizes = [bytes_of(batch, portal.root) for batch in batches]
    order = sorted(set(range(len(batches))) - set(adding), key=lambda place: -sizes[place])
    filed = {place: batches[place] for place in order}
    tasks = executor.map(work, filed.values())
    done = dict(zip(filed, progress.track("核查数据", tasks, len(filed)), strict=True))
    return [done[place] if place in done else added[place][1] for place in range(len(batches))], firsts


def _settled(batches: Sequence[JudgedBatch], firsts: np.ndarray, registers: Registers, today: date) -> pd.DataFrame:
    """The ledger of all batches, with what the day and the other batches make of each row."""
    ledger = book.join(
        batch.ledger.assign(row=book.moved(batch.ledger["row"], first))
        for batch, first in zip(batches, firsts, strict=False)
    )
    return book.mark_superseded(settle(ledger, today, Withdrawn.of(registers.withdrawn(today))))


def _judged(
    batches: Sequence[JudgedBatch],
    ledger: pd.DataFrame,
    registers: Registers,
    portal: Portal,
    sources: list[SourceFile],
    today: date,
) -> Judged:
    tables = all_sent(batch.sent for batch in batches)
    tallies = Tallies.of(ledger, [unit.region for unit in portal.site.units])
    not_data = rows_set_aside(issue for batch in batches for issue in batch.issues)
    nothing = frozenset(tables.loc[tables["nothing"] & (tables["beside"] == 0), "file"])
    return Judged(
        tallies=tallies,
        reports=Reports.of(ledger, tables, today),
        registers=registers,
        outcomes=outcomes_of(ledger, sources, not_data, nothing),
        issues=sorted(
            [
                *(issue for batch in batches for issue in batch.issues),
                *contradicted(tables, portal),
                *registers.issues,
                *_unknown(registers, ledger),
                *_without_record(ledger, sources, portal),
                *_repeated(ledger, sources, portal),
                *_undetermined(tallies, portal),
            ]
        ),
        mendings=sorted(mending for batch in batches for mending in batch.mendings),
    )


def _portions(files: Iterable[SourceFile], root: Path) -> list[list[SourceFile]]:
    """The files of one kind and month, in portions of bounded size."""
    portions: list[list[SourceFile]] = []
    room = 0
    for file in files:
        # A packed month is one portion: its files are decoded together.
        size = 0 if file.pack else _bytes(file, root)
        if not portions or size > room:
            portions.append([])
            room = _PORTION
        portions[-1].append(file)
        room -= size
    return portions


def bytes_of(files: Iterable[SourceFile], root: Path) -> int:
    """How large some files are together."""
    return sum(_bytes(file, root) for file in files)


def _bytes(file: SourceFile, root: Path) -> int:
    return (root / (file.pack or file.path)).stat().st_size


def _unknown(registers: Registers, ledger: pd.DataFrame) -> Iterable[Issue]:
    """An issue for each line of a register whose id no record has."""
    for name, lines in ((WITHDRAWALS, registers.withdrawals), (OBJECTIONS, registers.objections)):
        wanted = from_text(lines["id"])
        known = np.isin(wanted, ledger.loc[ledger["id"].isin(wanted), "id"].to_numpy())
        if not known.all():
            strange = set(as_text(wanted[~known]))
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


def _undetermined(tallies: Tallies, portal: Portal) -> Iterable[Issue]:
    """One loud line if the calendar does not reach: lateness of these rows is 未定, the rest goes on."""
    count = tallies.undetermined().total()
    if count:
        last = portal.working_days.last
        yield Issue(
            file="data/rules/calendar",
            code="timeliness-undetermined",
            details=(("count", str(count)), ("year", str(last.year + 1)), ("last", last.isoformat())),
        )
