"""Every fault of generator/faults.yml, from the file that has it to the whole line a clerk reads."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from codes import credit_code, organisation_code, registration_number
from faulty import Case, laid_out
from openpyxl import Workbook
from portals import (
    KNOWN_KINDS,
    LICENCES,
    PENALTIES,
    admitted,
    csv_of,
    declared,
    licence,
    make_portal,
    penalty,
    person,
    run,
    told,
    write,
)
from value_faults import CASES as OF_VALUES

from generator.issues import catalogue, grouped
from generator.mendings import ways
from generator.publish.articles import articles_naming_removed
from generator.render.templates import environment
from generator.report import line

Make = Callable[..., Path]
BOOK = "data/records/licence/2023-12/scjgj.xlsx"
PLACEHOLDER = "0" * 17 + "X"
WITHDRAWALS = "data/withdrawals.csv"
WITHDRAWAL = "公示编号,撤下日期,原因,说明\n"
FIRST = "dmee72m1xyqb3"
"""Id of licence(1)."""
REASONS = "修复、撤销、变更、异议成立、不予公示"
PENALTY_CATEGORIES = (
    "警告、通报批评、罚款、没收违法所得、没收非法财物、暂扣许可证件、降低资质等级、吊销许可证件、"
    "限制开展生产经营活动、责令停产停业、责令关闭、限制从业、行政拘留、暂扣或者吊销许可证、暂扣或者吊销执照、其他-（写明类别）；有几项的，中间用“；”隔开"
)


def notes_beside() -> bytes:
    """A workbook with a sheet of records and one of notes."""
    workbook = Workbook()
    workbook.worksheets[0].append(list(licence()))
    workbook.worksheets[0].append(list(licence().values()))
    workbook.create_sheet("说明").append(["本表于每周五前报送"])
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def without(row: dict[str, str], code: str) -> dict[str, str]:
    return {key: value for key, value in row.items() if key != code}


WRONG_CODE = credit_code("91410400MA9DEMX01")
WRONG_CODE = WRONG_CODE[:-1] + ("1" if WRONG_CODE[-1] != "1" else "2")

CASES = {
    "file-misplaced": Case(
        {"data/records/scjgj.csv": [licence()]},
        "[错误] data/records/scjgj.csv：文件不在“类别/年-月/单位”文件夹中，未读取。"
        "请放到 data/records/<类别>/<年-月>/<单位>.csv 或 .xlsx",
        rows=0,
    ),
    "file-kind-unknown": Case(
        {"data/records/permit/2023-12/scjgj.csv": [licence()]},
        "[错误] data/records/permit/2023-12/scjgj.csv：没有名为“permit”的记录类别。"
        f"请核对文件夹名；现有类别：{KNOWN_KINDS}",
        rows=0,
    ),
    "file-unit-unknown": Case(
        {"data/records/licence/2023-12/scjg.csv": [licence()]},
        "[错误] data/records/licence/2023-12/scjg.csv：文件名“scjg”不是 data/site.yml 所列单位。"
        "请用单位代号命名文件；是否应为“scjgj”",
        rows=0,
    ),
    "file-format-unknown": Case(
        {"data/records/licence/2023-12/scjgj.doc": b"x"},
        "[错误] data/records/licence/2023-12/scjgj.doc：不认识的文件格式“.doc”。请另存为 .csv 或 .xlsx",
        rows=0,
    ),
    "file-undecodable": Case(
        {LICENCES: csv_of([licence()]).encode() + b"\xff\xff\n"},
        f"[错误] {LICENCES}：文件的文字编码无法识别（第 3 行起不是 UTF-8，也不是 GB18030）。"
        "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重新提交",
        rows=0,
    ),
    "file-unreadable": Case(
        {BOOK: b"PK\x03\x04"},
        f"[错误] {BOOK}：文件无法打开：文件已损坏，或者不完整。"
        "请确认文件没有损坏、没有设密码，另存为 .xlsx 或 .csv 后重新提交",
        rows=0,
    ),
    "file-empty": Case(
        {LICENCES: ""},
        f"[错误] {LICENCES}：文件是空的，没有标题行。请按模板填写标题行和数据；本月没有数据的，在第一格写“本月无”",
        rows=0,
    ),
    "file-no-rows": Case(
        {LICENCES: csv_of([licence()]).splitlines()[0]},
        f"[提示] {LICENCES}：文件只有标题行，没有数据。如本月确实没有数据，请在标题行下面写“本月无”",
        rows=0,
    ),
    "nothing-contradicted": Case(
        {LICENCES: csv_of([licence(), {"XK_XDR_MC": "本月无"}])},
        f"[错误] {LICENCES}：写明“本月无”，而本单位当月报送的行政许可有 1 行。"
        "有数据的，请删去写“本月无”的一行或者文件；确实没有的，请核对这些行是否放错了文件",
        publishes=1,
    ),
    "heading-missing": Case(
        {LICENCES: [without(licence(), "XK_WSH")]},
        f"[错误] {LICENCES}：缺少必需的列“行政许可决定文书号”。请补上此列（列名也可写 XK_WSH）",
    ),
    "table-of-another-kind": Case(
        {LICENCES: [penalty()]},
        f"[错误] {LICENCES}：列名是“行政处罚”的，不是“行政许可”的，此表不公示。"
        "请把此表单独存为一个文件，放到 data/records/penalty/ 下；只核查一个文件的，用 --kind 指明类别",
    ),
    "heading-recommended": Case(
        {LICENCES: [without(licence(), "XK_ZT")]},
        f"[提示] {LICENCES}：缺少列“当前状态”。按数据标准应有此列，请补上（列名也可写 XK_ZT）",
        publishes=1,
    ),
    "headings-not-found": Case(
        {LICENCES: csv_of([licence(), licence(2)]).split("\n", 1)[1]},
        f"[错误] {LICENCES}：没有认出任何规定的列名，可能缺少标题行。请在第一行按模板填写列名",
    ),
    "sheet-not-data": Case(
        {BOOK: notes_beside()},
        f"[提示] {BOOK}，工作表“说明”：工作表没有规定的列名，未作为数据读取。"
        "如是填表说明可不处理；如是数据请在第一行填写列名",
        publishes=1,
    ),
    "heading-unknown": Case(
        {LICENCES: [{**licence(), "行政相对人名城": "x"}]},
        f"[错误] {LICENCES}：不认识的列“行政相对人名城”，此列未使用。"
        "请改为规定的列名；是否应为“行政相对人名称”；确实不需要的请删去",
        publishes=1,
    ),
    "heading-blank": Case(
        {LICENCES: csv_of([{**licence(), "x": "多出来的"}], [*licence(), ""])},
        f"[错误] {LICENCES}：第 W 列没有列名，下面却有内容，此列未使用。"
        "请在标题行补上规定的列名；确实不需要的请清空此列",
        publishes=1,
    ),
    "heading-repeated": Case(
        {LICENCES: [{**licence(), "上报日期": "2023/12/05"}]},
        f"[错误] {LICENCES}：有两列都是“报送日期”。请只保留一列",
    ),
    "row-width": Case(
        {LICENCES: csv_of([licence()]) + "甲,乙\n"},
        f"[错误] {LICENCES}，第 3 行：此行有 2 列，标题行有 22 列。"
        "请检查是否多了或少了逗号；含逗号或换行的内容须加英文双引号",
        publishes=1,
        rows=2,
    ),
    "row-quote": Case(
        {LICENCES: csv_of([licence(1), licence(2, XK_NR="乙类")]).replace("乙类", '"乙类')},
        f"[错误] {LICENCES}，第 3 行：此行的英文双引号没有成对。请补上或删去引号；内容里的英文双引号须写两个",
        publishes=1,
        rows=2,
    ),
    "required-missing": Case(
        {LICENCES: [licence(XK_XDR_SHXYM="")]},
        f"[错误] {LICENCES}，第 2 行：必填项“行政相对人代码_1（统一社会信用代码）”为空。"
        "请补填（行政相对人类别为法人及非法人组织、个体工商户时）",
    ),
    "recommended-missing": Case(
        {LICENCES: [licence(XK_YXQZ="")]},
        f"[提示] {LICENCES}，第 2 行：“有效期自”为空。按数据标准应填写，请补填",
        publishes=1,
    ),
    "must-be-blank": Case(
        {LICENCES: [{**person(licence()), "XK_XDR_SWDJ": "410400123456789"}]},
        f"[错误] {LICENCES}，第 2 行：“行政相对人代码_4（税务登记号）”应为空，现为“（15 位号码，已遮盖）”。"
        "请清空此格（行政相对人类别为自然人时）",
    ),
    "should-be-blank": Case(
        {PENALTIES: [penalty(CF_CFLB="没收违法所得", CF_NR_WFFF="0.2")]},
        f"[提示] {PENALTIES}，第 2 行：“罚款金额（万元）”应为空，现为“0.2”。请核对后清空此格（处罚类别不含罚款时）",
        publishes=1,
    ),
    "placeholder-not-permitted": Case(
        {LICENCES: [licence(XK_XDR_SHXYM=PLACEHOLDER, XK_XDR_GSZC=registration_number("41040060000001"))]},
        f"[错误] {LICENCES}，第 2 行：“行政相对人代码_1（统一社会信用代码）”填了占位代码“{PLACEHOLDER}”。"
        "请填写真实代码，占位代码只用于（行政相对人类别为个体工商户时）",
    ),
    "day-unreadable": Case(
        {LICENCES: [licence(XK_JDRQ="2023/11/31")]},
        f"[错误] {LICENCES}，第 2 行：“许可决定日期”不是有效日期，现为“2023/11/31”。请按 2023/12/01 的格式填写",
    ),
    "day-no-end-miswritten": Case(
        {PENALTIES: [penalty(CF_YXQ="2099/01/31")]},
        f"[提示] {PENALTIES}，第 2 行：“处罚有效期”写作 2099-01-31，按长期有效处理。长期有效请填 2099/12/31",
        publishes=1,
    ),
    "day-after-today": Case(
        {"data/records/licence/2024-01/scjgj.csv": [licence(BSRQ="2024/01/06")]},
        "[错误] data/records/licence/2024-01/scjgj.csv，第 2 行：“报送日期”晚于今天（2024-01-05），现为“2024-01-06”。"
        "请核对日期",
    ),
    "day-before-other": Case(
        {PENALTIES: [penalty(CF_GSJZQ="2023/11/30")]},
        f"[错误] {PENALTIES}，第 2 行：“公示截止期”早于“处罚决定日期”，现为“2023-11-30”。请核对两个日期的先后",
    ),
    "day-after-other": Case(
        {LICENCES: [licence(XK_YXQZ="2023/12/06")]},
        f"[错误] {LICENCES}，第 2 行：“有效期自”晚于“报送日期”，现为“2023-12-06”。请核对两个日期的先后",
        kind=("aliases: [XK_YXQZ1]", "aliases: [XK_YXQZ1]\n    not_after: BSRQ"),
    ),
    "amount-unreadable": Case(
        {PENALTIES: [penalty(CF_NR_FK="约2000元")]},
        f"[错误] {PENALTIES}，第 2 行：“罚款金额（万元）”不是有效金额，现为“约2000元”。"
        "请填写数字（单位：万元），不加文字和货币符号，最多六位小数",
    ),
    "choice-unknown": Case(
        {PENALTIES: [penalty(CF_CFLB="罚款；罚金")]},
        f"[错误] {PENALTIES}，第 2 行：“处罚类别”的值“罚款；罚金”不在规定的选项内。请填写：{PENALTY_CATEGORIES}",
    ),
    "code-form": Case(
        {LICENCES: [licence(XK_XDR_SHXYM="91410400MA9DEMXO1A")]},
        f"[错误] {LICENCES}，第 2 行：“行政相对人代码_1（统一社会信用代码）”的格式不对，现为“91410400MA9DEMXO1A”。"
        "请核对位数和字符（统一社会信用代码18位，不用字母 I、O、Z、S、V；组织机构代码9位）",
    ),
    "code-check-digit": Case(
        {LICENCES: [licence(XK_XDR_SHXYM=WRONG_CODE)]},
        f"[错误] {LICENCES}，第 2 行：“行政相对人代码_1（统一社会信用代码）”的校验位不对，现为“{WRONG_CODE}”。"
        "请对照证照核对，常见原因是抄错一位或把字母写成数字",
    ),
    "code-issued-so": Case(
        {
            LICENCES: [licence(XK_XDR_SHXYM=WRONG_CODE)],
            "data/rules/codes.yml": f"issued:\n  - {{code: {WRONG_CODE}, source: 对照营业执照原件}}\n",
        },
        f"[提示] {LICENCES}，第 2 行：“行政相对人代码_1（统一社会信用代码）”的校验位不对，现为“{WRONG_CODE}”，"
        "已登记为登记机关发放的代码。已登记在 data/rules/codes.yml，照常公示；如是登记有误，请告知管理员",
        publishes=1,
    ),
    "registration-form": Case(
        {LICENCES: [{**licence(), "XK_XDR_GSZC": "豫410400"}]},
        f"[提示] {LICENCES}，第 2 行：“行政相对人代码_2（工商注册号）”不是15位数字，现为“豫410400”。"
        "旧式注册号可以保留，否则请核对",
        publishes=1,
    ),
    "registration-check-digit": Case(
        {LICENCES: [{**licence(), "XK_XDR_GSZC": "110108000000017"}]},
        f"[提示] {LICENCES}，第 2 行：“行政相对人代码_2（工商注册号）”的校验位不对，现为“110108000000017”。"
        "请对照证照核对",
        publishes=1,
    ),
    "identity-form": Case(
        {LICENCES: [person(licence(), number="41040219900101123")]},
        f"[错误] {LICENCES}，第 2 行：“证件号码”不是有效的身份证号码，现为“（17 个字符，已遮盖）”。"
        "请填写18位号码；不是身份证的请改正证件类型",
    ),
    "identity-check-digit": Case(
        {LICENCES: [person(licence(), number="410402199001011231")]},
        f"[错误] {LICENCES}，第 2 行：“证件号码”的校验位不对，现为“（18 个字符，已遮盖）”。请对照证件核对",
    ),
    "text-too-long": Case(
        {LICENCES: [licence(XK_WSH="长" * 65)]},
        f"[提示] {LICENCES}，第 2 行：“行政许可决定文书号”超过 64 个字，现有 65 个字。请精简，或把细节写入备注",
        publishes=1,
    ),
    "unit-not-the-folders": Case(
        {LICENCES: [licence(XK_LYDW="市住建局", XK_LYDWDM="11410400DEMX00065J")]},
        f"[错误] {LICENCES}，第 2 行：“数据来源单位”为“市住建局”，与文件所属单位“市市场监管局”不符。"
        "请把此行移到其来源单位的文件，或改正来源单位",
    ),
    "month-not-the-folders": Case(
        {"data/records/licence/2023-11/scjgj.csv": [licence()]},
        "[提示] data/records/licence/2023-11/scjgj.csv，第 2 行：“报送日期”为“2023-12-05”，"
        "不在文件夹的月份 2023-11 内。"
        "通报按报送日期统计；请核对日期，或把此行移到相应月份",
        publishes=1,
    ),
    "record-repeated": Case(
        {LICENCES: [licence(), licence(BSRQ="2023/12/06")]},
        f"[提示] {LICENCES}，第 2 行：与 {LICENCES} 第 3 行 是同一条记录（行政许可决定文书号、"
        "许可机关统一社会信用代码、行政相对人代码_1（统一社会信用代码） 相同），以后报送的一行为准，"
        "此行不再公示。如不是更正，请删去其中一行",
        publishes=1,
        rows=2,
    ),
    "privacy-found": Case(
        {LICENCES: [licence(BZ="联系人手机13800138000")]},
        f"[错误] {LICENCES}，第 2 行：“备注”中疑有手机号码，此行不公示。"
        "请删去个人信息；确认不是个人信息的，由管理员登记到 data/rules/privacy.yml 的 allowed",
    ),
    "register-id": Case(
        {WITHDRAWALS: f"{WITHDRAWAL}平市监许1号,2024/01/04,修复,\n", LICENCES: [licence()]},
        f"[错误] {WITHDRAWALS}，第 2 行：公示编号“平市监许1号”不正确。公示编号为13位数字和小写字母，请从公示页面复制",
        publishes=1,
    ),
    "register-day": Case(
        {WITHDRAWALS: f"{WITHDRAWAL}{FIRST},下月初,修复,\n", LICENCES: [licence(1), licence(2)]},
        f"[错误] {WITHDRAWALS}，第 2 行：“撤下日期”不是有效日期，现为“下月初”。"
        "请按 2023/12/01 的格式填写；撤下登记在改正前按立即撤下处理",
        publishes=1,
        rows=2,
    ),
    "register-reason": Case(
        {WITHDRAWALS: f"{WITHDRAWAL}{FIRST},2024/01/04,不想公示,\n", LICENCES: [licence(1), licence(2)]},
        f"[错误] {WITHDRAWALS}，第 2 行：撤下原因“不想公示”不在规定的选项内。请填写：{REASONS}；撤下照常进行",
        publishes=1,
        rows=2,
    ),
    "register-outcome": Case(
        {
            "data/objections.csv": f"公示编号,受理日期,办结日期,说明,结果\n{FIRST},2024/01/03,2024/01/04,,不了了之\n",
            LICENCES: [licence(1)],
        },
        "[提示] data/objections.csv，第 2 行：异议的结果“不了了之”不在规定的选项内，统计时按结果未登记处理。"
        "请填写：成立、不成立",
        publishes=1,
    ),
    "register-unknown": Case(
        {WITHDRAWALS: f"{WITHDRAWAL}0123456789abc,2024/01/04,修复,\n", LICENCES: [licence()]},
        f"[提示] {WITHDRAWALS}，第 2 行：公示编号“0123456789abc”在现有记录中不存在。"
        "请核对编号；记录的名称、代码或文号更正后编号会改变",
        publishes=1,
    ),
    "list-class-ended": Case(
        {
            "data/records/serious-discredit/2023-12/scjgj.csv": "XDR_MC,XDR_LB,XDR_SHXYM,MDLB,RDWH,LRSY,RDYJ,RDRQ,RDJG,"
            "RDJGDM,LYDW,LYDWDM,BSRQ\n示例旧名单有限公司,法人及非法人组织,91410400MA9F00001U,严重质量失信企业,"
            "平列〔2023〕1号,示例事由,《示例办法》,2023/12/01,平顶山市市场监督管理局,11410400DEMX00014A,市市场监管局,"
            "11410400DEMX00014A,2023/12/04\n"
        },
        "[提示] data/records/serious-discredit/2023-12/scjgj.csv，第 2 行："
        "“严重质量失信企业”名单的依据已于 2021-08-31 停止施行。"
        "请核对现行名单的名称和依据（已由严重违法失信名单取代）；停止施行后列入的应当移出",
        publishes=1,
    ),
    "supplement-unknown": Case(
        {
            "data/records/performance/2023-12/scjgj.csv": "CNBM,LXZT,WLXNR,ZJNR,LYDW,LYDWDM,BSRQ\n"
            "41040020231201000009,全部履行,,,市市场监管局,11410400DEMX00014A,2023/12/04\n"
        },
        "[提示] data/records/performance/2023-12/scjgj.csv，第 2 行：没有与之对应的信用承诺信息。"
        "请核对承诺编码；先报送信用承诺信息，或者更正编码",
    ),
    "timeliness-undetermined": Case(
        {"data/records/licence/2026-12/scjgj.csv": [licence(XK_JDRQ="2026/12/23", BSRQ="2026/12/24")]},
        "[错误] data/rules/calendar：1 条记录的报送期限落在没有工作日历的年份，是否迟报未定"
        "（现有日历到 2026-12-31 为止）。"
        "请按国务院办公厅放假通知补充 data/rules/calendar/2027.yml；公示和撤下照常进行",
        publishes=1,
        today=date(2027, 1, 5),
    ),
    **OF_VALUES,
}
# Below, in test_undone.py, in test_article_faults.py, in tests/statistics and tests/bulletin: they need a git
# repository, pages, or are found in tables of counts.
OTHERS = ("article-", "statistics-", "bulletin-")
ELSEWHERE = {"row-vanished", "withdrawal-undone"}
# How files are laid out has a folder of nasty files, tests/intake/nasty.py.
ELSEWHERE |= {"file-disguised", "file-encoding", "file-delimiter", "file-too-large", "rows-not-data", "cells-merged"}
# What a file by itself does not say: tests/report/test_desk.py, tests/intake/test_sources.py.
ELSEWHERE |= {"file-kind-unclear", "file-unit-unclear", "file-name-strange"}
ELSEWHERE |= {"sheet-hidden", "rows-hidden", "cell-without-value", "characters-unseen", "characters-private-use"}
ELSEWHERE |= {*(code for code in catalogue() if code.startswith(OTHERS))}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One portal that takes the files of one case after the other."""
    return make_portal(tmp_path_factory.mktemp("faults") / "portal")


@pytest.mark.parametrize("code", CASES)
def test_the_clerk_reads_what_is_wrong_where_and_what_to_do(portal: Path, code: str) -> None:
    case = CASES[code]
    files = dict(case.files)
    if case.kind:
        declared = "data/kinds/licence/kind.yml"
        files[declared] = (portal / declared).read_text(encoding="utf-8").replace(*case.kind, 1)
    with laid_out(portal, files, case.today) as found:
        assert found.lines() == [f"{case.said}（{code}）"]
        assert (found.counts()["total"], found.counts()["published"]) == (case.rows, case.publishes)
    level = catalogue()[code].level
    assert case.said.startswith({"error": "[错误]", "warning": "[提示]"}[level])


def test_every_entry_of_the_catalogue_is_tried_out_here() -> None:
    assert set(CASES) | ELSEWHERE == set(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_every_entry_says_what_it_rests_on_and_stands_in_a_section(code: str) -> None:
    assert catalogue()[code].source
    assert code not in grouped().get("其他", {})


@pytest.mark.parametrize(("code", "entry"), catalogue().items(), ids=list(catalogue()))
def test_every_entry_says_in_chinese_what_is_wrong_and_what_to_do(code: str, entry) -> None:  # type: ignore[no-untyped-def]
    for text in (entry.message, entry.remedy):
        assert any("\u4e00" <= character <= "\u9fff" for character in text), code
        assert not text.endswith("。"), code


def test_the_catalogue_page_has_a_place_for_each_fault_and_for_each_way_of_mending(portal: Path) -> None:
    written = declared(portal).written
    template = environment().get_template("faults.md.j2")
    page = template.render(groups=grouped(), ways=ways(), written=written)
    for code, entry in catalogue().items():
        row = page.partition(f'<tr id="{code}">')[2].partition("</tr>")[0]
        assert f'<a href="#{code}">' in row
        assert {"error": "错误", "warning": "提示"}[entry.level] in row
        assert f"依据：{entry.source}" in row
    for words in (*ways().values(), *written.no_end.words):
        assert words in page


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LICENCES, "data/records/licence/2024-01/scjgj.csv"),
        ("data/records/licence/2023-11/scjgj.csv", LICENCES),
        (LICENCES, "data/records/licence/2023-12/平顶山市市场监督管理局.csv"),
    ],
)
def test_a_record_that_is_sent_twice_is_told_with_file_and_row_of_the_other(
    portal: Path, first: str, second: str
) -> None:
    later = licence(BSRQ="2024/01/03")
    with laid_out(portal, {first: [licence(9), licence()], second: [later]}) as found:
        [line] = [line for line in found.lines() if line.endswith("（record-repeated）")]
    assert line.startswith(f"[提示] {first}，第 3 行：与 {second} 第 2 行 是同一条记录")


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("XK_XKBH", "4.10402E+17", ["number-spoiled"]),
        ("XK_WSH", "4.1E+17", ["number-spoiled"]),
        ("XK_XKBH", "2E15", []),
        ("XK_XKBH", "C+E17", []),
        ("BZ", "4E+17号", []),
    ],
)
def test_a_number_that_excel_has_spoiled_is_told_in_columns_of_text_too(
    portal: Path, column: str, value: str, told: list[str]
) -> None:
    with laid_out(portal, {LICENCES: [{**licence(), column: value}]}) as found:
        assert [line.rsplit("（")[-1].rstrip("）") for line in found.lines()] == told


@pytest.mark.parametrize(
    ("text", "fine", "taken", "told"),
    [
        ("处以罚款2000元", "0.2", "", None),
        ("处以罚款人民币贰仟元整", "0.2", "", None),
        ("处以罚款0.2万元", "0.2", "", None),
        ("处以罚款２，０００元", "0.2", "", None),
        ("没收违法所得1000元，并处罚款5000元，合计6000元", "0.5", "0.1", None),
        ("分别罚款1000元、2000元", "0.3", "", None),
        ("罚款数额见决定书", "0.3", "", None),
        ("处以罚款2000元，没收违法所得", "0.2", "1.5", None),
        ("没收违法所得1000元，并处罚款5000元", "0.5", "1000", "amount-unit-slip"),
        ("没收违法所得1000元，并处罚款5000元", "0.7", "0.1", "amount-told-otherwise"),
        ("处以罚款贰仟元整", "2000", "", "amount-unit-slip"),
    ],
)
def test_an_amount_is_compared_with_what_the_decision_says(
    portal: Path, text: str, fine: str, taken: str, told: str | None
) -> None:
    category = "罚款；没收违法所得" if taken else "罚款"
    row = penalty(CF_NR=text, CF_NR_FK=fine, CF_NR_WFFF=taken, CF_CFLB=category)
    with laid_out(portal, {PENALTIES: [row]}) as found:
        assert [line.rsplit("（")[-1].rstrip("）") for line in found.lines()] == ([told] if told else [])


@pytest.mark.parametrize(
    ("authority", "code", "known"),
    [
        ("市市场监管局", "11410400MB123456", True),
        ("平顶山市市场监督管理局新华分局", "11410400MB123456", True),
        ("鲁山县公安局", "11410400MB123456", True),
        ("改了名的局", "11410400DEMX00014A", True),
        ("省市场监督管理局", "11410000MB123456", False),
    ],
)
def test_an_authority_is_known_by_the_name_of_its_unit_or_by_its_code(
    portal: Path, authority: str, code: str, known: bool
) -> None:
    row = licence(XK_XKJG=authority, XK_XKJGDM=code if len(code) == 18 else credit_code(f"{code}7"))
    with laid_out(portal, {LICENCES: [row]}) as found:
        assert [line.rsplit("（")[-1] for line in found.lines()] == ([] if known else ["authority-unknown）"])


def test_a_row_that_vanished_is_told_with_the_number_it_had(root: Make) -> None:
    portal = root({LICENCES: [licence(1), licence(2)]})
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        _git(portal, *words)
    write(portal / LICENCES, [licence(2)])
    result = run(portal, "check", "--format", "lines", "--since", "HEAD", "--strict")
    assert [line.strip() for line in result.stdout.splitlines() if line.startswith("  [")] == [
        f"[错误] {LICENCES}，第 2 行：原有的一行已从文件中消失（行政许可决定文书号：平市监许〔2023〕1号）。"
        "需要停止公示的请办理撤下手续，不要删行；误删的请恢复（row-vanished）"
    ]
    assert result.exit_code == 1


def test_a_page_that_names_a_subject_that_left_is_told_without_the_name(root: Make) -> None:
    name = "示例百货第2有限公司"
    portal = root({PENALTIES: [penalty(1), penalty(2, CF_GSJZQ="2024/01/04")]})
    write(portal / "content/news/fines.md", f"# 通报\n\n{name}和示例百货第1有限公司被处罚。{name}已整改。\n")
    with admitted(portal) as found:
        [issue] = articles_naming_removed(found.portal, found.published)
    assert line(issue) == (
        "[提示] content/news/fines.md：文章中提到了已停止公示的主体（2 处）。"
        "请核对文章是否需要修改或撤下（article-names-removed）"
    )


def _git(portal: Path, *words: str) -> None:
    name = ["-c", "user.name=t", "-c", "user.email=t@example.cn"]
    subprocess.run(["git", *name, *words], cwd=portal, check=True, capture_output=True)


def test_all_faults_of_a_row_are_told_at_once(root: Make) -> None:
    row = licence(XK_XKLB="甲", XK_JDRQ="昨天", XK_XKJG="", XK_XDR_SHXYM="1")
    assert sorted(line.rsplit("（")[-1] for line in told(root({LICENCES: [row]}))) == [
        "choice-unknown）",
        "code-form）",
        "day-unreadable）",
        "required-missing）",
    ]


def test_a_choice_that_cannot_be_read_makes_no_further_noise(root: Make) -> None:
    lines = told(root({PENALTIES: [penalty(CF_CFLB="罚金")]}))
    assert [line.rsplit("（")[-1] for line in lines] == ["choice-unknown）"]


@pytest.mark.parametrize("code", [organisation_code("D2143569"), "D2143569-X"])
def test_rows_without_fault_say_nothing(root: Make, code: str) -> None:
    rows = [
        {**licence(1), "XK_XDR_ZZJG": code},
        licence(2, XK_XDR_LB="个体工商户", XK_XDR_SHXYM=PLACEHOLDER)
        | {"XK_XDR_GSZC": registration_number("41040060000001"), "XK_FRDB": ""},
        person(licence(3)),
        person(licence(4), number="E12345678") | {"XK_XDR_ZJLX": "护照"},
    ]
    fines = [
        penalty(1),
        penalty(2, CF_CFLB="警告", CF_NR_FK=""),
        penalty(3, CF_CFLB="警告", CF_NR_FK="0"),
        penalty(4, CF_CFLB="罚款；没收违法所得", CF_NR_WFFF="1.5"),
        penalty(5, CF_CFLB="吊销许可证件", CF_NR_FK="", CF_NR_ZKDX="食品经营许可证 JY1"),
        penalty(6, CF_CFLB="其他-责令改正", CF_NR_FK=""),
        person(penalty(7)),
    ]
    assert told(root({LICENCES: rows, PENALTIES: fines})) == []


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"CF_CFLB": "罚款", "CF_NR_FK": ""}, "罚款金额（万元）"),
        ({"CF_CFLB": "罚款", "CF_NR_FK": "0"}, "罚款金额（万元）"),
        ({"CF_CFLB": "没收非法财物", "CF_NR_FK": ""}, "没收违法所得、没收非法财物的金额（万元）"),
        ({"CF_CFLB": "吊销许可证件", "CF_NR_FK": ""}, "暂扣或吊销证照名称及编号"),
        ({"CF_CFLB": "暂扣许可证件", "CF_NR_FK": ""}, "暂扣或吊销证照名称及编号"),
    ],
)
def test_a_penalty_names_its_amount_or_its_licence(root: Make, changes: dict[str, str], column: str) -> None:
    lines = told(root({PENALTIES: [penalty(**changes)]}))
    assert len(lines) == 1
    assert f"必填项“{column}”为空。请补填（处罚类别含" in lines[0]


@pytest.mark.parametrize(
    ("source", "code", "belongs"),
    [
        ("市市场监管局", "11410400DEMX00014A", True),
        ("平顶山市市场监督管理局", "11410400DEMX00065J", True),
        ("改了名的局", "11410400DEMX00014A", True),
        ("平顶山市住房和城乡建设局", "11410400DEMX00065J", False),
    ],
)
def test_a_row_belongs_to_the_unit_of_its_file_by_name_or_by_code(
    root: Make, source: str, code: str, belongs: bool
) -> None:
    lines = told(root({LICENCES: [licence(XK_LYDW=source, XK_LYDWDM=code)]}))
    assert (lines == []) is belongs


@pytest.mark.parametrize("authority", ["鲁山县", "鲁山县市场监督管理局", "鲁山县公安局下汤派出所"])
def test_authorities_of_a_county_report_through_it(root: Make, authority: str) -> None:
    row = licence(XK_LYDW=authority, XK_LYDWDM=credit_code("11410423MB1234567"))
    assert told(root({"data/records/licence/2023-12/lushan.csv": [row]})) == []
    assert [line.rsplit("（")[-1] for line in told(root({LICENCES: [row]}))] == ["unit-not-the-folders）"]
