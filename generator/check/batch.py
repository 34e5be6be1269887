"""Checks the rows of a batch of tables: values into their normal form, then rule by rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from generator.check.privacy import check_privacy
from generator.check.rules import CHECKS, Finding, Rows
from generator.intake.table import Batch
from generator.issues import Issue, catalogue, masked
from generator.model.condition import holds
from generator.model.kind import Field
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES, Fault, Reading
from generator.model.values.code import CreditCode


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
    passing: bool
    """Whether the outcome may be another tomorrow, though no file changes."""


def check_batch(batch: Batch, portal: Portal, today: date) -> CheckedBatch:
    """Check every row of a batch. Never raises for data."""
    columns: dict[str, pd.Series] = {}
    findings: list[Finding] = []
    unreadable: dict[str, np.ndarray] = {}
    for code, declared in batch.kind.fields.items():
        vocabulary = portal.vocabularies[declared.vocab] if declared.vocab else None
        reading = VALUE_TYPES[declared.type].read(batch.column(code), vocabulary)
        columns[code] = reading.values
        for fault in _with_issued(reading, portal):
            if fault.rows.any():
                findings.append(Finding(fault.code, fault.rows, code))
                if catalogue()[fault.code].withholds == "row":
                    unreadable[code] = unreadable.get(code, False) | fault.rows
    rows = Rows(batch, pd.DataFrame(columns), unreadable, portal, today)
    findings = [_only_where_checked(finding, rows) for finding in findings]
    for check in (*CHECKS, check_privacy):
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
    return CheckedBatch(batch, rows.frame, accepted, issues, passing)


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
    return Finding(finding.code, finding.rows & holds(demand.when, rows.frame, rows.kind), finding.column)


def _secrets(findings: list[Finding], rows: Rows) -> dict[str, np.ndarray]:
    """Field → rows whose value no message may repeat: private, shown masked, or holding personal information."""
    secrets: dict[str, np.ndarray] = {}
    for code, field in rows.kind.fields.items():
        if field.private:
            secrets[code] = np.ones(len(rows.frame), dtype=bool)
        elif field.mask is not None:
            secrets[code] = holds(field.mask.when, rows.frame, rows.kind)
    for finding in findings:
        if finding.secret:
            secrets[finding.column] = secrets.get(finding.column, False) | finding.rows
    return secrets


def _issues(finding: Finding, rows: Rows, secrets: dict[str, np.ndarray]) -> Iterable[Issue]:
    batch = rows.batch
    declared = rows.kind.fields[finding.column]
    shared = {**_field_words(declared, rows.portal), **finding.details}
    values = rows.frame[finding.column].tolist()
    hidden = secrets.get(finding.column, np.zeros(len(values), dtype=bool))
    for place in np.flatnonzero(finding.rows).tolist():
        value = values[place]
        table = batch.tables[batch.table[place]]
        yield Issue(
            file=table.source.path,
            sheet=table.sheet,
            row=int(batch.rows[place]),
            column=declared.title,
            code=finding.code,
            value=masked(value, bool(hidden[place]), VALUE_TYPES[declared.type].is_code),
            details=tuple({**shared, "length": str(len(value))}.items()),
            line=int(batch.lines[place]),
            column_number=table.places.get(finding.column, 0),
        )


def _field_words(declared: Field, portal: Portal) -> dict[str, str]:
    """What the messages may say about a field: its options and unit."""
    words = {"unit": f"（单位：{declared.unit}）" if declared.unit else ""}
    if declared.vocab:
        vocabulary = portal.vocabularies[declared.vocab]
        words["options"] = "、".join([*vocabulary.values, *(f"{opening}（写明类别）" for opening in vocabulary.open)])
    return words
