"""Fixtures of the tests about display."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from display.quick import Quick, quick


@pytest.fixture(scope="module")
def portal() -> Iterator[Quick]:
    """A portal to publish rows with; every call gives its own rows."""
    with quick() as made:
        yield made
