"""What `portal check` does: reads and checks data files and articles and says what would become of them."""

from __future__ import annotations

import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.check.revision import check_revision
from generator.check.undone import undone_withdrawals
from generator.check.vanished import vanished_rows
from generator.intake.articles import CONTENT
from generator.intake.sources import find_sources, sources_at
from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.edition import publish_articles
from generator.publish.publish import publish
from generator.publish.tallies import Tallies


@dataclass(frozen=True)
class Review:
    """The result of a check."""

    files: int
    tallies: Tallies
    issues: list[Issue]


def review(portal: Portal, files: list[Path], today: date, since: str | None, jobs: int) -> Review:
    """Check the given data files and articles, or all. `since` is a revision of the data's git repository, or None."""
    articles = publish_articles(portal, today).issues
    if files:
        names = {path: _below(path, portal) for path in files}
        articles = [issue for issue in articles if issue.file in names.values()]
        data = [path for path, name in names.items() if not name.startswith(f"{CONTENT}/")]
        placed = [entry for path in data for entry in _sources(path, portal)]
        sources = sorted({entry for entry in placed if isinstance(entry, SourceFile)})
        issues = [entry for entry in placed if isinstance(entry, Issue)]
    else:
        sources, issues = find_sources(portal)
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as executor:
        published = publish(portal, sources, today, Path(folder), executor, Progress())
    issues = [*issues, *articles, *published.issues]
    if since:
        check_revision(portal, since)
        issues += vanished_rows(portal, since, today)
        issues += undone_withdrawals(portal, since, today)
    return Review(len(sources), published.tallies, sorted(issues))


def _below(path: Path, portal: Portal) -> str:
    """Path below the portal's root; "" for a file elsewhere."""
    path = path.resolve()
    return path.relative_to(portal.root).as_posix() if path.is_relative_to(portal.root) else ""


def _sources(path: Path, portal: Portal) -> list[SourceFile | Issue]:
    try:
        return sources_at(path.resolve().relative_to(portal.root).as_posix(), portal)
    except ValueError:
        return [Issue(path.name, code="file-misplaced")]
