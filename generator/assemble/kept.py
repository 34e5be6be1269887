"""Files of former builds that need not be made anew: found by what they were made of.

A kept file is a second name (hard link) of the file in the site, so that it costs no space and no copying. It is taken
again only if it is as it was written: its name says when that was. Where a file system has no hard links nothing is
kept, and every build makes everything.
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import pandas as pd
import pyarrow as pa

_NO_LINK = (errno.EXDEV, errno.EMLINK, errno.EPERM, errno.ENOTSUP)
"""The site lies on another file system, the file has all the names it can have, or there are no links here."""


@dataclass(frozen=True)
class KeptFiles:
    """Where they lie."""

    folder: Path
    foundation: str
    """Fingerprint of the program and the declarations."""
    build: str = field(default_factory=lambda: secrets.token_hex(8))
    """Tells the builds apart that one process makes, as `portal serve` does."""

    def key(self, path: str, made_of: tuple[bytes | str, ...]) -> str:
        """The name of a file with this address, made of this and by the present program: hex."""
        digest = blake2b(digest_size=16)
        for part in (self.foundation, path, *made_of):
            content = part if isinstance(part, bytes) else part.encode()
            digest.update(len(content).to_bytes(8))
            digest.update(content)
        return digest.hexdigest()

    def take(self, key: str, target: Path) -> bool:
        """Give a kept file a place in the site; False if there is none."""
        name = _names(self.folder / key[:2], self.build).get(key)
        if name is None:
            return False
        kept = self.folder / key[:2] / name
        if not kept.exists() or _name(key, kept) != name:
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(kept, target)
        except OSError as fault:
            if fault.errno not in _NO_LINK:
                raise
            return False
        return True

    def keep(self, key: str, written: Path) -> None:
        """Keep a file of the site for the next build."""
        folder = self.folder / key[:2]
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):  # no hard links here, or kept already
            os.link(written, folder / _name(key, written))

    def drop_unused(self) -> None:
        """Remove what no site has any more: after a build, what it did not take."""
        for path in self.folder.glob("*/*"):
            if path.stat().st_nlink == 1:
                path.unlink()


def _name(key: str, file: Path) -> str:
    return f"{key}-{file.stat().st_mtime_ns:x}"


@lru_cache(maxsize=1024)
def _names(folder: Path, build: str) -> dict[str, str]:
    """Key → name of the files that lay in a folder when a build first looked at it."""
    return {path.name.partition("-")[0]: path.name for path in folder.iterdir()} if folder.is_dir() else {}


class Content:
    """Rows as bytes, to tell whether they are those that a file was made of."""

    def __init__(self, rows: pd.DataFrame | pa.Table) -> None:
        table = rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(rows, preserve_index=False)
        batches = table.combine_chunks().to_batches()
        self._rows = batches[0] if batches else None

    def of(self, start: int, end: int) -> bytes:
        """What rows `start` to `end` say: equal bytes for equal rows, whatever lies around them."""
        return b"" if self._rows is None else self._rows.slice(start, end - start).serialize().to_pybytes()
