"""Has files opened by a process apart, with limits on memory and time: see `opening.py`.

One process serves all files of a batch, as starting it costs more than reading a small file; another one is
started where it was lost to a file.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import orjson

import generator
from generator.intake.cells import Cells
from generator.intake.opening import LENGTH, path_as_text


@dataclass(frozen=True)
class Limits:
    """What the opening of one file may take."""

    memory: int = 2 << 30
    """Bytes of address space, where the platform has such a limit."""
    seconds: float = 120


class RefusedError(Exception):
    """A file that was not opened. `code` is that of a fault with a `reason`, which is `args[0]`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


def open_apart(path: Path, form: str, limits: Limits | None = None) -> list[Cells]:
    """The sheets of a file that have text. Raises RefusedError."""
    limits = limits or Limits()
    place, state = path.resolve(), path.stat()
    file = (place, state.st_mtime_ns, state.st_size, form, limits)
    if file in _refused:
        raise RefusedError(*_refused[file])
    said = _opener(limits).ask({"path": path_as_text(place), "form": form}, limits.seconds)
    if "sheets" in said:
        return [Cells(**sheet) for sheet in said["sheets"]]
    code = "file-unreadable" if "unreadable" in said else "file-too-large"
    _refused[file] = (code, said.get("unreadable") or said["too_large"])
    raise RefusedError(*_refused[file])


_refused: dict[tuple[Path, int, int, str, Limits], tuple[str, str]] = {}
"""Files that were not opened, and why: a check looks at a file more than once, and takes its time only once."""


class _Opener:
    """The process, started when it is first asked."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, request: dict[str, str], seconds: float) -> dict[str, Any]:
        process = self._running()
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        late = Timer(seconds, process.kill)
        late.start()
        try:
            process.stdin.write(orjson.dumps(request) + b"\n")
            process.stdin.flush()
            length = int.from_bytes(process.stdout.read(LENGTH), "little")
            content = process.stdout.read(length)
        except OSError:
            content = b""
        finally:
            in_time = late.is_alive()
            late.cancel()
        if content:
            found: dict[str, Any] = orjson.loads(content)
            return found
        self.close()
        why = "占用内存过多，多半是在很远的行或者列留有内容" if in_time else f"{seconds:g} 秒内没有打开"
        return {"too_large": why}

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            above = str(Path(generator.__file__).parents[1])
            paths = os.pathsep.join(filter(None, [above, os.environ.get("PYTHONPATH")]))
            self._process = subprocess.Popen(  # noqa: S603 - this program's own words
                [sys.executable, "-m", "generator.intake.opening", str(self._limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
            )
        return self._process

    def close(self) -> None:
        """End the process; what it was doing is given up."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


_openers: dict[tuple[int, Limits], _Opener] = {}
"""By process and limits: a worker that was forked has to start an opener of its own."""


def _opener(limits: Limits) -> _Opener:
    key = os.getpid(), limits
    if key not in _openers:
        _openers[key] = _Opener(limits)
        atexit.register(_close, key)
    return _openers[key]


def _close(key: tuple[int, Limits]) -> None:
    if key[0] == os.getpid():
        _openers[key].close()
