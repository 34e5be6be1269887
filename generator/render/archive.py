"""Archive pages: every record of a kind and month of decision as plain HTML, readable without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from markupsafe import Markup

from generator.model.kind import Kind
from generator.model.slices import Slice, is_one, slices
from generator.render.records import archive_rows, table_head
from generator.render.templates import environment, month_in_words

ROWS_A_PAGE = 100
DEPTH = 5
"""Path segments of an archive page: notices/<kind>/archive/<month>/<slice>/."""
MONTH_DEPTH = 4
"""Path segments of the list of a month's pages."""
ROOT = "../" * DEPTH
_BESIDE = 3
"""How many pages before and after a page its pager names."""


def archive_path(kind: str, month: str, name: str) -> str:
    """Address of an archive page, below the site's root."""
    return f"notices/{kind}/archive/{month}/{name}/index.html"


def month_path(kind: str, month: str) -> str:
    """Address of the list of a month's archive pages, below the site's root."""
    return f"notices/{kind}/archive/{month}/index.html"


def archive_pages(
    records: pd.DataFrame, kind: Kind, rules: dict[str, str], month: str, newer: str | None, older: str | None
) -> Iterator[tuple[str, str, str]]:
    """Path, title and content of each page of a partition; `newer` and `older` are the months beside it.

    No page says how many there are or how many records the month has: then a record that leaves
    would change them all.
    """
    template = environment().get_template("archive_page.html.j2")
    rows = archive_rows(records, kind, rules, ROOT)
    pages = slices(records, kind.roles.decided, ROWS_A_PAGE)
    for place, page in enumerate(pages):
        title = f"{kind.title}公示信息（{slice_in_words(page, month)}）"
        beside = pages[max(0, place - _BESIDE) : place + _BESIDE + 1]
        content = template.render(
            kind=kind,
            month=month,
            title=title,
            page=page,
            count=page.end - page.start,
            newer_page=pages[place - 1] if place else None,
            older_page=pages[place + 1] if place + 1 < len(pages) else None,
            beside=_labelled(beside, month) if len(pages) > 1 else [],
            head=Markup(table_head(kind)),  # noqa: S704 - escaped where it is made
            rows=Markup("".join(rows.slice(page.start, page.end - page.start).to_pylist())),  # noqa: S704 - escaped column by column
            root=ROOT,
            newer=newer,
            older=older,
        )
        yield archive_path(kind.id, month, page.name), title, content


def month_link(month: str, records: int) -> str:
    """Way from the archive of a kind to a month: to the list of its pages, or to the page where it has just one."""
    return f"{month}/1/" if is_one(records, ROWS_A_PAGE) else f"{month}/"


def month_page(
    records: pd.DataFrame, kind: Kind, month: str, newer: str | None, older: str | None
) -> tuple[str, str, str]:
    """Path, title and content of the list of a month's pages."""
    title = f"{kind.title}公示信息归档（{month_in_words(month)}）"
    content = (
        environment()
        .get_template("archive_month.html.j2")
        .render(
            kind=kind,
            month=month,
            title=title,
            total=len(records),
            pages=_labelled(slices(records, kind.roles.decided, ROWS_A_PAGE), month),
            root="../" * MONTH_DEPTH,
            newer=newer,
            older=older,
        )
    )
    return month_path(kind.id, month), title, content


def slice_in_words(page: Slice, month: str) -> str:
    """The days of a slice and its part: 2023年12月, 2023年12月8日至14日, 2023年12月5日第2部分."""
    if not page.first_day:
        return month_in_words(month)
    first, last = int(page.first_day[8:]), int(page.last_day[8:])
    days = f"{first}日" if first == last else f"{first}日至{last}日" if last < _MONTH_END else f"{first}日以后"
    return f"{month_in_words(month)}{days}" + (f"第{page.part + 1}部分" if page.parts > 1 else "")


_MONTH_END = 31


def _labelled(pages: list[Slice], month: str) -> list[dict[str, Any]]:
    head = len(month_in_words(month))
    return [
        {"name": page.name, "label": slice_in_words(page, month)[head:] or "全月", "count": page.end - page.start}
        for page in pages
    ]
