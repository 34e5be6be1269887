"""The report for people: fault by fault with the first places of each, then the sum of every file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import chop_cells
from rich.console import Console
from rich.text import Text

from generator.report.groups import Group, grouped
from generator.report.wording import LEVELS, catalogue_address, counts_line, sum_words, where
from generator.review import Review

PLACES_SHOWN, MENDINGS_SHOWN = 5, 20
_PLAIN_FILES = 10
"""So many files without a fault are named; where there are more, only their number is told."""
_STYLES = {"error": "bold red", "warning": "yellow"}


@dataclass(frozen=True)
class _Line:
    text: str
    indent: int = 0
    style: str = ""


def as_text(review: Review) -> str:
    """The report without colours and line breaks of its own."""
    return "".join(f"{' ' * line.indent}{line.text}".rstrip() + "\n" for line in _lines(review))


def show(review: Review, console: Console) -> None:
    """The report on a terminal, folded at its width, where a Chinese character takes two places: Chinese has no blanks
    to break lines at. Colours say nothing that the words do not."""
    for line in _lines(review):
        for piece in chop_cells(line.text, max(console.width - line.indent, 20)) or [""]:
            console.print(Text(" " * line.indent + piece, line.style), highlight=False, no_wrap=True, crop=False)


def _lines(review: Review) -> Iterator[_Line]:
    for group in grouped(review.issues):
        yield from _group(group, review)
        yield _Line("")
    if review.mendings:
        yield _Line("自动改正（意思明确，不算问题，请核对读得对不对）：")
        for mending in review.mendings[:MENDINGS_SHOWN]:
            yield _Line(f"{mending.file}，{mending.text}", 2)
        if (more := len(review.mendings) - MENDINGS_SHOWN) > 0:
            yield _Line(f"另有 {more:,} 种（全部列出：--format json）", 2)
        yield _Line("")
    yield from _sums(review)
    yield _Line(counts_line(review))


def _group(group: Group, review: Review) -> Iterator[_Line]:
    level = group.first.level
    words = f"[{LEVELS[level]}] {len(group.issues):,} 处，{group.extent}：{group.headline}（{group.first.code}）"
    yield _Line(words, style=_STYLES[level])
    yield _Line(f"改正：{group.remedy}", 2)
    yield _Line(f"说明：{catalogue_address(review, group.first.code)}", 2)
    for issue in group.issues[:PLACES_SHOWN]:
        own = group.own_words(issue)
        yield _Line(where(issue) + (f"：{own}" if own else ""), 4)
    if (more := len(group.issues) - PLACES_SHOWN) > 0:
        yield _Line(f"另有 {more:,} 处（全部列出：--format lines，或者 --format xlsx 标在表格里）", 4)


def _sums(review: Review) -> Iterator[_Line]:
    unread = review.unread
    if not review.outcomes and not unread:
        return
    faulty = {issue.file for issue in review.issues}
    plain = [
        one
        for one in review.outcomes
        if one.source.path not in faulty and not (one.withheld or one.not_data or one.nothing)
    ]
    hidden = {one.source for one in plain} if len(plain) > _PLAIN_FILES else set()
    yield _Line("各文件的行数：")
    for outcome in review.outcomes:
        if outcome.source not in hidden and outcome.source.path not in unread:
            yield _Line(f"{outcome.source.path}：{sum_words(outcome)}", 2)
    for name in unread:
        yield _Line(f"{name}：没有读取，行数未计", 2)
    if hidden:
        yield _Line(f"其余 {len(hidden):,} 个文件的 {sum(one.rows for one in plain):,} 行全部可公示", 2)
    yield _Line("")
