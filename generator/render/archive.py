"""Archive pages: every record of a kind and month of decision as plain HTML, readable without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from markupsafe import Markup

from generator.model.kind import Kind
from generator.render.records import archive_rows, table_head
from generator.render.templates import environment

ROWS_A_PAGE = 100
DEPTH = 5
"""Path segments of an archive page: notices/<kind>/archive/<month>/<n>/."""
ROOT = "../" * DEPTH


def archive_path(kind: str, month: str, number: int) -> str:
    """Address of an archive page, below the site's root."""
    return f"notices/{kind}/archive/{month}/{number}/index.html"


def archive_pages(
    records: pd.DataFrame, kind: Kind, rules: dict[str, str], month: str, newer: str | None, older: str | None
) -> Iterator[tuple[str, str, str]]:
    """Path, title and content of each page of a partition; `newer` and `older` are the months beside it."""
    template = environment().get_template("archive_page.html.j2")
    rows = archive_rows(records, kind, rules, ROOT)
    pages = -(-len(records) // ROWS_A_PAGE)
    for number in range(1, pages + 1):
        first = (number - 1) * ROWS_A_PAGE
        body = "".join(rows.slice(first, ROWS_A_PAGE).to_pylist())
        content = template.render(
            kind=kind,
            month=month,
            number=number,
            pages=pages,
            shown_pages=shown_pages(number, pages),
            total=len(records),
            first=first + 1,
            last=min(first + ROWS_A_PAGE, len(records)),
            head=Markup(table_head(kind)),  # noqa: S704 - escaped where it is made
            rows=Markup(body),  # noqa: S704 - escaped column by column
            root=ROOT,
            newer=newer,
            older=older,
        )
        year, month_number = month.split("-")
        title = f"{kind.title}公示信息（{year}年{int(month_number)}月，第{number}页）"
        yield archive_path(kind.id, month, number), title, content


def shown_pages(number: int, pages: int) -> list[int | None]:
    """Page numbers of a pager: the ends and the neighbours, None for a gap."""
    wanted = sorted({1, pages, *range(max(1, number - 2), min(pages, number + 2) + 1)})
    shown: list[int | None] = []
    for page in wanted:
        if shown and shown[-1] is not None and page - shown[-1] > 1:
            shown.append(None)
        shown.append(page)
    return shown
