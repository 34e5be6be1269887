"""The site under construction: written beside the old one, which it replaces only when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.assemble.kept import KeptFiles
from generator.model.declaration import ConfigError

BUILD_FILE = "build.json"
"""The file that tells a built site from any other folder, and the only one that holds the time of the build."""


@dataclass(frozen=True)
class Staging:
    """A folder that becomes the site."""

    folder: Path
    kept: KeptFiles | None = None
    """Files of former builds; without them everything is made anew."""

    def write(self, path: str, content: bytes | str, key: str = "") -> None:
        """Write one file; `path` is its address below the site's root. With a key (see `take`) it is kept."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
        if self.kept and key:
            self.kept.keep(key, target)

    def take(self, path: str, *made_of: bytes | str) -> str:
        """Take a file over from a former build, if it was made of the same. Else the key to write it with."""
        if self.kept is None:
            return "-"
        key = self.kept.key(path, made_of)
        return "" if self.kept.take(key, self.folder / path) else key


def check_place(out: Path, root: Path) -> None:
    """Refuse to build over anything but a former site: a build removes what was there. Raises ConfigError."""
    if out == root or out in root.parents:
        raise ConfigError(out, None, "网站目录不能是信用网站的根目录或其上级目录")
    if out.exists() and any(out.iterdir()) and not (out / BUILD_FILE).exists():
        raise ConfigError(out, None, "目录不为空，也不是以前生成的网站；请换一个目录")


@contextmanager
def staged(out: Path, kept: KeptFiles | None = None) -> Iterator[Staging]:
    """Build beside `out`, then take its place. If anything fails, `out` stays as it was."""
    new = out.with_name(f".{out.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield Staging(new, kept)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    take_place(new, out)
    if kept:
        kept.drop_unused()


def take_place(new: Path, out: Path) -> None:
    """Put a finished site in the place of the old one."""
    old = out.with_name(f".{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)
