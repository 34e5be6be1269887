"""Files as they really arrive, each named after its fault: what is in it, what is told, what becomes of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from containers import (
    OLE,
    archive,
    laid_out,
    open_document,
    page,
    put,
    saved,
    spreadsheet_xml,
    swollen,
    with_cells,
    with_part,
)
from opencc import OpenCC
from openpyxl import Workbook
from portals import ROOT, csv_of, licence, person, workbook_of

from generator.model.portal import load_portal

COLUMNS = list(licence())
WIDTH = len(COLUMNS)
TITLES = {code: field.title for code, field in load_portal(ROOT).kinds["licence"].fields.items()}


@dataclass(frozen=True)
class Nasty:
    """A file, and what has to come of it."""

    suffix: str
    content: bytes
    told: tuple[str, ...]
    """The lines of the report, `@` standing for the file."""
    rows: int = 0
    """Rows with text, but for the headings."""
    published: int = 0


_numbers = count(1)


def some(many: int = 2, **changes: str) -> list[dict[str, str]]:
    """Rows that no other file has."""
    return [licence(next(_numbers), **changes) for _ in range(many)]


def values(row: dict[str, str]) -> list[str]:
    return [row[code] for code in COLUMNS]


TITLE, MADE_BY = "示例市行政许可信息公示表", "填报单位：市市场监管局"
ABOVE = "标题行上方的表名和说明"
NOTES = "填表说明、附注和签署"


def hint(code: str, message: str, remedy: str, place: str = "") -> str:
    return f"[提示] @{place}：{message}。{remedy}（{code}）"


def aside(many: int, reason: str, rows: str, sheet: str = "") -> str:
    place = f"，工作表“{sheet}”" if sheet else ""
    remedy = "可不处理；如果是数据，请按模板填在标题行下方，每条一行"
    return hint("rows-not-data", f"{many} 行不作为数据：{reason}（第 {rows} 行）", remedy, place)


def disguised(suffix: str, form: str) -> str:
    remedy = "可不处理；建议用 Excel 打开，另存为 .xlsx 后提交"
    return hint("file-disguised", f"文件名以“{suffix}”结尾，实际是{form}，已按实际格式读取", remedy)


def encoded(encoding: str) -> str:
    return hint("file-encoding", f"文字编码是 {encoding}，已按此读取", "可不处理；建议另存为“CSV UTF-8（逗号分隔）”")


def parted(by: str) -> str:
    remedy = "可不处理；建议另存为“CSV UTF-8（逗号分隔）”或 .xlsx"
    return hint("file-delimiter", f"各列之间用的是{by}，已按此分列", remedy)


def refused(reason: str) -> str:
    return (
        f"[错误] @：文件无法打开：{reason}。"
        "请确认文件没有损坏、没有设密码，另存为 .xlsx 或 .csv 后重新提交（file-unreadable）"
    )


def too_large(reason: str) -> str:
    return (
        f"[错误] @：文件过大，没有打开：{reason}。请删去表格下方、右侧的空行和空列"
        "（留有空格的也算内容），或者分成几个单位、几个月的文件后重新提交（file-too-large）"
    )


def table(rows: list[dict[str, str]]) -> list[list[str]]:
    return [COLUMNS, *map(values, rows)]


def tabbed(rows: list[dict[str, str]], delimiter: str = "\t") -> str:
    return "".join(delimiter.join(line) + "\n" for line in table(rows))


UPPER = ["行政相对人名称", "行政相对人类别", "行政相对人代码", "", "法定代表人", "", ""]
LOWER = ["", "", "统一社会信用代码", "工商注册号", "姓名", "证件类型", "证件号码"]
UNDER = ["XK_XDR_MC", "XK_XDR_LB", "XK_XDR_SHXYM", "XK_XDR_GSZC", "XK_FRDB", "XK_FR_ZJLX", "XK_FR_ZJHM"]
OTHERS = [code for code in COLUMNS if code not in UNDER]


def in_two_rows() -> list[list[str]]:
    """A table whose headings stand in two rows, those of the lower one under some of the upper."""
    body = [[row.get(code, "") for code in (*UNDER, *OTHERS)] for row in some(3)]
    return [[*UPPER, *OTHERS], [*LOWER, *([""] * len(OTHERS))], *body]


def numbered(rows: list[dict[str, str]], upto: int) -> list[list[str]]:
    """A table with a number before each row, and numbers below it as far as the form goes."""
    lines = [[str(number), *values(row)] for number, row in enumerate(rows, 1)]
    return [["序号", *COLUMNS], *lines, *([str(number)] for number in range(len(rows) + 1, upto + 1))]


def merged_down() -> bytes:
    """The decision and its day stand once, over three subjects."""
    rows = some(3, XK_WSH="平市监许〔2023〕合1号", XK_JDRQ="2023/12/01")
    lines = table(rows)
    places = [COLUMNS.index(code) + 1 for code in ("XK_WSH", "XK_JDRQ")]
    return laid_out(lines, merged=[f"{_letter(place)}2:{_letter(place)}4" for place in places])


def _letter(place: int) -> str:
    return chr(64 + place)


def two_sheets() -> bytes:
    workbook = Workbook()
    put(workbook.worksheets[0], table(some()))
    put(workbook.create_sheet("下半月"), [[TITLE], *table(some())], top=2, left=3)
    put(workbook.create_sheet("填表说明"), [["一、每月五日前报送"], ["二、日期写 2023/12/01"]])
    return saved(workbook)


def hidden() -> bytes:
    """Rows that a filter hides, one of them blank, a hidden sheet of records, and one of notes."""
    workbook = Workbook()
    shown, secret, notes = workbook.worksheets[0], workbook.create_sheet("上月"), workbook.create_sheet("说明")
    put(shown, table(some(3)))
    for row in (2, 4, 9):
        shown.row_dimensions[row].hidden = True
    shown.column_dimensions["B"].hidden = True
    put(secret, table(some(1)))
    secret.sheet_state = "veryHidden"
    put(notes, [["每月五日前报送"]])
    notes.sheet_state = "hidden"
    return saved(workbook)


def computed() -> bytes:
    """Formulas as Excel saves them: with their last value, one of them without any."""
    good, bad = some()
    lines = [COLUMNS, values(good), values({**bad, "XK_NR": "KEINWERT"})]
    book = with_cells(
        laid_out(lines),
        b't="inlineStr"><is><t>KEINWERT</t></is></c>',
        b't="e"><f>VLOOKUP(A1,[1]Sheet1!A:B,2)</f><v>#REF!</v></c>',
    )
    name = f't="inlineStr"><is><t>{good["XK_NR"]}</t></is></c>'.encode()
    return with_cells(book, name, 't="str"><f>CMD()</f><v>准予食品经营</v></c>'.encode())


def never_computed() -> bytes:
    """Formulas of programs that compute nothing, errors in other spellings, and formulas that have a value."""
    written = [
        "><f>A1</f><v/>",
        " t='e'><f>A1</f><v xml:space=\"preserve\">#N/A</v>",
        ' t="e">',
        ' t="e"><f>A1</f><v>#NAME?</v>',
        ' t="str"><f>"准予"&amp;"经营"</f><v>准予经营</v>',
    ]
    lines = table([*(some(1, XK_NR=f"WERT{number}")[0] for number in range(5)), *some(1, BZ="LEER")])
    book = laid_out(lines)
    for number, cell in enumerate(written):
        book = with_cells(book, f' t="inlineStr"><is><t>WERT{number}</t></is>'.encode(), cell.encode())
    return with_cells(book, b' t="inlineStr"><is><t>LEER</t></is>', b' t="str"><f>IF(A1="","",A1)</f><v></v>')


def styled_to_the_end() -> bytes:
    """A sheet that says it reaches to the last cell there can be, with styled empty cells to row 5,000."""
    book = laid_out(table(some()))
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="W{row}" s="0"/></row>' for row in range(4, 5001))
    book = with_cells(book, b"</sheetData>", f"{empty}</sheetData>".encode())
    return with_cells(book, b'<dimension ref="A1:V3" />', b'<dimension ref="A1:XFD1048576" />')


def corner_to_corner() -> bytes:
    book = laid_out(table(some()))
    return with_cells(book, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def long_cell() -> bytes:
    rows = some(1, XK_NR="LANG")
    return with_cells(laid_out(table(rows)), b"LANG", "长".encode() * 350_000)


def page_of_a_system() -> bytes:
    """A title outside of the table, a cell over two rows, a script, and nothing closed that need not be."""
    first, second = some(2, XK_WSH="平市监许〔2023〕页1号")
    place = COLUMNS.index("XK_WSH")
    cells = [f"<td>{escape(text)}" for text in values(first)]
    cells[place] = cells[place].replace("<td>", "<td rowspan=2>")
    below = [f"<td>{escape(text)}" for at, text in enumerate(values(second)) if at != place]
    heads = "".join(f"<th>{code}" for code in COLUMNS)
    lines = f"<tr>{heads}<tr>{''.join(cells)}<tr>{''.join(below)}"
    return f"<html><body><h2>{TITLE}</h2><script>x='<td>'</script><table>{lines}</table>".encode()


def typed_xml() -> bytes:
    """Days and numbers as Excel writes them in its XML, a cell over two rows, and GBK as some systems write it."""
    xml = spreadsheet_xml(table(some(2, XK_ZT="EINS", XK_JDRQ="TAG", XK_WSH="BEIDE"))).decode()
    xml = xml.replace('"String">EINS', '"Number">1').replace('"String">TAG', '"DateTime">2023-12-01T00:00:00.000')
    cell = f'<Cell ss:Index="{COLUMNS.index("XK_WSH") + 1}">'
    data = '<Data ss:Type="String">BEIDE</Data></Cell>'
    xml = xml.replace(
        cell + data, cell.replace(">", ' ss:MergeDown="1">') + data.replace("BEIDE", "平市监许〔2023〕型1号"), 1
    )
    return xml.replace(cell + data, "").replace("?>", ' encoding="gb2312"?>', 1).encode("gbk")


def merged(cells: int, sheet: str = "") -> str:
    return hint(
        "cells-merged",
        f"上下合并的单元格已拆开，{cells} 格按合并的内容填入",
        "请核对；以后请不要合并单元格，每行都填写",
        f"，工作表“{sheet}”" if sheet else "",
    )


def fixture(name: str) -> bytes:
    """A file that an office program wrote."""
    return (Path(__file__).parent / "files" / name).read_bytes()


def without_value(row: int, title: str, shown: str, sheet: str = "许可") -> str:
    place = f"，工作表“{sheet}”" if sheet else ""
    return (
        f"[错误] @{place}，第 {row} 行：“{title}”没有值，只显示“{shown}”。"
        "请填写实际内容；用公式的，先复制，再“选择性粘贴”为数值；"
        "列太窄显示成“###”的，拉宽后另存（cell-without-value）"
    )


WITHOUT_VALUE = (
    without_value(5, "许可内容", "#N/A"),
    without_value(6, "行政许可决定文书名称", "#DIV/0!"),
)

REPEATED = some(3)
PERSONS = [
    code for code in COLUMNS if code not in ("XK_XDR_SHXYM", "XK_XDR_GSZC", "XK_FRDB", "XK_FR_ZJLX", "XK_FR_ZJHM")
]


def two_forms(persons_first: bool = False) -> list[list[str]]:
    """That of organisations and that of natural persons, which has fewer columns, one below the other on a sheet."""
    people = [[row[code] for code in PERSONS] for row in map(person, some(2))]
    first, second = table(some(2)), [PERSONS, *people]
    if persons_first:
        first, second = second, first
    return [["一、法人"], *first, [], ["二、自然人"], *second, ["注：本表按月报送"]]


def lines_of(rows: list[list[str]], width: int = 0) -> bytes:
    """Delimited text, with as many commas in each line as Excel writes."""
    return "".join(",".join([*row, *[""] * (width - len(row))]) + "\n" for row in rows).encode()


def told_of_two_forms(sheet: str = "") -> tuple[str, ...]:
    return aside(1, ABOVE, "1", sheet), aside(1, ABOVE, "6", sheet), aside(1, NOTES, "10", sheet)


def missing_below(row: int, wrong: str, title: str, code: str) -> tuple[str, ...]:
    place = f"[错误] @，工作表“Sheet”，第 {row} 行："
    return (
        f"{place}不认识的列“{wrong}”，此列未使用。"
        f"请改为规定的列名；是否应为“{title}”；确实不需要的请删去（heading-unknown）",
        f"{place}缺少必需的列“{title}”。请补上此列（列名也可写 {code}）（heading-missing）",
    )


def on_two_pages() -> bytes:
    """The headings stand on each page, and have a slip on the second, far below."""
    titles = [TITLES[code] for code in COLUMNS]
    slip = ["行政相对人名城" if title == TITLES["XK_XDR_MC"] else title for title in titles]
    return laid_out([titles, *map(values, some(70)), slip, *map(values, some(2))])


NASTY: dict[str, Nasty] = {
    "really-xml-2003": Nasty(".xls", spreadsheet_xml(table(some())), (disguised(".xls", "“XML 电子表格 2003”"),), 2, 2),
    "really-a-page-in-gbk": Nasty(
        ".xls", page(table(some())).encode("gbk"), (disguised(".xls", "网页表格（HTML）"),), 2, 2
    ),
    "page-of-a-system": Nasty(
        ".xls",
        page_of_a_system(),
        (disguised(".xls", "网页表格（HTML）"), aside(1, ABOVE, "1"), merged(1)),
        3,
        2,
    ),
    "xml-2003-with-types": Nasty(
        ".xls", typed_xml(), (disguised(".xls", "“XML 电子表格 2003”"), merged(1, "许可")), 2, 2
    ),
    "really-csv": Nasty(".xlsx", csv_of(some()).encode(), (disguised(".xlsx", "文本表格（CSV）"),), 2, 2),
    "really-xlsx": Nasty(".csv", workbook_of(some()), (disguised(".csv", "Excel 工作簿（.xlsx）"),), 2, 2),
    "really-xls": Nasty(
        ".xlsx",
        fixture("excel-97.xls"),
        (disguised(".xlsx", "Excel 97-2003 工作簿（.xls）"), aside(1, ABOVE, "1", "许可")),
        3,
        2,
    ),
    "open-document": Nasty(".ods", open_document(table(some())), (), 2, 2),
    "gb18030": Nasty(".csv", csv_of(some()).encode("gb18030"), (), 2, 2),
    "utf-16-of-excel": Nasty(".txt", tabbed(some()).encode("utf-16"), (parted("制表符"), encoded("UTF-16 LE")), 2, 2),
    "utf-16-le-without-mark": Nasty(".csv", csv_of(some()).encode("utf-16-le"), (encoded("UTF-16 LE"),), 2, 2),
    "utf-16-be-without-mark": Nasty(".csv", csv_of(some()).encode("utf-16-be"), (encoded("UTF-16 BE"),), 2, 2),
    "big5": Nasty(
        ".csv",
        f"示例市行政許可公示表\n{','.join(COLUMNS)}\n".encode("big5"),
        (
            aside(1, ABOVE, "1"),
            encoded("Big5"),
            hint("file-no-rows", "文件只有标题行，没有数据", "如本月确实没有数据，请在标题行下面写“本月无”"),
        ),
        1,
    ),
    "big5-with-rows": Nasty(
        ".csv",
        OpenCC("s2t").convert(csv_of(some(), [TITLES[code] for code in COLUMNS])).encode("big5", "replace"),
        (encoded("Big5"),),
        2,
        2,
    ),
    "errors-in-xls": Nasty(
        ".xls", fixture("errors-97.xls"), (*WITHOUT_VALUE, merged(3, "许可"), aside(1, ABOVE, "1", "许可")), 5, 2
    ),
    "errors-and-merged-cells-in-ods": Nasty(
        ".ods", fixture("errors.ods"), (*WITHOUT_VALUE, merged(3, "许可"), aside(1, ABOVE, "1", "许可")), 5, 2
    ),
    "tabs": Nasty(".tsv", tabbed(some()).encode(), (parted("制表符"),), 2, 2),
    "semicolons": Nasty(".csv", tabbed(some(), ";").encode(), (parted("分号"),), 2, 2),
    "begins-below-and-right": Nasty(
        ".xlsx",
        laid_out([[TITLE], ["", MADE_BY], [], *table(some())], top=3, left=4, merged=["D3:Y3"]),
        (aside(2, ABOVE, "3、4", "Sheet"),),
        4,
        2,
    ),
    "title-above-a-long-cell": Nasty(
        ".csv",
        f"{TITLE}\n{csv_of(some(1, XK_NR='长' * 150_000))}".encode(),
        (
            aside(1, ABOVE, "1"),
            hint(
                "text-too-long", "“许可内容”超过 4000 个字，现有 150000 个字", "请精简，或把细节写入备注", "，第 3 行"
            ),
        ),
        2,
        1,
    ),
    "title-above-csv": Nasty(
        ".csv",
        f"{TITLE}\n{MADE_BY},,报送日期：2023/12/5\n\n{csv_of(some())}".encode(),
        (aside(2, ABOVE, "1、2"),),
        4,
        2,
    ),
    "headings-in-two-rows": Nasty(".xlsx", laid_out(in_two_rows(), merged=["C1:D1", "E1:G1", "A1:A2"]), (), 3, 3),
    "headings-in-two-lines": Nasty(".csv", "".join(",".join(line) + "\n" for line in in_two_rows()).encode(), (), 3, 3),
    "merged-down": Nasty(
        ".xlsx",
        merged_down(),
        (merged(4, "Sheet"),),
        3,
        3,
    ),
    "several-sheets": Nasty(
        ".xlsx",
        two_sheets(),
        (
            aside(1, ABOVE, "2", "下半月"),
            hint(
                "sheet-not-data",
                "工作表没有规定的列名，未作为数据读取",
                "如是填表说明可不处理；如是数据请在第一行填写列名",
                "，工作表“填表说明”",
            ),
        ),
        7,
        4,
    ),
    "hidden-rows-and-sheets": Nasty(
        ".xlsx",
        hidden(),
        (
            hint(
                "rows-hidden",
                "2 行是隐藏的（或被筛选隐去），已作为数据读取（第 2、4 行）",
                "请取消筛选和隐藏后核对；不报送的请删去这些行",
                "，工作表“Sheet”",
            ),
            hint(
                "sheet-hidden",
                "工作表是隐藏的，已作为数据读取",
                "请取消隐藏后核对；不报送的请删去此表",
                "，工作表“上月”",
            ),
            hint(
                "sheet-not-data",
                "工作表没有规定的列名，未作为数据读取",
                "如是填表说明可不处理；如是数据请在第一行填写列名",
                "，工作表“说明”",
            ),
        ),
        5,
        4,
    ),
    "total-and-footnotes": Nasty(
        ".xlsx",
        laid_out(
            [
                *table(some()),
                ["合　计", "2 件"],
                ["注：本表按月报送"],
                ["逾期不予受理"],
                ["填表人：钱示例", "审核人：孙示例", "联系电话：12345"],
            ]
        ),
        (aside(1, "合计", "4", "Sheet"), aside(3, NOTES, "5、6、7", "Sheet")),
        6,
        2,
    ),
    "footnotes-in-csv": Nasty(
        ".csv",
        (csv_of(some()) + "合计：2\n注：本表按月报送\n填表人：钱示例,审核人：孙示例\n").encode(),
        (aside(1, "合计", "4"), aside(2, NOTES, "5、6")),
        5,
        2,
    ),
    "a-thousand-numbers": Nasty(
        ".xlsx", laid_out(numbered(some(), 1002)), (aside(1000, "只有序号", "4、5、6、7、8等", "Sheet"),), 1002, 2
    ),
    "headings-on-every-page": Nasty(
        ".xlsx",
        laid_out([*table(REPEATED[:2]), *table(REPEATED[2:])]),
        (aside(1, "重复的标题行", "4", "Sheet"),),
        4,
        3,
    ),
    "two-forms-on-a-sheet": Nasty(".xlsx", laid_out(two_forms()), told_of_two_forms("Sheet"), 7, 4),
    "two-forms-the-smaller-first": Nasty(".xlsx", laid_out(two_forms(True)), told_of_two_forms("Sheet"), 7, 4),
    "two-forms-in-csv-of-excel": Nasty(".csv", lines_of(two_forms(), WIDTH), told_of_two_forms(), 7, 4),
    "two-forms-in-csv-without-commas": Nasty(".csv", lines_of(two_forms()), told_of_two_forms(), 7, 4),
    "two-forms-in-csv-the-smaller-first": Nasty(".csv", lines_of(two_forms(True)), told_of_two_forms(), 7, 4),
    "a-slip-in-headings-far-below": Nasty(
        ".xlsx", on_two_pages(), missing_below(72, "行政相对人名城", "行政相对人名称", "XK_XDR_MC"), 72, 70
    ),
    "titles-above-codes": Nasty(
        ".xlsx",
        laid_out([[TITLES[code] for code in COLUMNS], *table(some())]),
        (aside(1, "重复的标题行", "2", "Sheet"),),
        3,
        2,
    ),
    "headings-in-two-rows-on-every-page": Nasty(
        ".xlsx", laid_out([*in_two_rows(), *in_two_rows()]), (aside(2, "重复的标题行", "6、7", "Sheet"),), 8, 6
    ),
    "numbers-of-columns": Nasty(
        ".xlsx",
        laid_out([COLUMNS, [str(place) for place in range(1, WIDTH + 1)], *map(values, some())]),
        (aside(1, "栏次和填写要求", "2", "Sheet"),),
        3,
        2,
    ),
    "an-example-left-in": Nasty(
        ".xlsx",
        laid_out([["序号", *COLUMNS], ["示例", *values(some(1)[0])], *(["1", *values(row)] for row in some(1))]),
        (aside(1, "示例", "2", "Sheet"),),
        2,
        1,
    ),
    "styled-to-the-end": Nasty(".xlsx", styled_to_the_end(), (), 2, 2),
    "corner-to-corner": Nasty(
        ".xlsx", corner_to_corner(), (too_large("占用内存过多，多半是在很远的行或者列留有内容"),)
    ),
    "zip-bomb": Nasty(".xlsx", swollen(), (too_large("解压后超过 512 MB"),)),
    "cell-of-a-megabyte": Nasty(
        ".xlsx",
        long_cell(),
        (
            hint(
                "text-too-long",
                "“许可内容”超过 4000 个字，现有 350000 个字",
                "请精简，或把细节写入备注",
                "，工作表“Sheet”，第 2 行",
            ),
        ),
        1,
        1,
    ),
    "formula-without-value": Nasty(
        ".xlsx",
        computed(),
        (without_value(3, "许可内容", "#REF!", "Sheet"),),
        2,
        1,
    ),
    "formulas-never-computed": Nasty(
        ".xlsx",
        never_computed(),
        (
            without_value(2, "许可内容", "#未计算", "Sheet"),
            without_value(3, "许可内容", "#N/A", "Sheet"),
            without_value(4, "许可内容", "#未计算", "Sheet"),
            without_value(5, "许可内容", "#NAME?", "Sheet"),
        ),
        6,
        2,
    ),
    "columns-too-narrow-and-errors-in-csv": Nasty(
        ".csv",
        csv_of([*some(1, XK_JDRQ="########"), *some(1, XK_NR="Err:502"), *some(1, XK_NR="#1号楼", BZ="Err:")]).encode(),
        (without_value(2, "许可决定日期", "########", ""), without_value(3, "许可内容", "Err:502", "")),
        3,
        1,
    ),
    "formula-never-computed-in-xml-2003": Nasty(
        ".xls",
        spreadsheet_xml(table(some(2, XK_NR="KEINWERT"))).replace(
            b'><Data ss:Type="String">KEINWERT</Data>', b' ss:Formula="=R1C1">', 1
        ),
        (disguised(".xls", "“XML 电子表格 2003”"), without_value(2, "许可内容", "#未计算")),
        2,
        1,
    ),
    "zero-width-blanks": Nasty(
        ".csv",
        csv_of([{**some(1)[0], "XK_XKJGDM": "11410400\u200bDEMX00014A\u200e"}]).encode(),
        (
            hint(
                "characters-unseen",
                "“许可机关统一社会信用代码”有 1 格含看不见的字符（零宽空格、控制符等），已去掉",
                "可不处理；多为从网页或者其他系统复制时带入",
            ),
        ),
        1,
        1,
    ),
    "private-use": Nasty(
        ".csv",
        csv_of([*some(1), {**some(1)[0], "XK_FRDB": "钱\ue5e5"}]).encode(),
        (
            hint(
                "characters-private-use",
                "“法定代表人”中有自造字，在他人的电脑和网页上显示不出来",
                "请改用国家标准收录的字；确无此字的，用部件说明，如“（氵+吉）”",
                "，第 3 行",
            ),
        ),
        2,
        2,
    ),
    "blank-columns-and-rows-behind": Nasty(
        ".csv", ("\n".join(f"{line},,," for line in csv_of(some()).splitlines()) + "\n,,\n\n").encode(), (), 2, 2
    ),
    "numbered-headings": Nasty(
        ".csv", csv_of(some(), [f"{place}、{code}（必填）" for place, code in enumerate(COLUMNS, 1)]).encode(), (), 2, 2
    ),
    "with-password": Nasty(
        ".xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, (refused("文件设有密码"),)
    ),
    "cut-off": Nasty(".xlsx", workbook_of(some())[:-400], (refused("文件已损坏，或者不完整"),)),
    "sheet-cut-off": Nasty(
        ".xlsx",
        with_part(workbook_of(some()), "xl/worksheets/sheet1.xml", lambda content: content[:900]),
        (refused("文件已损坏，或者不完整"),),
    ),
    "really-word": Nasty(".xlsx", archive(word__document_xml="<w/>"), (refused("这是 Word 文档"),)),
    "really-old-word": Nasty(
        ".xls", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600, (refused("这是 Word 文档"),)
    ),
    "really-an-archive": Nasty(".xlsx", archive(scjgj_xml="x"), (refused("这是压缩包，请解压后提交里面的表格"),)),
    "really-pdf": Nasty(".xls", b"%PDF-1.7\n", (refused("这是 PDF 文件"),)),
    "really-a-picture": Nasty(".xlsx", b"\x89PNG\r\n\x1a\n", (refused("这是图片"),)),
    "xml-that-defines": Nasty(
        ".xls",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">&b;</Workbook>',
        (refused("XML 中有不允许的定义"),),
    ),
    "nothing-in-it": Nasty(
        ".xls",
        b"",
        (
            "[错误] @：文件是空的，没有标题行。请按模板填写标题行和数据；"
            "本月没有数据的，在第一格写“本月无”（file-empty）",
        ),
    ),
    "too-many-columns": Nasty(".csv", b"a," * 20_000, (too_large("超过 16,384 列"),)),
}
