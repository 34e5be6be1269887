"""Looks into every file of a site, packed ones included, for what may not be there."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from generator.model.privacy import PrivacyRules
from generator.verify.searcher import Searcher

_NESTED = 3
"""How deep archives may lie in one another; deeper ones are not cleared."""
_PLAIN = (".html", ".js", ".css", ".json", ".xml", ".svg", ".txt", ".csv", ".tsv", ".md", ".rss", ".atom", "")
_PACKED = (".gz", ".zip", ".xlsx", ".docx", ".rels", ".vml", ".yml", ".bin", ".parquet", ".geojson", ".webmanifest")
_READABLE = frozenset(_PLAIN + _PACKED)
_PICTURES = frozenset([".png", ".ico", ".jpg", ".jpeg", ".gif", ".webp", ".woff", ".woff2"])
"""Not searched. Any other ending is a fault: nothing can be said of what cannot be read."""
_THEMES = ("assets/javascripts/", "assets/stylesheets/", "assets/images/", "assets/portal/")
"""Files of the theme: no data of ours, full of long numbers."""


_ENDS = re.compile(r"</(?:w:p|w:tc|si|is|c|row)>")
"""Where a paragraph or a cell ends in the files of office programs."""


class UnreadableError(Exception):
    """A file that cannot be read to its end."""


def texts(content: bytes, name: str, depth: int = 0) -> Iterator[str]:
    """All text in a file, as readers and scripts see it. Raises UnreadableError."""
    ending = PurePosixPath(name).suffix.lower()
    if depth > _NESTED:
        raise UnreadableError
    try:
        if content[:2] == b"\x1f\x8b":
            yield from texts(gzip.decompress(content), name.removesuffix(".gz"), depth + 1)
        elif content[:4] == b"PK\x03\x04":  # .zip, and so .xlsx and .docx
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for inner in archive.namelist():
                    yield inner
                    yield from texts(archive.read(inner), inner, depth + 1)
        elif content[:4] == b"PAR1":
            table = pq.read_table(io.BytesIO(content))
            for column in table.columns:
                yield "\n".join(map(str, column.unique().cast(pa.string()).drop_null().to_pylist()))
        elif ending in _PICTURES:
            return
        elif ending not in _READABLE:
            raise UnreadableError
        else:
            for text in _decoded(content):
                yield from _forms(text, ending, packed=depth > 0)
    except (
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
        zipfile.BadZipFile,
        pa.ArrowException,
    ) as error:
        raise UnreadableError from error


def _decoded(content: bytes) -> Iterator[str]:
    """The text of a file; where its mark says UTF-16, which may be wrong, also as bytes would say it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield content.decode("utf-16", errors="replace")
        content = content.replace(b"\0", b"")
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        yield content.decode("gb18030", errors="replace")


def _forms(text: str, ending: str, packed: bool) -> Iterator[str]:
    """A text with its escapes resolved; more than one form only where they differ."""
    # Without escapes the strings of JSON stand there as they are.
    if ending == ".json" and "\\" in text:
        try:
            strings = list(_strings(orjson.loads(text)))
        except orjson.JSONDecodeError:
            strings = [text]  # broken JSON is searched as plain text
        yield "\n".join(strings)
        return
    if "&" in text:
        text = html.unescape(text)
    yield text
    if "%E" in text or "%e" in text:
        yield unquote(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    if packed and ending == ".xml":
        # Word cuts a text into runs as it likes; what stands in two paragraphs or cells is two texts.
        yield re.sub(r"<[^>]+>", "", _ENDS.sub("\n", text))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from _strings(entry)
    elif isinstance(value, int | float):
        yield str(value)


Found = tuple[set[str], set[str]]
"""Kinds whose forbidden values a file contains, and names of the personal information it seems to hold."""


def search(
    files: Iterable[tuple[str, bytes]],
    searcher: Searcher,
    privacy: PrivacyRules,
    known: frozenset[str],
) -> list[Found | None]:
    """What is found in each file; None where one cannot be read to the end.

    `files`: path below the site's root, which is searched as well, and content; `known` are codes and
    numbers that look like personal information and are none.
    """
    names: list[str] = []
    read: list[list[str] | None] = []
    for name, content in files:
        names.append(name)
        try:
            read.append([name, *texts(content, name)])
        except UnreadableError:
            read.append(None)
    suspected = searcher.may_say(text for texts_ in read for text in texts_ or ())
    found: list[Found | None] = [
        None if texts_ is None else (searcher.kinds_in(texts_) if suspected else set(), set()) for texts_ in read
    ]
    screened = [
        (place, text)
        for place, (name, texts_) in enumerate(zip(names, read, strict=True))
        for text in texts_ or ()
        if not name.startswith(_THEMES)
    ]
    # All texts in one call: the pattern is large, and each call makes its machine anew.
    suspect = pc.match_substring_regex(pa.array([text for _, text in screened], pa.large_string()), privacy.screen)
    for (place, text), is_suspect in zip(screened, suspect.to_pylist(), strict=True):
        of_file = found[place]
        if is_suspect and of_file is not None:
            of_file[1].update(what for what, value in privacy.find(text) if value not in known)
    return found
