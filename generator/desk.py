"""Checks a file by itself, where the clerk sits: any place, any name, no repository of data.

What a file's place under data/records/ would say is found in the file instead: its kind by headings, its unit by name
or rows, its month by the days of report. Then it is laid where it would belong, in a folder of its own, and goes the
way of every file; what other files hold is not known here.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from generator.forms.rules_package import PACKAGE
from generator.intake.headings import match_headings
from generator.intake.names import Names, likeness
from generator.intake.nothing import without_nothing
from generator.intake.read import read_sheets
from generator.intake.sources import MONTH, RECORDS, place
from generator.intake.table import SUFFIXES, Batch, Sheet, SourceFile
from generator.issues import Issue
from generator.model.declaration import ConfigError
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.model.values import VALUE_TYPES

_LARGEST_PACKAGE = 32 * 2**20


@dataclass(frozen=True)
class Said:
    """What the clerk says of the files; "" where it is to be found out."""

    kind: str = ""
    unit: str = ""
    month: str = ""


NOTHING_SAID = Said()


@contextmanager
def declared_at(root: Path, package: Path | None, files: Sequence[Path]) -> Iterator[Path]:
    """The root of the declarations to check by: that of the portal, or where there is none, that of a package of rules:
    the one that is named, or one that lies in the present folder or beside a file. Raises ConfigError."""
    if package is None and files and not (root / "data").is_dir():
        beside = (folder / PACKAGE for folder in (root, *(file.parent for file in files)))
        package = next((path for path in beside if path.is_file()), None)
        if package is None:
            said = f"这里没有信用网站的 data/ 文件夹，也没有规则包 {PACKAGE}：请从网站“报送指南”下载，用 --rules 指明"
            raise ConfigError(root, None, said)
    if package is None:
        yield root
        return
    with tempfile.TemporaryDirectory() as folder:
        _unpack(package, Path(folder))
        yield Path(folder).resolve()


def _unpack(package: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(package) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST_PACKAGE:
                raise ConfigError(package, None, "不是规则包：内容过大")
            parts.extractall(folder)
    except (zipfile.BadZipFile, OSError) as error:
        raise ConfigError(package, None, "不是规则包，或者已损坏，请从网站“报送指南”重新下载") from error


@contextmanager
def laid_out(file: Path, portal: Portal, today: date, said: Said) -> Iterator[tuple[Portal, SourceFile] | Issue]:
    """A portal that holds nothing but this file, and the file in it; or why it cannot be read, or that it could be
    several things, or that nothing tells whose it is."""
    sheets = _sheets(file, portal)
    if isinstance(sheets, Issue):
        yield sheets
        return
    kind = portal.forms[said.kind] if said.kind else _kind(file, sheets, portal)
    if isinstance(kind, Issue):
        yield kind
        return
    nothing = any(without_nothing(sheet, portal.reporting.nothing)[1] for sheet in sheets)
    if kind is None and nothing:
        known = "、".join(f"{one.title} {one.id}" for one in portal.forms.values())
        yield Issue(file.name, code="file-kind-unclear", details=(("several", known),))
        return
    rows = _rows(file, sheets, kind, today) if kind else None
    if kind is None or rows is None or not (rows.tables or nothing):
        yield Issue(file.name, code="headings-not-found")
        return
    name = Path(file.name)
    month = said.month or _month(rows, kind) or f"{today:%Y-%m}"
    unit = said.unit or _unit_of_name(name, kind, month, portal) or _unit(rows, file.name, portal)
    if isinstance(unit, Issue):
        yield unit
        return
    source = SourceFile(f"{RECORDS}/{kind.id}/{month}/{unit}{name.suffix.lower()}", kind.id, month, unit)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        target = root / source.path
        target.parent.mkdir(parents=True)
        shutil.copyfile(file, target)
        yield replace(portal, root=root), source


def _sheets(file: Path, portal: Portal) -> list[Sheet] | Issue:
    if file.suffix.lower() not in SUFFIXES:
        return Issue(file.name, code="file-format-unknown", value=file.suffix)
    return read_sheets(SourceFile(file.name, "", "", ""), file.parent, Names.of_any(portal.forms.values()))


def _kind(file: Path, sheets: list[Sheet], portal: Portal) -> Kind | Issue | None:
    """The kind whose fields the headings name most of; None where they name none.

    Kinds with the same fields are told apart by the names of sheet and file, as our forms give them.
    """
    scores = {kind.id: max(likeness(sheet.headings, kind) for sheet in sheets) for kind in portal.forms.values()}
    best = max(scores.values())
    if not best[0]:
        return None
    likely = [portal.forms[name] for name, score in scores.items() if score == best]
    names = [file.stem, *(sheet.name for sheet in sheets)]
    named = [kind for kind in likely if any(kind.title in name or kind.id in name for name in names)]
    found = named if len(named) == 1 else likely
    if len(found) > 1:
        several = "、".join(f"{kind.title} {kind.id}" for kind in found)
        return Issue(file.name, code="file-kind-unclear", details=(("several", several),))
    return found[0]


def _rows(file: Path, sheets: list[Sheet], kind: Kind, today: date) -> Batch:
    """The rows of the file, under the fields of its kind."""
    source = SourceFile(file.name, kind.id, f"{today:%Y-%m}", "")
    tables = [match_headings(source, sheet, kind, lambda: None) for sheet in sheets]
    return Batch(kind, source.month, [table for table in tables if table.columns])


def _month(rows: Batch, kind: Kind) -> str:
    """The month in which most rows say that they were reported; "" where none says so."""
    code = kind.roles.reported
    days = VALUE_TYPES[kind.fields[code].type].read(rows.column(code), None).values
    months = days.str.slice(0, 7)
    months = months[months.str.fullmatch(MONTH.pattern).to_numpy(dtype=bool)]
    return str(months.mode().iloc[0]) if len(months) else ""


def _unit_of_name(name: Path, kind: Kind, month: str, portal: Portal) -> str:
    placed = place(f"{RECORDS}/{kind.id}/{month}/{name.name}", portal)
    return placed.unit if isinstance(placed, SourceFile) else ""


def _unit(rows: Batch, file: str, portal: Portal) -> str | Issue:
    """The unit that most rows name as their source."""
    roles = rows.kind.roles
    sources = rows.column(roles.source)
    codes = rows.column(roles.source_code) if roles.source_code else pd.Series("", index=sources.index, dtype="str")
    counts = pd.DataFrame({"source": sources, "code": codes}).value_counts()
    for source, code in counts.index:
        for unit in portal.site.units:
            if source and unit.is_source(source, code):
                return unit.id
    known = "、".join(f"{unit.name} {unit.id}" for unit in portal.site.units)
    return Issue(file, code="file-unit-unclear", details=(("known", known),))
