"""Tells what a file really is, by its content: the ending of its name says only what somebody called it."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

LARGEST_UNPACKED = 512 << 20
"""Bytes; a sheet of five million cells has half of it."""
_HEAD = 1 << 16


@dataclass(frozen=True)
class Container:
    """A form of files."""

    form: str
    """ "xlsx", "xlsb", "xls", "ods", "html", "xml" or "text"."""
    title: str
    """What people call it."""
    suffixes: tuple[str, ...]
    """The endings that say so."""


XLSX = Container("xlsx", "Excel 工作簿（.xlsx）", (".xlsx",))
XLSB = Container("xlsb", "Excel 二进制工作簿（.xlsb）", ())
XLS = Container("xls", "Excel 97-2003 工作簿（.xls）", (".xls",))
ODS = Container("ods", "OpenDocument 表格（.ods）", (".ods",))
PAGE = Container("html", "网页表格（HTML）", ())
XML = Container("xml", "“XML 电子表格 2003”", ())
TEXT = Container("text", "文本表格（CSV）", (".csv", ".tsv", ".txt"))


class NoTableError(Exception):
    """A file of a form that holds no table. `code` is that of a fault with a `reason`, which is `args[0]`."""

    def __init__(self, reason: str, code: str = "file-unreadable") -> None:
        super().__init__(reason)
        self.code = code


_OTHERS = {
    b"%PDF": "这是 PDF 文件",
    b"\x89PNG": "这是图片",
    b"\xff\xd8\xff": "这是图片",
    b"GIF8": "这是图片",
    b"Rar!": "这是压缩包，请解压后提交里面的表格",
    b"7z\xbc\xaf": "这是压缩包，请解压后提交里面的表格",
    b"\x1f\x8b": "这是压缩包，请解压后提交里面的表格",
    b"{\\rtf": "这是 Word 文档",
    b"MIME-Version:": "这是网页归档文件（.mht）",
}
_PAGE = re.compile(rb"<(html|table|head|meta|body|!doctype\s+html)\b", re.IGNORECASE)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_PARTS = {"xl/workbook.xml": XLSX, "xl/workbook.bin": XLSB}


def container_of(path: Path) -> Container:
    """What a file is. Raises NoTableError; OSError where it is not there."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
            return _packed(path)
        if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
            return _compound(head + file.read())
    for mark, reason in _OTHERS.items():
        if head.startswith(mark):
            raise NoTableError(reason)
    # Marks of UTF-16 and its zeros do not hide what is ASCII.
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if plain.startswith(b"<?xml") and _SPREADSHEET in plain:
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise NoTableError("XML 中有不允许的定义")
        return XML
    return PAGE if plain.startswith(b"<") and _PAGE.search(plain) else TEXT


def _packed(path: Path) -> Container:
    """What a ZIP archive is, by the names of its members."""
    try:
        with zipfile.ZipFile(path) as content:
            members = {member.filename: member.file_size for member in content.infolist()}
            kind = content.read("mimetype")[:80].decode("ascii", "ignore") if members.get("mimetype", 99) < 99 else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError) as error:
        raise NoTableError("文件已损坏，或者不完整") from error
    if sum(members.values()) > LARGEST_UNPACKED:
        raise NoTableError(f"解压后超过 {LARGEST_UNPACKED >> 20} MB", "file-too-large")
    for part, container in _PARTS.items():
        if part in members:
            return container
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return ODS
    if "word/document.xml" in members or kind.startswith("application/vnd.oasis.opendocument.text"):
        raise NoTableError("这是 Word 文档")
    raise NoTableError("这是压缩包，请解压后提交里面的表格")


def _compound(content: bytes) -> Container:
    """What an OLE file is, by the names of its streams: they stand in it as UTF-16."""

    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in content

    if has("EncryptedPackage"):
        raise NoTableError("文件设有密码")
    if has("Workbook") or has("Book"):
        if len(content) > LARGEST_UNPACKED:
            raise NoTableError(f"超过 {LARGEST_UNPACKED >> 20} MB", "file-too-large")
        return XLS
    raise NoTableError("这是 Word 文档" if has("WordDocument") else "不是 Excel 工作簿，或者已损坏")
