"""Excel workbooks: cells mean what the clerk sees, rows are told by worksheet and number."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from portals import OFFICES, PENALTIES, ROOT, SITE, admitted, licence, make_portal, office, penalty, told, workbook_of

from generator.model.portal import load_portal

Make = Callable[..., Path]
BOOK = "data/records/licence/2023-12/scjgj.xlsx"
FINES = "data/records/penalty/2023-12/scjgj.xlsx"


def records(root: Path, kind: str) -> list[dict[str, Any]]:
    with admitted(root) as found:
        assert found.lines() == []
        return found.records(kind).to_dict("records")


def test_a_workbook_says_the_same_as_a_text_file(tmp_path: Path) -> None:
    rows = [penalty(1), penalty(2, CF_NR="罚款，\n没收")]
    book, text = (make_portal(tmp_path / path[-3:], {path: rows}) for path in (FINES, PENALTIES))
    assert records(book, "penalty") == records(text, "penalty")


def test_dates_of_excel_are_days(root: Make) -> None:
    row = {
        **licence(),
        "XK_JDRQ": datetime(2023, 12, 1),
        "XK_YXQZ": date(2023, 12, 1),
        "XK_YXQZI": datetime(2099, 12, 31),
        "BSRQ": datetime(2023, 12, 5, 16, 30),
    }
    [record] = records(root({BOOK: workbook_of([row])}), "licence")
    assert [record[code] for code in ("XK_JDRQ", "XK_YXQZ", "XK_YXQZI", "BSRQ")] == [
        "2023-12-01",
        "2023-12-01",
        "2099-12-31",
        "2023-12-05",
    ]


def test_numbers_of_excel_keep_their_digits(root: Make) -> None:
    row = {**licence(), "XK_ZT": 1, "XK_XDR_GSZC": 110108000000016, "XK_XKBH": 20231201, "XK_XKZS": 12.5}
    [record] = records(root({BOOK: workbook_of([row])}), "licence")
    assert (record["XK_ZT"], record["XK_XDR_GSZC"], record["XK_XKBH"], record["XK_XKZS"]) == (
        "有效",
        "110108000000016",
        "20231201",
        "12.5",
    )


TITLES = {code: field.title for code, field in load_portal(ROOT).kinds["licence"].fields.items()}


@pytest.mark.parametrize("code", ["XK_WSH", "XK_XKBH", "XK_XDR_SWDJ", "BZ", "XK_XKJGDM", "XK_XDR_SHXYM"])
def test_a_number_longer_than_excel_keeps_is_spoiled_in_whatever_column_it_stands(root: Make, code: str) -> None:
    """Of 410400202300000123 and …456 as numbers, Excel keeps 410400202300000000."""
    rows = [{**licence(number), code: 410400202300000000 + digits} for number, digits in ((1, 123), (2, 456))]
    assert told(root({BOOK: workbook_of(rows)})) == [
        f"[错误] {BOOK}，工作表“Sheet1”，第 {row} 行：“{TITLES[code]}”是被 Excel 改动过的数字，末几位已经丢失，"
        "现为“4.104E+17”。请先把整列设为“文本”格式，再照原件重新填写；从其他系统导出的，导出时选择“文本”（number-spoiled）"
        for row in (2, 3)
    ]


def test_commitments_whose_numbers_excel_has_spoiled_are_not_taken_for_one(root: Make) -> None:
    path = "data/records/commitment/2023-12/scjgj.xlsx"
    row = {
        "CNRLB": "法人及非法人组织",
        "CNLX": "容缺办理性",
        "CNSY": "办理食品经营许可",
        "CNNR": "三十日内补齐材料",
        "WNZR": "承担违诺责任",
        "CNRQ": "2023/12/01",
        "SLDW": "平顶山市市场监督管理局",
        "SLDWDM": "11410400DEMX00014A",
        "GKLX": "可向社会公开",
        "LYDW": "市市场监管局",
        "LYDWDM": "11410400DEMX00014A",
        "BSRQ": "2023/12/05",
    }
    rows = [
        {
            **row,
            "CNBM": 41040020231201000000 + number,
            "CNRMC": f"示例粮油第{number}有限公司",
            "CNRDM": licence(number)["XK_XDR_SHXYM"],
        }
        for number in (1, 2)
    ]
    with admitted(root({path: workbook_of(rows)})) as found:
        assert [line.rsplit("（")[-1] for line in found.lines()] == ["number-spoiled）"] * 2
        assert found.counts()["withheld"] == 2


def test_amounts_of_excel_keep_their_value(root: Make) -> None:
    cells = [0.2, 2, 2.0, 4567.5, 0.00005, 0.000001, "0.2", 100, 10000]
    amounts = ["0.2", "2", "2", "4567.5", "0.00005", "0.000001", "0.2", "100", "10000"]
    rows = [{**penalty(number), "CF_NR": "罚款", "CF_NR_FK": cell} for number, cell in enumerate(cells)]
    found = {record["CF_WSH"]: record["CF_NR_FK"] for record in records(root({FINES: workbook_of(rows)}), "penalty")}
    assert [found[row["CF_WSH"]] for row in rows] == amounts


def test_an_amount_that_excel_computed_is_the_one_the_clerk_sees(root: Make) -> None:
    """0.1 + 0.2 is kept as 0.30000000000000004 in the file and shown as 0.3."""
    raw = workbook_of([{**penalty(), "CF_NR": "罚款", "CF_NR_FK": 0.25}])
    book = _with(raw, "xl/worksheets/sheet1.xml", b"<v>0.25</v>", b"<v>0.30000000000000004</v>")
    [record] = records(root({FINES: book}), "penalty")
    assert record["CF_NR_FK"] == "0.3"


def _with(book: bytes, member: str, old: bytes, new: bytes) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                assert old in content
                content = content.replace(old, new)
            target.writestr(name, content)
    return changed.getvalue()


def test_blank_rows_above_between_and_below_do_not_shift_numbers(root: Make) -> None:
    rows = [licence(1), dict.fromkeys(licence()), licence(2, XK_XKLB="甲类"), dict.fromkeys(licence())]
    with admitted(root({BOOK: workbook_of(rows, sheet="许可", above=3)})) as found:
        assert [line.split("：")[0] for line in found.lines()] == [f"[错误] {BOOK}，工作表“许可”，第 7 行"]
        assert found.counts()["total"] == 2


def test_every_worksheet_with_records_is_read_and_told_by_name(root: Make) -> None:
    workbook = Workbook()
    for title, number in (("上半月", 1), ("下半月", 2)):
        sheet = workbook.create_sheet(title)
        row = licence(number, XK_XKLB="甲类")
        sheet.append(list(row))
        sheet.append(list(row.values()))
    workbook.remove(workbook.worksheets[0])
    assert [line.split("：")[0] for line in told(root({BOOK: _bytes(workbook)}))] == [
        f"[错误] {BOOK}，工作表“上半月”，第 2 行",
        f"[错误] {BOOK}，工作表“下半月”，第 2 行",
    ]


def test_rows_of_one_number_on_two_sheets_are_two_rows(root: Make) -> None:
    workbook = Workbook()
    for title, number in (("上半月", 1), ("下半月", 2)):
        sheet = workbook.create_sheet(title)
        sheet.append(list(licence()))
        sheet.append(list(licence(number).values()))
    workbook.remove(workbook.worksheets[0])
    later = "data/records/licence/2023-12/zjj.csv"
    correction = licence(1, BSRQ="2023/12/20", XK_LYDW="市住建局", XK_LYDWDM="11410400DEMX00065J")
    with admitted(root({BOOK: _bytes(workbook), later: [correction]})) as found:
        assert found.counts() == {"total": 3, "published": 2, "expired": 0, "superseded": 1, "withheld": 0}
        assert sorted(found.records("licence")["XK_WSH"]) == ["平市监许〔2023〕1号", "平市监许〔2023〕2号"]


def test_a_sheet_of_notes_beside_the_records_is_told_and_not_read(root: Make) -> None:
    workbook = Workbook()
    data, notes = workbook.worksheets[0], workbook.create_sheet("填表说明")
    data.append(list(licence()))
    data.append(list(licence().values()))
    notes.append(["一、本表由市直各单位填写"])
    notes.append(["二、日期格式为 2023/12/01"])
    workbook.create_sheet("空表")
    with admitted(root({BOOK: _bytes(workbook)})) as found:
        assert found.lines() == [
            f"[提示] {BOOK}，工作表“填表说明”：工作表没有规定的列名，未作为数据读取。"
            "如是填表说明可不处理；如是数据请在第一行填写列名（sheet-not-data）"
        ]
        assert found.counts() == {"total": 1, "published": 1, "expired": 0, "superseded": 0, "withheld": 0}


def _bytes(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_what_is_no_workbook_is_told_in_chinese_and_the_rest_published(root: Make) -> None:
    contents = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ]
    files = {office(place, suffix="xlsx"): content for place, content in enumerate(contents)}
    with admitted(root({**files, PENALTIES: [penalty()]}, units=[*SITE["units"], *OFFICES])) as found:
        assert found.lines() == [
            f"[错误] {path}：文件无法打开：不是 Excel 工作簿，或者已损坏。"
            "请确认文件没有损坏、没有设密码，另存为 .xlsx 或 .csv 后重新提交（file-unreadable）"
            for path in files
        ]
        assert found.counts()["published"] == 1


def test_an_empty_workbook_is_told(root: Make) -> None:
    assert told(root({BOOK: _bytes(Workbook())})) == [
        f"[错误] {BOOK}：文件是空的，没有标题行。请按模板填写标题行和数据；"
        "本月没有数据的，在第一格写“本月无”（file-empty）"
    ]


def test_a_workbook_of_headings_alone_is_told(root: Make) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(list(licence()))
    assert told(root({BOOK: _bytes(workbook)})) == [
        f"[提示] {BOOK}：文件只有标题行，没有数据。如本月确实没有数据，请在标题行下面写“本月无”（file-no-rows）"
    ]


def test_a_workbook_without_headings_is_told_and_its_rows_counted(root: Make) -> None:
    workbook = Workbook()
    for number in (1, 2, 3):
        workbook.worksheets[0].append(list(licence(number).values()))
    with admitted(root({BOOK: _bytes(workbook)})) as found:
        assert found.lines() == [
            f"[错误] {BOOK}，工作表“Sheet”：没有认出任何规定的列名，可能缺少标题行。"
            "请在第一行按模板填写列名（headings-not-found）"
        ]
        assert found.counts()["withheld"] == 2
