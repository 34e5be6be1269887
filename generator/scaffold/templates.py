"""The Jinja environment of scaffolds: YAML and Markdown that a person goes on writing."""

from __future__ import annotations

import json
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(template: str, **values: Any) -> str:
    """Fill in a template beside this module. Values in YAML go through `tojson`: a quoted text is one in YAML too."""
    templates = Environment(  # noqa: S701 - no HTML
        loader=PackageLoader("generator.scaffold", "pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # Jinja's own filter is made for HTML and would write < and & as \u003c and \u0026.
    templates.filters["tojson"] = lambda value: json.dumps(value, ensure_ascii=False)
    return templates.get_template(template).render(**values)
