"""Assertions about the data as a whole: a build that would lose too much at once stops before the site is touched.

data/assertions.yml is committed; `portal assertions` writes it from the present data.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import Field as Setting

from generator.model.declaration import Declared, read_declaration
from generator.model.portal import Portal
from generator.publish.tallies import Tallies

ASSERTIONS = Path("data/assertions.yml")


class CountsFellError(Exception):
    """Far fewer records than were asserted. Exit code 1."""


class Assertions(Declared):
    """data/assertions.yml."""

    max_fall_percent: float = Setting(5, ge=0, le=100)
    """How much a kind's count may fall."""
    records: dict[str, int] = Setting(default_factory=dict)
    """Kind → records there were when this was written."""


def load_assertions(portal: Portal) -> Assertions:
    """Read the file; a portal without one asserts nothing."""
    path = portal.root / ASSERTIONS
    return read_declaration(path, Assertions) if path.exists() else Assertions()


def check_counts(assertions: Assertions, tallies: Tallies) -> None:
    """Raise CountsFellError if a kind lost more than the declared share. Records that left by a rule are no loss."""
    falls = []
    for kind, asserted in assertions.records.items():
        found = counted(tallies, kind)
        if asserted and (asserted - found) * 100 / asserted > assertions.max_fall_percent:
            falls.append(f"{kind} 由 {asserted:,} 条降为 {found:,} 条")
    if falls:
        raise CountsFellError(
            f"公示数量下降超过 {assertions.max_fall_percent:g}%：{'；'.join(falls)}。网站未更新。"
            f"请查明原因；确属正常的，运行 portal assertions 更新 {ASSERTIONS.as_posix()} 后重新生成"
        )


def counted(tallies: Tallies, kind: str) -> int:
    """Records of a kind, whatever became of them: expiry, a withdrawal or a change of the law is no loss."""
    return tallies.select(kind=kind).records().total()


def write_assertions(portal: Portal, tallies: Tallies) -> Path:
    """Write the present counts, keeping the declared share."""
    old = load_assertions(portal)
    new = {
        "max_fall_percent": old.max_fall_percent,
        "records": {kind: counted(tallies, kind) for kind in portal.kinds},
    }
    path = portal.root / ASSERTIONS
    head = "# 上次核定的记录数。低于此数超过 max_fall_percent 时停止生成网站。\n"
    path.write_text(head + yaml.safe_dump(new, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path
