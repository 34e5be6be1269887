"""What the files of a bulletin say: its official document, and its tables one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import BulletinColumn
from generator.bulletin.figures import Figures, text_of
from generator.bulletin.prose import plain
from generator.bulletin.units import UnitHistory
from generator.documents.official import OfficialDocument, Table
from generator.model.portal import Portal
from generator.render.bulletin_notes import CORRECTIONS, BulletinNote, corrections_of, notes_of
from generator.render.bulletin_tables import annexes, heads_of, sums_of
from generator.render.bulletins import DOCUMENT, period_in_words, state_of
from generator.render.unit_histories import fiction_in

_DEMO, _DRAFT = "演示数据", "未定稿"
_ATTACHED, _SUMS = "原件另附的表", "数字的构成"


@dataclass(frozen=True)
class Papers:
    """What the files of one bulletin are made of."""

    address: str
    """Below the site's root, without the ending."""
    document: OfficialDocument
    sheets: tuple[tuple[str, Table], ...]
    """Name of a sheet and its table."""


def bulletin_papers(
    portal: Portal, bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]
) -> Iterator[Papers]:
    """The papers of every bulletin, and of every unit's own."""
    for bulletin in bulletins:
        yield papers_of(portal, bulletin)
    for history in histories:
        yield _of_unit(portal, history)


def papers_of(portal: Portal, bulletin: Bulletin) -> Papers:
    """The papers of a bulletin: as issued, with what the site has to say of it behind."""
    tables = tuple(printed_annexes(bulletin).values())
    attached = tuple(_attached(bulletin))
    letterhead = bulletin.letterhead
    document = OfficialDocument(
        head=letterhead.head,
        number=letterhead.number,
        title=bulletin.title,
        marks=_marks(portal, bulletin),
        is_draft=bulletin.frozen is None,
        text=plain(bulletin.text),
        annexes=tables,
        signer=letterhead.signer,
        day=bulletin.issued,
        copies=letterhead.copies,
        printer=letterhead.printer,
        notes=_notes(bulletin),
        attached=attached,
    )
    sheets = [(f"附件{number}", table) for number, table in enumerate(tables, 1)]
    sheets += [(table.title, table) for table in _sums(portal, bulletin)]
    sheets += [(f"{_ATTACHED}{number}", table) for number, table in enumerate(attached, 1)]
    return Papers(f"{bulletin.address}{DOCUMENT}", document, tuple(sheets))


def _of_unit(portal: Portal, history: UnitHistory) -> Papers:
    """A unit's own: sent by whom the newest bulletin is sent by, on the same day."""
    newest, _ = history.entries[0]
    months = _months(history)
    document = OfficialDocument(
        head=newest.letterhead.head,
        number="",
        title=history.title,
        marks=_marks(portal, newest),
        is_draft=newest.frozen is None,
        text=plain(history.text),
        annexes=(months,),
        signer=newest.letterhead.signer,
        day=newest.issued,
        copies=(),
        printer="",
        notes=tuple(BulletinNote("", text) for text in [fiction_in(history)] if text),
        attached=(),
    )
    return Papers(f"{history.address}{DOCUMENT}", document, (("各月情况", months),))


def _marks(portal: Portal, bulletin: Bulletin) -> tuple[str, ...]:
    """What a page that is taken away from the site has to say of itself."""
    is_real = bulletin.frozen is not None and bulletin.imported and not bulletin.frozen.fictional
    made_up = portal.site.demo and not is_real
    return (*((_DRAFT,) if bulletin.frozen is None else ()), *((_DEMO,) if made_up else ()))


def printed_annexes(bulletin: Bulletin) -> dict[str, Table]:
    """Name → table as it is printed, of every one that has lines."""
    return {str(table["name"]): _annex(bulletin, table) for table in annexes(bulletin, {})}


def _annex(bulletin: Bulletin, table: dict[str, Any]) -> Table:
    rules = bulletin.kind.tables[table["name"]]
    columns = [bulletin.figures[rules.figures].rules.columns[name] for name in rules.columns]
    numbered = bool(table["numbered"])
    rows = [(row["name"], *row["texts"]) for row in table["rows"]]
    total = (table["total"], *table["totals"]) if table["total"] else ()
    return Table(
        title=table["caption"],
        heads=(*(("序号",) if numbered else ()), table["head"], *table["heads"]),
        rows=tuple((str(number), *row) if numbered else row for number, row in enumerate(rows, 1)),
        figures=(*((True,) if numbered else ()), False, *(True for _ in columns)),
        total=("", *total) if numbered and total else total,
        unit=_units(columns),
        note=f"{table['note']}。" if table["note"] else "",
    )


def _units(columns: Sequence[BulletinColumn]) -> str:
    """Of the counts; a rate has its own in its heading."""
    return "、".join(dict.fromkeys(column.unit for column in columns if not column.is_rate))


def _sums(portal: Portal, bulletin: Bulletin) -> Iterator[Table]:
    counted = {name: figures for name, figures in bulletin.figures.items() if figures.lines}
    for number, (name, figures) in enumerate(counted.items(), 1):
        sums = sums_of(portal, bulletin, name)
        yield Table(
            title=f"{_SUMS}{number}" if len(counted) > 1 else _SUMS,
            heads=("范围", *sums["heads"]),
            rows=tuple((row["name"], *row["texts"]) for row in sums["rows"]),
            figures=(False, *(True for _ in sums["heads"])),
            unit=_units(list(figures.rules.columns.values())),
        )


def _attached(bulletin: Bulletin) -> Iterator[Table]:
    for table in bulletin.frozen.attached if bulletin.frozen else ():
        yield Table(
            title=f"{_ATTACHED}（{table.where}）",
            heads=table.head,
            rows=tuple((name, str(figure)) for name, figure in table.rows),
            figures=(False, True),
            total=("合计", str(table.total)),
            note=table.note,
        )


def _months(history: UnitHistory) -> Table:
    """A unit's figures over the months, newest first."""
    figures: Figures = history.entries[0][0].figures[history.kind.figures]
    columns = history.kind.columns
    return Table(
        title=f"{history.unit.name}各月情况",
        heads=("月份", *heads_of(figures, columns), "通报"),
        rows=tuple(
            (
                period_in_words(bulletin),
                *(text_of(line.values, name, bulletin.figures[history.kind.figures].rules) for name in columns),
                state_of(bulletin),
            )
            for bulletin, line in history.entries
        ),
        figures=(False, *(True for _ in columns), False),
        unit=_units([figures.rules.columns[name] for name in columns]),
    )


def _notes(bulletin: Bulletin) -> tuple[BulletinNote, ...]:
    corrections = corrections_of(bulletin)
    changed = [
        BulletinNote(
            CORRECTIONS if place == 0 else "",
            "，".join(part for part in (correction.day, correction.reason) if part) + "。",
            correction.changes,
        )
        for place, correction in enumerate(corrections)
    ]
    return (*notes_of(bulletin), *changed)
