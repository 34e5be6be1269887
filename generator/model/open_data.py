"""What is offered for download, on which terms, and what the feeds of changes hold; data/rules/open-data.yml."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field as Setting

from generator.model.declaration import Declared, read_declaration


class Terms(Declared):
    """Terms of reuse, shown with the downloads."""

    title: str
    articles: tuple[str, ...] = Setting(min_length=1)


class FeedRules(Declared):
    """How far the feeds of changes reach back, and how many entries they hold at most."""

    days: int = Setting(gt=0)
    entries: int = Setting(gt=0)


class OpenDataRules(Declared):
    """data/rules/open-data.yml. Which kinds are offered is declared with each kind."""

    persons: bool = False
    """Whether records of natural persons, whose names are masked, are offered as well."""
    feed: FeedRules
    terms: Terms


def load_open_data_rules(path: Path) -> OpenDataRules:
    """Read data/rules/open-data.yml."""
    return read_declaration(path, OpenDataRules)
