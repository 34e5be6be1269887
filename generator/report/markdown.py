"""The report as Markdown, for a job's summary and a comment on a pull request: totals at the top, groups to unfold.

All that comes from data stands in `<code>` with its punctuation as character references: no pipe ends a cell, no
markup works, and GitHub makes no mention, reference or link of it.
"""

from __future__ import annotations

import re
import unicodedata

from generator.issues import shorten
from generator.publish.outcomes import FileOutcome
from generator.report.groups import Group, grouped
from generator.report.wording import LEVELS, catalogue_address, column_words, counts_line, withheld_words
from generator.review import Review

LIMIT = 60_000
"""Characters. GitHub refuses a comment of more than 65,536."""
_PLACES_SHOWN = 20
_FILES_SHOWN = 30
_MENDINGS_SHOWN = 30
_VALUE_SHOWN = 120


def as_markdown(review: Review) -> str:
    """The report, cut to LIMIT at the end of a group."""
    groups = grouped(review.issues)
    parts = [_head(review, groups)]
    length = len(parts[0])
    for place, group in enumerate(groups):
        part = _group(group, review)
        if length + len(part) > LIMIT - 200:
            left = groups[place:]
            parts.append(f"另有 {len(left):,} 种问题 {sum(len(one.issues) for one in left):,} 处，因篇幅所限未列出。\n")
            break
        parts.append(part)
        length += len(part)
    if review.mendings and length + len(mended := _mended(review)) < LIMIT:
        parts.append(mended)
    return "\n".join(parts)


def _head(review: Review, groups: list[Group]) -> str:
    errors = sum(group.first.level == "error" for group in groups)
    if errors:
        verdict = f"❌ 有 {errors} 种错误，须改正"
    elif groups:
        verdict = f"⚠️ 没有错误，有 {len(groups)} 种提示，请核对"
    else:
        verdict = "✅ 没有发现问题"
    lines = [f"## 数据核查：{verdict}", "", counts_line(review), ""]
    unread = review.unread
    if review.outcomes or unread:
        lines += ["| 文件 | 行数 | 可公示 | 未公示 | 不是数据 |", "| --- | ---: | ---: | --- | ---: |"]
        # Those that something is to be said of go first.
        read = [outcome for outcome in review.outcomes if outcome.source.path not in unread]
        lines += [f"| {_data(name)} | 没有读取 | | | |" for name in unread[:_FILES_SHOWN]]
        ordered = sorted(read, key=lambda one: (one.faulty == 0, one.withheld == 0, one.source))
        lines += [_sum(outcome) for outcome in ordered[:_FILES_SHOWN]]
        if more := ordered[_FILES_SHOWN:]:
            rows = sum(one.rows for one in more)
            lines += [
                f"| 其余 {len(more):,} 个文件 | {rows:,} | {sum(one.published for one in more):,} "
                f"| {sum(one.withheld for one in more):,} | {sum(one.not_data for one in more):,} |"
            ]
        lines.append("")
    return "\n".join(lines)


def _sum(outcome: FileOutcome) -> str:
    cells = (
        _data(outcome.source.path) + ("（本月无）" if outcome.nothing else ""),
        f"{outcome.rows:,}",
        f"{outcome.published:,}",
        withheld_words(outcome),
        f"{outcome.not_data:,}",
    )
    return f"| {' | '.join(cells)} |"


def _group(group: Group, review: Review) -> str:
    first = group.first
    summary = f"[{LEVELS[first.level]}] {len(group.issues):,} 处，{group.extent}：{_escaped(group.headline)}"
    lines = [
        f"<details{' open' if first.level == 'error' else ''}><summary>{summary}</summary>",
        "",
        f"改正：{_escaped(group.remedy)}（{_explained(review, first.code)}）",
        "",
        "| 文件 | 工作表 | 行 | 列 | 现有内容 |",
        "| --- | --- | ---: | --- | --- |",
    ]
    for issue in group.issues[:_PLACES_SHOWN]:
        cells = (
            _data(issue.file),
            _data(issue.sheet),
            str(issue.row or ""),
            column_words(issue),
            _data(group.own_words(issue)),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines.append("")
    if (more := len(group.issues) - _PLACES_SHOWN) > 0:
        lines += [f"另有 {more:,} 处。", ""]
    return "\n".join([*lines, "</details>", ""])


def _mended(review: Review) -> str:
    """What was read otherwise than it is written."""
    count = len(review.mendings)
    lines = [f"<details><summary>自动改正 {count:,} 种写法（意思明确，不算问题，请核对读得对不对）</summary>", ""]
    lines += [f"- {_data(one.file)}，{_escaped(one.text)}" for one in review.mendings[:_MENDINGS_SHOWN]]
    if (more := count - _MENDINGS_SHOWN) > 0:
        lines.append(f"- 另有 {more:,} 种")
    return "\n".join([*lines, "", "</details>", ""])


def _explained(review: Review, code: str) -> str:
    if not review.address:
        return f"<code>{code}</code>"
    return f"[{code}]({catalogue_address(review, code)})"


def _data(text: str) -> str:
    """Text from data, as a cell; "" stays empty."""
    return f"<code>{_escaped(shorten(text, _VALUE_SHOWN))}</code>" if text else ""


def _escaped(text: str) -> str:
    """ASCII punctuation as character references; what cannot be seen is left out."""
    visible = "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cf", "Cs"))
    # GitHub looks for mentions in text that is not code when the references are resolved: a break keeps it from that.
    return re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", visible).replace("&#64;", "&#64;&#8203;")
