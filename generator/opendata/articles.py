"""The feeds of articles: one of each section and one of all, so that others need not look for what is new.

RSS is what 湖南《市州信用门户网站信息发布规范》 asks for beside static pages. It needs full addresses, so it is only
written where the site's address is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.model.portal import Portal
from generator.opendata.atom import Channel, Entry, atom, rss, urn
from generator.publish.edition import Article, Edition
from generator.render.article_lists import ATOM, RSS


def article_feeds(portal: Portal, edition: Edition, today: date) -> Iterator[tuple[str, bytes]]:
    """Address below the site's root, and content."""
    folders = {"": edition.newest()}
    folders |= {f"{section}/": articles for section, articles in edition.sections.items()}
    for folder, articles in folders.items():
        yield f"{folder}{ATOM}", atom(_channel(portal, folder, ATOM, articles, today))
        if portal.site.address:
            yield f"{folder}{RSS}", rss(_channel(portal, folder, RSS, articles, today))


def _channel(portal: Portal, folder: str, name: str, articles: list[Article], today: date) -> Channel:
    site, sections = portal.site, portal.articles.sections
    section = sections.get(folder.removesuffix("/"))
    # Where the address is not known, links lead from the feed to the site's root.
    root = site.address or ("../" if folder else "./")
    newest = sorted(articles, key=lambda article: (article.updated, article.date, article.name), reverse=True)
    entries = [_entry(article, portal, root) for article in newest[: portal.articles.feed_entries]]
    return Channel(
        id=urn(f"articles {site.region} {folder}"),
        title=f"{site.name}：{section.title if section else '最新文章'}",
        subtitle=section.summary if section else "、".join(entry.title for entry in sections.values()),
        day=entries[0].day if entries else today.isoformat(),
        author=site.organizer,
        own=root + folder + name,
        link=root + folder,
        entries=entries,
    )


def _entry(article: Article, portal: Portal, root: str) -> Entry:
    section = portal.articles.sections[article.section]
    return Entry(
        # By its name alone: an article that moves to another section or year is still the same.
        id=urn(f"article {portal.site.region} {article.name}"),
        title=article.title,
        link=root + article.address,
        day=article.updated,
        text=article.summary,
        category=section.types[article.type].title,
        published=article.date,
    )
