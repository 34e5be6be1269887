"""What `portal codes` does: every row with a faulty code, for staff. It tells codes and names: no part of a site."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa

from generator.assemble.staging import BUILD_FILE
from generator.check.batch import check_batch
from generator.intake.read import read_source
from generator.intake.sources import find_sources
from generator.intake.table import Batch
from generator.issues import masked
from generator.model.code_faults import CHECK, CODES, FAULTS, FORM, NAMES, code_fault_words
from generator.model.portal import Portal
from generator.opendata.spreadsheet import spreadsheet
from generator.pipeline import admitted_records
from generator.progress import Progress
from generator.publish.admit import row_places
from generator.publish.codes import CodeQuality, code_faults, code_lines
from generator.workers import workers


@dataclass(frozen=True)
class FaultyCode:
    """One fault of one row; a row with two faults is told twice."""

    file: str
    sheet: str
    row: int
    kind: str
    unit: str
    code: str
    name: str
    fault: str
    """One of FAULTS, in words."""
    others: str
    """The other names of the code, or the other codes of the name."""
    remedy: str


OTHERS = "同码的其他名称或同名的其他代码"
HEADINGS = ("文件", "工作表", "行", "类别", "单位", "统一社会信用代码", "名称", "问题", OTHERS, "处理")


def faulty_codes(portal: Portal, today: date, jobs: int) -> list[FaultyCode]:
    """All faulty rows by file, sheet and row. Their files are read once more, as publish keeps no content of them."""
    with tempfile.TemporaryDirectory() as folder, workers(jobs) as executor:
        published = admitted_records(portal, today, Path(folder), executor, Progress())
    sources, _ = find_sources(portal)
    parts = []
    for place in published.codes.files:
        source = sources[place]
        tables, _ = read_source(source, portal)
        batch = Batch(portal.kinds[source.kind], source.month, tables)
        parts.append(_rows(batch, place, portal, today, published.codes))
    if not parts:
        return []
    return list(_told(pd.concat(parts, ignore_index=True), portal))


def _rows(batch: Batch, place: int, portal: Portal, today: date, quality: CodeQuality) -> pd.DataFrame:
    """The faulty rows of a file: its lines and FAULTS, with file, sheet, and code and name as they are written."""
    checked = check_batch(batch, portal, today)
    lines = code_lines(checked, *row_places(batch, portal, [place] * len(batch.tables)), portal)
    faults = code_faults(lines, quality.repeated_codes, quality.repeated_names)
    kept = faults.any(axis=1).to_numpy() & ~np.isin(lines["row"].to_numpy(), quality.superseded)
    lines, faults = lines[kept], faults[kept]
    places, roles = lines.index.to_numpy(), batch.kind.roles
    tables = [batch.tables[table] for table in batch.table[places]]
    codes = checked.frame[roles.subject_code].to_numpy()[places]
    return (
        pd.concat([lines, faults], axis=1)
        .rename(columns={"code": "code_hash", "name": "name_hash"})
        .assign(
            file=[table.source.path for table in tables],
            sheet=[table.sheet for table in tables],
            line=batch.rows[places],
            # What a slipped row puts into the column of codes may be an identity number.
            code=[
                masked(code, is_code=True) if wrong else code
                for code, wrong in zip(codes, faults[[FORM, CHECK]].any(axis=1), strict=True)
            ],
            name=checked.frame[roles.subject].to_numpy()[places],
        )
    )


def _told(rows: pd.DataFrame, portal: Portal) -> Iterable[FaultyCode]:
    """The rows in words."""
    beside = _beside(rows)
    for row in rows.sort_values(["file", "sheet", "line"]).to_dict("records"):
        for fault in FAULTS:
            if row[fault]:
                words = code_fault_words()[fault]
                yield FaultyCode(
                    file=row["file"],
                    sheet=row["sheet"],
                    row=int(row["line"]),
                    kind=portal.kinds[row["kind"]].title,
                    unit=portal.site.units[row["unit"]].name,
                    code=row["code"],
                    name=row["name"],
                    fault=words.title,
                    others="、".join(_others(row, fault, beside)),
                    remedy=words.remedy,
                )


def _beside(rows: pd.DataFrame) -> dict[int, dict[int, str]]:
    """Hash of a code → hash of each of its names → the name, and the same of names; of several spellings the first."""
    found: dict[int, dict[int, str]] = {}
    compared = rows[~rows[FORM]].sort_values(["name", "code"])
    columns = (compared[column].tolist() for column in ("code_hash", "name_hash", "code", "name"))
    for code, name, written_code, written_name in zip(*columns, strict=True):
        found.setdefault(code, {}).setdefault(name, written_name)
        found.setdefault(name, {}).setdefault(code, written_code)
    return found


def _others(row: Mapping[Hashable, Any], fault: str, beside: dict[int, dict[int, str]]) -> list[str]:
    """The other names of a row's code, or the other codes of its name."""
    if fault not in (NAMES, CODES):
        return []
    value, own = (row["code_hash"], row["name_hash"]) if fault == NAMES else (row["name_hash"], row["code_hash"])
    return [text for other, text in beside[value].items() if other != own]


def _text(found: list[FaultyCode]) -> bytes:
    lines = []
    for entry in found:
        sheet = f"，工作表“{entry.sheet}”" if entry.sheet else ""
        others = f"（另有：{entry.others}）" if entry.others else ""
        lines.append(
            f"{entry.file}{sheet}，第 {entry.row} 行：{entry.fault}：{entry.code} {entry.name}{others}。{entry.remedy}"
        )
    lines.append(f"共 {len(found):,} 处。本报告含名称和代码，只供工作人员核对，不得公开。")
    return "".join(f"{line}\n" for line in lines).encode()


def _json(found: list[FaultyCode]) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n"


def _csv(found: list[FaultyCode]) -> bytes:
    columns = {field.name: [getattr(entry, field.name) for entry in found] for field in fields(FaultyCode)}
    arrays = [pa.array(column, pa.int64() if name == "row" else pa.string()) for name, column in columns.items()]
    return spreadsheet(pa.table(arrays, names=list(HEADINGS)))


def is_published(file: Path, root: Path) -> bool:
    """Whether a file at this place would be on the site: in a built one, or in what one is built from."""
    folders = (root / "content", root / "theme_overrides")
    return any((above / BUILD_FILE).exists() or above in folders for above in file.parents)


FORMS: dict[str, Callable[[list[FaultyCode]], bytes]] = {"text": _text, "csv": _csv, "json": _json}
"""Name on the command line → report."""
