"""Files of office programs without a clock: equal content gives equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime

from openpyxl import Workbook

# The first time a zip archive can hold.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def still_workbook(workbook: Workbook) -> bytes:
    """The bytes of a workbook without the time of writing."""
    written = io.BytesIO()
    workbook.properties.created = datetime(*_ZIP_EPOCH)
    workbook.save(written)
    return still(written.getvalue(), _without_time)


def still(package: bytes, mended: Callable[[str, bytes], bytes] = lambda name, part: part) -> bytes:
    """The parts of a package (.xlsx, .docx) put together again without the time of writing.

    `mended`: what becomes of a part, by its name. Not compressed, as compression differs between libraries.
    """
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), mended(name, source.read(name)))
    return written.getvalue()


def _without_time(name: str, part: bytes) -> bytes:
    if name != "docProps/core.xml":
        return part
    return re.sub(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", b"1980-01-01T00:00:00Z", part)
