"""Looks for words in every byte below a folder. Knows nothing of how the generator writes or verifies."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def contents(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is packed in it."""
    yield name, content
    if content.startswith(b"\x1f\x8b"):
        yield from contents(f"{name}!gz", gzip.decompress(content))
    elif content.startswith(b"PAR1"):
        yield f"{name}!rows", str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from contents(f"{name}!{inner}", archive.read(inner))


def readings(content: bytes) -> Iterator[str]:
    """The ways a file may be read as text."""
    for encoding in ("utf-8", "gb18030", "utf-16-le"):
        text = content.decode(encoding, errors="ignore")
        yield text
        if encoding == "utf-8":
            yield html.unescape(text)
            yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def traces(folder: Path, words: Iterable[str], leaving_out: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Word → names of files that contain it, in their names, their bytes or what is packed in them."""
    wanted = list(words)
    found: dict[str, list[str]] = {word: [] for word in wanted}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name.startswith(leaving_out):
            continue
        texts = [name]
        for _, inner in contents(name, path.read_bytes()):
            texts += readings(inner)
        for word in wanted:
            if any(word in text for text in texts):
                found[word].append(name)
    return found


def where(folder: Path, *words: str) -> set[str]:
    """Names of the files with any of the words."""
    return {name for names in traces(folder, words).values() for name in names}


def record_pages(site: Path) -> Iterator[dict[str, Any]]:
    """The record pages, unpacked."""
    for path in sorted((site / "store" / "records").glob("*.json.gz")):
        yield json.loads(gzip.decompress(path.read_bytes()))


def gone(site: Path) -> set[str]:
    """Ids of which the site says that they are no longer shown."""
    return {record for page in record_pages(site) for record in page.get("gone", [])}


def records(site: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Id → record, as the page of a notice gets it."""
    found = {}
    for page in record_pages(site):
        columns = page.get(kind, {"id": []})
        for place, record in enumerate(columns["id"]):
            found[record] = {name: values[place] for name, values in columns.items()}
    return found
