"""A large month in 40 files checked as a clerk or a pull request would, beside pandas reading the same files."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import PORTAL, table, timed

_FILES = 40
_REFERENCE = """
import pandas, sys
for path in sys.argv[1:]:
    pandas.read_csv(path)
"""


def measure(city: Path, root: Path, records: int) -> str:
    """Write a city of one month, leave its largest files, read them with pandas, check them. Returns Markdown."""
    timed([*PORTAL, "demo", "--root", str(root), "--records", str(records), "--months", "1", str(city)])
    files = sorted((city / "data/records").rglob("*.csv"), key=lambda path: (-path.stat().st_size, path))
    for path in files[_FILES:]:
        path.unlink()
    rows = sum(path.read_bytes().count(b"\n") - 1 for path in files[:_FILES])
    megabytes = sum(path.stat().st_size for path in files[:_FILES]) / 1024**2
    started = timed([sys.executable, "-c", _REFERENCE])
    reference = timed([sys.executable, "-c", _REFERENCE, *map(str, files[:_FILES])])
    reading = reference[0] - started[0]
    named = {"pandas.read_csv, each file (reference)": reference}
    named["portal check"] = timed([*PORTAL, "check", "--root", str(city)])
    named["portal check --jobs 1"] = timed([*PORTAL, "check", "--root", str(city), "--jobs", "1"])
    head = ["command", "seconds", "× reference", "× its reading alone", "peak memory, GB (largest process)"]
    lines = [
        (name, f"{took:.1f}", f"{took / reference[0]:.1f}", f"{took / reading:.1f}", f"{peak:.2f}")
        for name, (took, peak) in named.items()
    ]
    told = f"{rows:,} rows in {_FILES} files, {megabytes:,.0f} MB; pandas starts in {started[0]:.1f} s."
    return f"{told}\n\n{table(head, lines)}"
