"""The lists of a kind: a page for each, with its legal basis, who is on it, and how many were taken off it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from markupsafe import Markup

from generator.model.kind import Kind
from generator.model.vocabulary import ListClass
from generator.render.overview import Overview
from generator.render.records import table_head, table_rows
from generator.render.templates import environment

LATEST_ON_LIST = 20


def lists_of(kind: Kind, overview: Overview) -> list[dict[str, Any]]:
    """The lists of a kind in the order of their code list, with their figures; none where the kind has no lists."""
    code = kind.roles.list_class
    if code is None:
        return []
    tallies = overview.tallies.select(kind=kind.id)
    classes = overview.portal.vocabularies[kind.fields[code].vocab or ""].classes
    return [
        {
            "name": name,
            "about": about,
            "standing": standing(about, overview.today),
            "count": tallies.select(list_class=name).published(),
            "exited": tallies.select(list_class=name).exited(),
        }
        for name, about in classes.items()
    ]


def standing(about: ListClass, today: date) -> str:
    """Whether a list is in force, in words."""
    if about.until and about.ended(today):
        return f"{about.until} 后停止施行"
    return f"{about.since} 起施行" if about.since else "施行情况待核对"


def list_pages(kind: Kind, overview: Overview) -> dict[str, str]:
    """Path below the pages folder → Markdown, for each list of a kind."""
    lists = lists_of(kind, overview)
    latest = _latest(kind, overview, [entry["name"] for entry in lists if entry["count"]])
    head = Markup(table_head(kind))  # noqa: S704 - escaped where it is made
    return {
        f"notices/{kind.id}/{entry['about'].id}/index.md": environment()
        .get_template("list.md.j2")
        .render(
            kind=kind,
            entry=entry,
            today=overview.today,
            shown=len(latest.get(entry["name"], ())),
            head=head,
            rows=Markup(_rows(latest.get(entry["name"]), kind)),  # noqa: S704 - escaped column by column
        )
        for entry in lists
    }


def _rows(records: pd.DataFrame | None, kind: Kind) -> str:
    return "" if records is None else "\n".join(table_rows(records, kind, "../../../").to_pylist())


def _latest(kind: Kind, overview: Overview, names: list[str]) -> dict[str, pd.DataFrame]:
    """The newest records of each of these lists."""
    found: dict[str, pd.DataFrame] = {}
    code = kind.roles.list_class
    for partition in overview.view.partitions(kind.id):
        missing = [name for name in names if len(found.get(name, ())) < LATEST_ON_LIST]
        if not missing:
            break
        records = overview.view.read(partition, kind)
        for name in missing:
            of_list = records[(records[code] == name).to_numpy(dtype=bool)]
            found[name] = pd.concat([found.get(name, of_list.head(0)), of_list], ignore_index=True).head(LATEST_ON_LIST)
    return found
