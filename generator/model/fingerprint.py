"""Fingerprints of what a build depends on beside the records: if they are equal, equal records give equal files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path

_NOT_DECLARATIONS = ("records", "bulletins", "statistics", "withdrawals.csv", "objections.csv", "assertions.yml")
"""What lies under data/ and declares nothing that records are checked, shown or written by."""


def foundation(root: Path) -> str:
    """Fingerprint of the program, its libraries and the declarations of a portal: hex."""
    digest = blake2b(sys.version.encode(), digest_size=16)
    for name, version in sorted((found.metadata["Name"], found.version) for found in distributions()):
        digest.update(f"{name} {version}\n".encode())
    package = Path(__file__).parents[1]
    _add(digest, package, (path for path in package.rglob("*") if "__pycache__" not in path.parts))
    data = root / "data"
    declarations = (path for path in data.iterdir() if path.name not in _NOT_DECLARATIONS)
    _add(digest, data, (file for path in declarations for file in ([path] if path.is_file() else path.rglob("*"))))
    return digest.hexdigest()


def _add(digest: blake2b, folder: Path, paths: Iterable[Path]) -> None:
    """Names and contents of files."""
    for path in sorted(path for path in paths if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
