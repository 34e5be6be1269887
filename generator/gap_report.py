"""What `portal gaps` does: which document numbers nobody reported, for staff. It tells numbers and no row."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import pyarrow as pa
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from generator.forms.sheets import put_text
from generator.forms.still import still_workbook
from generator.model.portal import Portal
from generator.opendata.spreadsheet import spreadsheet
from generator.pipeline import admitted_records
from generator.progress import Progress
from generator.publish.numbers import sequences
from generator.workers import workers


@dataclass(frozen=True)
class Gap:
    """Numbers in a row that are missing between two that were reported."""

    unit: str
    kinds: str
    """Titles of the kinds whose numbers make up the sequence."""
    word: str
    """The authority's word, as it is compared: without brackets and blanks."""
    year: int
    first: int
    last: int
    sequence: tuple[int, int, int, int]
    """First and last reported number of the sequence, how many were reported, and how many are missing in all."""

    @property
    def series(self) -> str:
        """Word and year, as in front of a number."""
        return f"{self.word}〔{self.year}〕"

    @property
    def numbers(self) -> str:
        """The missing numbers."""
        return f"{self.first}号" if self.first == self.last else f"{self.first}—{self.last}号"

    @property
    def count(self) -> int:
        """How many are missing."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Gaps:
    """All gaps, and what was not judged."""

    gaps: list[Gap]
    """By unit in the official order, word and year."""
    judged: int
    few: int
    """Sequences with too few numbers."""
    sparse: int
    """Sequences with too many holes."""
    enough: int
    filled: float


def find_gaps(portal: Portal, today: date, jobs: int) -> Gaps:
    """The gaps in all sequences of document numbers that can be judged."""
    with tempfile.TemporaryDirectory() as folder, workers(jobs) as executor:
        published = admitted_records(portal, today, Path(folder), executor, Progress())
    rules = portal.reporting.numbers
    found = sequences(published.numbers, rules)
    lines = found.gaps.join(found.sequences, on="sequence")
    titles = {kind.id: kind.title for kind in portal.kinds.values()}
    gaps = [
        Gap(
            unit=portal.site.units[line["unit"]].name,
            kinds="、".join(titles[kind] for kind in line["kinds"].split()),
            word=line["word"],
            year=int(line["year"]),
            first=int(line["first"]),
            last=int(line["last"]),
            sequence=(int(line["lowest"]), int(line["highest"]), int(line["numbers"]), int(line["missing"])),
        )
        for line in lines.to_dict("records")
    ]
    told = found.sequences
    return Gaps(
        gaps,
        judged=len(found.judged),
        few=int((~told["enough"]).sum()),
        sparse=int((told["enough"] & ~told["dense"]).sum()),
        enough=rules.enough,
        filled=rules.filled,
    )


HEADINGS = ("单位", "信息类别", "字号", "年份", "缺号起", "缺号止", "缺号数", "序列首号", "序列末号", "已报号码数")
_NUMBERS = HEADINGS[3:]
_WIDTHS = (24, 24, 24, 8, 10, 10, 10, 12, 12, 14)


def _rows(found: Gaps) -> Iterator[tuple[str | int, ...]]:
    for gap in found.gaps:
        first, last, numbers, _ = gap.sequence
        yield gap.unit, gap.kinds, gap.word, gap.year, gap.first, gap.last, gap.count, first, last, numbers


def _text(found: Gaps) -> bytes:
    lines = []
    for unit, of_unit in groupby(found.gaps, key=lambda gap: gap.unit):
        lines.append(unit)
        for series, gaps in groupby(of_unit, key=lambda gap: (gap.series, gap.kinds, gap.sequence)):
            name, kinds, (first, last, numbers, missing) = series
            ranges = "、".join(gap.numbers for gap in gaps)
            lines.append(f"  {name}：已报 {numbers:,} 个号码（{first}—{last}号，{kinds}），缺 {missing:,} 个：{ranges}")
    total = sum(gap.count for gap in found.gaps)
    lines.append(f"共核对 {found.judged:,} 个文号序列，缺号 {total:,} 个。{_not_judged(found)}")
    lines.append("缺号不一定是漏报：可能作废、未用，或者用于其他文书，请逐一核实。本报告只供工作人员核对，不得公开。")
    return "".join(f"{line}\n" for line in lines).encode()


def _not_judged(found: Gaps) -> str:
    return (
        f"未作判断：号码不足 {found.enough} 个的序列 {found.few:,} 个，"
        f"号码不到首末号之间 {found.filled * 100:g}% 的序列 {found.sparse:,} 个。"
    )


def _csv(found: Gaps) -> bytes:
    columns = list(zip(*_rows(found), strict=True)) or [()] * len(HEADINGS)
    types = [pa.int64() if name in _NUMBERS else pa.string() for name in HEADINGS]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return spreadsheet(pa.table(arrays, names=list(HEADINGS)))


def _workbook(found: Gaps) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "文号缺号"
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True), 1):
        sheet.cell(1, place, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, row in enumerate(_rows(found), 2):
        for place, value in enumerate(row, 1):
            if isinstance(value, str):
                put_text(sheet, line, place, value)
            else:
                sheet.cell(line, place, value)
    sheet.freeze_panes = "A2"
    notes = workbook.create_sheet("说明")
    for text in _text(found).decode().splitlines()[-2:]:
        notes.append([text])
    return still_workbook(workbook)


FORMS: dict[str, Callable[[Gaps], bytes]] = {"text": _text, "csv": _csv, "xlsx": _workbook}
"""Name on the command line → report."""
