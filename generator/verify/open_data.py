"""Whether the downloads are what their descriptions say, and the feeds tell what changed and nothing else."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from generator.model.record_id import from_text
from generator.opendata.changes import CORRECTED, GONE, NEW
from generator.opendata.feeds import ATOM, JSON, month_path
from generator.opendata.files import FOLDER, FORMATS
from generator.opendata.package import CHECKSUMS, INDEX, PACKAGE
from generator.opendata.spreadsheet import read_back
from generator.publish.view import PublicView
from generator.store.columnar import unpack

_UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    zlib.error,
    pa.ArrowException,
    ElementTree.ParseError,
)
_LINK = re.compile(r"notice/\?id=([0-9a-z]{13})$")
_ATOM = "{http://www.w3.org/2005/Atom}"

Named = dict[str, list[str]]
"""Change → ids that are said to have changed so."""


def ids_and_last_days(content: bytes) -> tuple[list[str], list[str]]:
    """Ids and last days (ISO, "" or None for none) in a CSV or Parquet file.

    Raises what pyarrow raises if it cannot be read.
    """
    names = ["id", "last_day"]
    if not content.startswith(b"PAR1"):
        read = read_back(content, names)
        return read["id"], read["last_day"]
    table = pq.read_table(pa.BufferReader(content), columns=names)
    ids, last_days = (table.column(name).cast(pa.string()).to_pylist() for name in names)
    return ids, last_days


def faults_of_open_data(site: Path, view: PublicView, kinds: list[str]) -> Iterator[str]:
    """What is wrong with descriptions and feeds, in words without any value of a record."""
    folder = site / FOLDER
    try:
        document = orjson.loads((folder / INDEX).read_bytes())
        yield from _files_that_differ(folder, document, kinds)
    except _UNREADABLE:
        yield f"{FOLDER}{INDEX} 无法读取，或者与下载文件不符"
        return
    told = _changes_of_the_view(view, kinds)
    for name, read in ((ATOM, _atom), (JSON, _json)):
        try:
            named = read(folder / name)
        except _UNREADABLE:
            yield f"{FOLDER}{name} 无法读取"
            continue
        for change, ids in named.items():
            if strange := int((~np.isin(from_text(ids), told.get(change, np.zeros(0, np.uint64)))).sum()):
                yield f"{FOLDER}{name} 有 {strange:,} 条不应列出的变化"
    try:
        lasting = _lasting(folder, [entry["path"] for entry in document["changes"]])
    except _UNREADABLE:
        yield f"{FOLDER}{month_path('……')} 无法读取"
        return
    for change in (CORRECTED, GONE):
        if not np.array_equal(from_text(lasting[change]), told[change]):
            yield f"按月的变化文件与公示信息不符（{change}）"


def _files_that_differ(folder: Path, document: Any, kinds: list[str]) -> Iterator[str]:
    """Files that are not described alike by index, package and list of checksums, or are not what these say."""
    present = {path.relative_to(folder).as_posix(): path for kind in kinds for path in (folder / kind).glob("*.*")}
    tables = {name for name in present if name.endswith(tuple(f".{form}" for form in FORMATS))}
    package = orjson.loads((folder / PACKAGE).read_bytes())
    digests = {
        "index": {entry["path"]: entry["sha256"] for entry in document["files"]},
        "package": {entry["path"]: entry["hash"].removeprefix("sha256:") for entry in package["resources"]},
        "checksums": dict(
            line.split("  ")[::-1] for line in (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
        ),
    }
    described = digests["index"]
    if any(each != described for each in digests.values()) or set(described) != tables:
        yield f"{FOLDER} 的下载文件与 {INDEX}、{PACKAGE}、{CHECKSUMS} 所列不一致"
    for entry in [*document["files"], *document["changes"]]:
        path = folder / entry["path"]
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            yield f"{FOLDER}{entry['path']} 与 {INDEX} 所记的校验和不符"
        elif path.stat().st_size != entry["bytes"]:
            yield f"{FOLDER}{entry['path']} 与 {INDEX} 所记的字节数不符"
        elif path.suffix == ".parquet" and pq.read_metadata(path).num_rows != entry["rows"]:
            yield f"{FOLDER}{entry['path']} 与 {INDEX} 所记的条数不符"
    for resource in package["resources"]:
        if resource["schema"] not in present:
            yield f"{FOLDER}{PACKAGE} 所指的 {resource['schema']} 不存在"


def _changes_of_the_view(view: PublicView, kinds: list[str]) -> dict[str, np.ndarray]:
    """Change → ids that may be told to have changed so, sorted: uint64."""
    offered = np.concatenate([np.zeros(0, np.uint64), *(view.ids(kind, downloadable=True) for kind in kinds)])
    return {
        NEW: offered,
        CORRECTED: np.intersect1d(offered, view.marks.corrected),
        GONE: view.gone,
    }


def _atom(path: Path) -> Named:
    named: Named = {}
    for entry in ElementTree.fromstring(path.read_bytes()).iter(f"{_ATOM}entry"):  # noqa: S314 - our own file
        change, link = entry.find(f"{_ATOM}category"), entry.find(f"{_ATOM}link")
        if change is None or link is None:
            raise ValueError
        named.setdefault(change.attrib["term"], []).append(_id_of(link.attrib["href"]))
    return named


def _json(path: Path) -> Named:
    named: Named = {}
    for item in orjson.loads(path.read_bytes())["items"]:
        record = item["_change"]["id"]
        if record != _id_of(item["url"]):
            raise ValueError
        named.setdefault(item["_change"]["change"], []).append(record)
    return named


def _id_of(link: str) -> str:
    found = _LINK.search(link)
    if found is None:
        raise ValueError
    return found[1]


def _lasting(folder: Path, paths: list[str]) -> Named:
    named: Named = {CORRECTED: [], GONE: []}
    for path in paths:
        columns = unpack((folder / path).read_bytes())
        for change, record in zip(columns["change"], columns["id"], strict=True):
            named.setdefault(change, []).append(record)
    return named
