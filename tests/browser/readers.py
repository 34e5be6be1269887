"""Who looks at the site, and when it was built for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from playwright.sync_api import Page

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NOW = datetime(2024, 1, 5, 2, 30, tzinfo=timezone(timedelta(hours=8)))

OpenReader = Callable[..., Page]
"""Opens a page in a browser of its own; takes the options of Playwright's `new_context`."""
