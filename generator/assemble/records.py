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
from generator.assemble.kept import Content
from generator.assemble.open_data import Offered, write_tables
from generator.assemble.sitemap import Page
from generator.assemble.staging import Staging
from generator.index.entries import Entries, write_entries
from generator.model.portal import Portal
from generator.model.slices import slices
from generator.progress import Progress
from generator.publish.view import Counts, Partition, PublicView
from generator.render.archive import archive_pages, month_page, written_pages
from generator.store.record_pages import RecordPages, bits_for, id_range, page_count, page_path
from generator.store.shards import (
    ROWS_A_SHARD,
    directory,
    directory_lines,
    directory_path,
    shard,
    shard_name,
    shard_path,
)


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
    content = Content(records)
    parts = slices(records, kind.roles.decided, ROWS_A_SHARD)
    for part in parts:
        path = shard_path(kind.id, shard_name(month, part))
        if key := staging.take(path, content.of(part.start, part.end)):
            staging.write(path, shard(records.iloc[part.start : part.end], kind), key)

    path, title, listing = month_page(records, kind, month, newer, older)
    staging.write(path, frames.month.pour(path, title, listing, kind.indexed))
    pages = archive_pages(records, kind, month, newer, older)
    missing, keys = [], []
    for page in pages:
        rows = content.of(page.slice.start, page.slice.end)
        if key := staging.take(page.path, frames.page.made_of, page.made_of, rows):
            missing.append(page)
            keys.append(key)
    written = written_pages(records, missing, portal.display.citations())
    for page, key, html in zip(missing, keys, written, strict=True):
        staging.write(page.path, frames.page.pour(page.path, page.title, html, kind.indexed), key)
    changed = view.changed_on(partition, records, kind)
    addresses = [path, *(page.path for page in pages)] if kind.indexed else []

    entries = write_entries(
        records,
        kind,
        list(portal.kinds).index(kind.id),
        portal.site.id_key,
        folder / f"entries-{kind.id}-{month}.arrow",
    )
    return WrittenPartition(
        kind=kind.id,
        pages=[Page(address.removesuffix("index.html"), changed) for address in addresses],
        offered=write_tables(records, kind, month, portal, staging, today),
        shards=directory_lines(records, parts, kind, month),
        entries=entries,
    )


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
    records = {id_: view.read_range(kind, low, high) for id_, kind in portal.kinds.items() if view.partitions(id_)}
    gone = view.gone[np.searchsorted(view.gone, np.uint64(low)) : np.searchsorted(view.gone, np.uint64(high), "right")]
    pages = RecordPages(records, gone, portal.kinds, portal.site, first, last, bits)
    contents = {kind: Content(frame) for kind, frame in records.items()}
    keys = {}
    for page in pages.numbers():
        rows = [contents[kind].of(*cut) for kind, cut in pages.cuts(page).items()]
        keys[page] = staging.take(page_path(page), repr(list(pages.cuts(page))), *rows, pages.gone(page).tobytes())
    for page, content in pages.written([page for page, key in keys.items() if key]):
        staging.write(page_path(page), content, keys[page])
