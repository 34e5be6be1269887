"""Checks the rows of a batch of tables: values into their normal form, then rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from generator.check.amounts import check_amounts
from generator.check.authorities import check_authorities
from generator.check.codes import check_beginnings, check_registries
from generator.check.privacy import check_privacy
from generator.check.rules import RULES, Check, Finding, Rows
from generator.check.spoiled import check_spoiled
from generator.check.units import check_unit
from generator.intake.table import Batch
from generator.issues import Issue, catalogue, masked
from generator.mendings import Mending
from generator.model.kind import Field
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES, Fault, Mended, Reading, Terms
from generator.model.values.base import without_marks
from generator.model.values.code import CreditCode

CHECKS: tuple[Check, ...] = (
    *RULES,
    check_unit,
    check_authorities,
    check_beginnings,
    check_registries,
    check_amounts,
    check_spoiled,
    check_privacy,
)
"""In the order in which a clerk reads their findings."""


@dataclass(frozen=True)
class CheckedBatch:
    """A batch with its values in normal form, and what is wrong with it."""

    batch: Batch
    frame: pd.DataFrame
    """One `str` column per declared field."""
    accepted: np.ndarray
    """Boolean, one entry a row: no fault that withholds it."""
    issues: list[Issue]
    """Those of intake included."""
    mendings: list[Mending]
    passing: bool
    """Whether the outcome may be another tomorrow, though no file changes."""


def check_batch(batch: Batch, portal: Portal, today: date) -> CheckedBatch:
    """Check every row of a batch. Never raises for data."""
    columns: dict[str, pd.Series] = {}
    findings: list[Finding] = []
    unreadable: dict[str, np.ndarray] = {}
    identities: dict[str, np.ndarray] = {}
    mended: list[tuple[str, Mended]] = []
    for code, declared in batch.kind.fields.items():
        reading = _read(batch.column(code), declared, portal)
        columns[code] = reading.values
        mended += [(code, one) for one in reading.mended if one.rows.any()]
        for fault in _with_issued(reading, portal):
            if fault.rows.any():
                findings.append(Finding(fault.code, fault.rows, code, secret=fault.code == CreditCode.identity_fault))
                if catalogue()[fault.code].withholds == "row":
                    unreadable[code] = unreadable.get(code, False) | fault.rows
    rows = Rows(batch, pd.DataFrame(columns), unreadable, identities, portal, today)
    findings = [_only_where_checked(finding, rows) for finding in findings]
    identities |= {finding.column: finding.rows for finding in findings if finding.code == CreditCode.identity_fault}
    for check in CHECKS:
        findings += check(rows)

    secrets = _secrets(findings, rows)
    issues = [issue for table in batch.tables for issue in table.issues]
    refused = [any(catalogue()[issue.code].withholds == "file" for issue in table.issues) for table in batch.tables]
    accepted = ~np.array(refused, dtype=bool)[batch.table]
    for finding in findings:
        if finding.rows.any():
            if catalogue()[finding.code].withholds == "row":
                accepted &= ~finding.rows
            issues += _issues(finding, rows, secrets)
    passing = any(finding.passing and finding.rows.any() for finding in findings)
    mendings = [mending for code, one in mended for mending in _mendings(code, one, rows, secrets)]
    return CheckedBatch(batch, rows.frame, accepted, issues, mendings, passing)


def _read(column: pd.Series, declared: Field, portal: Portal) -> Reading:
    """A column in its normal form; what means “none” is blank first, unless the code list has it."""
    vocabulary = portal.vocabularies[declared.vocab] if declared.vocab else None
    bare, marked = without_marks(column, portal.written, vocabulary)
    reading = VALUE_TYPES[declared.type].read(bare, vocabulary, Terms(declared.unit, portal.written))
    if not marked.any():
        return reading
    # Days have further forms of “none”.
    mended = {"none": marked}
    for one in reading.mended:
        mended[one.way] = mended.get(one.way, False) | one.rows
    return replace(reading, mended=[Mended(way, rows) for way, rows in mended.items()])


def _with_issued(reading: Reading, portal: Portal) -> Iterable[Fault]:
    """The faults of a column, where codes that were issued with a wrong check character are only pointed out."""
    for fault in reading.faults:
        if fault.code == CreditCode.check_fault and portal.issued_codes and fault.rows.any():
            issued = fault.rows & reading.values.isin(portal.issued_codes).to_numpy(dtype=bool)
            yield Fault("code-issued-so", issued)
            fault = Fault(fault.code, fault.rows & ~issued)
        yield fault


def _only_where_checked(finding: Finding, rows: Rows) -> Finding:
    """The form of some values matters only under a condition: a passport has no check digit."""
    demand = rows.kind.fields[finding.column].checked
    if demand is None or demand.when is None or not finding.rows.any():
        return finding
    return replace(finding, rows=finding.rows & rows.where(demand.when))


def _secrets(findings: list[Finding], rows: Rows) -> dict[str, np.ndarray]:
    """Field → rows whose value no message may repeat: private, shown masked, or holding personal information."""
    secrets: dict[str, np.ndarray] = {}
    for code, field in rows.kind.fields.items():
        if field.private:
            secrets[code] = np.ones(len(rows.frame), dtype=bool)
        elif field.mask is not None:
            secrets[code] = rows.where(field.mask.when)
    for finding in findings:
        if finding.secret:
            secrets[finding.column] = secrets.get(finding.column, False) | finding.rows
    return secrets


def _issues(finding: Finding, rows: Rows, secrets: dict[str, np.ndarray]) -> Iterable[Issue]:
    batch = rows.batch
    declared = rows.kind.fields[finding.column]
    shared = {**_field_words(declared, rows.portal), **finding.details}
    places = np.flatnonzero(finding.rows)
    values = rows.frame[finding.column].take(places).tolist()
    hidden = secrets.get(finding.column, np.zeros(len(finding.rows), dtype=bool))
    for place, value in zip(places.tolist(), values, strict=True):
        table = batch.tables[batch.table[place]]
        yield Issue(
            file=table.source.path,
            sheet=table.sheet,
            row=int(batch.rows[place]),
            column=declared.title,
            code=finding.code,
            value=masked(value, bool(hidden[place]), VALUE_TYPES[declared.type].is_code),
            details=tuple({**shared, "length": str(len(value)), **finding.each.get(place, {})}.items()),
            line=int(batch.lines[place]),
            column_number=table.places.get(finding.column, 0),
        )


def _mendings(code: str, one: Mended, rows: Rows, secrets: dict[str, np.ndarray]) -> Iterable[Mending]:
    """For each table of the batch how many values of a column were mended in one way, and the first of them."""
    batch, declared = rows.batch, rows.kind.fields[code]
    places = np.flatnonzero(one.rows)
    tables, first, counts = np.unique(batch.table[places], return_index=True, return_counts=True)
    is_code = VALUE_TYPES[declared.type].is_code
    for table, place, count in zip(tables.tolist(), places[first].tolist(), counts.tolist(), strict=True):
        source = batch.tables[table]
        told = not (code in secrets and secrets[code][place])
        written = source.columns[code][place - int(np.searchsorted(batch.table, table))].as_py() if told else ""
        yield Mending(
            file=source.source.path,
            sheet=source.sheet,
            column=declared.title,
            way=one.way,
            count=count,
            row=int(batch.rows[place]),
            written=masked(written, is_code=is_code),
            read=masked(rows.frame[code].iloc[place], is_code=is_code) if told else "",
        )


def _field_words(declared: Field, portal: Portal) -> dict[str, str]:
    """What the messages may say about a field: its options and unit."""
    words = {"unit": f"（单位：{declared.unit}）" if declared.unit else ""}
    if declared.vocab:
        vocabulary = portal.vocabularies[declared.vocab]
        several = VALUE_TYPES[declared.type].separator
        words["options"] = "、".join([*vocabulary.values, *(f"{opening}（写明类别）" for opening in vocabulary.open)])
        words["options"] += f"；有几项的，中间用“{several}”隔开" if several else ""
    return words
