"""The feeds of changes: Atom, JSON Feed, and a file for each month that reaches back to the beginning.

A copy of a feed outlives the display period like any other: entries carry id, kind, month, day and link, never a
name; those of what is no longer shown, id, day and link alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import orjson
import pandas as pd

from generator.model.portal import Portal
from generator.opendata.atom import Channel, Entry, moment, urn
from generator.opendata.atom import atom as atom_document
from generator.opendata.changes import CORRECTED, GONE, NEW
from generator.opendata.files import FOLDER
from generator.render.templates import month_in_words
from generator.store.columnar import pack

ATOM, JSON = "changes.atom", "changes.json"
"""Addresses below the folder of downloads."""
_SAID = {NEW: "新公示", CORRECTED: "更正", GONE: "停止公示"}


@dataclass(frozen=True)
class Feed:
    """The newest changes, and what has to be said about them."""

    portal: Portal
    today: date
    entries: pd.DataFrame
    total: int
    """Changes in the days the feed reaches back; more than entries where the cap was met."""

    @property
    def root(self) -> str:
        """What leads to the site's root: its address, or from the feeds where none is given."""
        return self.portal.site.address or "../"

    @property
    def description(self) -> str:
        """How far the feed reaches and what is left out."""
        days = self.portal.open_data.feed.days
        told = f"截至{self.today.isoformat()}的{days}日内共{self.total:,}条变化"
        if len(self.entries) < self.total:
            told += f"，本源收录其中{len(self.entries):,}条：先收更正和停止公示，再收最近的新公示"
        return f"{told}。更早的更正和停止公示按月存放，见 index.json 的 changes。"

    def items(self) -> list[dict[str, str]]:
        """Each entry in words and links."""
        return [
            {
                "change": change,
                "urn": urn(f"{record}-{change}-{day}"),
                "link": f"{self.root}notice/?id={record}",
                "title": f"{_SAID[change]}：{self._title_of(kind)}{record}",
                "day": day,
                "text": self._text(day, change, record, kind, month),
            }
            for day, change, record, kind, month in self.entries.astype(object).to_numpy().tolist()
        ]

    def _title_of(self, kind: str) -> str:
        return f"{self.portal.kinds[kind].title} " if kind else ""

    def _text(self, day: str, change: str, record: str, kind: str, month: str) -> str:
        if change == GONE:
            return f"公示编号{record}自{day}起停止公示，请从副本中删除。"
        said = "起公示" if change == NEW else "更正，请更新副本"
        title = self.portal.kinds[kind].title
        return f"{title}，{month_in_words(month)}作出决定，公示编号{record}，{day}{said}。"


def atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    site, own = feed.portal.site, f"{feed.root}{FOLDER}"
    entries = [
        Entry(item["urn"], item["title"], item["link"], item["day"], item["text"], item["change"])
        for item in feed.items()
    ]
    return atom_document(
        Channel(
            id=urn(f"{site.name} {own}{ATOM}"),
            title=_title(feed),
            subtitle=feed.description,
            day=feed.today.isoformat(),
            author=site.organizer,
            own=own + ATOM,
            link=own,
            entries=entries,
        )
    )


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1; `_change` of an item is what a program reads."""
    own = f"{feed.root}{FOLDER}"
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(feed),
        "home_page_url": own,
        "feed_url": own + JSON,
        "description": feed.description,
        "language": "zh-CN",
        "authors": [{"name": feed.portal.site.organizer}],
        "_changes": {"as_of": feed.today.isoformat(), "total": feed.total, "listed": len(feed.entries)},
        "items": [
            {
                "id": item["urn"],
                "url": item["link"],
                "title": item["title"],
                "content_text": item["text"],
                "date_published": moment(item["day"]),
                "_change": {name: value for name, value in change.items() if value},
            }
            for item, change in zip(feed.items(), feed.entries.to_dict("records"), strict=True)
        ],
    }
    return orjson.dumps(document)


def month_path(month: str) -> str:
    """Address of the changes of a month, below the folder of downloads."""
    return f"changes/{month}.json.gz"


def month_file(changes: pd.DataFrame) -> bytes:
    """The lasting changes of a month in columns."""
    return pack({str(name): changes[name].tolist() for name in changes.columns})


def _title(feed: Feed) -> str:
    return f"{feed.portal.site.name}：公示信息变化"
