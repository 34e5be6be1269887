"""The report for programs, as JSON. Its form is described in the staff guide (content/staff/self-check.md): keys are
only ever added, and `version` grows if one changes its meaning."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from generator.issues import Issue
from generator.publish.outcomes import FileOutcome
from generator.review import Review

VERSION = 1


def as_json(review: Review) -> str:
    """Totals, the sum of each file, every issue in the order of its place."""
    tallies = review.tallies
    content = {
        "version": VERSION,
        "files": review.files,
        "rows": tallies.total(),
        "published": tallies.published(),
        "expired": tallies.expired(),
        "withdrawn": tallies.withdrawn(),
        "not_public": tallies.not_public(),
        "counted": tallies.only_counted(),
        "exited": tallies.exited(),
        "restricted": tallies.restricted(),
        "added": tallies.added(),
        "superseded": tallies.superseded(),
        "withheld": tallies.withheld(),
        "sums": [_sum(outcome) for outcome in review.outcomes],
        "mendings": [asdict(mending) for mending in review.mendings],
        "issues": [_issue(issue) for issue in review.issues],
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n"


def _sum(outcome: FileOutcome) -> dict[str, Any]:
    source = outcome.source
    return {
        "file": source.path,
        "kind": source.kind,
        "month": source.month,
        "unit": source.unit,
        "rows": outcome.rows,
        "published": outcome.published,
        "withheld": outcome.withheld,
        "not_data": outcome.not_data,
        "nothing": outcome.nothing,
        "states": dict(sorted(outcome.states.items())),
        "late": list(outcome.late),
    }


def _issue(issue: Issue) -> dict[str, Any]:
    return {
        "code": issue.code,
        "level": issue.level,
        "file": issue.file,
        "sheet": issue.sheet,
        "row": issue.row,
        "column": issue.column,
        "column_number": issue.column_number,
        "value": issue.value,
        "message": issue.message,
        "remedy": issue.remedy,
    }
