"""Names of files as people read them: those that Windows packed are bytes in GBK, which are no text elsewhere."""

from __future__ import annotations

import os


def is_readable(name: str) -> bool:
    """Whether a name, as the system gives it, is text."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def readable(name: str) -> str:
    """A name to show."""
    return name if is_readable(name) else os.fsencode(name).decode("gb18030", "replace")
