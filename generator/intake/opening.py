"""The process in which workbooks are opened: one request a line, one answer each, until its input ends.

A file that somebody sends may make a library take all memory, or never come back. Here that costs this process
alone; `apart.py` starts it, measures its time and says what became of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

import orjson

from generator.intake.cells import Cells, TooLargeError
from generator.intake.encoding import decode
from generator.intake.page import read_page
from generator.intake.spreadsheet_xml import read_spreadsheet_xml
from generator.intake.workbook import DAMAGED, UnreadableError, read_workbook

LENGTH = 8
"""Bytes before an answer that say how long it is."""


def open_file(path: Path, form: str) -> list[Cells]:
    """The sheets of a file of a form that `container.py` knows. Raises UnreadableError and TooLargeError."""
    if form not in ("html", "xml"):
        return read_workbook(path, form)
    read = decode(path.read_bytes())
    if read is None:
        raise UnreadableError("文字编码无法识别")
    try:
        return read_page(read.text) if form == "html" else read_spreadsheet_xml(read.text)
    except ElementTree.ParseError as error:
        raise UnreadableError(DAMAGED) from error


def answer(request: bytes) -> bytes:
    """What comes back for a request: JSON with `sheets`, `unreadable` or `too_large`."""
    wanted = orjson.loads(request)
    try:
        return orjson.dumps({"sheets": open_file(_path_of(wanted["path"]), wanted["form"])})
    except UnreadableError as error:
        return orjson.dumps({"unreadable": str(error)})
    except TooLargeError as error:
        return orjson.dumps({"too_large": str(error)})
    except MemoryError:
        return orjson.dumps({"too_large": "打开时占用内存过多"})
    except BaseException:  # noqa: BLE001 - the library panics in ways of its own; whatever it is, the next file is read
        return orjson.dumps({"unreadable": DAMAGED})


def path_as_text(path: Path) -> str:
    """A path for a request: its bytes one by one, as names out of other systems may be no text here."""
    return os.fsencode(path).decode("latin-1")


def _path_of(text: str) -> Path:
    return Path(os.fsdecode(text.encode("latin-1")))


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; sizes are looked at before a file comes here.
        return
    # A system may know the limit and not let it be set.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer until there is nothing more to answer. The first argument is the memory that may be taken, in bytes."""
    _limit_memory(int(sys.argv[1]))
    for request in sys.stdin.buffer:
        content = answer(request)
        sys.stdout.buffer.write(len(content).to_bytes(LENGTH, "little") + content)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
