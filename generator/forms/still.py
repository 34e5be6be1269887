"""Workbooks without a clock: equal content gives equal bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

from openpyxl import Workbook

# The first time a zip archive can hold.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def still_workbook(workbook: Workbook) -> bytes:
    """The bytes of a workbook without the time of writing.

    Not compressed, as compression differs between libraries.
    """
    written = io.BytesIO()
    workbook.properties.created = datetime(*_ZIP_EPOCH)
    workbook.save(written)
    still = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", b"1980-01-01T00:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), part)
    return still.getvalue()
