"""A file with one fault and the line that a clerk reads about it; a portal that takes one such file after another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portals import TODAY, Admitted, Content, admitted, write


@dataclass(frozen=True)
class Case:
    """Files with one fault, and the line about it."""

    files: Mapping[str, Content]
    said: str
    kind: tuple[str, str] | None = None
    """A replacement in the licence's kind.yml, for a fault that no present field can have."""
    publishes: int = 0
    """Rows that are published all the same."""
    rows: int = 1
    today: date = TODAY


@contextmanager
def laid_out(portal: Path, files: Mapping[str, Content], today: date = TODAY) -> Iterator[Admitted]:
    """What check says of a portal with these files and no other records; it is as before when the block ends."""
    before = {path: (portal / path).read_bytes() for path in files if (portal / path).exists()}
    try:
        for path, content in files.items():
            write(portal / path, content)
        with admitted(portal, today) as found:
            yield found
    finally:
        for path in files:
            (portal / path).unlink(missing_ok=True)
        shutil.rmtree(portal / "data/records")
        (portal / "data/records").mkdir()
        for path, content in before.items():
            write(portal / path, content)
