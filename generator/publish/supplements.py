"""What becomes known of a record later, such as whether a promise was kept, and comes in files of its own.

It is joined with the record before the record is admitted: so the state that is shown, the display period and what
is not for the public follow from the record as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import pandas as pd
import pyarrow.feather as feather

from generator.check.batch import CheckedBatch
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.record_id import record_ids
from generator.publish import ledger as book
from generator.publish.admit import row_places, withheld_lines


@dataclass(frozen=True)
class Additions:
    """The rows of supplement files of one kind and month."""

    supplement: str
    rows: pd.DataFrame
    """id uint64, row int64, reported (ISO), and the fields of the supplement, of the accepted rows."""
    ledger: pd.DataFrame
    hidden: pd.DataFrame
    """Public fields of all rows: where they complete nothing that is shown, they are nowhere on the site."""

    def moved(self, files: int) -> Additions:
        """The same, where so many more files go before its own."""
        return replace(self, rows=self.rows.assign(row=book.moved(self.rows["row"], files)))


def additions(checked: CheckedBatch, portal: Portal, files: list[int]) -> Additions:
    """Of checked rows of a supplement. `files`: for each table, the place of its file among those of the batch."""
    form, accepted = checked.batch.kind, checked.accepted
    kind = portal.kinds[portal.supplemented[form.id]]
    row, unit = row_places(checked.batch, portal, files)
    frame = checked.frame[accepted].reset_index(drop=True)
    ids = record_ids(frame, kind, portal.site.id_key)
    reported = frame[form.roles.reported]
    lines = book.lines(
        row[accepted],
        kind=form.id,
        unit=unit[accepted],
        month=reported.str.slice(0, 7),
        state=book.ADDED,
        id=ids,
        reported=book.as_number(reported),
        counted=True,
    )
    fields = list(kind.supplements[form.id].fields)
    return Additions(
        supplement=form.id,
        rows=frame[fields].assign(id=ids, row=row[accepted], reported=reported),
        ledger=pd.concat([lines, withheld_lines(checked, portal, row, unit, files)], ignore_index=True),
        hidden=checked.frame[list(form.public_fields)],
    )


def write_additions(found: Iterable[Additions], folder: Path) -> None:
    """Lay aside what was reported last of each record, for `completed`."""
    rows: dict[str, list[pd.DataFrame]] = {}
    for one in found:
        if len(one.rows):
            rows.setdefault(one.supplement, []).append(one.rows)
    for supplement, parts in rows.items():
        together = pd.concat(parts, ignore_index=True).sort_values(["id", "reported", "row"])
        last = together.drop_duplicates("id", keep="last").drop(columns="row")
        feather.write_feather(last, _path(folder, supplement), compression="uncompressed")


def said_later(kind: Kind, folder: Path) -> bytes:
    """Digest of all that was reported later of records of a kind; b"" where nothing was."""
    paths = [path for name in kind.supplements if (path := _path(folder, name)).exists()]
    return b"".join(blake2b(path.read_bytes(), digest_size=16).digest() for path in paths)


def completed(checked: CheckedBatch, kind: Kind, portal: Portal, folder: Path) -> pd.DataFrame:
    """The rows of a batch with what was reported of them later, in place of what they said themselves."""
    frame = checked.frame
    for name, supplement in kind.supplements.items():
        if not _path(folder, name).exists() or frame.empty:
            continue
        later = feather.read_feather(_path(folder, name)).set_index("id")
        place = later.index.get_indexer(record_ids(frame, kind, portal.site.id_key))
        reported = later["reported"].to_numpy(dtype=object)[place]
        applies = (place >= 0) & (reported >= frame[kind.roles.reported].to_numpy(dtype=object)) & checked.accepted
        for code in supplement.fields:
            values = pd.Series(later[code].to_numpy(dtype=object)[place], index=frame.index, dtype="str")
            frame = frame.assign(**{code: frame[code].where(~applies, values)})
    return frame


def unknown(ledger: pd.DataFrame, supplemented: dict[str, str]) -> Iterable[tuple[str, int]]:
    """Supplement and row number of each row that completes no record."""
    for supplement, kind in supplemented.items():
        lines = ledger[(ledger["kind"] == supplement) & (ledger["state"] != book.WITHHELD)]
        known = ledger.loc[ledger["kind"] == kind, "id"]
        for row in lines.loc[~lines["id"].isin(known), "row"]:
            yield supplement, int(row)


def _path(folder: Path, supplement: str) -> Path:
    return folder / f"supplement-{supplement}.arrow"
