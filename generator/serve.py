"""`portal serve`: shows the site on this machine and builds it anew when a file changes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from rich.console import Console
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.assertions import CountsFellError
from generator.model.declaration import ConfigError

_WATCHED = ("data", "content", "theme_overrides", "mkdocs.yml")
_QUIET_SECONDS = 1.0
"""Editors and git write many files at once: wait until they are done."""


class _Quiet(SimpleHTTPRequestHandler):
    """A file server that does not print every request."""

    def log_message(self, format: str, *words: object) -> None:
        """Say nothing."""


def serve_folder(folder: Path, port: int, console: Console) -> None:
    """Serve a folder on this machine until interrupted."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder))) as server:
        console.print(f"请在浏览器中打开 http://127.0.0.1:{port}/ （按 Ctrl+C 结束）")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            console.print("已结束")


@contextmanager
def watch(root: Path, rebuild: Callable[[], None], console: Console) -> Iterator[None]:
    """Call `rebuild` when a source file has changed. A fault in configuration is told, and the old site stays."""
    changed = threading.Event()
    stopped = threading.Event()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type in {"created", "modified", "moved", "deleted"}:
                changed.set()

    def work() -> None:
        while not stopped.is_set():
            if not changed.wait(_QUIET_SECONDS):
                continue
            changed.clear()
            if changed.wait(_QUIET_SECONDS):
                continue
            try:
                rebuild()
            except (ConfigError, CountsFellError) as error:
                console.print(str(error), style="red", markup=False, soft_wrap=True)

    observer = Observer()
    for name in _WATCHED:
        if (root / name).exists():
            observer.schedule(Handler(), str(root / name), recursive=True)
    observer.start()
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield
    finally:
        stopped.set()
        observer.stop()
        observer.join()
        worker.join(timeout=60)
