"""What `portal check` does: reads and checks data files and says what would become of them."""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check.revision import check_revision
from generator.check.undone import undone_withdrawals
from generator.check.vanished import vanished_rows
from generator.intake.sources import find_sources, sources_at
from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.publish import publish
from generator.publish.tallies import Tallies


@dataclass(frozen=True)
class Review:
    """The result of a check."""

    files: int
    tallies: Tallies
    issues: list[Issue]


def review(portal: Portal, files: list[Path], today: date, since: str | None, jobs: int) -> Review:
    """Check the given files, or all. `since` is a revision of the data's git repository, or None."""
    if files:
        placed = [entry for path in files for entry in _sources(path, portal)]
        sources = sorted({entry for entry in placed if isinstance(entry, SourceFile)})
        issues = [entry for entry in placed if isinstance(entry, Issue)]
    else:
        sources, issues = find_sources(portal)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as executor:
        published = publish(portal, sources, today, Path(folder), executor, Progress())
    issues = [*issues, *published.issues]
    if since:
        check_revision(portal, since)
        issues += vanished_rows(portal, since, today)
        issues += undone_withdrawals(portal, since, today)
    return Review(len(sources), published.tallies, sorted(issues))


def _sources(path: Path, portal: Portal) -> list[SourceFile | Issue]:
    try:
        return sources_at(path.resolve().relative_to(portal.root).as_posix(), portal)
    except ValueError:
        return [Issue(path.name, code="file-misplaced")]
