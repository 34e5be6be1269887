"""Makes files of every form a table arrives in, and changes what is in them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from portals import licence, workbook_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def laid_out(lines: Sequence[Sequence[Any]], top: int = 1, left: int = 1, merged: Sequence[str] = ()) -> bytes:
    """A workbook with lines of cells from a place on, and with merged cells."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    put(sheet, lines, top, left)
    for cells in merged:
        sheet.merge_cells(cells)
    return saved(workbook)


def put(sheet: Worksheet, lines: Sequence[Sequence[Any]], top: int = 1, left: int = 1) -> None:
    for row, line in enumerate(lines, top):
        for column, cell in enumerate(line, left):
            if cell != "":
                sheet.cell(row, column, cell)


def with_part(book: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == member else content)
    return changed.getvalue()


def with_cells(book: bytes, old: bytes, new: bytes) -> bytes:
    """A workbook with something else in the XML of its first sheet."""

    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new)

    return with_part(book, "xl/worksheets/sheet1.xml", change)


def spreadsheet_xml(lines: Sequence[Sequence[str]]) -> bytes:
    """Excel's XML of 2003; blank cells are left out, and the next one names its place."""
    rows = []
    for line in lines:
        cells = [
            f'<Cell ss:Index="{place}"><Data ss:Type="String">{escape(text)}</Data></Cell>'
            for place, text in enumerate(line, 1)
            if text
        ]
        rows.append(f"<Row>{''.join(cells)}</Row>")
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="许可"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def page(lines: Sequence[Sequence[str]]) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in line)}</tr>" for line in lines)
    return (
        f'<html><head><meta charset="gbk"><title>导出</title></head><body><table border=1>{rows}</table></body></html>'
    )


def open_document(lines: Sequence[Sequence[str]]) -> bytes:
    """An .ods file, with a million empty rows behind its table as LibreOffice writes them."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
            f'<table:table table:name="许可">{rows}<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        target.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return content.getvalue()


def archive(**members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, text in members.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return content.getvalue()


def swollen() -> bytes:
    """A workbook whose one sheet says of itself that it unpacks to two gigabytes."""
    book = workbook_of([licence()])
    place = book.index(b"PK\x01\x02")
    while book[place + 46 : place + 46 + struct.unpack_from("<H", book, place + 28)[0]] != b"xl/worksheets/sheet1.xml":
        place = book.index(b"PK\x01\x02", place + 4)
    return book[: place + 24] + struct.pack("<I", 2 << 30) + book[place + 28 :]
