"""The generated section pages, as Markdown for the printer: home, kinds, archive indexes, status, staff tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from generator.issues import grouped
from generator.mendings import ways
from generator.model.guide import field_guides
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.record_id import as_text
from generator.publish.tallies import Tallies
from generator.render.articles import teasers
from generator.render.bulletins import highlights
from generator.render.kind_pages import figures, kind_pages
from generator.render.overview import Overview
from generator.render.rules import rules_page
from generator.render.services import service_pages
from generator.render.templates import environment
from generator.statistics.freshness import last_report_text

_STATES = ("published", "only_counted", "exited", "expired", "withdrawn", "not_public", "restricted", "withheld")
LATEST_ON_HOME = 6


def section_pages(overview: Overview) -> dict[str, str]:
    """Path below the pages folder → Markdown."""
    portal = overview.portal
    pages = {
        "index.md": _home(overview),
        "status.md": _status(overview),
        "data/index.md": _data(overview),
        "notices/index.md": _render("notices.md.j2", groups=_groups(overview), today=overview.today),
        "staff/faults.md": _render("faults.md.j2", groups=grouped(), ways=ways(), written=portal.written),
        "about/rules.md": rules_page(portal),
        **service_pages(portal, overview.registers, overview.tallies, overview.today),
    }
    for kind in portal.kinds.values():
        pages |= kind_pages(kind, overview)
    for form in portal.forms.values():
        pages[f"staff/fields-{form.id}.md"] = _fields(form, portal)
    return pages


def _render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


def _kinds(overview: Overview) -> list[dict[str, Any]]:
    return [{"kind": kind, **figures(kind, overview)} for kind in overview.portal.kinds.values()]


def _groups(overview: Overview) -> list[dict[str, Any]]:
    """The groups that have kinds, with the figures of each kind and of all of them."""
    found = []
    for name, group, kinds in overview.portal.grouping.grouped(list(overview.portal.kinds.values())):
        entries = [{"kind": kind, **figures(kind, overview)} for kind in kinds]
        total = sum(sum(overview.counts[kind.id].values()) for kind in kinds)
        found.append({"id": name, "group": group, "kinds": entries, "count": total})
    return found


def _home(overview: Overview) -> str:
    groups = _groups(overview)
    kinds = [entry for group in groups if group["group"].latest for entry in group["kinds"]]
    for entry in kinds:
        # Search engines list the home page: what they may not keep is not named there.
        entry["latest"] = _latest_lines(entry["kind"], overview) if entry["kind"].indexed else []
    newest = overview.bulletins[0] if overview.bulletins else None
    return _render(
        "home.md.j2",
        kinds=kinds,
        others=[group for group in groups if not group["group"].latest],
        total=sum(group["count"] for group in groups),
        reporting_units=overview.tallies.records().counts["unit"].nunique(),
        today=overview.today,
        articles=teasers(overview.portal, overview.edition, LATEST_ON_HOME),
        bulletin=newest and {"address": newest.address, "title": newest.title, "figures": highlights(newest)},
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


def _by_state(tallies: Tallies) -> dict[str, int]:
    return {name: getattr(tallies, name)() for name in _STATES}


def _status(overview: Overview) -> str:
    units = []
    portal = overview.portal
    for place, unit in enumerate(portal.site.units):
        tallies = overview.tallies.select(unit=place)
        units.append(
            {
                "name": unit.name,
                **_by_state(tallies),
                "latest": next(iter(tallies.records().months()), None),
            }
        )
    total = _by_state(overview.tallies)
    return _render(
        "status.md.j2",
        today=overview.today,
        total=total,
        kinds=[{"kind": kind, **_by_state(overview.tallies.select(kind=kind.id))} for kind in portal.kinds.values()],
        units=units,
        withdrawals=overview.registers.withdrawals_by_month(overview.today),
        reporting=overview.reporting,
        state=last_report_text,
        sources=_reporting_sources(overview),
    )


def _reporting_sources(overview: Overview) -> list[str]:
    """What the declared terms of reporting rest on, each said once."""
    rules, topics = overview.portal.reporting, overview.portal.topics.values()
    of_records = [entry for entry in (*rules.units, *rules.kinds) if entry.in_force(overview.today)]
    told = [f"{entry.title}，{entry.days} 日：{entry.source}" for entry in of_records]
    every = {"month": "每月", "quarter": "每季度", "year": "每年"}
    told += [
        f"{topic.title}，{every[topic.rhythm.every]}，期满后 {topic.rhythm.within} 日内：{topic.rhythm.source}"
        for topic in topics
        if topic.rhythm
    ]
    return list(dict.fromkeys(told))


def _fields(kind: Kind, portal: Portal) -> str:
    guides = field_guides(kind, portal.vocabularies)
    vocabularies = {guide.vocabulary.id: guide.vocabulary for guide in guides if guide.vocabulary}
    return _render("fields.md.j2", kind=kind, rows=guides, vocabularies=vocabularies.values(), ignored=kind.ignored)
