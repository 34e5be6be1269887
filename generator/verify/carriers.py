"""Reads ids and last days out of everything on a site that carries records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa

from generator.opendata.files import FOLDER, FORMATS
from generator.store.columnar import unpack
from generator.store.manifest import MANIFEST
from generator.store.record_pages import GONE
from generator.store.shards import directory_path
from generator.verify.open_data import ids_and_last_days

_ANCHOR = re.compile(r'<tbody id="([0-9a-z]{13})"(?: data-last-day="([0-9-]{10})")?')

Ids = dict[str, list[str]]
"""Kind → ids of the records that a file carries."""


@dataclass(frozen=True)
class Carried:
    """What a file says of records."""

    ids: Ids
    first_last_day: str = ""
    """The earliest last day of its records, ISO; "" where none has one."""
    gone: tuple[str, ...] = ()
    """Ids it names as no longer shown."""


@dataclass(frozen=True)
class Carrier:
    """Files that together carry every record of some kinds once."""

    name: str
    kinds: tuple[str, ...]
    files: list[Path]
    read: Callable[[bytes, tuple[str, ...]], Carried]
    """Takes the content of one file and the kinds; raises what broken files raise."""
    downloads: bool = False
    """Whether they carry only what may be downloaded."""

    def carried_by(self, path: Path) -> Carried | None:
        """What one file carries; None if it cannot be read."""
        try:
            return self.read(path.read_bytes(), self.kinds)
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error, pa.ArrowException):
            return None


def carriers(site: Path, kinds: tuple[str, ...]) -> Iterator[Carrier]:
    """Everything on a site that carries records."""
    for kind in kinds:
        yield Carrier("归档页面", (kind,), _files(site / "notices" / kind / "archive", "*/*/index.html"), _of_page)
        shards = [path for path in _files(site / "store" / kind) if path != site / directory_path(kind)]
        yield Carrier("列表数据", (kind,), shards, _of_shard)
        for form in FORMATS:
            files = _files(site / FOLDER / kind, f"*.{form}")
            yield Carrier(f"下载文件 {form}", (kind,), files, _of_table, downloads=True)
    # Kinds are numbered by all that are declared.
    yield Carrier("检索主体", kinds, _files(site / "store" / "subjects", "*/*.json.gz"), _of_block)
    yield Carrier("公示详情", kinds, _files(site / "store" / "records"), _of_record_page)


def _files(folder: Path, pattern: str = "*.json.gz") -> list[Path]:
    return sorted(folder.glob(pattern))


def _of_page(content: bytes, kinds: tuple[str, ...]) -> Carried:
    anchors = _ANCHOR.findall(content.decode())
    return Carried({kinds[0]: [id_ for id_, _ in anchors]}, _first(day for _, day in anchors))


def _of_shard(content: bytes, kinds: tuple[str, ...]) -> Carried:
    document = unpack(content)
    return Carried({kinds[0]: document["id"]}, _first(document["last_day"]))


def _of_table(content: bytes, kinds: tuple[str, ...]) -> Carried:
    ids, last_days = ids_and_last_days(content)
    return Carried({kinds[0]: ids}, _first(last_days))


def _of_block(content: bytes, kinds: tuple[str, ...]) -> Carried:
    document = unpack(content)
    found: Ids = {}
    for kind, id_ in zip(document["kind"], document["id"], strict=True):
        found.setdefault(kinds[kind], []).append(id_)
    last = min(filter(None, document["last"]), default=0)
    return Carried(found, str(np.datetime64(last, "D")) if last else "")


def _of_record_page(content: bytes, kinds: tuple[str, ...]) -> Carried:
    document = unpack(content)
    gone = document.pop(GONE, [])
    days = _first(day for page in document.values() for day in page.get("last_day", []))
    return Carried({kind: page["id"] for kind, page in document.items()}, days, tuple(gone))


def _first(days: Iterable[str]) -> str:
    return min(filter(None, days), default="")


def manifest_counts(site: Path) -> dict[str, int] | None:
    """Kind → number of records the manifest promises; None if there is no manifest that can be read."""
    try:
        document = orjson.loads((site / MANIFEST).read_bytes())
        return {kind["id"]: kind["count"] for kind in document["kinds"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
