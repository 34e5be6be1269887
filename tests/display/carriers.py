"""Ways in which a value may stand in a file of a site: name of the file → its content for a value."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Mapping
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook

Carrier = Callable[[str], bytes]


def zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in files.items():
            archive.writestr(name, inner)
    return content.getvalue()


def html(text: str) -> bytes:
    return f'<!doctype html><meta charset="utf-8"><title>页面</title><p>前{text}后</p>\n'.encode()


def decimal_entities(text: str) -> str:
    return "".join(f"&#{ord(character)};" for character in text)


def hexadecimal_entities(text: str) -> str:
    return "".join(f"&#x{ord(character):X};" for character in text)


def escaped(text: str, form: str = "\\u{:04x}") -> str:
    """As JSON and scripts may write it: every character, digits too."""
    return "".join(form.format(ord(character)) for character in text)


UPPER = "\\u{:04X}"


def table(text: str) -> str:
    rows = io.StringIO()
    csv.writer(rows).writerows([["名称", "备注"], ["某某", text], ["其他", "无"]])
    return rows.getvalue()


def parquet(column: pa.Array) -> bytes:
    content = io.BytesIO()
    pq.write_table(pa.table({"名称": column}), content, compression="zstd")
    return content.getvalue()


def xlsx(value: object) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["名称", "备注"])
    sheet.append(["某某", value])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(*runs: str) -> bytes:
    """A document of one paragraph; Word splits a text into runs wherever a clerk has corrected it."""
    inner = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body><w:p>{inner}</w:p></w:body></w:document>'
    return zipped({"word/document.xml": document.encode(), "[Content_Types].xml": b"<Types/>"})


def svg(text: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="1">{text}</text></svg>'.encode()


def feed(text: str) -> bytes:
    return f'<?xml version="1.0"?><rss><channel><item><title>{text}</title></item></channel></rss>'.encode()


CARRIERS: dict[str, Carrier] = {
    "page.html": html,
    "decimal.html": lambda text: html(decimal_entities(text)),
    "hexadecimal.html": lambda text: html(hexadecimal_entities(text)),
    "attribute.html": lambda text: f'<!doctype html><a title="{text}" href="#">某</a>'.encode(),
    "comment.html": lambda text: f"<!doctype html><!-- {text} -->".encode(),
    "data.json": lambda text: json.dumps({"a": [text]}, ensure_ascii=False).encode(),
    "escaped.json": lambda text: f'{{"a":["{escaped(text)}"]}}'.encode(),
    "upper.json": lambda text: f'{{"a":["{escaped(text, UPPER)}"]}}'.encode(),
    "data.json.gz": lambda text: gzip.compress(json.dumps({"a": [text]}, ensure_ascii=False).encode()),
    "escaped.json.gz": lambda text: gzip.compress(f'{{"a":["{escaped(text)}"]}}'.encode()),
    "page.html.gz": lambda text: gzip.compress(html(hexadecimal_entities(text))),
    "table.csv": lambda text: table(text).encode("utf-8-sig"),
    "table.csv.gz": lambda text: gzip.compress(table(text).encode()),
    "plain.parquet": lambda text: parquet(pa.array(["某某", text, None])),
    "table.xlsx": xlsx,
    "text.docx": lambda text: docx(f"前{text}后"),
    "chart.svg": svg,
    "feed.xml": feed,
    "entities.xml": lambda text: feed(hexadecimal_entities(text)),
    "cdata.xml": lambda text: feed(f"<![CDATA[{text}]]>"),
    "note.txt": lambda text: f"前{text}后".encode(),
    "files.zip": lambda text: zipped({"说明.txt": b"x", "a/data.json": f'["{escaped(text)}"]'.encode()}),
    "nested.zip": lambda text: zipped({"inner.zip": zipped({"table.csv.gz": gzip.compress(table(text).encode())})}),
}

FURTHER: dict[str, Carrier] = {
    "script.html": lambda text: f'<script type="application/json">{{"a":"{text}"}}</script>'.encode(),
    "twice.json.gz": lambda text: gzip.compress(gzip.compress(json.dumps([text], ensure_ascii=False).encode())),
    "gb18030.csv": lambda text: table(text).encode("gb18030"),
    "utf16.csv": lambda text: table(text).encode("utf-16"),
    "large.parquet": lambda text: parquet(pa.array([text], pa.large_string())),
    "dictionary.parquet": lambda text: parquet(pa.array([text, text]).dictionary_encode()),
    "list.parquet": lambda text: parquet(pa.array([[text], ["某某"]])),
    "struct.parquet": lambda text: parquet(pa.array([{"名称": text}])),
    "entities.docx": lambda text: docx(hexadecimal_entities(text)),
    "runs.docx": lambda text: docx("前", text[:3], text[3:], "后"),
    "entities.svg": lambda text: svg(decimal_entities(text)),
    "chart.svg.gz": lambda text: gzip.compress(svg(text)),
    "feed.rss": lambda text: feed(hexadecimal_entities(text)),
    "feed.atom": lambda text: feed(decimal_entities(text)),
    "page.md": lambda text: f"# {text}\n".encode(),
    "workbook.zip": lambda text: zipped({"table.xlsx": xlsx(text)}),
    "stored.zip": lambda text: zipped({f"{text}.txt": b"x"}),
    "link.html": lambda text: f'<!doctype html><a href="../search/?q={quote(text)}">某</a>'.encode(),
}
"""Rarer ways."""

NUMBERS: dict[str, Carrier] = {
    "number.json": lambda text: json.dumps({"a": int(text)}).encode(),
    "number.parquet": lambda text: parquet(pa.array([int(text), 1])),
    "number.xlsx": lambda text: xlsx(int(text)),
}
"""For values of digits alone."""

OPAQUE: dict[str, Carrier] = {
    "data.json.bz2": lambda text: bz2.compress(text.encode()),
    "data.json.xz": lambda text: lzma.compress(text.encode()),
    "data.json.br": lambda text: b"\x1b\x10\x00\x00\x24\x81\xe2\x51\x01" + text.encode()[::-1],
    "files.7z": lambda text: b"7z\xbc\xaf\x27\x1c\x00\x04" + lzma.compress(text.encode()),
}
"""Packed in ways that nobody here unpacks."""
