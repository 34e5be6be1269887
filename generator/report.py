"""Reports of a review: for a terminal, for programs, and as annotations on a pull request."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import orjson

from generator.issues import Issue, summary
from generator.publish.tallies import Tallies
from generator.review import Review

_LEVELS = {"error": "错误", "warning": "提示"}


def failing(issues: list[Issue]) -> bool:
    """Whether any issue is an error: what --strict asks."""
    return any(issue.level == "error" for issue in issues)


def report(review: Review, form: str) -> str:
    """The report in one of FORMATS."""
    return FORMATS[form](review)


def line(issue: Issue) -> str:
    """One issue in one line: where, what, remedy."""
    return f"[{_LEVELS[issue.level]}] {issue.place}：{issue.message}。{issue.remedy}（{issue.code}）"


def less_common(tallies: Tallies, unit: str) -> str:
    """What is said of rows in states that only some kinds know, where there are any."""
    states = {"只公布数量": tallies.only_counted(), "移出名单": tallies.exited()}
    states |= {"按公开类型不公开": tallies.restricted(), "补充已报信息": tallies.added()}
    return "".join(f"{name} {count:,} {unit}，" for name, count in states.items() if count)


def counts_line(review: Review) -> str:
    """The sum of it all."""
    tallies = review.tallies
    errors = sum(issue.level == "error" for issue in review.issues)
    return (
        f"共核查 {review.files} 个文件 {tallies.total():,} 行：可公示 {tallies.published():,} 行，"
        f"期满 {tallies.expired():,} 行，撤下 {tallies.withdrawn():,} 行，依法不公示 {tallies.not_public():,} 行，"
        f"{less_common(tallies, '行')}被后来报送替代 {tallies.superseded():,} 行，"
        f"因错误不公示 {tallies.withheld():,} 行。错误 {errors:,} 处，提示 {len(review.issues) - errors:,} 处。"
    )


def _text(review: Review) -> str:
    lines: list[str] = []
    for file, issues in groupby(review.issues, key=lambda issue: issue.file):
        found = list(issues)
        lines += [f"{file}（{len(found)} 处）", *(f"  {line(issue)}" for issue in found), ""]
    if review.issues:
        lines += ["按问题统计：", *(f"  {code}：{count:,} 处" for code, count in summary(review.issues)), ""]
    return "\n".join([*lines, counts_line(review)]) + "\n"


def _json(review: Review) -> str:
    document = {
        "files": review.files,
        "rows": review.tallies.total(),
        "published": review.tallies.published(),
        "expired": review.tallies.expired(),
        "withdrawn": review.tallies.withdrawn(),
        "not_public": review.tallies.not_public(),
        "counted": review.tallies.only_counted(),
        "exited": review.tallies.exited(),
        "restricted": review.tallies.restricted(),
        "added": review.tallies.added(),
        "superseded": review.tallies.superseded(),
        "withheld": review.tallies.withheld(),
        "issues": [
            {
                "code": issue.code,
                "level": issue.level,
                "file": issue.file,
                "sheet": issue.sheet,
                "row": issue.row,
                "column": issue.column,
                "value": issue.value,
                "message": issue.message,
                "remedy": issue.remedy,
            }
            for issue in review.issues
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _github(review: Review) -> str:
    """Workflow commands: GitHub shows them beside the faulty lines."""
    lines = []
    for issue in review.issues:
        place = f"file={_property(issue.file)}" + (f",line={issue.line or issue.row}" if issue.row else "")
        title = _property(f"数据核查：{_LEVELS[issue.level]}")
        text = _data(f"{issue.place}：{issue.message}。{issue.remedy}")
        lines.append(f"::{issue.level} {place},title={title}::{text}")
    return "\n".join([*lines, counts_line(review)]) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Review], str]] = {"text": _text, "json": _json, "github": _github}
"""Name on the command line → report."""
