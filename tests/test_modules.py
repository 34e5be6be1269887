"""The scripts of the pages: what a page's module imports is asked for at once, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

THEME = Path(__file__).parents[1] / "theme_overrides"
MODULES = THEME / "assets/portal"
LISTED = dict(
    re.findall(r'^  "(\w+)": \[(.*)\],$', (THEME / "partials/portal/modules.html").read_text(encoding="utf-8"), re.M)
)


def imported(module: str) -> set[str]:
    """The modules that must be there before this one runs; those that are asked for later do not count."""
    text = (MODULES / f"{module}.js").read_text(encoding="utf-8")
    direct = set(re.findall(r'^(?:import|export) [^;]*?from "\./(\w+)\.js";', text, re.M))
    return direct.union(*map(imported, direct))


@pytest.mark.parametrize("page", LISTED)
def test_a_page_asks_at_once_for_all_that_its_module_imports(page: str) -> None:
    assert re.findall(r'"(\w+)"', LISTED[page]) == sorted(imported(page))
