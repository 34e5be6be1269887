"""Which files are handed back as marked workbooks, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.intake.file_names import readable
from generator.intake.names import Names, names_of
from generator.intake.own_marks import without_answer
from generator.intake.read import read_sheets
from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.publish.outcomes import FileOutcome
from generator.report.workbook import marked_workbook
from generator.review import Review

SUFFIX = "-核查结果.xlsx"
FOLDER = "build/answers"
"""Where workbooks of the portal's own files go: not under data/, where they would be read as data."""


def handed_back(review: Review, portal: Portal) -> Iterator[tuple[Path, bytes]]:
    """Where it goes by itself → workbook, for each file of records with an issue and each that lies elsewhere."""
    outcomes = {outcome.source.path: outcome for outcome in review.outcomes}
    found: dict[str, list[Issue]] = {}
    for issue in review.issues:
        found.setdefault(issue.file, []).append(issue)
    for name, path in review.elsewhere.items():
        target = path.with_name(f"{path.stem}{SUFFIX}")
        yield target, _workbook(path, found.get(name, []), outcomes.get(name), portal, readable(path.name))
    for name, outcome in outcomes.items():
        if name in found and name not in review.elsewhere:
            source = outcome.source
            target = portal.root / FOLDER / f"{source.kind}-{source.month}-{source.unit}{SUFFIX}"
            yield target, _workbook(portal.root / name, found[name], outcome, portal, Path(name).name)


def _workbook(path: Path, issues: list[Issue], outcome: FileOutcome | None, portal: Portal, called: str) -> bytes:
    source = outcome.source if outcome and outcome.source.pack else SourceFile(path.name, "", "", "")
    names = names_of(portal.forms[outcome.source.kind]) if outcome else Names.of_any(portal.forms.values())
    sheets = read_sheets(source, portal.root if source.pack else path.parent, names)
    tables = [] if isinstance(sheets, Issue) else without_answer(sheets)
    return marked_workbook(path, called, tables, issues, outcome)
