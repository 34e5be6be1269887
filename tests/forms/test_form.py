"""The blank table a clerk gets: what Excel shows of it, and that what is filled into it has no fault."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from portals import ROOT, licence, penalty, told

from generator.cli import portal as command
from generator.forms.form import form_workbook
from generator.model.portal import load_portal

Make = Callable[..., Path]
BOOK = "data/records/{}/2023-12/scjgj.xlsx"


def blank(kind: str) -> Workbook:
    portal = load_portal(ROOT)
    return load_workbook(io.BytesIO(form_workbook(portal.kinds[kind], portal)))


def filled(kind: str, *rows: dict[str, str]) -> bytes:
    """The form with rows under the headings it has, in its own order."""
    workbook = blank(kind)
    sheet = workbook.worksheets[0]
    codes = {field.title: code for code, field in load_portal(ROOT).kinds[kind].fields.items()}
    for number, row in enumerate(rows, 2):
        for heading in sheet[1]:
            sheet.cell(number, heading.column, row.get(codes[str(heading.value)]) or None)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def guards(kind: str) -> dict[str, Any]:
    """Heading → what Excel checks below it."""
    sheet = blank(kind).worksheets[0]
    found = {str(guard.sqref): guard for guard in sheet.data_validations.dataValidation}
    return {cell.value: found[f"{cell.column_letter}2:{cell.column_letter}1048576"] for cell in sheet[1]}


def listed(kind: str, heading: str) -> list[Any]:
    """What the drop-down under a heading offers."""
    sheet, cells = guards(kind)[heading].formula1.replace("$", "").replace("'", "").split("!")
    return [cell.value for (cell,) in blank(kind)[sheet][cells]]


@pytest.mark.parametrize(("kind", "row"), [("licence", licence()), ("penalty", penalty())])
def test_a_form_that_is_filled_in_has_no_fault_and_its_notes_are_passed_over(
    root: Make, kind: str, row: dict[str, str]
) -> None:
    assert told(root({BOOK.format(kind): filled(kind, row)})) == []


def test_a_blank_form_says_that_it_has_no_records(root: Make) -> None:
    [line] = told(root({BOOK.format("licence"): filled("licence")}))
    assert "文件只有标题行，没有数据" in line


def test_records_that_are_put_on_the_sheet_of_notes_are_read(root: Make) -> None:
    workbook = load_workbook(io.BytesIO(filled("licence", licence())))
    notes = workbook["模板说明"]
    notes.delete_rows(1, notes.max_row)
    for row in workbook.worksheets[0].iter_rows(values_only=True):
        notes.append(row)
    workbook.remove(workbook.worksheets[0])
    written = io.BytesIO()
    workbook.save(written)
    assert told(root({BOOK.format("licence"): written.getvalue()})) == []


def test_a_sheet_of_notes_under_another_name_is_still_told_of(root: Make) -> None:
    workbook = load_workbook(io.BytesIO(filled("licence", licence())))
    workbook["模板说明"].title = "说明二"
    written = io.BytesIO()
    workbook.save(written)
    [line] = told(root({BOOK.format("licence"): written.getvalue()}))
    assert "工作表“说明二”：工作表没有规定的列名，未作为数据读取" in line


def test_every_column_keeps_what_is_typed_and_the_headings_stay_in_sight() -> None:
    sheet = blank("penalty").worksheets[0]
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
    assert sheet.freeze_panes == "A2"
    # Only the columns that every row has to fill in are bold.
    assert {cell.value: cell.font.bold for cell in sheet[1]} == {
        field.title: bool(field.required and field.required.when is None and field.required.level == "error")
        for field in load_portal(ROOT).kinds["penalty"].fields.values()
    }


def test_a_drop_down_offers_the_code_list_and_refuses_other_words_only_where_the_list_is_closed() -> None:
    assert listed("licence", "行政相对人类别") == ["法人及非法人组织", "自然人", "个体工商户"]
    assert listed("licence", "许可类别") == ["普通", "特许", "认可", "核准", "登记"]
    strict = {heading: guard.showErrorMessage for heading, guard in guards("licence").items() if guard.type == "list"}
    # 许可类别 may be 其他-…
    assert (strict["行政相对人类别"], strict["许可类别"]) == (True, False)
    # Of 处罚类别 several may be written side by side.
    assert guards("penalty")["处罚类别"].showErrorMessage is False


def test_beside_a_cell_stands_what_it_asks_for() -> None:
    prompt = guards("penalty")["罚款金额（万元）"].prompt
    said = "金额；必填（处罚类别含罚款时）；不填（处罚类别不含罚款时），缺漏只作提示；单位为万元；"
    assert prompt == said + "与“处罚内容”所写的金额核对。（条件必填标记未见原文。）"
    assert all(len(guard.prompt) <= 255 for guard in guards("penalty").values())


def test_the_notes_tell_of_each_column_what_the_declaration_says() -> None:
    rows = {row[1]: row for row in blank("licence")["模板说明"].iter_rows(values_only=True)}
    assert rows["XK_YXQZI"] == (
        "有效期至",
        "XK_YXQZI",
        "日期",
        "必填，缺漏只作提示；不得早于“有效期自”",
        "公示",
        "2023/12/01",
        "长期有效的填 2099/12/31。（必填标记未见原文，按提示处理。）",
        "XK_JZQ、截止期",
    )


def test_a_form_says_nothing_of_when_it_was_made() -> None:
    portal = load_portal(ROOT)
    with zipfile.ZipFile(io.BytesIO(form_workbook(portal.kinds["licence"], portal))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        days = {day for part in parts.namelist() for day in re.findall(rb"\d{4}-\d\d-\d\dT", parts.read(part))}
    assert days == {b"1980-01-01T"}


def test_the_command_writes_a_workbook_or_a_line_of_headings_and_overwrites_nothing(root: Make, tmp_path: Path) -> None:
    place = root()

    def run(kind: str, name: str) -> Any:
        return CliRunner().invoke(command, ["template", "--root", str(place), kind, str(tmp_path / name)])

    assert run("licence", "a.xlsx").exit_code == 0
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["行政许可", "模板说明"]
    assert run("licence", "a.csv").exit_code == 0
    text = (tmp_path / "a.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader([text.decode("utf-8-sig")]))[:2] == ["行政相对人名称", "行政相对人类别"]
    for kind, name, said in (
        ("licence", "a.csv", "已存在"),
        ("licence", "a.xls", "应以 .xlsx 或 .csv 结尾"),
        ("permit", "b.xlsx", "没有类别 permit；现有：licence、penalty"),
    ):
        refused = run(kind, name)
        assert refused.exit_code == 2
        assert said in refused.output
