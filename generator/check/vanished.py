"""Finds rows that stood in a file at an earlier revision and stand in no changed file now.

git is the memory of what stood where; a build depends on no earlier state.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from generator.check.batch import check_batch
from generator.intake.read import read_source
from generator.intake.sources import RECORDS, find_sources, place
from generator.intake.table import Batch, SourceFile
from generator.issues import Issue, masked
from generator.model.declaration import ConfigError
from generator.model.portal import Portal
from generator.model.record_id import as_text, record_ids


def vanished_rows(portal: Portal, since: str, today: date) -> Iterator[Issue]:
    """An issue for each row that has vanished since a revision of the data's git repository."""
    if since.startswith("-"):
        raise ConfigError(portal.root, None, f"--since 不是 Git 版本：{since}")
    with tempfile.TemporaryDirectory() as name:
        before = replace(portal, root=Path(name))
        changed = _git(portal, "diff", "--name-only", "--relative", "--no-renames", "-z", since, "--", str(RECORDS))
        for path in _paths(changed):
            _restore(portal, since, path, before.root)
        was = [source for source in _sources(changed, portal) if (before.root / source.path).exists()]
        old = pd.concat([_NO_KEYS, *(_keys(source, before, today) for source in was)], ignore_index=True)

        # Most rows still stand in a changed or new file; only for the others are all files read.
        new = _git(portal, "ls-files", "--others", "--exclude-standard", "-z", "--", str(RECORDS))
        near = [source for source in _sources(changed + new, portal) if (portal.root / source.path).exists()]
        gone = _without(old, near, portal, today)
        if len(gone):
            others = [source for source in find_sources(portal)[0] if source not in near]
            gone = _without(gone, others, portal, today)
        for path, kind, row, number in gone[["path", "kind", "row", "number"]].itertuples(index=False):
            fields = portal.kinds[kind].fields
            role = portal.kinds[kind].roles.number
            column = fields[role].title if role else "公示编号"
            yield Issue(path, row=int(row), column=column, code="row-vanished", value=masked(number))


def _without(rows: pd.DataFrame, sources: list[SourceFile], portal: Portal, today: date) -> pd.DataFrame:
    """The rows whose record stands in none of the files."""
    kinds = set(rows["kind"])
    for source in sources:
        if len(rows) and source.kind in kinds:
            standing = _keys(source, portal, today)["id"]
            rows = rows[~((rows["kind"] == source.kind) & rows["id"].isin(standing))]
    return rows


def _paths(listing: bytes) -> list[str]:
    return [path for path in listing.decode().split("\0") if path]


def _sources(listing: bytes, portal: Portal) -> list[SourceFile]:
    placed = [place(path, portal) for path in _paths(listing)]
    return [source for source in placed if isinstance(source, SourceFile)]


_NO_KEYS = pd.DataFrame({name: [] for name in ("path", "kind", "id", "row", "number")}).astype(
    {"path": "str", "kind": "str", "id": "uint64", "row": "int32", "number": "str"}
)


def _keys(source: SourceFile, portal: Portal, today: date) -> pd.DataFrame:
    """path, kind, id, row and number of every row of a file that could be read, faulty ones included."""
    kind = portal.kinds[source.kind]
    found = [_NO_KEYS]
    for table in read_source(source, portal)[0]:
        frame = check_batch(Batch(kind, source.month, [table]), portal, today).frame
        ids = record_ids(frame, kind, portal.site.id_key)
        found.append(
            pd.DataFrame(
                {
                    "path": source.path,
                    "kind": kind.id,
                    "id": ids,
                    "row": table.rows,
                    # Where records have no number, their id: a name may be personal.
                    "number": frame[kind.roles.number] if kind.roles.number else as_text(ids),
                }
            )
        )
    return pd.concat(found, ignore_index=True)


def _restore(portal: Portal, since: str, path: str, folder: Path) -> None:
    """Lay the file of a revision under another root; a file that was not there then is left out."""
    try:
        content = _git(portal, "show", f"{since}:./{path}")
    except ConfigError:
        return
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _git(portal: Portal, *words: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        raise ConfigError(portal.root, None, "--since 需要安装 git")
    run = subprocess.run([git, *words], cwd=portal.root, capture_output=True, check=False)  # noqa: S603
    if run.returncode != 0:
        words_of_git = run.stderr.decode(errors="replace").strip().splitlines()
        raise ConfigError(portal.root, None, f"git 未能比较版本：{words_of_git[0] if words_of_git else '未知原因'}")
    return run.stdout
