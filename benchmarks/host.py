"""A host as the web has them: HTTP/2 over TLS, text packed; and the line of a phone in front of it.

The line is a proxy: 150 ms for a round trip, those that open a connection included, and 9 Mbit/s each way, shared by
all connections. A browser's own emulation delays each request by itself and knows no connection.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import gzip
import hashlib
import mimetypes
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

SUB_PATH = "/portal/"
_ROUND_TRIP = 0.15
_BYTES_A_SECOND = 9e6 / 8
_PACKED = (".html", ".js", ".css", ".json", ".svg")
_CHUNK = 4096
_STARTING = 20


async def app(scope: Any, protocol: Any) -> None:
    """Answer a request for a file of the site (RSGI)."""
    path = Path(os.environ["SITE"]) / scope.path.removeprefix(SUB_PATH)
    path = path / "index.html" if scope.path.endswith("/") else path
    if not scope.path.startswith(SUB_PATH) or not path.is_file():
        protocol.response_empty(404, [])
        return
    headers = [("content-type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")]
    if path.suffix in _PACKED:
        protocol.response_bytes(200, [*headers, ("content-encoding", "gzip")], _packed(path))
    else:
        protocol.response_bytes(200, [("content-type", "application/gzip")], path.read_bytes())


@lru_cache(maxsize=256)
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@dataclass(frozen=True)
class Host:
    """Where a site is served."""

    near: str
    """Its address, with a slash at the end."""
    far: str
    """Its address at the other end of the slow line."""
    key: str
    """What a browser is told (`--ignore-certificate-errors-spki-list`) so that it trusts the host at once."""


@contextlib.contextmanager
def hosted(site: Path) -> Iterator[Host]:
    """Serve a site while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        key, certificate, public = (f"{folder}/{name}.pem" for name in ("key", "certificate", "public"))
        made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        _openssl(*made, "-subj", "/CN=localhost", "-keyout", key, "-out", certificate)
        _openssl("pkey", "-in", key, "-pubout", "-outform", "DER", "-out", public)
        digest = base64.b64encode(hashlib.sha256(Path(public).read_bytes()).digest()).decode()
        port = _free_port()
        command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(port), "--no-log"]
        command += ["--ssl-certificate", certificate, "--ssl-keyfile", key, "benchmarks.host:app"]
        server = subprocess.Popen(command, env={**os.environ, "SITE": str(site.resolve())})
        try:
            _wait_for(port)
            with _line(port) as slow:
                yield Host(f"https://127.0.0.1:{port}{SUB_PATH}", f"https://127.0.0.1:{slow}{SUB_PATH}", digest)
        finally:
            server.terminate()
            server.wait()


def _openssl(*command: str) -> None:
    subprocess.run(["openssl", *command], check=True, capture_output=True)


@contextlib.contextmanager
def _line(port: int) -> Iterator[int]:
    """The port of a proxy that is as slow as the line."""
    slow = _free_port()
    loop = asyncio.new_event_loop()

    async def open_line() -> None:
        down, up = _Direction(), _Direction()

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(_ROUND_TRIP)  # what the three-way handshake takes; the one with the proxy took nothing
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(up.carry(reader, far_writer), down.carry(far_reader, writer))

        await asyncio.start_server(carry, "127.0.0.1", slow)

    loop.run_until_complete(open_line())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield slow
    finally:
        asyncio.run_coroutine_threadsafe(_end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _end() -> None:
    """Give up the connections that are open."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


class _Direction:
    """One direction of the line: so many bytes a second in all, each half a round trip on its way."""

    def __init__(self) -> None:
        self._free = 0.0
        """When the last byte will have left."""

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand on what comes, late, until the connection ends."""
        on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(_arrive(on_the_way, writer))
        with contextlib.suppress(ConnectionError):
            while content := await reader.read(_CHUNK):
                self._free = max(self._free, time.perf_counter()) + len(content) / _BYTES_A_SECOND
                on_the_way.put_nowait((self._free + _ROUND_TRIP / 2, content))
                await asyncio.sleep(self._free - time.perf_counter())
        on_the_way.put_nowait((time.perf_counter() + _ROUND_TRIP / 2, b""))
        await arriving


async def _arrive(on_the_way: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while True:
            due, content = await on_the_way.get()
            await asyncio.sleep(due - time.perf_counter())
            if not content or writer.is_closing():
                break
            writer.write(content)
    writer.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.monotonic() + _STARTING
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
