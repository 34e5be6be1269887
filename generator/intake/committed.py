"""The day a file came into the data's git repository: the day of report of records that state none."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Days of the portal are days there."""


def committed_day(root: Path, path: str, anew: bool = False) -> str | None:
    """Day of the commit that added a file, ISO; None outside git, or for a file that is not committed yet.

    `anew`: of the last commit that did, for a file that is another than the former one of its name.
    """
    git = shutil.which("git")
    if git is None:
        return None
    # A shallow clone takes its oldest commit for the one that added everything.
    ask = [git, "rev-parse", "--is-shallow-repository"]
    shallow = subprocess.run(ask, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    if shallow.stdout.strip() != "false":
        return None
    # Else the oldest commit that added it: a file that was removed and came back keeps its first day.
    words = [git, "log", "--diff-filter=A", "--format=%cI", "--", path]
    run = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    added = run.stdout.split()
    return datetime.fromisoformat(added[0 if anew else -1]).astimezone(SHANGHAI).date().isoformat() if added else None
