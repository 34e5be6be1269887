"""Fixtures that every part of the tests may use. The makers of portals and rows are in portals.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import generator  # noqa: F401 - first, as it says how openpyxl writes

# isort: split
import pytest
from hypothesis import settings
from portals import ADDRESS, Content, build_site, crowd, make_portal

# The same examples on every run, and no clock: the machines that run this are busy with other work.
settings.register_profile("calm", derandomize=True, deadline=None, database=None, max_examples=50)
settings.load_profile("calm")


@pytest.fixture
def root(tmp_path: Path) -> Callable[..., Path]:
    """Makes portals, each in a fresh folder: `root({path: content}, today="2024-01-05")`."""
    names = (f"portal-{number}" for number in count(1))

    def make(files: Mapping[str, Content] | None = None, **words: Any) -> Path:
        return make_portal(tmp_path / next(names), files, **words)

    return make


@pytest.fixture(scope="session")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal with something of everything; see `crowd`. It is built once: look, do not touch."""
    return make_portal(tmp_path_factory.mktemp("crowded") / "portal", crowd(), pages=True, address=ADDRESS)


@pytest.fixture(scope="session")
def site(crowded: Path) -> Path:
    """The site of `crowded`."""
    return build_site(crowded)
