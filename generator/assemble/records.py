"""Writes what comes from the records, partition by partition: archive pages, shards, record pages, entries."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from generator.assemble.frame import Frame
from generator.assemble.open_data import Offered, write_tables
from generator.assemble.sitemap import Page
from generator.assemble.staging import Staging
from generator.index.entries import Entries, write_entries
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.view import Counts, Partition, PublicView
from generator.render.archive import archive_pages, month_page
from generator.store.record_pages import bits_for, id_range, page_count, record_pages
from generator.store.shards import directory, directory_path, shards


@dataclass(frozen=True)
class Frames:
    """The frames that archive pages and the lists of their months are poured into."""

    page: Frame
    month: Frame


@dataclass(frozen=True)
class WrittenPartition:
    """What is left to say of a partition when its files are written."""

    kind: str
    pages: list[Page]
    """Those that search engines may list."""
    offered: Offered
    shards: pd.DataFrame
    """Lines of the kind's directory."""
    entries: Entries


def write_partitions(
    portal: Portal,
    view: PublicView,
    counts: Counts,
    frames: Frames,
    folder: Path,
    staging: Staging,
    executor: Executor,
    progress: Progress,
    today: date,
) -> list[WrittenPartition]:
    """Archive pages, shards and downloads of every kind and month, and the kinds' directories.

    The entries of the index are laid aside under `folder`.
    """
    work = [
        ((kind, month), portal, view, frames, folder, staging, newer, older, today)
        for kind, months in counts.items()
        for newer, month, older in _neighbours(list(months))
    ]
    done = executor.map(_write_partition, *zip(*work, strict=True)) if work else []
    written = list(progress.track("归档页面", done, len(work)))
    for kind in counts:
        if lines := [partition.shards for partition in written if partition.kind == kind]:
            staging.write(directory_path(kind), directory(pd.concat(lines)))
    return written


def _write_partition(
    partition: Partition,
    portal: Portal,
    view: PublicView,
    frames: Frames,
    folder: Path,
    staging: Staging,
    newer: str | None,
    older: str | None,
    today: date,
) -> WrittenPartition:
    """Write what belongs to one kind and month. Runs in a worker."""
    kind, month = portal.kinds[partition[0]], partition[1]
    records = view.read(partition, kind)
    files, lines = shards(records, kind, month)
    for path, packed in files.items():
        staging.write(path, packed)
    changed = view.changed_on(partition, records, kind)
    listed = []
    pages = [(frames.month, month_page(records, kind, month, newer, older))]
    for page in archive_pages(records, kind, portal.display.citations(), month, newer, older):
        pages.append((frames.page, page))
    for frame, (path, title, content) in pages:
        staging.write(path, frame.pour(path, title, content, kind.indexed))
        if kind.indexed:
            listed.append(Page(path.removesuffix("index.html"), changed))
    entries = write_entries(
        records,
        kind,
        list(portal.kinds).index(kind.id),
        portal.site.id_key,
        folder / f"entries-{kind.id}-{month}.arrow",
    )
    offered = write_tables(records, kind, month, portal, staging, today)
    return WrittenPartition(kind.id, listed, offered, lines, entries)


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
        _write_record_pages,
        *zip(
            *((portal, view, staging, start, min(start + _PAGES_A_TASK, pages) - 1, bits) for start in starts),
            strict=True,
        ),
    )
    for _ in progress.track("公示详情", done, len(starts)):
        pass
    return bits


def _write_record_pages(portal: Portal, view: PublicView, staging: Staging, first: int, last: int, bits: int) -> None:
    """Write a range of record pages. Runs in a worker."""
    low, high = id_range(first, last, bits)
    records = {kind: view.read_range(kind, low, high) for kind in portal.kinds if view.partitions(kind)}
    gone = view.gone[np.searchsorted(view.gone, np.uint64(low)) : np.searchsorted(view.gone, np.uint64(high), "right")]
    for path, content in record_pages(records, gone, portal.kinds, portal.site, first, last, bits):
        staging.write(path, content)
