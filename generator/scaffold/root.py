"""What one portal takes from another: its declarations and pages, never its records."""

from __future__ import annotations

import shutil
from pathlib import Path

_PAGES = ("mkdocs.yml", "content", "theme_overrides")
# What belongs to the records of one city and not to its portal.
_LEFT_BEHIND = frozenset({"records", "bulletins", "statistics", "withdrawals.csv", "objections.csv", "assertions.yml"})


def copy_declarations(source: Path, root: Path) -> None:
    """Copy declarations and pages of the portal under `source` to `root`; what stands there under their names goes."""
    for name in _PAGES:
        replace(source / name, root / name)
    for path in sorted((source / "data").iterdir()):
        if path.name not in _LEFT_BEHIND:
            replace(path, root / "data" / path.name)


def replace(source: Path, target: Path) -> None:
    """Put a copy of a file or folder in the place of `target`; nothing where there is no source."""
    if target.is_dir():
        shutil.rmtree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        shutil.copyfile(source, target)
        shutil.copymode(source, target)
