"""The quality of unified social credit codes: which are wrong, and which stand for several names or share one.

Every row with a code takes part, withheld ones too, but not those of natural persons (whose names are masked), nor
rows that a later report replaces. Only hashes are compared, so five million rows take some 150 MB.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from generator.check.batch import CheckedBatch
from generator.model.code_faults import CHECK, CODES, FAULTS, FORM, NAMES
from generator.model.condition import holds
from generator.model.folding import folded, unified
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.record_id import hashed
from generator.model.values import VALUE_TYPES
from generator.model.values.code import CreditCode

_RIGHT, _WRONG_FORM, _WRONG_CHECK = range(3)

NO_CODES = pd.DataFrame(
    {
        "kind": pd.Series(dtype="str"),
        "month": pd.Series(dtype="str"),
        "unit": pd.Series(dtype="int16"),
        "row": pd.Series(dtype="int64"),
        "code": pd.Series(dtype="uint64"),
        "name": pd.Series(dtype="uint64"),
        "state": pd.Series(dtype="int8"),
    }
)
"""Lines of codes, one for each row that has one, with its place in its batch for an index: month is that of the file's
folder; row as in the ledger; code, name: hashes of the forms that are compared, name 0 where there is none."""


@dataclass(frozen=True)
class CodeQuality:
    """Counts, and what is needed to find the rows again. No code and no name."""

    counts: pd.DataFrame
    """kind, month, unit (place in site.units), then int64: `coded` (rows with a code), each of FAULTS, and `faulty`
    (rows with at least one of them)."""
    repeated_codes: np.ndarray
    """Hashes of codes that stand beside several names, sorted: uint64."""
    repeated_names: np.ndarray
    """Hashes of names that stand beside several codes, sorted: uint64."""
    files: list[int]
    """Places of the sources that have a faulty row."""
    superseded: np.ndarray
    """Numbers of the rows that a later report replaces, which take no part, sorted: int64."""


def code_lines(checked: CheckedBatch, rows: np.ndarray, units: np.ndarray, portal: Portal) -> pd.DataFrame:
    """The rows of a batch that have a code and are not about natural persons: columns as in `NO_CODES`.

    `rows`, `units`: for each row of the batch its number in the ledger and the place of its unit.
    """
    kind, frame = checked.batch.kind, checked.frame
    field = kind.roles.subject_code
    if field is None or kind.fields[field].type != CreditCode.name:
        return NO_CODES
    codes = frame[field]
    coded = ((codes != "") & (codes != CreditCode.placeholder)).to_numpy(dtype=bool) & ~_persons(frame, kind)
    places = np.flatnonzero(coded)
    codes = codes.take(places).reset_index(drop=True)
    state = np.full(len(codes), _RIGHT, np.int8)
    for fault in VALUE_TYPES[CreditCode.name].read(codes, None).faults:
        state[fault.rows] = _WRONG_FORM if fault.code == CreditCode.form_fault else _WRONG_CHECK
    # What was issued so is right by definition.
    state[codes.isin(portal.issued_codes).to_numpy(dtype=bool)] = _RIGHT
    key = portal.site.id_key
    return pd.DataFrame(
        {
            "kind": kind.id,
            "month": checked.batch.month,
            "unit": units[places],
            "row": rows[places],
            "code": _hashed(codes, key),
            "name": _hashed(frame[kind.roles.subject].take(places), key),
            "state": state,
        },
        index=places,
    )


def code_quality(lines: Iterable[pd.DataFrame], superseded: np.ndarray) -> CodeQuality:
    """Compare the lines of all batches. `superseded`: row numbers that a later report replaces, sorted."""
    together = pd.concat([NO_CODES, *lines], ignore_index=True).astype({"kind": "category", "month": "category"})
    if len(superseded):
        together = together[~np.isin(together["row"].to_numpy(), superseded)]
    code, name = together["code"].to_numpy(), together["name"].to_numpy()
    # What is not formed as a code is compared with none: it is none.
    compared = (together["state"] != _WRONG_FORM).to_numpy() & (name != 0)
    repeated_codes = _with_several(code[compared], name[compared])
    repeated_names = _with_several(name[compared], code[compared])
    faults = code_faults(together, repeated_codes, repeated_names)
    faulty = faults.any(axis=1)
    counted = pd.concat([together[["kind", "month", "unit"]], faults], axis=1).assign(coded=1, faulty=faulty)
    counts = counted.groupby(["kind", "month", "unit"], observed=True)[["coded", *FAULTS, "faulty"]].sum()
    files = np.unique(together["row"].to_numpy()[faulty.to_numpy()] >> 32).tolist()
    return CodeQuality(
        counts.astype("int64").reset_index().astype({"kind": "str", "month": "str"}),
        repeated_codes,
        repeated_names,
        files,
        superseded,
    )


def code_faults(lines: pd.DataFrame, repeated_codes: np.ndarray, repeated_names: np.ndarray) -> pd.DataFrame:
    """Which of the FAULTS each line has: a boolean column for each."""
    comparable = (lines["state"] != _WRONG_FORM).to_numpy() & (lines["name"] != 0).to_numpy()
    return pd.DataFrame(
        {
            FORM: (lines["state"] == _WRONG_FORM).to_numpy(),
            CHECK: (lines["state"] == _WRONG_CHECK).to_numpy(),
            NAMES: comparable & np.isin(lines["code"].to_numpy(), repeated_codes),
            CODES: comparable & np.isin(lines["name"].to_numpy(), repeated_names),
        },
        index=lines.index,
    )


def _persons(frame: pd.DataFrame, kind: Kind) -> np.ndarray:
    """Rows about natural persons: those whose subject is shown masked."""
    mask = kind.fields[kind.roles.subject].mask
    return np.zeros(len(frame), dtype=bool) if mask is None else holds(mask.when, frame, kind)


def _hashed(column: pd.Series, key: str) -> np.ndarray:
    """uint64 of the form in which values are compared, 0 for nothing; keyed as the ids of records are."""
    text = folded(unified(column.array.__arrow_array__()))
    return np.where(pc.equal(text, "").to_numpy(zero_copy_only=False), np.uint64(0), hashed(text, key))


def _with_several(ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Values of `ones` that stand beside more than one value of `others`, sorted."""
    order = np.lexsort((others, ones))
    ones, others = ones[order], others[order]
    again = ones[1:] == ones[:-1]
    found: np.ndarray = np.unique(ones[1:][again & (others[1:] != others[:-1])])
    return found
