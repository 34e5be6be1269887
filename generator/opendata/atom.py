"""Feeds as documents: Atom (RFC 4287), and RSS 2.0 for readers that know nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr


@dataclass(frozen=True)
class Entry:
    """One entry. Days are ISO; they are told as the beginning of the day in Shanghai."""

    id: str
    title: str
    link: str
    day: str
    """Of the last change."""
    text: str
    category: str = ""
    published: str = ""


@dataclass(frozen=True)
class Channel:
    """A feed: what it is about, where it lies, and its entries, newest first."""

    id: str
    title: str
    subtitle: str
    day: str
    author: str
    own: str
    """Address of the feed itself."""
    link: str
    """Address of the page it belongs to."""
    entries: list[Entry]


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def urn(name: str) -> str:
    """An id that stays as long as the name does."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def moment(day: str) -> str:
    """The beginning of a day in Shanghai."""
    return f"{day}T00:00:00+08:00"


def atom(channel: Channel) -> bytes:
    """The feed as Atom."""
    entries = "".join(
        f"<entry><id>{entry.id}</id><title>{_text(entry.title)}</title>"
        + (f"<published>{moment(entry.published)}</published>" if entry.published else "")
        + f"<updated>{moment(entry.day)}</updated>"
        + (f"<category term={_quoted(entry.category)}/>" if entry.category else "")
        + f"<link href={_quoted(entry.link)}/><summary>{_text(entry.text)}</summary></entry>\n"
        for entry in channel.entries
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
        f"<id>{channel.id}</id>\n"
        f"<title>{_text(channel.title)}</title>\n<subtitle>{_text(channel.subtitle)}</subtitle>\n"
        f"<updated>{moment(channel.day)}</updated>\n"
        f"<author><name>{_text(channel.author)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href={_quoted(channel.own)}/>\n'
        f"<link href={_quoted(channel.link)}/>\n"
        f"{entries}</feed>\n"
    )
    return document.encode()


def rss(channel: Channel) -> bytes:
    """The feed as RSS 2.0. Its addresses have to be full ones."""
    items = "".join(
        f"<item><title>{_text(entry.title)}</title><link>{_text(entry.link)}</link>"
        f'<guid isPermaLink="false">{entry.id}</guid><pubDate>{_mail_day(entry.published or entry.day)}</pubDate>'
        + (f"<category>{_text(entry.category)}</category>" if entry.category else "")
        + f"<description>{_text(entry.text)}</description></item>\n"
        for entry in channel.entries
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{_text(channel.title)}</title><link>{_text(channel.link)}</link>\n"
        f"<description>{_text(channel.subtitle)}</description><language>zh-CN</language>\n"
        f"<lastBuildDate>{_mail_day(channel.day)}</lastBuildDate>\n"
        f'<atom:link rel="self" type="application/rss+xml" href={_quoted(channel.own)}/>\n'
        f"{items}</channel></rss>\n"
    )
    return document.encode()


def _mail_day(day: str) -> str:
    return format_datetime(datetime.fromisoformat(moment(day)))


def _text(text: str) -> str:
    return escape(_allowed(text))


def _quoted(text: str) -> str:
    return quoteattr(_allowed(text))


def _allowed(text: str) -> str:
    return _NOT_XML.sub("", text)
