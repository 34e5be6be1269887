"""Receipts: what became of a file after publication, for the unit that reported it.

They say more than the site shows (rows that are withheld, and why), so they are for staff: a build writes them to
`build/receipts/`, never into the site. All of it is counted from the ledger of `publish`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from generator.issues import Issue, catalogue
from generator.model.portal import Portal
from generator.publish.ledger import WITHHELD
from generator.publish.outcomes import FileOutcome, Outcomes
from generator.report.groups import Group, grouped
from generator.report.wording import UNSEEN

FOLDER = "receipts"
_ROWS_NAMED = 20


def receipts(
    outcomes: Outcomes, issues: Iterable[Issue], portal: Portal, without: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Path below FOLDER and text of the receipt of each file. `without`: kinds that were left out of the site."""
    found: dict[str, list[Issue]] = {}
    for issue in issues:
        found.setdefault(issue.file, []).append(issue)
    for outcome in outcomes:
        path = PurePosixPath(*PurePosixPath(outcome.source.path).parts[2:])
        said = _lines(outcome, found.get(outcome.source.path, []), portal, outcome.source.kind in without)
        yield f"{path}.txt", "\n".join(said) + "\n"


def _lines(outcome: FileOutcome, issues: Sequence[Issue], portal: Portal, left_out: bool) -> Iterator[str]:
    source = outcome.source
    unit = portal.site.units[portal.site.unit_index()[source.unit]]
    yield f"回执：{source.path}（{portal.forms[source.kind].title}，{unit.name}）"
    if outcome.nothing:
        yield "收到“本月无”：本月没有此类数据。"
    if not outcome.rows:
        if not outcome.nothing:
            yield "没有读到数据行。"
    elif left_out:
        yield f"共 {outcome.rows:,} 行。此类信息验证未通过，暂时全部没有公示，已通知运行维护人员。"
    else:
        yield (
            f"共 {outcome.rows:,} 行：{outcome.published:,} 行已公示，{outcome.withheld:,} 行未公示，"
            f"{outcome.not_data:,} 行不是数据。"
        )
        yield from _places(outcome, portal)
    if outcome.late:
        yield f"{len(outcome.late):,} 行迟报：{_rows(outcome.late)}。"
    for state, words in UNSEEN.items():
        if state != WITHHELD and (count := outcome.states.get(state)):
            yield f"{count:,} 行未公示，因为{words}。"
    if outcome.faulty:
        yield f"{outcome.faulty:,} 行未公示，因为有错误，改正后重新报送即公示（一行有几个错误的分别列出）："
    for group in grouped([issue for issue in issues if catalogue()[issue.code].withholds != "nothing"]):
        yield _reason(group)


def _places(outcome: FileOutcome, portal: Portal) -> Iterator[str]:
    """Where the published rows are: by month of decision in the archive, and the unit's own in the table."""
    if not outcome.published:
        return
    top = f"{portal.site.address or '/'}notices/{outcome.source.kind}/"
    yield "已公示的见："
    for month, count in outcome.months.items():
        year, number = month.split("-")
        yield f"  {year}年{int(number)}月决定的 {count:,} 行：{top}archive/{month}/"
    yield f"  本单位报送的全部：{top}?unit={outcome.source.unit}"


def _reason(group: Group) -> str:
    rows = sorted({issue.row for issue in group.issues if issue.row})
    where = f"{_rows(rows)}：" if rows else "整个文件："
    return f"  {where}{group.headline}。{group.remedy}（{group.first.code}）"


def _rows(rows: Sequence[int]) -> str:
    named = "、".join(str(row) for row in rows[:_ROWS_NAMED])
    return f"第 {named} 行" + (f"等 {len(rows):,} 行" if len(rows) > _ROWS_NAMED else "")
