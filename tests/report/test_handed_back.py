"""The workbook that is handed back: what is marked, what is said of each row, and that mending as told is enough."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from containers import spreadsheet_xml
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from portals import LICENCES, PENALTIES, admitted, csv_of, licence, penalty, person, run, told, workbook_of

Make = Callable[..., Path]
BOOK = "data/records/licence/2023-12/scjgj.xlsx"
RED, YELLOW = "00F4B6B6", "00FFE699"
ANSWER = "核查意见（请按此修改）"


def handed_back(portal: Path, out: Path) -> Workbook:
    """The one workbook that `portal check --format xlsx` writes."""
    result = run(portal, "check", "--format", "xlsx", "--out", str(out))
    [path] = out.iterdir()
    assert f"已写入 {path}\n" in result.stdout
    return load_workbook(path)


def mended(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def cell_under(sheet: Any, heading: str, row: int) -> Any:
    [column] = [cell.column for cell in sheet[1] if cell.value == heading]
    return sheet.cell(row, column)


def test_a_faulty_cell_is_coloured_commented_and_told_beside_its_row(root: Make, tmp_path: Path) -> None:
    rows = [licence(1), licence(2, XK_XKLB="甲类"), licence(3, XK_YXQZ="")]
    sheet = handed_back(root({BOOK: rows}), tmp_path / "out")["Sheet1"]
    wrong = cell_under(sheet, "XK_XKLB", 3)
    said = "错误：“许可类别”的值“甲类”不在规定的选项内。请填写：普通、特许、认可、核准、登记、其他-（写明类别）"
    assert (wrong.fill.fgColor.rgb, wrong.comment.text) == (RED, said)
    assert cell_under(sheet, ANSWER, 3).value == said
    hint = cell_under(sheet, "XK_YXQZ", 4)
    assert hint.fill.fgColor.rgb == YELLOW
    assert hint.comment.text == "提示：“有效期自”为空。按数据标准应填写，请补填"
    assert [cell_under(sheet, ANSWER, row).value for row in (2, 4)] == [None, hint.comment.text]
    assert cell_under(sheet, "XK_XKLB", 2).comment is None


def test_the_sheet_in_front_sums_up_and_lists_every_fault_with_its_place(root: Make, tmp_path: Path) -> None:
    rows = [licence(1), licence(2, XK_XKLB="甲类")]
    workbook = handed_back(root({BOOK: rows}), tmp_path / "out")
    assert workbook.sheetnames == ["核查结果", "Sheet1"]
    lines = [tuple(cell for cell in line if cell) for line in workbook["核查结果"].iter_rows(values_only=True)]
    assert lines[:3] == [
        ("核查结果：scjgj.xlsx",),
        ("错误 1 处，提示 0 处。",),
        ("行数：2 行 = 可公示 1 行 + 未公示 1 行（因错误 1） + 不是数据 0 行",),
    ]
    assert lines[5:] == [
        ("级别", "后果", "工作表", "行", "列", "现有内容", "问题", "怎样改", "代码"),
        (
            "错误",
            "所在行不公示",
            "Sheet1",
            "3",
            "K",
            "甲类",
            "“许可类别”的值“甲类”不在规定的选项内",
            "请填写：普通、特许、认可、核准、登记、其他-（写明类别）",
            "choice-unknown",
        ),
    ]
    assert workbook["核查结果"]["D7"].hyperlink.location == "'Sheet1'!K3"


FAULTS = [
    licence(1, XK_XKLB="甲类"),
    licence(2, XK_JDRQ="2023/11/31"),
    licence(3, XK_XDR_SHXYM="91410400MA9DEMXO1A"),
    licence(4, XK_YXQZ="2024/01/01", XK_YXQZI="2023/12/31"),
    {**licence(5), "XK_FRDB": ""},
]
MENDED = {
    (2, "XK_XKLB"): "普通",
    (3, "XK_JDRQ"): "2023/12/01",
    (4, "XK_XDR_SHXYM"): licence(3)["XK_XDR_SHXYM"],
    (5, "XK_YXQZI"): "2028/11/30",
    (6, "XK_FRDB"): "钱示例",
}


@pytest.mark.parametrize(
    ("path", "sheet"),
    [(BOOK, "Sheet1"), (LICENCES, "数据1")],
)
def test_when_the_marked_cells_are_mended_as_told_the_check_passes(
    root: Make, tmp_path: Path, path: str, sheet: str
) -> None:
    workbook = handed_back(root({path: FAULTS}), tmp_path / "out")
    table = workbook[sheet]
    names = [cell.value for cell in table[1]]
    red = {
        (cell.row, names[cell.column - 1])
        for line in table.iter_rows(min_row=2)
        for cell in line
        if cell.comment is not None
    }
    assert red == set(MENDED)
    for (row, code), value in MENDED.items():
        cell_under(table, code, row).value = value
    assert told(root({BOOK: mended(workbook)})) == []


def test_a_heading_that_is_mended_where_it_is_marked_is_known(root: Make, tmp_path: Path) -> None:
    row = {**licence(), "行政相对人名城": "x"}
    workbook = handed_back(root({BOOK: [row]}), tmp_path / "out")
    [marked] = [cell for cell in workbook["Sheet1"][1] if cell.comment is not None]
    assert (marked.value, marked.column_letter) == ("行政相对人名城", "W")
    workbook["Sheet1"].delete_cols(marked.column)
    assert told(root({BOOK: mended(workbook)})) == []


def test_of_a_csv_every_cell_comes_back_as_text_with_all_its_digits(root: Make, tmp_path: Path) -> None:
    rows = [licence(1, BZ="=1+1", XK_XKLB="甲类", XK_XKBH="00012")]
    sheet = handed_back(root({LICENCES: rows}), tmp_path / "out")["数据1"]
    for code, text in (("XK_XDR_SHXYM", licence(1)["XK_XDR_SHXYM"]), ("BZ", "=1+1"), ("XK_XKBH", "00012")):
        cell = cell_under(sheet, code, 2)
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_a_line_that_cannot_be_laid_out_comes_back_to_be_put_right(root: Make, tmp_path: Path) -> None:
    text = csv_of([licence(1)]) + "甲,乙\n"
    sheet = handed_back(root({LICENCES: text}), tmp_path / "out")["数据1"]
    assert [cell.value for cell in sheet[3]][:3] == ["甲", "乙", None]
    assert cell_under(sheet, ANSWER, 3).value == (
        "错误：此行有 2 列，标题行有 22 列。请检查是否多了或少了逗号；含逗号或换行的内容须加英文双引号"
    )


def test_no_private_value_is_repeated_outside_its_cell(root: Make, tmp_path: Path) -> None:
    number = "41040219900101123X"
    workbook = handed_back(root({BOOK: [person(licence(1), number=number)]}), tmp_path / "out")
    sheet = workbook["Sheet1"]
    held = [
        (cell.coordinate, cell.value)
        for table in workbook.worksheets
        for line in table.iter_rows()
        for cell in line
        if number in f"{cell.value}{cell.comment.text if cell.comment else ''}"
    ]
    assert held == [(cell_under(sheet, "XK_XDR_ZJHM", 2).coordinate, number)]
    assert "（18 个字符，已遮盖）" in cell_under(sheet, "XK_XDR_ZJHM", 2).comment.text


def test_the_clerks_own_looks_and_remarks_stay_and_formulas_become_their_values(root: Make, tmp_path: Path) -> None:
    workbook = load_workbook(io.BytesIO(workbook_of([licence(1, XK_XKLB="甲类")])))
    sheet = workbook["Sheet1"]
    sheet.column_dimensions["A"].width = 33
    sheet["A2"].fill = PatternFill("solid", fgColor="00C6EFCE")
    cell_under(sheet, "XK_XKLB", 2).comment = Comment("待科室确认", "经办人")
    sheet["AB5"] = "=1+1"
    back = handed_back(root({BOOK: mended(workbook)}), tmp_path / "out")["Sheet1"]
    assert back.column_dimensions["A"].width == 33
    assert back["A2"].fill.fgColor.rgb == "00C6EFCE"
    assert cell_under(back, "XK_XKLB", 2).comment.text.endswith("\n（原批注）待科室确认")
    assert back["AB5"].value is None  # it was never computed: no program that shows values had opened it


def test_a_second_check_leaves_no_mark_of_the_first(root: Make, tmp_path: Path) -> None:
    first = handed_back(root({BOOK: FAULTS[:2]}), tmp_path / "first")
    cell_under(first["Sheet1"], "XK_XKLB", 2).value = "普通"
    second = handed_back(root({BOOK: mended(first)}), tmp_path / "second")
    sheet = second["Sheet1"]
    assert second.sheetnames == ["核查结果", "Sheet1"]
    assert [cell.value for cell in sheet[1]].count(ANSWER) == 1
    assert cell_under(sheet, "XK_XKLB", 2).comment is None
    assert cell_under(sheet, "XK_XKLB", 2).fill.fill_type is None
    assert cell_under(sheet, ANSWER, 2).value is None
    assert cell_under(sheet, ANSWER, 3).value.startswith("错误：“许可决定日期”不是有效日期")


def test_a_sheet_of_the_clerk_that_is_called_like_ours_is_read_and_stays(root: Make, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(workbook_of([licence(1)])))
    own = book.create_sheet("核查结果")
    for line in (list(licence()), list(licence(2, XK_XKLB="甲类").values())):
        own.append(line)
    back = handed_back(root({BOOK: mended(book)}), tmp_path / "first")
    assert back.sheetnames == ["核查结果1", "Sheet1", "核查结果"]
    assert cell_under(back["核查结果"], "XK_XKLB", 2).fill.fgColor.rgb == RED
    again = handed_back(root({BOOK: mended(back)}), tmp_path / "second")
    assert again.sheetnames == ["核查结果1", "Sheet1", "核查结果"]
    cell_under(again["核查结果"], "XK_XKLB", 2).value = "普通"
    with admitted(root({BOOK: mended(again)})) as found:
        assert found.lines() == []
        assert sorted(found.records("licence")["XK_WSH"]) == ["平市监许〔2023〕1号", "平市监许〔2023〕2号"]


def test_headings_in_two_rows_are_known_beside_our_column(root: Make, tmp_path: Path) -> None:
    """The last heading is merged down over both rows; what stands right of it is ours and no part of it."""
    codes = list(licence())
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["行政相对人", *([None] * 2), *codes[3:]])
    sheet.append(codes[:3])
    sheet.append(list(licence(1, XK_XKLB="甲类").values()))
    sheet.merge_cells("A1:C1")
    for column in range(4, len(codes) + 1):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    back = handed_back(root({BOOK: mended(book)}), tmp_path / "out")
    marked = back["Sheet"]
    assert [cell.value for cell in marked[2]][-1] == ANSWER
    cell_under(marked, "XK_XKLB", 3).value = "普通"
    assert told(root({BOOK: mended(back)})) == []


def test_two_tables_on_a_sheet_are_marked_under_the_headings_of_each(root: Make, tmp_path: Path) -> None:
    people = [code for code in licence() if code not in ("XK_XDR_SHXYM", "XK_XDR_GSZC", "XK_FRDB")]
    firm, natural = licence(1, XK_XKLB="甲类"), person(licence(2, XK_XKLB="乙类"))
    book = load_workbook(io.BytesIO(workbook_of([firm])))
    for line in (people, [natural[code] for code in people]):
        book["Sheet1"].append(line)
    for path in (BOOK, LICENCES):
        content = (
            mended(book)
            if path == BOOK
            else "".join(
                ",".join(str(cell or "") for cell in line) + "\n" for line in book["Sheet1"].iter_rows(values_only=True)
            )
        )
        back = handed_back(root({path: content}), tmp_path / path[-3:])
        sheet = back.worksheets[1]
        for heading, row in ((1, 2), (3, 4)):
            [column] = [cell.column for cell in sheet[heading] if cell.value == "XK_XKLB"]
            assert sheet.cell(row, column).fill.fgColor.rgb == RED
            assert [cell.value for cell in sheet[heading]][-1] == ANSWER
            assert [cell.value for cell in sheet[row]][-1].startswith("错误：“许可类别”的值")
            sheet.cell(row, column).value = "普通"
        assert told(root({BOOK: mended(back)})) == []


def test_a_row_that_was_taken_out_is_no_data_though_our_remark_is_left(root: Make, tmp_path: Path) -> None:
    workbook = handed_back(root({BOOK: [licence(1), FAULTS[1]]}), tmp_path / "out")
    sheet = workbook["Sheet1"]
    for cell in sheet[3][:22]:
        cell.value = None
    assert cell_under(sheet, ANSWER, 3).value
    assert told(root({BOOK: mended(workbook)})) == []


def test_a_file_that_cannot_be_opened_comes_back_as_the_sheet_in_front_alone(root: Make, tmp_path: Path) -> None:
    workbook = handed_back(root({BOOK: b"PK\x03\x04"}), tmp_path / "out")
    text = "\n".join(str(cell.value) for line in workbook["核查结果"].iter_rows() for cell in line if cell.value)
    assert "文件无法打开" in text


def test_a_far_cell_takes_neither_time_nor_the_column_of_answers(root: Make, tmp_path: Path) -> None:
    workbook = load_workbook(io.BytesIO(workbook_of([licence(1, XK_XKLB="甲类")])))
    workbook["Sheet1"]["A1048576"] = ""
    sheet = handed_back(root({BOOK: mended(workbook)}), tmp_path / "out")["Sheet1"]
    assert cell_under(sheet, ANSWER, 2).column_letter == "W"


def test_only_files_with_faults_are_handed_back_and_never_among_the_data(root: Make) -> None:
    portal = root({LICENCES: [licence(XK_XKLB="甲")], PENALTIES: [penalty()]})
    run(portal, "check", "--format", "xlsx")
    written = [path.relative_to(portal).as_posix() for path in portal.rglob("*核查结果.xlsx")]
    assert written == ["build/answers/licence-2023-12-scjgj-核查结果.xlsx"]


def test_a_workbook_too_large_to_be_opened_whole_is_written_anew_with_all_that_was_read(
    root: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.report.workbook.OPENED_WHOLE", 1_000)
    sheet = handed_back(root({BOOK: [licence(1), licence(2, XK_XKLB="甲类")]}), tmp_path / "out")["Sheet1"]
    assert cell_under(sheet, "XK_XDR_SHXYM", 2).value == licence(1)["XK_XDR_SHXYM"]
    assert cell_under(sheet, "XK_XKLB", 3).fill.fgColor.rgb == RED


def test_of_a_table_of_more_rows_than_are_written_the_faulty_ones_come_back_where_they_stood(
    root: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.report.workbook._ROWS_WRITTEN", 2)
    rows = [licence(1), licence(2), licence(3, XK_XKLB="甲类")]
    sheet = handed_back(root({LICENCES: rows}), tmp_path / "out")["数据1"]
    assert [cell_under(sheet, "XK_XKLB", row).value for row in (2, 3, 4)] == [None, None, "甲类"]


def test_a_sheet_whose_name_excel_would_not_take_is_handed_back_all_the_same(root: Make, tmp_path: Path) -> None:
    lines = [list(licence()), list(licence(XK_XKLB="甲类").values())]
    book = spreadsheet_xml(lines).replace('ss:Name="许可"'.encode(), 'ss:Name="许可/登记[12月]"'.encode())
    sheet = handed_back(root({"data/records/licence/2023-12/scjgj.xls": book}), tmp_path / "out")["许可登记12月"]
    assert cell_under(sheet, "XK_XKLB", 2).fill.fgColor.rgb == RED


def test_a_text_too_long_for_a_cell_says_that_it_was_cut(root: Make, tmp_path: Path) -> None:
    sheet = handed_back(root({LICENCES: [licence(XK_NR="长" * 40_000)]}), tmp_path / "out").worksheets[1]
    said = "原文 40,000 字，Excel 一格只放得下 32,767 字，后面的没有写入。请在原文件中改正。"
    assert said in cell_under(sheet, "XK_NR", 2).comment.text
