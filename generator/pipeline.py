"""The whole build, to be read from top to bottom.

intake → check → publish → render, store and opendata → assemble
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from generator.assemble.documents import write_documents
from generator.assemble.frame import FRAME_FOLDER, NOINDEX, Frame, frame_source
from generator.assemble.index import write_index
from generator.assemble.kept import KeptFiles
from generator.assemble.open_data import write_descriptions
from generator.assemble.printing import Engine, printing, write_config, write_pages
from generator.assemble.records import Frames, write_partitions, write_records
from generator.assemble.site import take_pages, write_build_file
from generator.assemble.sitemap import Page, write_robots
from generator.assemble.staging import check_place, staged
from generator.assemble.words import PAGES, pages_file
from generator.assertions import check_counts, load_assertions
from generator.bulletin.archive import compile_bulletins
from generator.bulletin.dashboard import dashboard
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.issues import bulletin_issues
from generator.bulletin.units import unit_histories
from generator.documents.bulletins import bulletin_papers
from generator.forms.form import forms
from generator.forms.rules_package import ADDRESS, rules_package
from generator.intake.sources import find_sources
from generator.intake.statistics import find_statistics
from generator.issues import Issue
from generator.model.fingerprint import foundation
from generator.model.portal import Portal, load_portal
from generator.opendata.articles import article_feeds
from generator.opendata.bulletins import bulletin_files
from generator.opendata.dashboards import dashboard_files
from generator.opendata.statistics import statistics_files
from generator.profile import Profile
from generator.progress import Progress
from generator.publish.articles import articles_naming_removed
from generator.publish.edition import publish_articles
from generator.publish.prepared import KeptBatches
from generator.publish.publish import Published, publish
from generator.publish.tallies import Tallies
from generator.render import codes
from generator.render.archive import DEPTH, MONTH_DEPTH
from generator.render.articles import article_pages
from generator.render.bulletins import bulletin_pages
from generator.render.dashboard import dashboard_parts
from generator.render.overview import Overview
from generator.render.section_pages import section_pages
from generator.render.statistics import statistics_pages, statistics_sections
from generator.render.unit_histories import history_pages
from generator.report.receipts import FOLDER as RECEIPTS
from generator.report.receipts import receipts
from generator.statistics.compiled import compile_statistics
from generator.statistics.freshness import Freshness, freshness
from generator.statistics.scores import scores
from generator.store.manifest import MANIFEST, manifest
from generator.workers import workers


@dataclass(frozen=True)
class Built:
    """What a build has to say for itself."""

    out: Path
    today: date
    tallies: Tallies
    issues: list[Issue]
    reporting: Freshness
    receipts: Path
    """Folder with a receipt for each file of records."""


def build(
    root: Path,
    out: Path,
    *,
    today: date,
    now: datetime,
    jobs: int = 1,
    engine: Engine = "mkdocs",
    without: frozenset[str] = frozenset(),
    fresh: bool = False,
    profile: Profile | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build the site of the portal under `root` into `out`.

    `without`: kinds of which no record is shown; their figures in bulletins stay. `fresh`: make everything anew, and
    take nothing from what was kept of the last build.
    Equal files and equal `today` and `now` give equal bytes. Faults in data are returned as
    issues; ConfigError and CountsFellError stop the build and leave the previous site as it was.
    """
    progress = progress or Progress()
    check_place(out, root)
    portal = load_portal(root)
    rules = load_bulletin_rules(portal)
    sources, misplaced = find_sources(portal)
    tables, strays = find_statistics(portal)

    with workplace(root, fresh) as folder, workers(jobs) as pool:
        executor = profile.measured(pool) if profile else pool
        batches, files = kept_of_builds(root)
        published = publish(portal, sources, today, folder / "records", executor, progress, batches)
        check_counts(load_assertions(portal), published.tallies)
        view, tallies = published.view.without(without), published.tallies

        # Section pages go first: the archive is poured into a frame that the printer renders.
        counts = view.counts(portal.kinds)
        edition = publish_articles(portal, today)
        statistics = compile_statistics(portal, tables, tallies, today)
        scored = scores(portal, statistics.tables, tallies)
        reporting = freshness(portal, published.reports, tallies, statistics.tables, today)
        registers = published.registers
        bulletins = compile_bulletins(portal, rules, statistics.tables, tallies, today)
        histories = unit_histories(portal, rules, bulletins)
        board = dashboard(portal, bulletins, tallies, published.reports, registers, today)
        overview = Overview(portal, view, tallies, counts, bulletins, registers, edition, reporting, today)
        frames = dict(map(frame_source, (DEPTH, MONTH_DEPTH)))
        pages = {**section_pages(overview), **bulletin_pages(portal, bulletins, histories), **frames}
        parts = dashboard_parts(portal, board, histories, scored)
        pages |= {**statistics_pages(portal, statistics, scored, parts), **history_pages(portal, histories)}
        pages[codes.PAGE] = codes.codes_page(published.codes, portal, today)
        laid_out: dict[str, str | bytes] = {**pages, **article_pages(portal, edition), **dict(forms(portal))}
        laid_out[ADDRESS] = rules_package(portal)
        write_pages(root, laid_out, folder, edition.set_aside)
        config = write_config(
            root,
            folder,
            portal.site.name,
            portal.site.address,
            {"portal": _extra(portal, today)},
            {**_sections(portal), "statistics/index.md": statistics_sections(portal, statistics, scored)},
        )

        articles = [*edition.issues, *articles_naming_removed(portal, published)]
        told = bulletin_issues(bulletins, histories)
        with staged(out, files) as staging, printing(config, engine, now) as printed:
            # What needs no printed page is done beside the printer, which has a process of its own.
            figures = (*statistics_files(portal, statistics, scored), *dashboard_files(portal, board))
            for path, content in (*figures, *bulletin_files(bulletins)):
                staging.write(path, content)
            write_documents(bulletin_papers(portal, bulletins, histories), staging, executor)
            record_bits = write_records(portal, view, counts, staging, executor, progress)
            html = printed()
            take_pages(html, staging)
            staging.write(PAGES, pages_file(html, executor))
            loaded = Frames(*(Frame.load(html, depth, portal.site.address) for depth in (DEPTH, MONTH_DEPTH)))
            aside = folder / "records"
            written = write_partitions(portal, view, counts, loaded, aside, staging, executor, progress, today)
            entries = [partition.entries for partition in written]
            layout = write_index(portal, entries, counts, aside, staging, executor, progress)
            staging.write(MANIFEST, manifest(portal, counts, record_bits, layout, today))
            write_descriptions(portal, view, (partition.offered for partition in written), staging, today)
            for address, feed in article_feeds(portal, edition, today):
                staging.write(address, feed)
            write_build_file(staging, today, now)
            days = {article.address: article.updated for article in edition.newest()}
            listed = [*_printed(html, today, days), *(page for partition in written for page in partition.pages)]
            write_robots(staging, portal.site.address, listed)
        issues = sorted([*misplaced, *published.issues, *articles, *strays, *statistics.issues, *told])
        write_receipts(folder / RECEIPTS, receipts(published.outcomes, issues, portal, without))
    return Built(out, today, tallies, issues, reporting, folder / RECEIPTS)


KEPT = "kept"
"""Folder below build/ that holds what the next build may use again. As private as the data."""


def kept_of_builds(root: Path) -> tuple[KeptBatches, KeptFiles]:
    """Batches of records and files of the site, both found by what they were made of."""
    folder, made_by = root / "build" / KEPT, foundation(root)
    batches, files = KeptBatches(folder / "batches", made_by), KeptFiles(folder / "files", made_by)
    for place in (batches.folder, files.folder):
        place.mkdir(parents=True, exist_ok=True)
    return batches, files


@contextmanager
def workplace(root: Path, fresh: bool) -> Iterator[Path]:
    """build/ under the root, empty at the start but for what is kept: nothing of a failed build gets into this one."""
    folder = root / "build"
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name != KEPT or fresh:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (folder / "records").mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder / "records")


def admitted_records(portal: Portal, today: date, folder: Path, executor: Executor, progress: Progress) -> Published:
    """The first half of a build alone, for `portal check` and `portal verify`."""
    sources, misplaced = find_sources(portal)
    published = publish(portal, sources, today, folder, executor, progress)
    return replace(published, issues=sorted([*misplaced, *published.issues]))


def write_receipts(folder: Path, texts: Iterable[tuple[str, str]]) -> None:
    """Lay out receipts below a folder that the site has no part of."""
    for path, text in texts:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _extra(portal: Portal, today: date) -> dict[str, object]:
    """What the templates show of the site."""
    site = portal.site
    region = next(region.name for region in site.regions if region.code == site.region)
    shown = site.model_dump(
        include={"name", "description", "demo", "organizer", "operator", "contact", "identifiers", "links", "address"}
    )
    shown["links"] = list(shown["links"])
    shown["domain"] = urlsplit(site.address).hostname if site.address else None
    return {**shown, "region_name": region, "today": today.isoformat() if site.today else ""}


def _sections(portal: Portal) -> dict[str, list[object]]:
    """Generated pages in the navigation: kinds and the tables for staff. Bulletins are reached from their archive."""
    kinds = portal.kinds.values()
    return {
        "notices/index.md": [
            {group.title: [{kind.title: f"notices/{kind.id}/index.md"} for kind in of_group]}
            for _, group, of_group in portal.grouping.grouped(list(kinds))
        ],
        "about/index.md": [{"公示规则": "about/rules.md"}],
        "staff/index.md": [
            *({f"{kind.title}字段表": f"staff/fields-{kind.id}.md"} for kind in portal.forms.values()),
            {"文章填写项": "staff/fields-articles.md"},
            {"核查问题目录": "staff/faults.md"},
        ],
    }


def _printed(html: Path, today: date, days: Mapping[str, str]) -> list[Page]:
    """The printed pages that search engines may list. One that says the day of the data is of that day.

    `days`: address of an article → ISO day of its last change.
    """
    found = []
    for path in html.rglob("index.html"):
        page, text = path.relative_to(html).as_posix(), path.read_text(encoding="utf-8")
        if not page.startswith(f"{FRAME_FOLDER}/") and NOINDEX not in text:
            address = page.removesuffix("index.html")
            said = today.isoformat() if f'<time datetime="{today.isoformat()}">' in text else ""
            found.append(Page(address, days.get(address, said)))
    return found
