"""Every fault in one line, file by file: nothing is left out, so that it can be searched."""

from __future__ import annotations

from itertools import groupby

from generator.issues import Issue, summary
from generator.report.wording import LEVELS, counts_line
from generator.review import Review


def as_lines(review: Review) -> str:
    """File by file, then how often each fault occurs, then the sum."""
    said: list[str] = []
    for file, issues in groupby(review.issues, key=lambda issue: issue.file):
        found = list(issues)
        said += [f"{file}（{len(found)} 处）", *(f"  {line(issue)}" for issue in found), ""]
    if review.issues:
        said += ["按问题统计：", *(f"  {code}：{count:,} 处" for code, count in summary(review.issues)), ""]
    return "\n".join([*said, counts_line(review)]) + "\n"


def line(issue: Issue) -> str:
    """One issue in one line: where, what, remedy."""
    return f"[{LEVELS[issue.level]}] {issue.place}：{issue.message}。{issue.remedy}（{issue.code}）"
