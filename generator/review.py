"""What `portal check` does: reads and checks all data and articles and says what would become of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from generator.bulletin.archive import compile_bulletins
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.issues import bulletin_issues
from generator.bulletin.units import unit_histories
from generator.check.revision import check_revision
from generator.check.undone import undone_withdrawals
from generator.check.vanished import vanished_rows
from generator.desk import NOTHING_SAID, Said, laid_out
from generator.intake.articles import CONTENT
from generator.intake.file_names import readable
from generator.intake.sources import find_sources, sources_at
from generator.intake.statistics import STATISTICS, StatisticsFile, find_statistics, place_statistics
from generator.intake.table import SourceFile
from generator.issues import Issue, catalogue
from generator.mendings import Mending
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.edition import publish_articles
from generator.publish.ledger import join
from generator.publish.outcomes import Outcomes
from generator.publish.publish import bytes_of, judge
from generator.publish.tallies import Tallies
from generator.statistics.compiled import compile_statistics
from generator.workers import workers

_ALONE = 16 * 1024**2
"""Bytes of files that are checked sooner in one process than by workers that have to start."""


@dataclass(frozen=True)
class Review:
    """The result of a check."""

    files: int
    tallies: Tallies
    issues: list[Issue]
    mendings: list[Mending] = field(default_factory=list)
    """What was written otherwise than prescribed and read all the same, by place."""
    outcomes: Outcomes = ()
    """What became of the rows of each file of records."""
    address: str = ""
    """Address of the published site, ending in a slash; "" where it has none."""
    elsewhere: Mapping[str, Path] = field(default_factory=dict)
    """Name → path of the files that do not lie in the portal and were checked by themselves."""

    @property
    def unread(self) -> list[str]:
        """Files of which no row could be counted: nobody knows how many they have."""
        counted = {outcome.source.path for outcome in self.outcomes if outcome.rows}
        refused = {issue.file for issue in self.issues if catalogue()[issue.code].withholds == "file"}
        return sorted(refused - counted)


def review(
    portal: Portal,
    files: list[Path],
    today: date,
    since: str | None,
    jobs: int,
    said: Said = NOTHING_SAID,
    progress: Progress | None = None,
) -> Review:
    """Check the given files of records, statistics and articles, or all. Those that lie elsewhere are files of records,
    each checked by itself.

    `since` is a revision of the data's git repository, or None. `said`: what the clerk says of files elsewhere.
    """
    elsewhere = [path for path in files if not path.resolve().is_relative_to(portal.root)]
    found = [_review_alone(path, portal, today, said) for path in elsewhere]
    below = [path for path in files if path not in elsewhere]
    if below or not files:
        found.insert(0, _review_portal(portal, below, today, since, jobs, progress or Progress()))
    return Review(
        files=sum(one.files for one in found),
        tallies=Tallies(pd.concat([one.tallies.counts for one in found], ignore_index=True)),
        issues=sorted(issue for one in found for issue in one.issues),
        mendings=sorted(mending for one in found for mending in one.mendings),
        outcomes=tuple(outcome for one in found for outcome in one.outcomes),
        address=portal.site.address or "",
        elsewhere={readable(path.as_posix()): path for path in elsewhere},
    )


def _review_alone(file: Path, portal: Portal, today: date, said: Said) -> Review:
    """Check one file by itself. It is called what the clerk calls it."""
    name = readable(file.as_posix())
    with laid_out(file, portal, today, said) as laid:
        if isinstance(laid, Issue):
            return Review(1, Tallies.of(join([]), []), [replace(laid, file=name)])
        place, source = laid
        found = _review_portal(place, [place.root / source.path], today, None, 1, Progress())
    issues = [
        replace(
            issue, file=name, details=tuple((word, text.replace(source.path, name)) for word, text in issue.details)
        )
        for issue in found.issues
    ]
    outcomes = tuple(replace(outcome, source=replace(source, path=name)) for outcome in found.outcomes)
    mendings = [replace(mending, file=name) for mending in found.mendings]
    return replace(found, issues=issues, mendings=mendings, outcomes=outcomes)


def _review_portal(
    portal: Portal, files: list[Path], today: date, since: str | None, jobs: int, progress: Progress
) -> Review:
    """Check files below the portal's root, or all of them."""
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
    with workers(jobs if bytes_of(sources, portal.root) > _ALONE else 1) as executor:
        judged = judge(portal, sources, today, executor, progress)
    statistics = compile_statistics(portal, tables, judged.tallies, today)
    # What other files hold is not known here, so nobody can say of a register's id that no record has it.
    of_records = [issue for issue in judged.issues if not files or issue.code != "register-unknown"]
    issues = [*issues, *articles, *of_records, *statistics.issues]
    if not files:
        rules = load_bulletin_rules(portal)
        bulletins = compile_bulletins(portal, rules, statistics.tables, judged.tallies, today)
        issues += bulletin_issues(bulletins, unit_histories(portal, rules, bulletins))
    if since:
        check_revision(portal, since)
        issues += vanished_rows(portal, since, today)
        issues += undone_withdrawals(portal, since, today)
    return Review(
        files=len(sources) + len(tables),
        tallies=judged.tallies,
        issues=sorted(issues),
        mendings=judged.mendings,
        outcomes=judged.outcomes,
    )


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
