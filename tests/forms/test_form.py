"""The form a clerk gets: what Excel shows of it, and that what is filled into it has no fault."""

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
from portals import ROOT, admitted, licence, penalty, told

from generator.cli import portal as command
from generator.forms.example import example_row
from generator.forms.form import form_workbook
from generator.model.portal import load_portal

Make = Callable[..., Path]
OUR_CODE = "11410400DEMX00014A"
BOOK = "data/records/{}/2023-12/scjgj.xlsx"


PORTAL = load_portal(ROOT)


def blank(kind: str) -> Workbook:
    return load_workbook(io.BytesIO(form_workbook(PORTAL.forms[kind], PORTAL)))


def filled(kind: str, *rows: dict[str, str]) -> bytes:
    """The form with rows under its headings and its example, in its own order."""
    workbook = blank(kind)
    sheet = workbook.worksheets[0]
    codes = {field.title: code for code, field in PORTAL.forms[kind].fields.items()}
    for number, row in enumerate(rows, 3):
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
    assert told(root({BOOK.format(kind): filled(kind, row)})) == [told_of_example(kind)]


def told_of_example(kind: str) -> str:
    """What is said of the example of a form that was left in."""
    return (
        f"[提示] {BOOK.format(kind)}，工作表“{PORTAL.forms[kind].title}”：1 行不作为数据：示例（第 2 行）。"
        "可不处理；如果是数据，请按模板填在标题行下方，每条一行（rows-not-data）"
    )


def of_our_unit(kind: str) -> dict[str, str]:
    """The example row of a form as 市市场监管局 would fill it in, of a fictional firm."""
    form = PORTAL.forms[kind]
    # What completes a record names it by the key that the record itself has.
    subject = (
        example_row(PORTAL.kinds[PORTAL.supplemented[kind]], PORTAL)[form.roles.subject]
        if (kind in PORTAL.supplemented)
        else "示例粮油公司"
    )
    roles = form.roles
    ours = dict.fromkeys((roles.source, roles.authority), "市市场监管局")
    codes = {code: OUR_CODE for code, field in form.fields.items() if field.type == "credit_code"}
    # Of all codes only that of the subject is not ours.
    codes.pop(str(roles.subject_code), None)
    changes = {**codes, **ours, roles.subject: subject, roles.reported: "2023/12/05"}
    return {**example_row(form, PORTAL), **changes}


def test_the_form_of_every_kind_has_no_fault_when_it_is_filled_in_like_its_example(root: Make) -> None:
    with admitted(root({BOOK.format(kind): filled(kind, of_our_unit(kind)) for kind in PORTAL.forms})) as found:
        assert sorted(found.lines()) == sorted(map(told_of_example, PORTAL.forms))
        rows = {outcome.source.kind: (outcome.rows, outcome.faulty, outcome.not_data) for outcome in found.outcomes()}
    assert rows == dict.fromkeys(PORTAL.forms, (2, 0, 1))


@pytest.mark.parametrize("kind", PORTAL.forms)
def test_the_example_is_plainly_nobody_and_says_that_it_may_stay(kind: str) -> None:
    sheet = blank(kind).worksheets[0]
    [subject] = [cell for cell in sheet[2] if cell.comment is not None]
    assert subject.value == "【示例】某某公司（此行是示例，请删去）"
    assert subject.comment.text == (
        "本行是示例，不作为数据读取，可以删去，也可以留着。不要在本行上改写，请从下一行填起。"
    )
    assert {cell.number_format for cell in sheet[2]} == {"@"}
    private = {field.title for field in PORTAL.forms[kind].fields.values() if field.private}
    assert {cell.value for cell, head in zip(sheet[2], sheet[1], strict=True) if head.value in private} <= {None}


def test_the_example_alone_is_no_record(root: Make) -> None:
    with admitted(root({BOOK.format("licence"): filled("licence")})) as found:
        [outcome] = found.outcomes()
        assert (outcome.rows, outcome.published, outcome.not_data) == (1, 0, 1)


def test_a_blank_form_says_that_it_has_no_records(root: Make) -> None:
    said = told(root({BOOK.format("licence"): filled("licence")}))
    assert "文件只有标题行，没有数据" in said[0]
    assert said[1:] == [told_of_example("licence")]


def test_records_that_are_put_on_the_sheet_of_notes_are_read(root: Make) -> None:
    workbook = load_workbook(io.BytesIO(filled("licence", licence())))
    notes = workbook["模板说明"]
    notes.delete_rows(1, notes.max_row)
    for row in workbook.worksheets[0].iter_rows(values_only=True):
        notes.append(row)
    workbook.remove(workbook.worksheets[0])
    written = io.BytesIO()
    workbook.save(written)
    with admitted(root({BOOK.format("licence"): written.getvalue()})) as found:
        assert found.counts()["published"] == 1


def test_a_sheet_of_notes_under_another_name_is_still_told_of(root: Make) -> None:
    workbook = load_workbook(io.BytesIO(filled("licence", licence())))
    workbook["模板说明"].title = "说明二"
    written = io.BytesIO()
    workbook.save(written)
    said = told(root({BOOK.format("licence"): written.getvalue()}))
    assert said[0] == told_of_example("licence")
    assert "工作表“说明二”：工作表没有规定的列名，未作为数据读取" in said[1]


def test_every_column_keeps_what_is_typed_and_the_headings_stay_in_sight() -> None:
    sheet = blank("penalty").worksheets[0]
    assert {sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]} == {"@"}
    assert sheet.freeze_panes == "A2"
    # Only the columns that every row has to fill in are bold.
    assert {cell.value: cell.font.bold for cell in sheet[1]} == {
        field.title: bool(field.required and field.required.when is None and field.required.level == "error")
        for field in PORTAL.kinds["penalty"].fields.values()
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
    with zipfile.ZipFile(io.BytesIO(form_workbook(PORTAL.kinds["licence"], PORTAL))) as parts:
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
