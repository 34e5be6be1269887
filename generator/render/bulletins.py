"""Bulletins as Markdown pages, and their archive by kind, year and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import BulletinKind
from generator.bulletin.figures import text_of
from generator.bulletin.units import UnitHistory
from generator.model.portal import Portal
from generator.render.bulletin_charts import charts_of
from generator.render.bulletin_notes import corrections_of, notes_of
from generator.render.bulletin_tables import annexes, heads_of, sums_of
from generator.render.bulletin_text import parts_of
from generator.render.templates import environment, month_in_words
from generator.statistics.wording import period_text

FOLDER = "bulletins/"
COMPARE = f"{FOLDER}compare/"
DOCUMENT = "bulletin"
"""Name of the files for office programs beside a bulletin's page, without the ending."""


def bulletin_pages(portal: Portal, bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]) -> dict[str, str]:
    """Path below the pages folder → Markdown: the archive and each bulletin."""
    units = {history.unit.id: history.address for history in histories}
    pages = {f"{FOLDER}index.md": _index(portal, bulletins, histories)}
    if len(bulletins) > 1:
        pages[f"{COMPARE}index.md"] = _choices(bulletins)
    for _, of_kind in by_kind(bulletins):
        for place, (newer, entry) in enumerate(zip([None, *of_kind], of_kind, strict=False)):
            pages[f"{entry.address}index.md"] = bulletin_page(portal, entry, units, newer, of_kind[place + 1 :])
    return pages


def bulletin_page(
    portal: Portal,
    bulletin: Bulletin,
    units: Mapping[str, str],
    newer: Bulletin | None = None,
    former: Sequence[Bulletin] | None = None,
) -> str:
    """One bulletin, with the next one of its kind and those before it, newest first.

    `units`: unit → address of its page; `former`: None for a page without charts, such as a terminal shows.
    """
    older = former[0] if former else None
    root = "../" * bulletin.address.count("/")
    own = {unit: root + address for unit, address in units.items()}
    tables = annexes(bulletin, own)
    sums = [sums_of(portal, bulletin, name) for name, figures in bulletin.figures.items() if figures.lines]
    anchors = {(table["figures"], row["key"]): row["id"] for table in (*sums, *tables) for row in table["rows"]}
    topics = [portal.topics.get(of.topic or "") for of in bulletin.kind.figures.values()]
    return (
        environment()
        .get_template("bulletin.md.j2")
        .render(
            bulletin=bulletin,
            site=portal.site,
            root=root,
            period=period_in_words(bulletin),
            parts=parts_of(bulletin.text, anchors, own),
            tables=tables,
            charts=[] if former is None else charts_of(bulletin, former),
            sums=sums,
            names_lead=any(row["address"] for table in tables for row in table["rows"]),
            sums_lead=any(any(row["addresses"]) for table in sums for row in table["rows"]),
            topics=[topic for topic in topics if topic and topic.page],
            notes=notes_of(bulletin),
            corrections=corrections_of(bulletin),
            attached=bulletin.frozen.attached if bulletin.frozen else (),
            document=DOCUMENT,
            compared=_compared(bulletin, older) if older else [],
            neighbours=[
                {"word": word, "address": root + entry.address, "title": entry.title, "period": period_in_words(entry)}
                for word, entry in (("上一期", older), ("下一期", newer))
                if entry
            ],
        )
    )


def period_in_words(bulletin: Bulletin) -> str:
    """2023年12月, or 截至2023年3月10日."""
    return month_in_words(bulletin.period) if bulletin.kind.period == "month" else period_text(bulletin.period)


def highlights(bulletin: Bulletin) -> list[dict[str, str]]:
    """The figures that lists of bulletins show: title, heading of a column, text and unit."""
    found = []
    for place in bulletin.kind.highlights:
        name, key, column = place.split("/")
        figures = bulletin.figures[name]
        declared = figures.rules.columns[column]
        [head] = heads_of(figures, [column])
        text = text_of(figures.values()[key], column, figures.rules)
        found.append({"title": declared.title, "head": head, "text": text, "unit": declared.unit})
    return found


def by_kind(bulletins: Sequence[Bulletin]) -> list[tuple[BulletinKind, list[Bulletin]]]:
    """The bulletins of each kind, newest first; kinds in the order of their names."""
    kinds = {entry.kind.id: entry.kind for entry in bulletins}
    return [(kinds[name], [entry for entry in bulletins if entry.kind.id == name]) for name in sorted(kinds)]


def state_of(bulletin: Bulletin) -> str:
    """Whether its figures still follow the records, or when it was issued."""
    if bulletin.frozen is None:
        return "未定稿"
    corrected = "，有更正" if bulletin.frozen.corrections or bulletin.changes else ""
    return f"{bulletin.issued} {'印发' if bulletin.imported else '发布'}{corrected}"


def _index(portal: Portal, bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]) -> str:
    kinds = []
    for kind, of_kind in by_kind(bulletins):
        years = [
            {"year": year, "entries": [_entry(entry) for entry in of_year]}
            for year, of_year in groupby(of_kind, key=lambda entry: entry.period[:4])
        ]
        heads = [entry["head"] for entry in highlights(of_kind[0])]
        kinds.append({"id": kind.id, "name": kind.name, "heads": heads, "years": years, "count": len(of_kind)})
    groups = [
        {"title": title, "units": [history for history in histories if history.unit.group == group]}
        for group, title in portal.site.groups.items()
    ]
    shown = [group for group in groups if group["units"]]
    return (
        environment()
        .get_template("bulletins.md.j2")
        .render(kinds=kinds, groups=shown, folder=FOLDER, several=len(bulletins) > 1, document=DOCUMENT)
    )


def _choices(bulletins: Sequence[Bulletin]) -> str:
    """The page on which two bulletins are chosen: at first the newest of a kind and the one before."""
    kinds = [
        {"id": kind.id, "name": kind.name, "entries": [_entry(entry) for entry in of_kind]}
        for kind, of_kind in by_kind(bulletins)
    ]
    newest = max((of_kind for _, of_kind in by_kind(bulletins)), key=len)
    chosen = [entry.address.removeprefix(FOLDER) for entry in newest[:2]]
    choices = [("a", "前一期", chosen[-1]), ("b", "后一期", chosen[0])]
    return environment().get_template("compare.md.j2").render(kinds=kinds, choices=choices)


def _entry(bulletin: Bulletin) -> dict[str, Any]:
    return {
        "address": bulletin.address.removeprefix(FOLDER),
        "title": bulletin.title,
        "period": period_in_words(bulletin),
        "figures": [entry["text"] for entry in highlights(bulletin)],
        "state": state_of(bulletin),
    }


def _compared(bulletin: Bulletin, older: Bulletin) -> list[dict[str, str]]:
    """The highlights beside those of the bulletin before."""
    pairs = zip(highlights(older), highlights(bulletin), strict=True)
    return [{**entry, "before": before["text"]} for before, entry in pairs]
