"""The generated section pages, as Markdown for the printer: home, kinds, archive indexes, status, staff tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from generator.bulletin.declaration import BulletinRules
from generator.bulletin.figures import Bulletin
from generator.intake.registers import Registers
from generator.issues import catalogue
from generator.model.guide import field_guides
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.record_id import as_text
from generator.publish.tallies import Tallies
from generator.publish.view import Counts, PublicView
from generator.render.archive import month_link
from generator.render.bulletins import bulletin_title
from generator.render.records import table_head, table_rows
from generator.render.rules import rules_page
from generator.render.templates import environment

_STATES = ("published", "expired", "withdrawn", "not_public", "withheld")
LATEST_ON_HOME = 6
LATEST_ON_KIND = 20


@dataclass(frozen=True)
class Overview:
    """What the section pages say about the records."""

    portal: Portal
    view: PublicView
    tallies: Tallies
    counts: Counts
    bulletins: list[Bulletin]
    """Newest first."""
    rules: BulletinRules
    registers: Registers
    today: date

    def latest(self, kind: Kind, wanted: int) -> pd.DataFrame:
        """The newest records of a kind."""
        found: list[pd.DataFrame] = []
        for partition in self.view.partitions(kind.id):
            found.append(self.view.read(partition, kind).head(wanted))
            if sum(map(len, found)) >= wanted:
                break
        return pd.concat(found, ignore_index=True).head(wanted) if found else pd.DataFrame()


def section_pages(overview: Overview) -> dict[str, str]:
    """Path below the pages folder → Markdown."""
    portal = overview.portal
    pages = {
        "index.md": _home(overview),
        "status.md": _status(overview),
        "data/index.md": _data(overview),
        "notices/index.md": _render("notices.md.j2", kinds=_kinds(overview), today=overview.today),
        "staff/faults.md": _render("faults.md.j2", faults=catalogue()),
        "about/rules.md": rules_page(portal),
    }
    for kind in portal.kinds.values():
        pages[f"notices/{kind.id}/index.md"] = _landing(kind, overview)
        pages[f"notices/{kind.id}/archive/index.md"] = _archive_index(kind, overview)
        pages[f"staff/fields-{kind.id}.md"] = _fields(kind, portal)
    return pages


def _render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


def _kinds(overview: Overview) -> list[dict[str, Any]]:
    counts = overview.counts
    return [{"kind": kind, "count": sum(counts[kind.id].values())} for kind in overview.portal.kinds.values()]


def _home(overview: Overview) -> str:
    kinds = _kinds(overview)
    for entry in kinds:
        # Search engines list the home page: what they may not keep is not named there.
        entry["latest"] = _latest_lines(entry["kind"], overview) if entry["kind"].indexed else []
    newest = overview.bulletins[0] if overview.bulletins else None
    return _render(
        "home.md.j2",
        kinds=kinds,
        total=sum(entry["count"] for entry in kinds),
        reporting_units=overview.tallies.records().counts["unit"].nunique(),
        today=overview.today,
        bulletin=newest
        and {"month": newest.month, "title": bulletin_title(newest, overview.rules), "total": newest.total},
    )


def _latest_lines(kind: Kind, overview: Overview) -> list[dict[str, str]]:
    records = overview.latest(kind, LATEST_ON_HOME)
    if records.empty:
        return []
    roles = kind.roles
    shown = {"subject": roles.subject, "decided": roles.decided, "authority": roles.authority, "number": roles.number}
    lines = pd.DataFrame({name: records[code] if code else "" for name, code in shown.items()})
    lines["id"] = as_text(records["id"].to_numpy())
    lines["last_day"] = records["last_day"]
    return [{str(name): str(value) for name, value in line.items()} for line in lines.to_dict("records")]


def _landing(kind: Kind, overview: Overview) -> str:
    records = overview.latest(kind, LATEST_ON_KIND)
    rows = "\n".join(table_rows(records, kind, "../../").to_pylist()) if len(records) else ""
    return _render(
        "kind.md.j2",
        kind=kind,
        count=sum(overview.counts[kind.id].values()),
        today=overview.today,
        shown=len(records),
        head=Markup(table_head(kind)),  # noqa: S704 - escaped where it is made
        rows=Markup(rows),  # noqa: S704 - escaped column by column
    )


def _archive_index(kind: Kind, overview: Overview) -> str:
    months = [(month, count, month_link(month, count)) for month, count in overview.counts[kind.id].items()]
    years = [(year, list(entries)) for year, entries in groupby(months, key=lambda entry: entry[0][:4])]
    return _render("archive.md.j2", kind=kind, years=years, today=overview.today)


def _data(overview: Overview) -> str:
    rules = overview.portal.open_data
    return _render(
        "data.md.j2",
        today=overview.today,
        persons=rules.persons,
        feed=rules.feed,
        terms=rules.terms,
        **_examples(overview),
    )


def _examples(overview: Overview) -> dict[str, list[str]]:
    """How a month and a year are read in one line, for the newest month of the first kind that is offered."""
    offered = (
        (kind, month) for kind in overview.portal.kinds.values() for month in overview.counts[kind.id] if kind.downloads
    )
    kind, month = next(offered, (None, ""))
    if kind is None:
        return {"examples": [], "year_examples": []}
    folder = f"{overview.portal.site.address or 'https://…/'}data/"
    year = f"{month[:4]}-*.parquet"
    # What wget keeps of an address: all behind the host.
    below = "/".join(folder.split("/")[3:])
    return {
        "examples": [
            f'pandas.read_parquet("{folder}{kind.id}/{month}.parquet")',
            f"duckdb.sql(\"FROM '{folder}{kind.id}/{month}.parquet'\")",
        ],
        "year_examples": [
            f'wget -r -l1 -np -nH -A "{year}" {folder}',
            f"duckdb.sql(\"FROM '{below}{kind.id}/{year}'\")",
        ],
    }


def _status(overview: Overview) -> str:
    units = []
    for place, unit in enumerate(overview.portal.site.units):
        tallies = overview.tallies.select(unit=place)
        units.append(
            {
                "name": unit.name,
                "kinds": [tallies.select(kind=kind).published() for kind in overview.portal.kinds],
                "published": tallies.published(),
                "expired": tallies.expired(),
                "withdrawn": tallies.withdrawn(),
                "not_public": tallies.not_public(),
                "withheld": tallies.withheld(),
                "latest": next(iter(tallies.records().months()), None),
            }
        )
    total = {name: getattr(overview.tallies, name)() for name in _STATES}
    return _render(
        "status.md.j2",
        today=overview.today,
        total=total,
        kinds=list(overview.portal.kinds.values()),
        units=units,
        withdrawals=overview.registers.withdrawals_by_month(overview.today),
    )


def _fields(kind: Kind, portal: Portal) -> str:
    guides = field_guides(kind, portal.vocabularies)
    vocabularies = {guide.vocabulary.id: guide.vocabulary for guide in guides if guide.vocabulary}
    return _render("fields.md.j2", kind=kind, rows=guides, vocabularies=vocabularies.values(), ignored=kind.ignored)
