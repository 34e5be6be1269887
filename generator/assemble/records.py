"""Writes what comes from the records, partition by partition: archive pages, shards and record pages."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date

import numpy as np

from generator.assemble.frame import Frame
from generator.assemble.open_data import Offered, write_tables
from generator.assemble.sitemap import Page
from generator.assemble.staging import Staging
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.view import Counts, Partition, PublicView
from generator.render.archive import archive_pages
from generator.store.record_pages import bits_for, id_range, page_count, record_pages
from generator.store.shards import shard, shard_path


@dataclass(frozen=True)
class Written:
    """What is said of a partition once it is written."""

    pages: list[Page]
    """Those that search engines may list."""
    offered: Offered


def write_archive(
    portal: Portal,
    view: PublicView,
    counts: Counts,
    frame: Frame,
    staging: Staging,
    executor: Executor,
    progress: Progress,
    today: date,
) -> Iterator[Written]:
    """Archive pages, shards and downloads of every kind and month."""
    work = [
        ((kind, month), portal, view, frame, staging, newer, older, today)
        for kind, months in counts.items()
        for newer, month, older in _neighbours(list(months))
    ]
    yield from progress.track(
        "归档页面", executor.map(write_partition, *zip(*work, strict=True)) if work else [], len(work)
    )


def write_partition(
    partition: Partition,
    portal: Portal,
    view: PublicView,
    frame: Frame,
    staging: Staging,
    newer: str | None,
    older: str | None,
    today: date,
) -> Written:
    """Write what belongs to one kind and month. Runs in a worker."""
    kind, month = portal.kinds[partition[0]], partition[1]
    records = view.read(partition, kind)
    staging.write(shard_path(kind.id, month), shard(records, kind, portal.site))
    changed = view.changed_on(partition, records, kind)
    pages = []
    for path, title, content in archive_pages(records, kind, portal.display.citations(), month, newer, older):
        staging.write(path, frame.pour(path, title, content, kind.indexed))
        if kind.indexed:
            pages.append(Page(path.removesuffix("index.html"), changed))
    return Written(pages, write_tables(records, kind, month, portal, staging, today))


def _neighbours(months: list[str]) -> Iterator[tuple[str | None, str, str | None]]:
    """Each month with the newer and the older one beside it."""
    for place, month in enumerate(months):
        yield (
            months[place - 1] if place else None,
            month,
            months[place + 1] if place + 1 < len(months) else None,
        )


_PAGES_A_TASK = 256


def write_records(
    portal: Portal,
    view: PublicView,
    counts: Counts,
    staging: Staging,
    executor: Executor,
    progress: Progress,
) -> int:
    """Record pages of all kinds, by ranges of ids. Returns how many bits of an id name its page."""
    bits = bits_for(sum(sum(months.values()) for months in counts.values()))
    pages = page_count(bits)
    starts = range(0, pages, _PAGES_A_TASK)
    done = executor.map(
        write_record_pages,
        *zip(
            *((portal, view, staging, start, min(start + _PAGES_A_TASK, pages) - 1, bits) for start in starts),
            strict=True,
        ),
    )
    for _ in progress.track("公示详情", done, len(starts)):
        pass
    return bits


def write_record_pages(portal: Portal, view: PublicView, staging: Staging, first: int, last: int, bits: int) -> None:
    """Write a range of record pages. Runs in a worker."""
    low, high = id_range(first, last, bits)
    records = {kind: view.read_range(kind, low, high) for kind in portal.kinds if view.partitions(kind)}
    gone = view.gone[np.searchsorted(view.gone, np.uint64(low)) : np.searchsorted(view.gone, np.uint64(high), "right")]
    for path, content in record_pages(records, gone, portal.kinds, portal.site, first, last, bits):
        staging.write(path, content)
