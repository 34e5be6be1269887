"""Workflow commands: GitHub shows them beside the faulty lines of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from generator.issues import Issue
from generator.report.groups import Group, grouped
from generator.report.wording import LEVELS, counts_line
from generator.review import Review

SHOWN = 10
"""GitHub shows ten annotations of a level in a step and drops the others without a word."""


def as_annotations(review: Review) -> str:
    """One command for each fault, or where there are more than GitHub shows, for each group; then the sum."""
    commands: list[str] = []
    for level in LEVELS:
        issues = [issue for issue in review.issues if issue.level == level]
        commands += [_single(issue) for issue in issues] if len(issues) <= SHOWN else _together(issues)
    return "\n".join([*commands, counts_line(review)]) + "\n"


def _together(issues: Sequence[Issue]) -> list[str]:
    """Group by group, at the first place of each; what does not fit is told as a number."""
    groups = grouped(issues)
    shown = groups if len(groups) <= SHOWN else groups[: SHOWN - 1]
    commands = [_of_group(group) for group in shown]
    if left := sum(len(group.issues) for group in groups[len(shown) :]):
        level = issues[0].level
        said = f"另有 {len(groups) - len(shown):,} 种问题 {left:,} 处，见核查摘要"
        commands.append(f"::{level} title={_title(level)}::{_data(said)}")
    return commands


def _single(issue: Issue) -> str:
    return _command(issue, f"{issue.place}：{issue.message}。{issue.remedy}")


def _of_group(group: Group) -> str:
    count = len(group.issues)
    if count == 1:
        return _single(group.first)
    return _command(group.first, f"{group.first.place}等 {count:,} 处：{group.headline}。{group.remedy}")


def _command(issue: Issue, said: str) -> str:
    place = f"file={_property(issue.file)}" + (f",line={issue.line or issue.row}" if issue.row else "")
    return f"::{issue.level} {place},title={_title(issue.level)}::{_data(said)}"


def _title(level: str) -> str:
    return _property(f"数据核查：{LEVELS[level]}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
