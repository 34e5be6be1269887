"""robots.txt and the sitemap, with the days on which pages last changed as the data tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

from generator.assemble.staging import Staging

LIMIT = 50_000
"""Addresses a sitemap may hold (sitemaps.org); beyond that there are several, and an index of them."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True, order=True)
class Page:
    """A page that search engines may list."""

    address: str
    """Below the site's root."""
    changed: str = ""
    """ISO day of the last change, "" where the data do not tell it."""


def write_robots(staging: Staging, address: str | None, pages: Iterable[Page], limit: int = LIMIT) -> None:
    """robots.txt, and the sitemap where the site's address is known (a sitemap needs full addresses)."""
    lines = ["User-agent: *", "Allow: /"]
    if address:
        lines.append(f"Sitemap: {address}sitemap.xml")
        listed = sorted(pages)
        parts = [listed[first : first + limit] for first in range(0, len(listed), limit)] or [[]]
        if len(parts) == 1:
            staging.write("sitemap.xml", _document("urlset", "url", address, parts[0]))
        else:
            maps = [
                Page(f"sitemap-{number}.xml", max(page.changed for page in part))
                for number, part in enumerate(parts, 1)
            ]
            for each, part in zip(maps, parts, strict=True):
                staging.write(each.address, _document("urlset", "url", address, part))
            staging.write("sitemap.xml", _document("sitemapindex", "sitemap", address, maps))
    staging.write("robots.txt", "\n".join(lines) + "\n")


def _document(root: str, entry: str, address: str, pages: Iterable[Page]) -> str:
    lines = "".join(
        f"<{entry}><loc>{escape(address + page.address)}</loc>"
        + (f"<lastmod>{page.changed}</lastmod>" if page.changed else "")
        + f"</{entry}>\n"
        for page in pages
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_NAMESPACE}>\n{lines}</{root}>\n'
