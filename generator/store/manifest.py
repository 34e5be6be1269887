"""The manifest: which kinds, months and files there are, and what their fields are called."""

from __future__ import annotations

from datetime import date

import orjson

from generator.index.layout import Layout
from generator.model.portal import Portal
from generator.publish.view import Counts

MANIFEST = "store/manifest.json"


def manifest(portal: Portal, counts: Counts, record_bits: int, layout: Layout, today: date) -> bytes:
    """The manifest as JSON."""
    site = portal.site
    regions = [region.code for region in site.regions]
    document = {
        "as_of": today.isoformat(),
        "record_bits": record_bits,
        "index": layout.as_dict(),
        "units": [
            {
                "id": unit.id,
                "name": unit.name,
                "group": unit.group,
                "region": regions.index(unit.region),
                **({"url": unit.url} if unit.url else {}),
            }
            for unit in site.units
        ],
        "regions": [{"code": region.code, "name": region.name} for region in site.regions],
        "groups": site.groups,
        # Whether pages guard against a site that was not rebuilt in time: not where the demo fixes the day.
        "guarded": site.today is None,
        "rules": portal.display.citations(),
        "report": [{"id": name, "title": section.title} for name, section in portal.grouping.report.items()],
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title,
                "rows": kind.has_rows,
                "report": kind.report,
                "count": sum(counts[kind.id].values()),
                "roles": {role: code for role, code in kind.roles.declared().items() if kind.has_rows},
                "fields": [
                    {"code": code, "label": field.shown_as, "type": field.type, "unit": field.unit}
                    for code, field in (kind.public_fields.items() if kind.has_rows else ())
                ],
                "list": list(kind.list if kind.has_rows else ()),
                "suggested": suggested_field(portal, kind.id),
                "states": [state.label for state in kind.states],
                "months": [{"month": month, "count": count} for month, count in counts[kind.id].items()],
            }
            for kind in portal.kinds.values()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def suggested_field(portal: Portal, kind: str) -> str | None:
    """The field that is filled in by suggestion where staff left it blank."""
    suggestion = portal.display.suggestions.get(kind)
    return suggestion.field if suggestion else None
