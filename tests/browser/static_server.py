"""A static host for tests: a built site under /portal/ on a free port, as GitHub Pages serves a project."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

SUB_PATH = "/portal/"


class SubPath(SimpleHTTPRequestHandler):
    """Knows no address outside the sub-path, so that a link to the host's root shows up as a fault."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def translate_path(self, path: str) -> str:
        below = urlsplit(path).path
        if not below.startswith(SUB_PATH):
            return str(Path(self.directory) / "outside-the-sub-path")
        return super().translate_path("/" + below.removeprefix(SUB_PATH))

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output for failures."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve `site` while the block runs. Yields its address, with a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SubPath, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
