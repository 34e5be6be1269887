"""Archive pages: every record of a kind and month of decision as plain HTML, readable without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
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


@dataclass(frozen=True)
class ArchivePage:
    """One page of a partition, before it is written. No page says how many there are or how many records the month
    has: then a record that leaves would change them all."""

    kind: Kind
    month: str
    slice: Slice
    newer: str | None
    """Slice before it, by name."""
    older: str | None
    beside: tuple[tuple[str, str], ...]
    """Name and label of the pages around it, itself included; none where it is alone."""
    newer_month: str | None
    older_month: str | None

    @property
    def path(self) -> str:
        """Below the site's root."""
        return archive_path(self.kind.id, self.month, self.slice.name)

    @property
    def title(self) -> str:
        """Kind and days."""
        return f"{self.kind.title}公示信息（{slice_in_words(self.slice, self.month)}）"

    @property
    def made_of(self) -> str:
        """What the page says beside its rows and the declarations."""
        return repr((self.title, self.newer, self.older, self.beside, self.newer_month, self.older_month))


def archive_pages(
    records: pd.DataFrame, kind: Kind, month: str, newer: str | None, older: str | None
) -> list[ArchivePage]:
    """The pages of a partition; `newer` and `older` are the months beside it."""
    pages = slices(records, kind.roles.decided, ROWS_A_PAGE)
    names = [None, *(page.name for page in pages), None]
    labelled = [(page.name, _label(page, month)) for page in pages] if len(pages) > 1 else []
    return [
        ArchivePage(
            kind,
            month,
            page,
            names[place],
            names[place + 2],
            tuple(labelled[max(0, place - _BESIDE) : place + _BESIDE + 1]),
            newer,
            older,
        )
        for place, page in enumerate(pages)
    ]


def written_pages(records: pd.DataFrame, pages: list[ArchivePage], rules: dict[str, str]) -> Iterator[str]:
    """The contents of some pages of a partition, in their order. `rules`: as of `archive_rows`."""
    if not pages:
        return
    kind = pages[0].kind
    template = environment().get_template("archive_page.html.j2")
    wanted = records.iloc[np.concatenate([np.arange(page.slice.start, page.slice.end) for page in pages])]
    rows = archive_rows(wanted.reset_index(drop=True), kind, rules, ROOT)
    head = Markup(table_head(kind))  # noqa: S704 - escaped where it is made
    start = 0
    for page in pages:
        count = page.slice.end - page.slice.start
        # Escaped column by column.
        content = Markup("".join(rows.slice(start, count).to_pylist()))  # noqa: S704
        start += count
        yield template.render(page=page, kind=kind, count=count, head=head, rows=content, root=ROOT)


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
            pages=[
                (page.name, _label(page, month), page.end - page.start)
                for page in slices(records, kind.roles.decided, ROWS_A_PAGE)
            ],
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


def _label(page: Slice, month: str) -> str:
    """A slice within its month, in words."""
    return slice_in_words(page, month)[len(month_in_words(month)) :] or "全月"
