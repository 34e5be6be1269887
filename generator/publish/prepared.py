"""Files of one kind and month of report, read, checked and admitted: what holds for longer than a day.

A city's files hardly change from one night to the next, and what becomes of their rows changes with the day only
through `leaving.settle`. So a batch is prepared once for as long as its files, the declarations, the program and the
rule sets in force are the same.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

from generator.check.batch import CheckedBatch, check_batch
from generator.intake.read import read_source
from generator.intake.table import Batch, RawTable, SourceFile
from generator.issues import Issue
from generator.mendings import Mending
from generator.model.portal import Portal
from generator.publish.admit import admit, row_places
from generator.publish.codes import NO_CODES, code_lines
from generator.publish.hidden import write_hidden
from generator.publish.numbers import NO_NUMBERS, number_lines
from generator.publish.reports import sent_lines
from generator.publish.supplements import Additions, additions, completed, said_later
from generator.publish.view import Part, write_parts

_ENTRY = "prepared.json"
_LEDGER, _CODES, _NUMBERS, _SENT = "ledger.arrow", "codes.arrow", "numbers.arrow", "sent.arrow"


@dataclass(frozen=True)
class JudgedBatch:
    """What becomes of the rows of some files of one kind and month of report."""

    ledger: pd.DataFrame
    """As in `ledger`; `row` counts files from the first one of the batch."""
    issues: list[Issue]
    mendings: list[Mending]
    sent: pd.DataFrame
    """As in `reports`."""


@dataclass(frozen=True)
class Prepared(JudgedBatch):
    """The same, and the rows themselves, laid aside."""

    parts: list[Part]
    hidden: tuple[str, Path]
    codes: pd.DataFrame
    """As in `codes`, rows counted as in the ledger."""
    numbers: pd.DataFrame
    """As in `numbers`."""
    kept_as: str = ""
    """The name it is kept under, "" if it is not."""


@dataclass(frozen=True)
class KeptBatches:
    """Where prepared batches are kept between builds. What lies there is as private as the data themselves."""

    folder: Path
    foundation: str
    """Fingerprint of the program and the declarations."""

    def drop_others(self, used: Iterable[str]) -> None:
        """Remove what this build had no use for: the files have changed, or are gone."""
        wanted = set(used)
        for path in self.folder.iterdir():
            if path.name not in wanted:
                shutil.rmtree(path)


def judge(portal: Portal, batch: list[SourceFile], today: date, folder: Path) -> JudgedBatch:
    """Read, check and admit, and lay nothing aside. Runs in a worker; `folder` has what supplements say."""
    checked, files, issues, _ = _checked(portal, batch, today)
    admitted = admit(checked, completed(checked, checked.batch.kind, portal, folder), portal, today, files)
    return JudgedBatch(admitted.ledger, issues, checked.mendings, sent_lines(checked.batch, portal))


def prepare(portal: Portal, batch: list[SourceFile], today: date, folder: Path, kept: KeptBatches | None) -> Prepared:
    """The batch as it was kept, or made anew and kept.

    Runs in a worker. `folder` has what supplements say, and takes what is not kept.
    """
    if kept is None:
        return _made(portal, batch, today, folder, _place_in(folder))[0]
    name = _key(portal, batch, today, kept.foundation, folder)
    place = kept.folder / name
    if (found := _load(place, batch[0], today)) is not None:
        return found
    new = folder / name
    new.mkdir()
    prepared, passing = _made(portal, batch, today, folder, new)
    if passing:
        return prepared
    _save(prepared, new, today)
    # Whole or not at all: a build that is stopped leaves no half of a batch behind.
    shutil.rmtree(place, ignore_errors=True)
    new.rename(place)
    return _load(place, batch[0], today) or prepared


def prepare_additions(portal: Portal, batch: list[SourceFile], today: date, folder: Path) -> tuple[Additions, Prepared]:
    """Read and check the files of one supplement and month. Runs in a worker."""
    checked, files, issues, _ = _checked(portal, batch, today)
    form = checked.batch.kind
    found = additions(checked, portal, files)
    hidden = write_hidden(found.hidden, form, _place_in(folder), checked.batch.month)
    said = (found.ledger, issues, checked.mendings, sent_lines(checked.batch, portal))
    return found, Prepared(*said, parts=[], hidden=(form.id, hidden), codes=NO_CODES, numbers=NO_NUMBERS)


def _place_in(folder: Path) -> Path:
    """A folder for the rows of one batch: a month may have several."""
    return Path(tempfile.mkdtemp(dir=folder))


def _made(portal: Portal, batch: list[SourceFile], today: date, folder: Path, place: Path) -> tuple[Prepared, bool]:
    """Read, check and admit; and whether the outcome may be another though the files stay as they are.

    `folder` has what supplements say; `place` takes the rows.
    """
    checked, files, issues, passing = _checked(portal, batch, today)
    kind, month = checked.batch.kind, checked.batch.month
    admitted = admit(checked, completed(checked, kind, portal, folder), portal, today, files)
    parts = write_parts(admitted.records, kind, place, month)
    hidden = write_hidden(admitted.hidden, kind, place, month)
    rows, units = row_places(checked.batch, portal, files)
    codes = code_lines(checked, rows, units, portal)
    said = (admitted.ledger, issues, checked.mendings, sent_lines(checked.batch, portal))
    numbers = number_lines(checked, units)
    return Prepared(*said, parts=parts, hidden=(kind.id, hidden), codes=codes, numbers=numbers), passing


def _checked(portal: Portal, batch: list[SourceFile], today: date) -> tuple[CheckedBatch, list[int], list[Issue], bool]:
    """The rows of some files of one folder, the place of each table's file, all that is wrong, and whether any of
    this may be another tomorrow."""
    issues: list[Issue] = []
    tables: list[RawTable] = []
    files: list[int] = []
    for place, source in enumerate(batch):
        read, faults = read_source(source, portal)
        issues += faults
        tables += read
        files += [place] * len(read)
    checked = check_batch(Batch(portal.forms[batch[0].kind], batch[0].month, tables), portal, today)
    # The day of a commit is not in the file, so its content does not tell whether it is still the same.
    passing = checked.passing or any(table.dated_by_commit for table in tables)
    return checked, files, [*issues, *checked.issues], passing


def _key(portal: Portal, batch: list[SourceFile], today: date, foundation: str, folder: Path) -> str:
    digest = blake2b(foundation.encode(), digest_size=16)
    digest.update(said_later(portal.kinds[batch[0].kind], folder))
    digest.update(repr(portal.display.in_force(today)).encode())
    for source in batch:
        content = source.digest or blake2b((portal.root / source.path).read_bytes()).hexdigest()
        digest.update(f"{source!r}{content}\n".encode())
    return digest.hexdigest()


def _save(prepared: Prepared, folder: Path, today: date) -> None:
    kept = {_LEDGER: prepared.ledger, _CODES: prepared.codes, _NUMBERS: prepared.numbers, _SENT: prepared.sent}
    for name, lines in kept.items():
        table = pa.Table.from_pandas(lines, preserve_index=False)
        feather.write_feather(table, folder / name, compression="uncompressed")
    entry = {
        "from": today.isoformat(),
        "parts": [(part.partition[1], part.path.name) for part in prepared.parts],
        "hidden": prepared.hidden[1].name,
        "issues": [asdict(issue) for issue in prepared.issues],
        "mendings": [asdict(mending) for mending in prepared.mendings],
    }
    (folder / _ENTRY).write_bytes(orjson.dumps(entry))


def _load(folder: Path, source: SourceFile, today: date) -> Prepared | None:
    """What is kept in a folder, if it holds for the day: rows that were over when it was made may not be on an
    earlier one."""
    if not (folder / _ENTRY).exists():
        return None
    entry = orjson.loads((folder / _ENTRY).read_bytes())
    if today.isoformat() < entry["from"]:
        return None
    return Prepared(
        parts=[Part((source.kind, month), folder / name) for month, name in entry["parts"]],
        hidden=(source.kind, folder / entry["hidden"]),
        ledger=feather.read_table(folder / _LEDGER).to_pandas(),
        codes=feather.read_table(folder / _CODES).to_pandas(),
        issues=[Issue.of(issue) for issue in entry["issues"]],
        mendings=[Mending(**mending) for mending in entry["mendings"]],
        numbers=feather.read_table(folder / _NUMBERS).to_pandas(),
        sent=feather.read_table(folder / _SENT).to_pandas(),
        kept_as=folder.name,
    )
