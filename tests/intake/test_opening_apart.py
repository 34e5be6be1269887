"""Workbooks are opened by a process apart: whatever a file does to it, the next file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from containers import saved
from nasty import COLUMNS, corner_to_corner
from openpyxl import Workbook
from portals import licence, workbook_of

from generator.intake import cells
from generator.intake.apart import Limits, RefusedError, open_apart
from generator.intake.cells import Gathering, TooLargeError


def book(folder: Path, content: bytes) -> Path:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return path


def refusal(path: Path, limits: Limits) -> tuple[str, str]:
    with pytest.raises(RefusedError) as caught:
        open_apart(path, "xlsx", limits)
    return caught.value.code, str(caught.value)


def test_the_file_after_one_that_ended_the_process_is_read(tmp_path: Path) -> None:
    good, bad = workbook_of([licence()]), corner_to_corner()
    limits = Limits()
    for _ in range(2):
        code, reason = refusal(book(tmp_path, bad), limits)
        assert (code, reason) == ("file-too-large", "占用内存过多，多半是在很远的行或者列留有内容")
        [sheet] = open_apart(book(tmp_path, good), "xlsx", limits)
        assert [column[0] for column in sheet.columns] == COLUMNS


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = book(tmp_path, workbook_of([licence()]))
    assert refusal(path, Limits(seconds=0.001)) == ("file-too-large", "0.001 秒内没有打开")


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet["A1"], sheet["Z150000"] = "x", "y"
    path = book(tmp_path, saved(workbook))
    assert open_apart(path, "xlsx")[0].rows == [1, 150_000]
    code, reason = refusal(path, Limits(memory=128 << 20))
    assert (code, reason.startswith("占用内存过多")) == ("file-too-large", True)


def test_more_cells_than_anybody_fills_in_are_not_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    gathering = Gathering()
    for row in range(1, 1001):
        gathering.add(row, ["x"] * 5_000)
    with pytest.raises(TooLargeError, match="超过 500 万个单元格"):
        gathering.add(1001, ["x"])
    monkeypatch.setattr(cells, "MOST_TEXT", 1_000)
    with pytest.raises(TooLargeError, match="文字超过"):
        Gathering().add(1, ["长" * 1_001])


def test_no_more_than_the_columns_of_excel_are_gathered() -> None:
    with pytest.raises(TooLargeError, match="超过 16,384 列"):
        Gathering().add(1, ["x"] * 16_385)
