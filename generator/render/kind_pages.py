"""The pages of one kind: where a reader begins, and its archive; for what is only counted, its figures."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from markupsafe import Markup

from generator.model.kind import Kind
from generator.publish.ledger import COUNTED
from generator.publish.tallies import Tallies
from generator.render.archive import month_link
from generator.render.lists import list_pages, lists_of
from generator.render.overview import Overview
from generator.render.records import table_head, table_rows
from generator.render.templates import environment
from generator.statistics.figures import percent

LATEST_ON_KIND = 20


def kind_pages(kind: Kind, overview: Overview) -> dict[str, str]:
    """Path below the pages folder → Markdown."""
    pages = {f"notices/{kind.id}/index.md": _landing(kind, overview)}
    if kind.has_rows:
        pages[f"notices/{kind.id}/archive/index.md"] = _archive_index(kind, overview)
    return {**pages, **list_pages(kind, overview)}


def figures(kind: Kind, overview: Overview) -> dict[str, int]:
    """How many records of a kind are shown (`count`), and how many are only counted (`counted`)."""
    counted = overview.tallies.select(kind=kind.id).only_counted()
    return {"count": sum(overview.counts[kind.id].values()), "counted": counted}


def _landing(kind: Kind, overview: Overview) -> str:
    records = overview.latest(kind, LATEST_ON_KIND)
    rows = "\n".join(table_rows(records, kind, "../../").to_pylist()) if len(records) else ""
    return _render(
        "kind.md.j2",
        kind=kind,
        **figures(kind, overview),
        tallied=_tallied(overview.tallies.select(kind=kind.id, state=COUNTED), overview),
        per_enterprise=_per_enterprise(kind, overview),
        lists=lists_of(kind, overview),
        today=overview.today,
        this_month=overview.tallies.select(kind=kind.id, month=f"{overview.today:%Y-%m}").records().total(),
        shown=len(records),
        head=Markup(table_head(kind)),  # noqa: S704 - escaped where it is made
        rows=Markup(rows),  # noqa: S704 - escaped column by column
    )


def _tallied(tallies: Tallies, overview: Overview) -> list[dict[str, Any]]:
    """Tables of what is only counted: by reporting unit in the official order, and by month of the report."""
    units = overview.portal.site.units
    by_unit = tallies.by_unit()
    by_month = tallies.counts.groupby("month")["count"].sum().sort_index(ascending=False)
    return [
        {"by": "报送单位", "lines": [(units[place].name, int(by_unit[place])) for place in sorted(by_unit.index)]},
        {"by": "报送月份", "lines": [(str(month), int(count)) for month, count in by_month.items()]},
    ]


def _per_enterprise(kind: Kind, overview: Overview) -> dict[str, Any] | None:
    """Records of a kind and its supplements in relation to the enterprises of the place (承诺归集比 of seed 004)."""
    enterprises = overview.portal.site.enterprises
    if not kind.per_enterprise or enterprises is None:
        return None
    records, added = (
        overview.tallies.select(kind=kinds).records().total() for kinds in ([kind.id], list(kind.supplements))
    )
    ratio = percent(records + added, enterprises.count)
    return {"records": records, "added": added, "enterprises": enterprises, "ratio": ratio}


def _archive_index(kind: Kind, overview: Overview) -> str:
    months = [(month, count, month_link(month, count)) for month, count in overview.counts[kind.id].items()]
    years = [(year, list(entries)) for year, entries in groupby(months, key=lambda entry: entry[0][:4])]
    return _render("archive.md.j2", kind=kind, years=years, today=overview.today)


def _render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)
