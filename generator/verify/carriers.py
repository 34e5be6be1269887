"""Reads the ids out of everything on a site that carries records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
import pyarrow as pa

from generator.opendata.files import FOLDER, FORMATS
from generator.store.columnar import unpack
from generator.store.manifest import MANIFEST
from generator.store.record_pages import GONE
from generator.verify.open_data import ids_of_table

_ANCHOR = re.compile(r'<tbody id="([0-9a-z]{13})"')


@dataclass(frozen=True)
class Carrier:
    """Files that together hold every record of a kind, or every downloadable one."""

    name: str
    kind: str
    """"" for all kinds in one."""
    files: list[Path]
    downloads: bool = False


def carriers(site: Path, kinds: Iterable[str]) -> Iterator[Carrier]:
    """Everything on a site that carries records."""
    for kind in kinds:
        yield Carrier("归档页面", kind, sorted((site / "notices" / kind / "archive").glob("*/*/index.html")))
        yield Carrier("检索数据", kind, sorted((site / "store" / kind).glob("*.json.gz")))
        for form in FORMATS:
            files = sorted((site / FOLDER / kind).glob(f"*.{form}"))
            yield Carrier(f"下载文件 {form}", kind, files, downloads=True)
    yield Carrier("公示详情", "", sorted((site / "store" / "records").glob("*.json.gz")))


def ids_of(path: Path, kind: str) -> dict[str, list[str]] | None:
    """Kind → ids of the records in one file; None if it cannot be read."""
    try:
        if path.suffix == ".html":
            return {kind: _ANCHOR.findall(path.read_text(encoding="utf-8"))}
        if path.suffix in (".csv", ".parquet"):
            return {kind: ids_of_table(path)}
        document = unpack(path.read_bytes())
        return {kind: document["id"]} if kind else {name: page["id"] for name, page in document.items() if name != GONE}
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zlib.error, pa.ArrowException):
        return None


def manifest_counts(site: Path) -> dict[str, int] | None:
    """Kind → number of records the manifest promises; None if there is no manifest that can be read."""
    try:
        document = orjson.loads((site / MANIFEST).read_bytes())
        return {kind["id"]: kind["count"] for kind in document["kinds"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
