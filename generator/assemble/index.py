"""Writes the search index: blocks of subjects range by range, then the files of grams and facets, merged from all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from generator.assemble.kept import Content
from generator.assemble.staging import Staging
from generator.index import facets, postings
from generator.index.entries import Entries, count_subjects, ranges, read_range
from generator.index.layout import GRAM_BITS, Layout, file_bits
from generator.index.postings import Postings, gram_files, read_grams
from generator.index.subjects import Blocks, Subjects, gather
from generator.model.portal import Portal
from generator.progress import Progress
from generator.publish.view import Counts
from generator.store.columnar import pack

INDEX = "store/index.json.gz"
_RECORDS_A_RANGE = 40_000
_POSTINGS_A_TASK = 1_000_000

_GATHERED: dict[str, Callable[[Subjects], Postings]] = {
    "names": postings.of_names,
    "numbers": postings.of_numbers,
    "units": facets.of_units,
    "months": facets.of_months,
}
"""Lists that lead to subjects → how they are gathered from a range of them."""


@dataclass(frozen=True)
class _Range:
    """The lists of a range of subjects, laid aside."""

    paths: dict[str, Path]
    counts: dict[str, int]


def write_index(
    portal: Portal,
    entries: list[Entries],
    counts: Counts,
    folder: Path,
    staging: Staging,
    executor: Executor,
    progress: Progress,
) -> Layout:
    """Write the index over all entries; what is merged later is laid aside under `folder`. Returns its layout."""
    layout = Layout.of(count_subjects(entries))
    paths = [part.path for part in entries]
    cuts = list(ranges(layout.block_bits, sum(part.records for part in entries), _RECORDS_A_RANGE))
    done = [executor.submit(_write_range, paths, layout, first, end, folder, staging) for first, end in cuts]
    gathered = [found for task in progress.track("检索主体", done, len(done)) if (found := task.result()) is not None]
    long: dict[str, dict[int, int]] = {}
    bits = {}
    for table in ("names", "numbers"):
        total = sum(part.counts[table] for part in gathered)
        bits[table] = file_bits(total)
        long[table] = _write_grams(
            table, [part.paths[table] for part in gathered], layout, bits[table], total, staging, executor, progress
        )
    _write_facets(portal, layout, counts, gathered, staging, executor, progress)
    staging.write(
        INDEX,
        pack({table: {"long": {str(gram): size for gram, size in sorted(of.items())}} for table, of in long.items()}),
    )
    return replace(layout, name_bits=bits["names"], number_bits=bits["numbers"])


def _write_range(
    paths: list[Path], layout: Layout, first_block: int, end_block: int, folder: Path, staging: Staging
) -> _Range | None:
    """Write the blocks of a range and lay its lists aside. Runs in a worker."""
    entries = read_range(paths, layout.first_hash(first_block), layout.first_hash(end_block))
    if entries is None:
        return None
    subjects = gather(entries, layout)
    blocks = Blocks(subjects, layout)
    content = Content(subjects.records)
    for start, end in blocks.cuts():
        files = blocks.files(start, end)
        keys = [staging.take(file, content.of(*blocks.rows(start, end))) for file in files]
        for file, key, packed in zip(files, keys, blocks.contents(start, end) if any(keys) else (), strict=False):
            if key:
                staging.write(file, packed, key)
    found = _Range({}, {})
    for name, gathered in _GATHERED.items():
        lists = gathered(subjects)
        found.paths[name] = folder / f"{name}-{first_block}.arrow"
        found.counts[name] = len(lists)
        lists.write(found.paths[name])
    return found


def _write_grams(
    table: str,
    paths: list[Path],
    layout: Layout,
    bits: int,
    total: int,
    staging: Staging,
    executor: Executor,
    progress: Progress,
) -> dict[int, int]:
    """Write the files of grams. Returns the long grams and their sizes."""
    files = 1 << bits
    step = max(1, files * _POSTINGS_A_TASK // max(total, 1))
    starts = range(0, files, step)
    done = [
        executor.submit(_write_gram_files, table, paths, layout, bits, start, min(start + step, files), staging)
        for start in starts
    ]
    long: dict[int, int] = {}
    for task in progress.track("检索名称" if table == "names" else "检索编号", done, len(done)):
        long.update(task.result())
    return long


def _write_gram_files(
    table: str, paths: list[Path], layout: Layout, bits: int, first_file: int, end_file: int, staging: Staging
) -> dict[int, int]:
    """Write the files of a range of grams. Runs in a worker."""
    shift = GRAM_BITS - bits
    found = read_grams(paths, first_file << shift, end_file << shift)
    long: dict[int, int] = {}
    for path, lists, sizes in gram_files(found, layout, table, bits, first_file, end_file):
        if key := staging.take(path, lists.made_of()):
            staging.write(path, lists.packed(), key)
        long.update(sizes)
    return long


def _write_facets(
    portal: Portal,
    layout: Layout,
    counts: Counts,
    gathered: list[_Range],
    staging: Staging,
    executor: Executor,
    progress: Progress,
) -> None:
    units = facets.unit_names([unit.id for unit in portal.site.units])
    done = [
        executor.submit(
            _write_facet_files,
            [part.paths[f"{facet}s"] for part in gathered],
            layout,
            kind,
            place,
            facet,
            names,
            staging,
        )
        for place, kind in enumerate(portal.kinds)
        if counts[kind]
        for facet, names in (("unit", units), ("month", facets.month_names(list(counts[kind]))))
    ]
    for task in progress.track("检索条件", done, len(done)):
        task.result()


def _write_facet_files(
    paths: list[Path], layout: Layout, kind: str, place: int, facet: str, names: dict[int, str], staging: Staging
) -> None:
    """Write the facets of a kind. Runs in a worker."""
    postings = read_grams(paths, *facets.facet_range(place)).newest_first()
    for path, lists in facets.facet_files(postings, layout, kind, facet, names):
        if key := staging.take(path, lists.made_of()):
            staging.write(path, lists.packed(), key)
    staging.write(*facets.facet_sizes(postings, layout, kind, facet, names))
