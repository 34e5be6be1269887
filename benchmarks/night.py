"""A night: some hundred records come, as many are withdrawn, and a day has passed. What it takes, what it changes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import PORTAL, table, timed
from generator.store.columnar import unpack
from generator.store.record_pages import GONE

_MOVED = 400


def measure(city: Path) -> str:
    """Build a city on three evenings; the second differs from the first by the day alone. Returns Markdown.

    Raises AssertionError if the third site is not that of a build which takes nothing over.
    """
    today = date.fromisoformat(json.loads((city / "site/store/manifest.json").read_bytes())["as_of"])
    _unfix_day(city / "data/site.yml")
    held_back = _hold_back(city, _MOVED)
    sites = [city / f"night-{evening}" for evening in range(3)]
    nights = []
    for evening, site in enumerate(sites):
        if evening == 2:
            for path, content in held_back.items():
                path.write_bytes(content)
            _withdraw(city, sites[1], today + timedelta(evening), _MOVED)
        day = (today + timedelta(evening)).isoformat()
        build = [*PORTAL, "build", "--root", str(city), "--today", day, "--now", f"{day}T02:30:00+08:00", "--out"]
        nights.append(timed([*build, str(site), *([] if evening else ["--fresh"])]))
    rows = []
    for name, evening in (("nothing but the date", 1), (f"{_MOVED} in, {_MOVED} out", 2)):
        files, share_of_files, size, share = _changed(sites[evening - 1], sites[evening])
        took = nights[evening][0]
        against = f"{took / nights[0][0]:.2f}"
        rows.append((name, f"{took:.1f}", against, f"{files:,}", share_of_files, f"{size / 1024**2:,.1f}", share))
    verify = timed([*PORTAL, "verify", "--root", str(city), "--today", day, str(sites[2])])
    shutil.rmtree(sites[0])
    timed([*build, str(sites[0]), "--fresh"])
    others = _changed(sites[0], sites[2])[0] + _changed(sites[2], sites[0])[0]
    for site in sites:
        shutil.rmtree(site)
    if others:
        raise AssertionError(f"{others} files differ from those of a build made anew")
    head = ["night", "seconds", "× build made anew", "files changed", "of all", "MB changed", "of all"]
    return (
        f"First build, nothing to take over: {nights[0][0]:.1f} s.\n\n{table(head, rows)}\n\n"
        f"The site verifies after it ({verify[0]:.1f} s) and equals one made anew, byte for byte."
    )


def _unfix_day(site: Path) -> None:
    """Where a demo fixes the day every page tells it; a portal at work goes by the real one."""
    lines = site.read_text(encoding="utf-8").splitlines(keepends=True)
    site.write_text("".join(line for line in lines if not line.startswith("today:")), encoding="utf-8")


def _hold_back(city: Path, wanted: int) -> dict[Path, bytes]:
    """Take rows from the ends of the newest files; the files as they were."""
    whole: dict[Path, bytes] = {}
    for path in sorted((city / "data/records").glob("*/*/*.csv"), key=lambda path: path.parent.name, reverse=True):
        content = path.read_bytes()
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        taken = min(wanted, len(rows) // 2)
        if taken:
            whole[path] = content
            text = io.StringIO(newline="")
            csv.writer(text).writerows(rows[: len(rows) - taken])
            path.write_bytes(text.getvalue().encode("utf-8"))
            wanted -= taken
        if not wanted:
            break
    return whole


def _withdraw(city: Path, site: Path, day: date, wanted: int) -> None:
    """Enter random records of a site as withdrawn."""
    draw = random.Random(1)
    pages = sorted((site / "store/records").iterdir())
    ids = [draw.choice(_ids(page)) for page in draw.sample(pages, min(wanted, len(pages)))]
    options = ["--root", str(city), "--today", day.isoformat(), "--reason", "修复"]
    subprocess.run([*PORTAL, "withdraw", *options, *ids], check=True, stdout=subprocess.DEVNULL)


def _ids(page: Path) -> list[str]:
    return [id_ for name, columns in unpack(page.read_bytes()).items() if name != GONE for id_ in columns["id"]]


def _changed(before: Path, after: Path) -> tuple[int, str, int, str]:
    """Number and bytes of the files of a site that are new or other than before, and their shares."""
    old = {path.relative_to(before): _digest(path) for path in before.rglob("*") if path.is_file()}
    files = size = all_files = all_size = 0
    for path in after.rglob("*"):
        if path.is_file():
            bytes_ = path.stat().st_size
            all_files, all_size = all_files + 1, all_size + bytes_
            if old.get(path.relative_to(after)) != _digest(path):
                files, size = files + 1, size + bytes_
    return files, f"{files / all_files:.1%}", size, f"{size / all_size:.1%}"


def _digest(path: Path) -> bytes:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
