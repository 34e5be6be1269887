"""What a clerk gets back: reports of a check for a terminal, for programs and for pull requests, the workbook with its
faults marked, and receipts after publication."""

from __future__ import annotations

from collections.abc import Callable

from generator.issues import Issue
from generator.report.annotations import as_annotations
from generator.report.document import as_json
from generator.report.lines import as_lines, line
from generator.report.markdown import as_markdown
from generator.report.text import as_text
from generator.report.wording import counts_line, less_common
from generator.review import Review

__all__ = ["FORMATS", "counts_line", "failing", "less_common", "line", "report"]

FORMATS: dict[str, Callable[[Review], str]] = {
    "text": as_text,
    "lines": as_lines,
    "json": as_json,
    "github": as_annotations,
    "markdown": as_markdown,
}
"""Name on the command line → report as text. Beside them there is the marked workbook, see `workbook`."""


def failing(issues: list[Issue]) -> bool:
    """Whether any issue is an error: what --strict asks."""
    return any(issue.level == "error" for issue in issues)


def report(review: Review, form: str) -> str:
    """The report in one of FORMATS."""
    return FORMATS[form](review)
