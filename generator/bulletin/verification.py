"""Looks at every bulletin once more: does it reconcile, and do the present records still give what was issued?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.bulletin.archive import Bulletin
from generator.bulletin.changes import figure_text
from generator.bulletin.declaration import FOLDER, TEXT
from generator.bulletin.discrepancies import Discrepancy, place_in_words
from generator.bulletin.frozen import DIGEST, FROZEN, Change
from generator.bulletin.tracing import untraced
from generator.bulletin.units import UnitHistory
from generator.statistics.figures import NOTHING


@dataclass(frozen=True)
class Told:
    """One line of a verification."""

    file: str
    """Where it has to be put right, below the portal's root."""
    text: str
    fails: bool
    """What an imported bulletin says wrongly does not: it stays as it was issued."""


def verify_bulletins(bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]) -> list[Told]:
    """All that does not hold, in the order of the bulletins; each fault once."""
    found = [told for bulletin in bulletins for told in (*_issued(bulletin), *_draft(bulletin))]
    found += _numbered_twice(bulletins)
    for history in histories:
        file = _template(history.kind.id)
        found += [Told(file, f"{history.unit.name}：{entry.text()}", True) for entry in history.discrepancies]
    return list(dict.fromkeys(found))


def change_text(bulletin: Bulletin, change: Change) -> str:
    """A change in words: what was issued, what it was corrected to before, and what it is now."""
    name, key, column = change.place.split("/")
    figures = bulletin.figures[name]
    said = place_in_words(bulletin.kind, name, key, column, figures, bulletin.present[name])
    issued = figure_text(figures, key, column)
    if column == DIGEST:
        since = "发布时" if change.was == issued else "上次更正时"
        return f"{said}：统计的记录或其内容与{since}不同（摘要由{change.was or '无'}变为{change.now or '无'}）"
    unit = "%" if figures.rules.columns[column].is_rate else ""
    issued, was, now = (text + unit * (text != NOTHING) for text in (issued, change.was, change.now))
    corrected = "" if was == issued else f"上次更正为{was}，"
    return f"{said}：发布时为{issued}，{corrected}现为{now}"


def attached_differences(bulletin: Bulletin) -> list[Discrepancy]:
    """Totals of attached tables that are not the sum of their rows."""
    tables = bulletin.frozen.attached if bulletin.frozen else ()
    sums = [(table, sum(figure for _, figure in table.rows)) for table in tables]
    return [
        Discrepancy(f"{table.where}·合计", str(table.total), str(added), "逐行相加")
        for table, added in sums
        if added != table.total
    ]


def _template(kind: str) -> str:
    return (FOLDER / kind / TEXT).as_posix()


def _issued(bulletin: Bulletin) -> Iterator[Told]:
    """What does not hold in the bulletin as readers see it."""
    file = (FROZEN / f"{bulletin.month}.yml").as_posix() if bulletin.frozen else _template(bulletin.kind.id)
    said = f"{bulletin.period}，"
    for entry in bulletin.discrepancies:
        statistics = bulletin.figures[entry.figures].file if entry.figures else ""
        yield Told(statistics or file, said + entry.text(), not bulletin.imported)
    for entry in attached_differences(bulletin):
        yield Told(file, said + entry.text(), False)
    for text in _corrections(bulletin):
        yield Told(file, said + text, True)
    for change in bulletin.changes:
        yield Told(file, said + change_text(bulletin, change), True)


def _numbered_twice(bulletins: Sequence[Bulletin]) -> Iterator[Told]:
    """A 文号 that an earlier bulletin has already."""
    known: dict[str, Bulletin] = {}
    for bulletin in sorted(bulletins, key=lambda entry: (entry.issued, entry.period)):
        number = bulletin.letterhead.number
        first = known.setdefault(number, bulletin)
        if number and first is not bulletin:
            text = f"{bulletin.period}，文号{number}已用于 {first.period} 的{first.kind.name}"
            yield Told((FROZEN / f"{bulletin.month}.yml").as_posix(), text, not bulletin.imported)


def _corrections(bulletin: Bulletin) -> Iterator[str]:
    """Corrections that do not go on from what was issued, or from the correction before."""
    before: dict[str, str] = {}
    for correction in bulletin.frozen.corrections if bulletin.frozen else ():
        for change in correction.changes:
            name, key, column = change.place.split("/")
            figures = bulletin.figures[name]
            present = bulletin.present[name]
            corrected = before.get(change.place)
            was = figure_text(figures, key, column) if corrected is None else corrected
            if change.was != was:
                head = place_in_words(bulletin.kind, name, key, column, figures, present)
                said = f"{correction.date}的更正中的{head}"
                rule = "发布时" if corrected is None else "上次更正"
                yield Discrepancy(said, change.was or "无", was or "无", rule).text()
            before[change.place] = change.now


def _draft(bulletin: Bulletin) -> Iterator[Told]:
    """What the present template says and no figure proves, also where an older text is frozen."""
    if bulletin.frozen:
        kind = bulletin.kind
        for entry in untraced(kind, bulletin.period, bulletin.figures, bulletin.draft, kind.quoted):
            yield Told(_template(kind.id), f"{bulletin.period}，{entry.text()}", True)
