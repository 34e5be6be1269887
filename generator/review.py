"""What `portal check` does: reads and checks all data and articles and says what would become of them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.bulletin.archive import compile_bulletins
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.issues import bulletin_issues
from generator.bulletin.units import unit_histories
from generator.check.revision import check_revision
from generator.check.undone import undone_withdrawals
from generator.check.vanished import vanished_rows
from generator.intake.articles import CONTENT
from generator.intake.sources import find_sources, sources_at
from generator.intake.statistics import STATISTICS, StatisticsFile, find_statistics, place_statistics
from generator.intake.table import SourceFile
from generator.issues import Issue
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.edition import publish_articles
from generator.publish.publish import publish
from generator.publish.tallies import Tallies
from generator.statistics.compiled import compile_statistics


@dataclass(frozen=True)
class Review:
    """The result of a check."""

    files: int
    tallies: Tallies
    issues: list[Issue]


def review(portal: Portal, files: list[Path], today: date, since: str | None, jobs: int) -> Review:
    """Check the given files of records, statistics and articles, or all.

    `since` is a revision of the data's git repository, or None.
    """
    articles = publish_articles(portal, today).issues
    if files:
        names = {path: _below(path, portal) for path in files}
        articles = [issue for issue in articles if issue.file in names.values()]
        data = [path for path, name in names.items() if not name.startswith(f"{CONTENT}/")]
        placed = [entry for path in data for entry in _placed(path, portal)]
        sources = sorted({entry for entry in placed if isinstance(entry, SourceFile)})
        tables = sorted({entry for entry in placed if isinstance(entry, StatisticsFile)})
        issues = [entry for entry in placed if isinstance(entry, Issue)]
    else:
        sources, issues = find_sources(portal)
        tables, strays = find_statistics(portal)
        issues += strays
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs) as executor:
        published = publish(portal, sources, today, Path(folder), executor, Progress())
    statistics = compile_statistics(portal, tables, published.tallies, today)
    issues = [*issues, *articles, *published.issues, *statistics.issues]
    if not files:
        rules = load_bulletin_rules(portal)
        bulletins = compile_bulletins(portal, rules, statistics.tables, published.tallies, today)
        issues += bulletin_issues(bulletins, unit_histories(portal, rules, bulletins))
    if since:
        check_revision(portal, since)
        issues += vanished_rows(portal, since, today)
        issues += undone_withdrawals(portal, since, today)
    return Review(len(sources) + len(tables), published.tallies, sorted(issues))


def _below(path: Path, portal: Portal) -> str:
    """Path below the portal's root; "" for a file elsewhere."""
    path = path.resolve()
    return path.relative_to(portal.root).as_posix() if path.is_relative_to(portal.root) else ""


def _placed(path: Path, portal: Portal) -> Sequence[SourceFile | StatisticsFile | Issue]:
    try:
        below = path.resolve().relative_to(portal.root)
        if below.is_relative_to(STATISTICS):
            return [place_statistics(below.as_posix(), portal)]
        return sources_at(below.as_posix(), portal)
    except ValueError:
        return [Issue(path.name, code="file-misplaced")]
