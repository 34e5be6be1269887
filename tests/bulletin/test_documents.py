"""The bulletin of an invented month as a document: what an office sees that opens it in Word or Excel, and prints it.

Lengths are those of GB/T 9704-2012: A4, 37 mm above and 28 mm beside a type area of 156 × 225 mm, in it 22 lines
of 28 characters.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from issued import KIND, compiled, of_month, rows_of, verified, with_histories
from openpyxl import Workbook, load_workbook
from portals import LICENCES, PENALTIES, SITE, TODAY, declared, licence, make_portal, penalty, run

from generator.assemble.documents import write_documents
from generator.assemble.kept import KeptFiles
from generator.assemble.kept import _names as kept_names
from generator.assemble.staging import Staging
from generator.bulletin.freezing import FreezingError, correct, freeze
from generator.documents.bulletins import Papers, bulletin_papers
from generator.documents.files import FORMS
from generator.documents.official import OfficialDocument, Table
from generator.documents.table_layout import head_lines
from generator.documents.titles import title_lines
from generator.documents.word import word_document
from generator.workers import InProcess

Make = Callable[..., Path]
COUNTY = "data/records/licence/2023-12/lushan.csv"
OF_COUNTY = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175", "XK_XKJGDM": "11410423DEMX010175"}
EVIL = "=1+1<b>示例&局"
"""Name of a unit as nobody has it: a formula for Excel, markup for Word."""
LETTERHEAD = (
    'letterhead: {head: "{organizer}文件", signer: "{organizer}", number: "示信用〔{year}〕{number}号", '
    'copies: [示例市政府办公室, 示例市纪委监委], printer: "{organizer}"}'
)


def give_letterhead(root: Path) -> None:
    """Declare LETTERHEAD for the monthly bulletin."""
    path = root / KIND / "kind.yml"
    head, _, rest = path.read_text(encoding="utf-8").partition("letterhead: ")
    path.write_text(f"{head}{LETTERHEAD}\n{rest.partition(chr(10))[2]}", encoding="utf-8")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """December is frozen as number 7 and corrected since; November is a draft."""
    files = {
        LICENCES: [licence(1), licence(2), licence(3, BSRQ="2023/12/13")],
        PENALTIES: [penalty(1)],
        COUNTY: [licence(11, **OF_COUNTY), licence(12, **OF_COUNTY)],
        "data/records/licence/2023-11/scjgj.csv": [licence(4, XK_JDRQ="2023/11/20", BSRQ="2023/11/21")],
    }
    evil = {"id": "evil", "name": EVIL, "group": "department", "region": "410400"}
    root = make_portal(tmp_path_factory.mktemp("documents") / "portal", files, units=[*SITE["units"], evil])
    give_letterhead(root)
    freeze(root, of_month(root)[0], TODAY, number=7)
    records = root / LICENCES
    records.write_text(records.read_text(encoding="utf-8").replace("2023/12/13", "2023/12/05"), encoding="utf-8")
    correct(root, of_month(root)[0], "报送日期录入有误", TODAY)
    return root


@pytest.fixture(scope="module")
def papers(portal: Path) -> dict[str, Papers]:
    """Address → what the files there are made of."""
    return {of_one.address: of_one for of_one in bulletin_papers(declared(portal), *with_histories(portal))}


@pytest.fixture(scope="module")
def issued(papers: dict[str, Papers]) -> DocumentFile:
    return opened(papers["bulletins/2023-12/bulletin"])


@pytest.fixture(scope="module")
def workbook(papers: dict[str, Papers]) -> Workbook:
    return load_workbook(io.BytesIO(FORMS["xlsx"](papers["bulletins/2023-12/bulletin"])))


def opened(papers: Papers) -> DocumentFile:
    return Document(io.BytesIO(FORMS["docx"](papers)))


def said(document: DocumentFile) -> list[str]:
    """Style and text of every paragraph that says something."""
    return [f"{entry.style.name}: {entry.text}" for entry in document.paragraphs if entry.style and entry.text]


def font_of(document: DocumentFile, style: str) -> tuple[str | None, float | None]:
    """Font for Chinese and size in points of a style."""
    found = document.styles[style].element.rPr
    fonts = found.find(qn("w:rFonts")) if found is not None else None
    size = found.find(qn("w:sz")) if found is not None else None
    return (
        fonts.get(qn("w:eastAsia")) if fonts is not None else None,
        int(size.get(qn("w:val"))) / 2 if size is not None else None,
    )


def test_the_sheet_is_a4_with_22_lines_of_28_characters(issued: DocumentFile) -> None:
    section = issued.sections[0]
    lengths = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    for length, millimetres in zip(lengths, (210, 297, 37, 28), strict=True):
        assert length is not None
        assert abs(length - Mm(millimetres)) < Mm(0.05)
    [grid] = section._sectPr.findall(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    # 225 mm are 12,756 twips: 22 lines of 579 fit, of 580 they do not. 156 mm are 442.2 points for 28 characters.
    assert grid.get(qn("w:linePitch")) == "579"
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert 15.79 < pitch < 15.795
    body = issued.styles["Body Text"].paragraph_format
    assert (body.line_spacing, body.first_line_indent) == (Pt(28.95), Pt(31.6))


def test_head_number_title_and_sentences_stand_in_their_order_and_style(issued: DocumentFile) -> None:
    told = said(issued)
    assert told[:4] == [
        "发文机关标志: 示例市信用办文件",
        "发文字号: 示信用〔2024〕7号",
        "Title: 关于2023年12月份全市行政许可和\n行政处罚等信用信息公示工作情况的通报",
        "Salutation: 各县（市、区）社会信用体系建设牵头单位，市各有关单位：",
    ]
    assert "Heading 1: 一、“双公示”工作总体情况" in told
    assert "Heading 2: （一）数据报送量及迟报情况" in told
    assert any(line.startswith("Body Text: 12月份，市信用信息共享平台共归集“双公示”信息6条，") for line in told)


def test_fonts_and_sizes_are_those_of_the_standard_and_none_is_embedded(
    issued: DocumentFile, papers: dict[str, Papers]
) -> None:
    assert font_of(issued, "Normal")[1] == 16
    assert font_of(issued, "Title") == ("方正小标宋简体", 22)
    assert font_of(issued, "Heading 1")[0] == "黑体"
    assert font_of(issued, "Heading 2")[0] == "楷体_GB2312"
    assert font_of(issued, "附件")[0] == "黑体"
    assert font_of(issued, "Footer") == ("宋体", 14)
    red = issued.styles["发文机关标志"].element.rPr.find(qn("w:color"))
    rule = issued.styles["发文字号"].element.find(f".//{qn('w:bottom')}")
    assert (red.get(qn("w:val")), rule.get(qn("w:color"))) == ("FF0000", "FF0000")
    with zipfile.ZipFile(io.BytesIO(FORMS["docx"](papers["bulletins/2023-12/bulletin"]))) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
        assert not [name for name in parts.namelist() if name.startswith("word/fonts")]
    assert '<w:font w:name="仿宋_GB2312">\n    <w:altName w:val="仿宋,' in fonts
    assert 'w:eastAsia="仿宋_GB2312"' in issued.styles.element.xml.partition("</w:docDefaults>")[0]
    assert "embed" not in fonts


def test_the_document_ends_with_annexes_signer_and_day(issued: DocumentFile) -> None:
    told = said(issued)
    start = told.index("附件说明: 附件：1．\t2023年12月份市各单位“双公示”工作情况统计表")
    assert told[start + 1 : start + 4] == [
        "附件说明: 2．\t2023年12月份县（市、区）“双公示”工作情况统计表",
        "Signature: 示例市信用办",
        "Date: 2024年1月5日",
    ]
    day = issued.styles["Date"]
    assert day.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert day.element.find(f".//{qn('w:ind')}").get(qn("w:rightChars")) == "400"


def test_every_annex_begins_a_page_and_shows_the_figures_of_the_page(portal: Path, issued: DocumentFile) -> None:
    told = said(issued)
    for number in ("附件: 附件1", "附件: 附件2"):
        assert told[told.index(number) + 1].startswith("Caption: 2023年12月份")
    assert issued.styles["附件"].paragraph_format.page_break_before
    shown = [[cell.text for cell in row.cells] for table in issued.tables for row in table.rows[1:]]
    assert shown == [
        [cell.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for cell in row]
        for row in rows_of(of_month(portal)[1])
    ]
    assert shown[0] == ["1", "市市场监管局", "4", "1", "25.00"]
    assert ["3", EVIL, "0", "-", "-"] in shown
    for table in issued.tables:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None


def test_pages_are_numbered_right_and_left_in_turn(issued: DocumentFile) -> None:
    assert issued.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (issued.sections[0].footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (issued.sections[0].even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        [number] = footer.paragraphs
        assert number.style is not None
        assert number.style.paragraph_format.alignment == side
        assert [run.text for run in number.runs] == ["— ", " —"]
        assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")) == " PAGE "


def test_copies_and_printing_stand_at_the_foot_and_what_came_later_behind(issued: DocumentFile) -> None:
    told = said(issued)
    place = told.index("版记: 　抄送：示例市政府办公室，示例市纪委监委。")
    assert told[place + 1] == "版记: 　示例市信用办\t2024年1月5日印发"
    assert told[place + 2 :] == [
        "附件: 刊登说明（不是公文的组成部分）",
        "Heading 2: 自发布以来的更正",
        "Body Text: 2024-01-05，原因：报送日期录入有误。",
        "Body Text: 市市场监管局·迟报量：发布时为1，现为0。",
        "Body Text: 市市场监管局·迟报率：发布时为25.00%，现为0%。",
        "Body Text: 合计·迟报量：发布时为1，现为0。",
        "Body Text: 合计·迟报率：发布时为16.67%，现为0%。",
        "Body Text: 市各单位“双公示”工作情况统计表合计·迟报量：发布时为1，现为0。",
        "Body Text: 市各单位“双公示”工作情况统计表合计·迟报率：发布时为25.00%，现为0%。",
    ]


def test_a_draft_says_so_on_every_page_and_has_neither_number_nor_day(papers: dict[str, Papers]) -> None:
    draft = opened(papers["bulletins/2023-11/bulletin"])
    told = said(draft)
    assert "Subtitle: （未定稿）" in told
    assert draft.sections[0].header.paragraphs[0].text == "未定稿"
    assert draft.sections[0].even_page_header.paragraphs[0].text == "未定稿"
    assert "Date: 　　年　月　日" in told
    assert not [line for line in told if line.startswith("发文字号")]
    assert not [line for line in said(opened(papers["bulletins/2023-12/bulletin"])) if "未定稿" in line]


def test_a_unit_has_a_document_of_its_own(papers: dict[str, Papers]) -> None:
    told = said(opened(papers["bulletins/units/scjgj/bulletin"]))
    assert "Title: 市市场监管局“双公示”信息报送情况" in told
    # One annex has no number.
    assert "附件说明: 附件：市市场监管局各月情况" in told
    assert "附件: 附件" in told


def test_who_wrote_it_and_when_is_that_of_the_bulletin(issued: DocumentFile) -> None:
    about = issued.core_properties
    assert about.title == "关于2023年12月份全市行政许可和行政处罚等信用信息公示工作情况的通报"
    assert (about.author, about.language) == ("示例市信用办", "zh-CN")
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == datetime(2024, 1, 5)


def test_files_made_twice_are_the_same_and_know_no_clock(papers: dict[str, Papers]) -> None:
    for of_one in papers.values():
        for form in FORMS.values():
            made = form(of_one)
            assert made == form(of_one)
            with zipfile.ZipFile(io.BytesIO(made)) as parts:
                assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["附件1", "附件2", "数字的构成", "刊登说明"]
    sheet = workbook["附件1"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=5)]
    assert [line[0] for line in lines[:3]] == [
        "2023年12月份市各单位“双公示”工作情况统计表",
        "关于2023年12月份全市行政许可和行政处罚等信用信息公示工作情况的通报",
        "单位：条",
    ]
    assert lines[3] == ["序号", "成员单位名称", "数据总量", "迟报量", "迟报率（%）"]
    assert lines[4] == [1, "市市场监管局", 4, 1, 25]
    assert sheet["E5"].number_format == "0.00"
    assert lines[7] == [None, "合计", 4, 1, 25]
    assert lines[8][0] == "数据统计时间范围：2023-12-01 00:00:00 至 2023-12-31 23:59:59。"


def test_a_name_that_begins_like_a_formula_is_a_text(workbook: Workbook) -> None:
    cell = workbook["附件1"]["B7"]
    assert (cell.value, cell.data_type) == (EVIL, "s")


def test_a_sheet_can_be_read_on_the_screen_and_on_paper(workbook: Workbook) -> None:
    for name in ("附件1", "附件2", "数字的构成"):
        sheet = workbook[name]
        assert sheet.freeze_panes == "A5"
        assert sheet.print_title_rows == "$4:$4"
        # One page wide is what stands for nothing said, and 0 for as many pages as it needs.
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", None)
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # The name is as wide as 14 letters: eight of them, and three characters twice as wide.
    assert workbook["附件1"].column_dimensions["B"].width >= 14


def document_of(*annexes: Table) -> OfficialDocument:
    """A document with nothing but annexes."""
    return OfficialDocument(
        head="示例市信用办",
        number="",
        title="关于示例的通报",
        marks=(),
        is_draft=False,
        text="正文。",
        annexes=annexes,
        signer="示例市信用办",
        day=date(2024, 1, 5),
        copies=(),
        printer="",
        notes=(),
        attached=(),
    )


def table_of(columns: int, rows: int) -> Table:
    """A table of figures of seven digits."""
    row = ("示例县", *("1234567" for _ in range(columns)))
    return Table("示例统计表", ("单位", *("数量" for _ in range(columns))), (row,) * rows, (False, *(True,) * columns))


def test_a_table_too_wide_for_the_sheet_turns_its_own_pages_only() -> None:
    made = Document(io.BytesIO(word_document(document_of(table_of(3, 4), table_of(14, 4), table_of(3, 4)))))
    ways = [section.orientation for section in made.sections]
    assert ways == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    turned = made.sections[1]
    assert turned.page_width is not None
    assert turned.page_height is not None
    assert turned.page_width > turned.page_height
    for section, table in zip(made.sections, made.tables, strict=True):
        width = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) == pytest.approx(width, rel=0.001)


@pytest.mark.parametrize(
    ("columns", "points", "turned"),
    [
        # The sheet is 8844 twips wide, turned 12756. A column of seven digits takes 7 × 0.64 × 12 points and 160 twips,
        # that is 1236, and 1101 in 五号; that of the names 880 and 790.
        pytest.param(6, None, False, id="小四号, as always: 8296"),
        pytest.param(7, 10.5, False, id="8497 in 五号, where it took 9532"),
        pytest.param(8, None, True, id="9598 in 五号 is too much; turned 10768 have room"),
    ],
)
def test_a_figure_is_never_broken_in_a_font_with_wide_digits(columns: int, points: float | None, turned: bool) -> None:
    made = Document(io.BytesIO(word_document(document_of(table_of(columns, 4)))))
    [table] = made.tables
    assert made.sections[-1].orientation == (WD_ORIENT.LANDSCAPE if turned else WD_ORIENT.PORTRAIT)
    cell = table.cell(1, 1)
    size = cell.paragraphs[0].runs[0].font.size
    assert (size and size.pt) == points
    assert cell._tc.tcPr is not None
    assert cell._tc.tcPr.find(qn("w:noWrap")) is not None
    for column in list(table.columns)[1:]:
        assert column.width is not None
        assert column.width.twips >= 7 * 0.64 * 20 * (points or 12) + 160


def test_a_month_stands_in_one_line(papers: dict[str, Papers]) -> None:
    # 2023年12月 in 五号: two characters, six digits, and a quarter of one at the ends of year and month.
    [months] = Document(io.BytesIO(word_document(papers["bulletins/units/scjgj/bulletin"].document))).tables
    width = months.columns[0].width
    assert width is not None
    assert width.twips >= (2 + 6 * 0.64 + 3 / 4) * 210 + 160


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于示例的通报", ["关于示例的通报"]),
        ("关于2023年度“十公示”工作推进会落实情况的通报", ["关于2023年度“十公示”", "工作推进会落实情况的通报"]),
        ("关于甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", ["关于甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"]),
    ],
)
def test_a_long_title_is_broken_where_no_word_is_cut(title: str, lines: list[str]) -> None:
    assert title_lines(title, 20) == lines


@pytest.mark.parametrize(
    ("head", "characters", "lines"),
    [
        ("行政给付", 3, ["行政", "给付"]),
        ("数据总量", 4, ["数据总量"]),
        ("县（市、区）", 4, ["县（市、", "区）"]),
        ("县（市、区）", 3, ["县", "（市、", "区）"]),
        ("迟报（率）", 3, ["迟报", "（率）"]),
    ],
)
def test_a_heading_is_broken_into_even_lines_that_no_mark_begins_wrongly(
    head: str, characters: int, lines: list[str]
) -> None:
    # A cell is 160 twips wider than its text, of which a character takes 12 points.
    assert head_lines(head, 240 * characters + 160, 240) == lines


def test_a_bulletin_whose_kind_has_no_numbers_cannot_be_given_one(root: Make) -> None:
    made = root({LICENCES: [licence(1)]})
    bulletin = of_month(made)[0]
    with pytest.raises(FreezingError, match="没有声明文号的写法"):
        freeze(made, bulletin, TODAY, number=1)


def test_a_number_is_given_once(root: Make) -> None:
    november = {"data/records/licence/2023-11/scjgj.csv": [licence(4, XK_JDRQ="2023/11/20", BSRQ="2023/11/21")]}
    made = root({LICENCES: [licence(1)], **november})
    give_letterhead(made)
    freeze(made, of_month(made, "2023-11")[0], TODAY, 3, compiled(made))
    december = of_month(made)[0]
    with pytest.raises(FreezingError, match="文号示信用〔2024〕3号已用于 2023-11 的“双公示”月度通报，不能再用"):
        freeze(made, december, TODAY, 3, compiled(made))
    freeze(made, december, TODAY, 4, compiled(made))
    path = made / "data/bulletins/2023-12.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("〔2024〕4号", "〔2024〕3号"), encoding="utf-8")
    assert [(entry.file, entry.text, entry.fails) for entry in verified(made)] == [
        ("data/bulletins/2023-12.yml", "2023-12，文号示信用〔2024〕3号已用于 2023-11 的“双公示”月度通报", True)
    ]


def test_a_document_that_says_the_same_is_taken_over_from_the_build_before(
    tmp_path: Path, papers: dict[str, Papers]
) -> None:
    of_one = papers["bulletins/2023-12/bulletin"]
    kept = KeptFiles(tmp_path / "kept", "program")
    first, second = Staging(tmp_path / "first", kept), Staging(tmp_path / "second", kept)
    for staging in (first, second):
        kept_names.cache_clear()  # as in a build of its own
        write_documents([of_one], staging, InProcess())
    for ending in FORMS:
        places = [staging.folder / f"{of_one.address}.{ending}" for staging in (first, second)]
        assert places[0].samefile(places[1])


def test_the_files_of_a_month_can_be_had_without_a_site(portal: Path, tmp_path: Path) -> None:
    result = run(portal, "bulletin", "2023-12", "--out", str(tmp_path / "out"), "--jobs", "1")
    assert result.exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out/2023-12").iterdir())
    assert names == ["bulletin.docx", "bulletin.xlsx", "counties.csv", "departments.csv", "figures.json"]
    refused = run(portal, "bulletin", "2023-12", "--freeze", "--out", str(tmp_path), "--jobs", "1")
    assert (refused.exit_code, "--out 只与月份同用" in refused.stderr) == (2, True)
