"""Bulletins as Markdown pages."""

from __future__ import annotations

import calendar
from datetime import date

from generator.bulletin.declaration import BulletinRules
from generator.bulletin.figures import Bulletin
from generator.model.site import Site
from generator.render.templates import environment, month_in_words


def bulletin_title(bulletin: Bulletin, rules: BulletinRules) -> str:
    """The title of a month's bulletin."""
    return rules.title.format(month=month_in_words(bulletin.month))


def bulletin_page(bulletin: Bulletin, rules: BulletinRules, site: Site) -> str:
    """One bulletin: sentences and annexes."""
    year, number = map(int, bulletin.month.split("-"))
    last_day = calendar.monthrange(year, number)[1]
    return (
        environment()
        .get_template("bulletin.md.j2")
        .render(
            bulletin=bulletin,
            rules=rules,
            site=site,
            title=bulletin_title(bulletin, rules),
            number=number,
            last_day=last_day,
            published=date(year, number, last_day).isoformat(),
        )
    )


def bulletin_pages(bulletins: list[Bulletin], rules: BulletinRules, site: Site) -> dict[str, str]:
    """Path below the pages folder → Markdown: the archive and each bulletin."""
    entries = [
        {"month": bulletin.month, "title": bulletin_title(bulletin, rules), "total": bulletin.total}
        for bulletin in bulletins
    ]
    pages = {"bulletins/index.md": environment().get_template("bulletins.md.j2").render(entries=entries)}
    for bulletin in bulletins:
        pages[f"bulletins/{bulletin.month}/index.md"] = bulletin_page(bulletin, rules, site)
    return pages
