"""Reads the ids out of everything on a site that carries records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from generator.store.columnar import unpack
from generator.store.manifest import MANIFEST
from generator.store.record_pages import GONE
from generator.store.shards import directory_path

_ANCHOR = re.compile(r'<tbody id="([0-9a-z]{13})"')

Ids = dict[str, list[str]]
"""Kind → ids of the records that a file carries."""


@dataclass(frozen=True)
class Carrier:
    """Files that together carry every record of some kinds once."""

    name: str
    kinds: tuple[str, ...]
    files: list[Path]
    read: Callable[[bytes, tuple[str, ...]], Ids]
    """Ids out of the content of one file; raises what broken files raise."""

    def ids_of(self, path: Path) -> Ids | None:
        """The ids in one file; None if it cannot be read."""
        try:
            return self.read(path.read_bytes(), self.kinds)
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error):
            return None


def carriers(site: Path, kinds: tuple[str, ...]) -> Iterator[Carrier]:
    """Everything on a site that carries records."""
    for kind in kinds:
        yield Carrier("归档页面", (kind,), _files(site / "notices" / kind / "archive", "*/*/index.html"), _of_page)
        shards = [path for path in _files(site / "store" / kind) if path != site / directory_path(kind)]
        yield Carrier("列表数据", (kind,), shards, _of_shard)
    # Kinds are numbered by all that are declared.
    yield Carrier("检索主体", kinds, _files(site / "store" / "subjects", "*/*.json.gz"), _of_block)
    yield Carrier("公示详情", kinds, _files(site / "store" / "records"), _of_record_page)


def _files(folder: Path, pattern: str = "*.json.gz") -> list[Path]:
    return sorted(folder.glob(pattern))


def _of_page(content: bytes, kinds: tuple[str, ...]) -> Ids:
    return {kinds[0]: _ANCHOR.findall(content.decode())}


def _of_shard(content: bytes, kinds: tuple[str, ...]) -> Ids:
    return {kinds[0]: unpack(content)["id"]}


def _of_block(content: bytes, kinds: tuple[str, ...]) -> Ids:
    document = unpack(content)
    found: Ids = {}
    for kind, id_ in zip(document["kind"], document["id"], strict=True):
        found.setdefault(kinds[kind], []).append(id_)
    return found


def _of_record_page(content: bytes, kinds: tuple[str, ...]) -> Ids:
    return {name: page["id"] for name, page in unpack(content).items() if name != GONE}


def manifest_counts(site: Path) -> dict[str, int] | None:
    """Kind → number of records the manifest promises; None if there is no manifest that can be read."""
    try:
        document = orjson.loads((site / MANIFEST).read_bytes())
        return {kind["id"]: kind["count"] for kind in document["kinds"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
