"""The record that each row of a data file is, faulty rows included."""

from __future__ import annotations

from datetime import date

import pandas as pd

from generator.check.batch import check_batch
from generator.intake.read import read_source
from generator.intake.table import Batch, SourceFile
from generator.model.portal import Portal
from generator.model.record_id import as_text, record_ids

NO_KEYS = pd.DataFrame({name: [] for name in ("path", "kind", "id", "row", "number")}).astype(
    {"path": "str", "kind": "str", "id": "uint64", "row": "int32", "number": "str"}
)


def row_keys(source: SourceFile, portal: Portal, today: date) -> pd.DataFrame:
    """path, kind, id, row and number of every row of a file that could be read, faulty ones included."""
    kind = portal.forms[source.kind]
    found = [NO_KEYS]
    for table in read_source(source, portal)[0]:
        frame = check_batch(Batch(kind, source.month, [table]), portal, today).frame
        ids = record_ids(frame, kind, portal.site.id_key)
        found.append(
            pd.DataFrame(
                {
                    "path": source.path,
                    "kind": kind.id,
                    "id": ids,
                    "row": table.rows,
                    # Where records have no number, their id: a name may be personal.
                    "number": frame[kind.roles.number] if kind.roles.number else as_text(ids),
                }
            )
        )
    return pd.concat(found, ignore_index=True)
