"""Records as HTML: rows of tables, and rows of the archive with all public fields."""

from __future__ import annotations

import numpy as np
import pandas as pd
from markupsafe import escape

from generator.model.kind import Kind
from generator.model.record_id import as_text
from generator.render.columns import Column, arrow, escaped, joined, shown, unless_blank

# The label of a column goes with each cell, because on a phone a row becomes a card.


def table_head(kind: Kind) -> str:
    """The heading row of a kind's table."""
    cells = []
    for code in kind.list:
        field = kind.fields[code]
        day = ' class="day"' if field.type == "day" else ""
        cells.append(f'<th scope="col" data-field="{escape(code)}"{day}>{escape(field.shown_as)}</th>')
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def table_rows(records: pd.DataFrame, kind: Kind, root: str) -> Column:
    """One table row per record: the fields of the kind's list. `root` is the way to the site's root."""
    return joined("<tr", until(records), ">", main_cells(records, kind, root), "</tr>")


def main_cells(records: pd.DataFrame, kind: Kind, root: str) -> Column:
    """The cells of a record's row."""
    ids = arrow(as_text(records["id"].to_numpy()))
    link = joined(f'<a href="{root}notice/?id=', ids, '">')
    cells = []
    for code in kind.list:
        field = kind.fields[code]
        text = escaped(shown(arrow(records[code]), field))
        label = escape(field.shown_as)
        if code == kind.roles.subject:
            state = arrow(records["state"])
            badge = unless_blank(state, joined(' <span class="tag tag--state">', state, "</span>"))
            cells += [f'<th scope="row" data-label="{label}">', link, text, "</a>", badge, "</th>"]
        else:
            day = ' class="day"' if field.type == "day" else ""
            cells += [f'<td data-label="{label}"{day}>', text, "</td>"]
    return joined(*cells)


def until(records: pd.DataFrame) -> Column:
    """The last day as an attribute, so that a script can drop a record the day after though no new site was built."""
    last_day = arrow(records["last_day"])
    return unless_blank(last_day, joined(' data-last-day="', last_day, '"'))


def archive_rows(records: pd.DataFrame, kind: Kind, rules: dict[str, str], root: str) -> Column:
    """One table body per record: anchor, main row, and a row that unfolds all other public fields.

    `rules`: id of a rule of display → how it is cited.
    """
    ids = arrow(as_text(records["id"].to_numpy()))
    fields = []
    for code, field in kind.public_fields.items():
        if code not in kind.list:
            values = arrow(records[code])
            text = escaped(shown(values, field))
            fields.append(unless_blank(values, _entry(field.shown_as, text)))
    fields += [unless_blank(values, _entry(label, values)) for label, values in _marks(records, rules)]
    more = (
        f'<tr class="records__more"><td colspan="{len(kind.list)}">'
        '<details><summary>其他公示内容</summary><dl class="fields">'
    )
    last_day = arrow(records["last_day"])
    until = unless_blank(last_day, joined(' data-last-day="', last_day, '"'))
    return joined(
        '<tbody id="',
        ids,
        '"',
        until,
        "><tr>",
        main_cells(records, kind, root),
        "</tr>",
        more,
        *fields,
        "</dl></details></td></tr></tbody>\n",
    )


def _entry(label: str, html: Column) -> Column:
    return joined(f"<div><dt>{escape(label)}</dt><dd>", html, "</dd></div>")


def _marks(records: pd.DataFrame, rules: dict[str, str]) -> list[tuple[str, Column]]:
    """What is said of records beside their fields: labels and columns of HTML, "" where there is nothing to say."""
    suggested = np.where(records["suggested"], "按处罚类别推定", "")
    return [
        ("公示至", arrow(records["last_day"])),
        ("公示期限依据", escaped(arrow(records["rule"].map(rules).fillna("").astype("str")))),
        ("最早可申请修复", arrow(records["repair_from"])),
        ("失信程度说明", arrow(pd.Series(suggested, dtype="str"))),
        ("更正日期", arrow(records["corrected_on"])),
        ("异议", arrow(pd.Series(np.where(records["objection"], "异议处理中", ""), dtype="str"))),
    ]
