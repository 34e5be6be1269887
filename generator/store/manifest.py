"""The manifest: which kinds, months and files there are, and what their fields are called."""

from __future__ import annotations

from datetime import date

import orjson

from generator.model.portal import Portal
from generator.publish.view import Counts
from generator.store.shards import shard_path

MANIFEST = "store/manifest.json"


def manifest(portal: Portal, counts: Counts, record_bits: int, today: date) -> bytes:
    """The manifest as JSON."""
    site = portal.site
    document = {
        "as_of": today.isoformat(),
        "record_bits": record_bits,
        "units": [{"id": unit.id, "name": unit.name, "group": unit.group} for unit in site.units],
        "regions": [{"code": region.code, "name": region.name} for region in site.regions],
        "groups": site.groups,
        # Whether pages guard against a site that was not rebuilt in time: not where the demo fixes the day.
        "guarded": site.today is None,
        "rules": portal.display.citations(),
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title,
                "count": sum(counts[kind.id].values()),
                "roles": {role: code for role, code in kind.roles.declared().items() if not kind.fields[code].private},
                "fields": [
                    {"code": code, "label": field.shown_as, "type": field.type, "unit": field.unit}
                    for code, field in kind.public_fields.items()
                ],
                "list": list(kind.list),
                "suggested": suggested_field(portal, kind.id),
                "months": [
                    {"month": month, "count": count, "file": shard_path(kind.id, month)}
                    for month, count in counts[kind.id].items()
                ],
            }
            for kind in portal.kinds.values()
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def suggested_field(portal: Portal, kind: str) -> str | None:
    """The field that is filled in by suggestion where staff left it blank."""
    suggestion = portal.display.suggestions.get(kind)
    return suggestion.field if suggestion else None
