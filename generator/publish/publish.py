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

from generator.check.batch import check_batch
from generator.intake.read import read_source
from generator.intake.registers import OBJECTIONS, WITHDRAWALS, Registers, read_registers
from generator.intake.table import Batch, RawTable, SourceFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.model.record_id import as_text, from_text
from generator.progress import Progress
from generator.publish import ledger as book
from generator.publish.admit import admit, rows_and_units
from generator.publish.codes import CodeQuality, code_lines, code_quality
from generator.publish.hidden import Hidden, write_hidden
from generator.publish.leaving import Withdrawn
from generator.publish.tallies import Tallies
from generator.publish.view import Marks, Part, Partition, Parts, PublicView, write_parts


@dataclass(frozen=True)
class Published:
    """What later rooms get to know of the records."""

    view: PublicView
    tallies: Tallies
    codes: CodeQuality
    hidden: Hidden
    """For `verify` and the check of articles alone."""
    registers: Registers
    issues: list[Issue]


@dataclass(frozen=True)
class _Prepared:
    """The files of one kind and month, checked and admitted."""

    parts: list[Part]
    hidden: tuple[str, Path]
    ledger: pd.DataFrame
    codes: pd.DataFrame
    issues: list[Issue]


def publish(
    portal: Portal,
    sources: list[SourceFile],
    today: date,
    folder: Path,
    executor: Executor,
    progress: Progress,
) -> Published:
    """Check and admit all sources, month by month, and settle which rows stand.

    `folder` takes the admitted rows until the view is read.
    """
    registers = read_registers(portal)
    withdrawn = Withdrawn.of(registers.withdrawn(today))
    numbered = list(enumerate(sources))
    batches = [list(batch) for _, batch in groupby(numbered, key=lambda entry: (entry[1].kind, entry[1].month))]
    work = executor.map(partial(prepare, portal, today=today, folder=folder, withdrawn=withdrawn), batches)
    prepared = list(progress.track("核查数据", work, len(batches)))

    ledger = book.join(batch.ledger for batch in prepared)
    superseded = np.sort(ledger.loc[ledger["state"] == book.SUPERSEDED, "row"].to_numpy())
    corrections = book.corrections(ledger)
    marks = Marks(
        corrected=corrections["id"].to_numpy(),
        corrected_on=corrections["reported"].to_numpy(),
        first_reported=corrections["first"].to_numpy(),
        under_objection=from_text(registers.under_objection(today)),
    )
    parts = _by_partition(part for batch in prepared for part in batch.parts)
    gone = book.gone(ledger)
    return Published(
        view=PublicView(parts, superseded, marks, gone["id"].to_numpy(), gone["left"].to_numpy(), _left_on(gone)),
        tallies=Tallies.of(ledger, [unit.region for unit in portal.site.units]),
        codes=code_quality((batch.codes for batch in prepared), superseded),
        hidden=Hidden(tuple(batch.hidden for batch in prepared), parts, superseded),
        registers=registers,
        issues=sorted(
            [
                *(issue for batch in prepared for issue in batch.issues),
                *registers.issues,
                *_unknown(registers, ledger),
                *_repeated(ledger, sources, portal),
                *_undetermined(ledger, portal),
            ]
        ),
    )


def prepare(
    portal: Portal, batch: list[tuple[int, SourceFile]], today: date, folder: Path, withdrawn: Withdrawn
) -> _Prepared:
    """Read, check and admit the files of one kind and month. Runs in a worker."""
    issues: list[Issue] = []
    tables: list[RawTable] = []
    files: list[int] = []
    for number, source in batch:
        read, faults = read_source(source, portal)
        issues += faults
        tables += read
        files += [number] * len(read)
    source = batch[0][1]
    kind = portal.kinds[source.kind]
    checked = check_batch(Batch(kind, source.month, tables), portal, today)
    admitted = admit(checked, portal, today, files, withdrawn)
    codes = code_lines(checked, *rows_and_units(checked.batch, portal, files), portal)
    parts = write_parts(admitted.records, kind, folder, source.month)
    hidden = write_hidden(admitted.hidden, kind, folder, source.month)
    return _Prepared(parts, (kind.id, hidden), admitted.ledger, codes, [*issues, *checked.issues])


def _unknown(registers: Registers, ledger: pd.DataFrame) -> Iterable[Issue]:
    """An issue for each line of a register whose id no record has."""
    for name, lines in ((WITHDRAWALS, registers.withdrawals), (OBJECTIONS, registers.objections)):
        known = np.isin(from_text(lines["id"]), ledger["id"].to_numpy())
        if not known.all():
            strange = set(as_text(from_text(lines["id"])[~known]))
            for text, row in lines[lines["id"].isin(strange)][["id", "row"]].itertuples(index=False):
                yield Issue(name, row=int(row), code="register-unknown", value=text)


def _left_on(gone: pd.DataFrame) -> dict[Partition, str]:
    """Kind and month of decision → day on which a record last left it."""
    last = gone.groupby(["kind", "decided"], observed=True)["left"].max()
    days = book.as_days(last.to_numpy())
    return {
        (kind, f"{month // 100}-{month % 100:02}"): day for (kind, month), day in zip(last.index, days, strict=True)
    }


def _by_partition(parts: Iterable[Part]) -> Parts:
    found: Parts = {}
    for part in parts:
        found[part.partition] = (*found.get(part.partition, ()), part.path)
    return found


def _repeated(ledger: pd.DataFrame, sources: list[SourceFile], portal: Portal) -> Iterable[Issue]:
    """An issue for each row that another one supersedes, naming the row that stands."""
    superseded = ledger[ledger["state"] == book.SUPERSEDED]
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
