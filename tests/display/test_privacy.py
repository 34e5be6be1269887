"""Personal information in public text: the row is withheld and reported, and the report does not repeat it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from codes import credit_code, identity_number
from portals import FIRM, LICENCES, PENALTIES, PERSON, admitted, licence, penalty, person, run

Make = Callable[..., Path]

CARD = "6222021001116245702"
"""The sample that banks print; right by Luhn."""
FULL_WIDTH = {ord(character): ord(character) + 0xFEE0 for character in "0123456789XD"}

FOUND = {
    "身份证号码": (f"当事人身份证号{PERSON}，已处罚", PERSON),
    "身份证号码末位小写": (f"身份证：{identity_number('41040219900101001').replace('X', 'x')}。", "41040219900101001"),
    "身份证号码有空格": (f"身份证号{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}", PERSON[6:14]),
    "身份证号码全角": (f"身份证号{PERSON.translate(FULL_WIDTH)}", PERSON.translate(FULL_WIDTH)),
    "身份证号码在括号中": (f"王某（{PERSON}）", PERSON),
    "身份证号码在行首": (f"{PERSON}的当事人", PERSON),
    "身份证号码在另一行": (f"第一行\n身份证{PERSON}\n第三行", PERSON),
    "身份证号码前有字母": (f"证件ID{PERSON}", PERSON),
    "身份证号码中有零宽空格": (f"身份证号{PERSON[:6]}\u200b{PERSON[6:]}", PERSON[6:]),
    "身份证号码用连接号隔开": (f"身份证号{PERSON[:6]}–{PERSON[6:14]}—{PERSON[14:]}", PERSON[6:14]),
    "15位身份证号码": ("身份证号410402750101123", "410402750101123"),
    "手机号码": ("联系电话13800138000", "13800138000"),
    "手机号码有空格": ("联系电话138 0013 8000", "138 0013 8000"),
    "手机号码有短横": ("联系电话138-0013-8000", "138-0013-8000"),
    "手机号码用连接号": ("联系电话138–0013—8000", "0013"),
    "手机号码中有零宽空格": ("联系电话138\u200b00138000", "00138000"),
    "手机号码中有制表符": ("联系电话138\t0013\t8000", "0013"),
    "手机号码逐位空格": ("联系电话1 3 8 0 0 1 3 8 0 0 0", "8 0 0 1 3"),
    "手机号码全角": ("联系电话" + "13800138000".translate(FULL_WIDTH), "13800138000".translate(FULL_WIDTH)),
    "手机号码带国际区号": ("联系电话+8613800138000", "13800138000"),
    "手机号码带86和短横": ("联系电话86-13800138000", "13800138000"),
    "手机号码前加零": ("联系电话013800138000", "13800138000"),
    "两个手机号码": ("电话19912345678、17012345678", "17012345678"),
    "银行卡号": (f"转入账户{CARD}", CARD),
    "银行卡号四位一组": ("转入账户6222 0210 0111 6245 702", "6222 0210 0111 6245 702"),
    "16位银行卡号": ("卡号4111111111111111", "4111111111111111"),
    "号牌": ("驾驶豫D12345号小型轿车", "豫D12345"),
    "新能源号牌": ("驾驶豫AD12345小型轿车", "豫AD12345"),
    "号牌有间隔点": ("驾驶豫D·A1B23", "豫D·A1B23"),
    "号牌有短横": ("驾驶豫D-12345", "豫D-12345"),
    "号牌有空格": ("驾驶豫 D12345", "豫 D12345"),
    "号牌全角": ("驾驶豫" + "D12345".translate(FULL_WIDTH), "D12345".translate(FULL_WIDTH)),
    "号牌小写": ("驾驶豫d12345", "豫d12345"),
    "教练车号牌": ("驾驶豫D1234学", "豫D1234学"),
    "家庭住址": ("家庭住址：平顶山市新华区建设路", "建设路"),
    "家庭住址以数字开头": ("家庭住址：8号楼3单元201室", "8号楼3单元201室"),
    "户籍地址以字母开头": ("户籍地址:A区3号", "A区3号"),
    "住址为": ("住址为平顶山市建设路1号", "建设路1号"),
    "家庭住址没有冒号": ("家庭住址平顶山市新华区建设路1号", "建设路1号"),
    "家住": ("当事人家住平顶山市新华区建设路1号", "建设路1号"),
    "决定书首句": ("当事人李某，男，住平顶山市新华区建设路1号院2号楼301室", "建设路1号院"),
}
"""Name → text and what of it may not be repeated."""

CLEAN = {
    "21位备案号": "环境影响登记表备案号202341040200000012345",
    "21位备案号以地区开头": "备案编号：410402201901011230001",
    "23位编号": "编号41040220231201123456789",
    "文书号": "平市监罚〔2023〕13号、平公（交）行罚决字〔2023〕1380013号",
    "法院案号": "（2023）豫0402民初1380号",
    "信用代码": f"统一社会信用代码{FIRM}",
    "数字信用代码": "统一社会信用代码" + credit_code("91410402197501014"),
    "个体信用代码": "统一社会信用代码" + credit_code("92410402MA44L5KX3"),
    "日期": "2023年12月01日至2023-12-31，20231201，2023/12/1 2024/1/5",
    "一串日期": "检查时间2023-12-01 2023-12-08 2023-12-15",
    "时间": "2023-12-01 13:58:00至2023-12-01 15:00:59",
    "金额": "罚款2000.00元，违法所得138001元，合计13,800,138.00元",
    "万元金额": "罚款1.38万元、0.2万元",
    "固定电话": "电话0375-2981234、(0375)2981234、03752981234",
    "固定电话分机": "电话0375-2981234-801",
    "服务电话": "400-800-1234、12345、12315",
    "注册号": "注册号410402000012344",
    "食品经营许可证": "食品经营许可证JY14104020012345",
    "食品生产许可证": "SC10641040200123",
    "增值电信": "增值电信业务经营许可证豫B2-20230123",
    "药品文号": "国药准字Z41020123",
    "标准号": "GB/T 2260-2007、GB 11643-1999、GB2760-2014",
    "条码": "条码6901234567892",
    "批号": "批号20231201001",
    "车架号": "车架号LSVAU2A37N2013800",
    "桩号": "K1380+013段",
    "安全生产许可证": "（豫）JZ安许证字〔2020〕012345",
    "经营场所": "经营场所：平顶山市新华区建设路1号",
    "企业住所": "住所：平顶山市新华区建设路1号，住所地同上",
    "住宅": "商品住宅预售，住建局核发，住宿服务",
    "住宅小区": "经查，住宅小区3号楼未经验收交付；住宅1号楼同",
    "住建局文号": "依据，住建局平建罚〔2023〕1号，住房和城乡建设局〔2023〕5号文件",
    "住户": "接到举报，住户反映2号楼电梯停用",
    "住院部": "检查门诊楼，住院部2号楼消防通道堵塞，住院病历3组",
    "民宿": "在民宿住客登记中，住客3户未登记",
    "身份证没有校验": "编号410402199001011234",
    "企业银行账号": "对公账号410402013800138000123",
    "面积": "建筑面积13800.13平方米，容积率1.5，绿地率35%",
    "坐标": "东经113.3075度，北纬33.7352度",
}


def withheld(root: Path) -> tuple[set[int], str]:
    """Rows with a finding, and all three reports in one."""
    with admitted(root) as found:
        rows = {issue.row for issue in found.published.issues if issue.code == "privacy-found"}
        return rows, "\n".join(found.told(form) for form in ("text", "json", "github"))


def columns(root: Path, kind: str) -> str:
    """All that is published of a kind, as one text."""
    with admitted(root) as found:
        records = found.records(kind)
        return "\n".join(str(value) for record in records.to_dict("records") for value in record.values())


@pytest.mark.parametrize(("text", "secret"), FOUND.values(), ids=list(FOUND))
def test_a_row_with_personal_information_is_withheld_and_reported_without_it(
    root: Make, text: str, secret: str
) -> None:
    portal = root({PENALTIES: [penalty(1, CF_SY=text), penalty(2)]})
    rows, reports = withheld(portal)
    assert rows == {2}
    assert secret not in reports
    published = columns(portal, "penalty")
    assert secret not in published
    assert penalty(1)["CF_WSH"] not in published
    assert penalty(2)["CF_WSH"] in published


def test_there_is_no_false_alarm(root: Make) -> None:
    rows = [penalty(number, CF_SY=text, CF_NR=text) for number, text in enumerate(CLEAN.values(), 1)]
    found, _ = withheld(root({PENALTIES: rows}))
    assert {name for number, name in enumerate(CLEAN, 2) if number in found} == set()


TEXT_FIELDS = ["CF_XDR_MC", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_NR", "CF_NR_ZKDX", "CF_CFJG", "BZ"]


@pytest.mark.parametrize("field", [*TEXT_FIELDS, "CF_XDR_SYDW", "CF_XDR_SHZZ", "CF_XDR_SWDJ"])
def test_every_public_text_is_looked_at(root: Make, field: str) -> None:
    portal = root({PENALTIES: [penalty(1, **{field: f"某某{PERSON}"}), penalty(2)]})
    rows, reports = withheld(portal)
    assert rows == {2}
    assert PERSON not in reports
    assert PERSON not in columns(portal, "penalty")


@pytest.mark.parametrize("field", ["XK_XKWS", "XK_WSH", "XK_XKZS", "XK_XKBH", "XK_NR", "XK_XKJG", "BZ"])
def test_so_is_every_text_of_a_licence(root: Make, field: str) -> None:
    portal = root({LICENCES: [licence(1, **{field: "电话13800138000"}), licence(2)]})
    rows, reports = withheld(portal)
    assert rows == {2}
    assert "13800138000" not in reports


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("CF_CFLB", "罚款；其他-电话13800138000"),
        ("ZFLY", f"其他-身份证{PERSON}"),
        ("CF_CFLB", "罚款；其他-扣留豫D12345"),
    ],
)
def test_open_values_of_a_code_list_are_texts_too(root: Make, field: str, value: str) -> None:
    portal = root({PENALTIES: [penalty(1, **{field: value}), penalty(2)]})
    rows, reports = withheld(portal)
    assert rows == {2}
    assert value.partition("-")[2] not in reports


def test_an_identity_number_in_place_of_a_registration_number_is_not_published(root: Make) -> None:
    """An old habit with individually-owned businesses."""
    shop = {"CF_XDR_LB": "个体工商户", "CF_XDR_SHXYM": "0" * 17 + "X", "CF_FRDB": "李示例"}
    portal = root({PENALTIES: [penalty(1, **shop, CF_XDR_GSZC=PERSON), penalty(2)]})
    _, reports = withheld(portal)
    assert PERSON not in columns(portal, "penalty")
    assert PERSON not in reports


def test_a_right_credit_code_that_looks_like_an_identity_number_is_no_finding(root: Make) -> None:
    code = lookalike()
    portal = root({PENALTIES: [penalty(1, CF_XDR_SHXYM=code)]})
    assert withheld(portal)[0] == set()
    assert code in columns(portal, "penalty")


def lookalike() -> str:
    """A credit code of digits alone whose check character also is that of an identity number."""
    for serial in range(1000):
        body = f"91110119780101{serial:03}"
        code = credit_code(body)
        if code == identity_number(body) and code.isdigit():
            return code
    raise AssertionError


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("产品编号13800138000", "13800138000"),
        (f"产品编号{lookalike()}", lookalike()),
        ("设备型号豫D12345", "豫D12345"),
    ],
)
def test_a_false_alarm_that_is_entered_passes(root: Make, text: str, entry: str) -> None:
    rows = [penalty(1, CF_SY=text), penalty(2, CF_SY="电话13900139000")]
    portal = root({PENALTIES: rows})
    assert withheld(portal)[0] == {2, 3}
    rules = portal / "data" / "rules" / "privacy.yml"
    listed = f"allowed:\n  - {{text: '{entry}', reason: 产品编号}}"
    rules.write_text(rules.read_text(encoding="utf-8").replace("allowed: []", listed), encoding="utf-8")
    assert withheld(portal)[0] == {3}
    assert text in columns(portal, "penalty")


def test_an_entry_lets_nothing_else_of_its_row_pass(root: Make) -> None:
    portal = root({PENALTIES: [penalty(1, CF_SY="产品编号13800138000，电话13900139000")]})
    rules = portal / "data" / "rules" / "privacy.yml"
    listed = "allowed:\n  - {text: '13800138000', reason: 产品编号}"
    rules.write_text(rules.read_text(encoding="utf-8").replace("allowed: []", listed), encoding="utf-8")
    assert withheld(portal)[0] == {2}


# Natural persons


@pytest.mark.parametrize("kind", ["penalty", "licence"])
@pytest.mark.parametrize(("name", "shown"), [("张示例", "张**"), ("欧阳示例", "欧**"), ("李某", "李**")])
def test_a_natural_person_is_shown_by_the_surname_alone(root: Make, kind: str, name: str, shown: str) -> None:
    row = person(penalty() if kind == "penalty" else licence(), name=name)
    portal = root({PENALTIES if kind == "penalty" else LICENCES: [row]})
    published = columns(portal, kind)
    assert shown in published
    assert name not in published
    assert PERSON not in published


@pytest.mark.parametrize("field", ["CF_SY", "CF_NR", "CF_WFXW", "CF_YJ", "BZ", "CF_WSH"])
def test_the_name_does_not_stand_in_other_texts_of_the_row(root: Make, field: str) -> None:
    portal = root({PENALTIES: [person(penalty(1, **{field: "对张示例的处罚"}), name="张示例"), penalty(2)]})
    published = columns(portal, "penalty")
    assert "张示例" not in published


@pytest.mark.parametrize("name", ["王 午", "王\u3000午", "王  午"])
def test_a_blank_in_the_name_does_not_save_it_from_the_mask(root: Make, name: str) -> None:
    """Names of two characters are often set apart to line up with those of three."""
    row = person(penalty(1, CF_SY="王午无证驾驶", CF_NR=f"对{name}罚款2000元"), name=name)
    published = columns(root({PENALTIES: [row]}), "penalty")
    assert "午" not in published


def test_the_operator_of_an_individually_owned_business_is_a_person(root: Make) -> None:
    shop = {"CF_XDR_LB": "个体工商户", "CF_XDR_MC": "便民小卖部", "CF_FRDB": "李示例"}
    portal = root({PENALTIES: [penalty(1, **shop, CF_SY="经营者李示例销售过期食品")]})
    published = columns(portal, "penalty")
    assert "李示例" not in published
    assert "李**" in published


def test_the_chief_of_a_company_is_named(root: Make) -> None:
    assert "孙示例" in columns(root({PENALTIES: [penalty()]}), "penalty")


SLIPPED = {
    "法定代表人填了自然人": {"CF_FRDB": "王示例"},
    "类别填错": {"CF_XDR_LB": "公民"},
    "日期填错": {"CF_JDRQ": "不详"},
    "证件号码位数不对": {"CF_XDR_ZJHM": PERSON[:-1]},
    "证件号码校验位不对": {"CF_XDR_ZJHM": PERSON[:-1] + ("1" if PERSON[-1] != "1" else "2")},
    "名称为空": {"CF_XDR_MC": ""},
    "信用代码格填了证件号码": {"CF_XDR_SHXYM": PERSON},
    "来源单位格填了手机": {"CF_SJLY": "13800138000"},
    "金额格填了证件号码": {"CF_NR_FK": PERSON},
    "日期格填了手机": {"CF_JDRQ": "13800138000"},
}


@pytest.mark.parametrize("changes", SLIPPED.values(), ids=list(SLIPPED))
def test_no_report_about_a_natural_person_names_the_person(root: Make, changes: dict[str, str]) -> None:
    row = {**person(penalty(1), name="王示例"), **changes}
    portal = root({PENALTIES: [row]})
    _, reports = withheld(portal)
    for secret in ("王示例", PERSON, PERSON[:-1], "13800138000"):
        assert secret not in reports
    for form in ("text", "json", "github"):
        output = run(portal, "check", "--format", form).output
        assert "王示例" not in output
        assert PERSON[:-1] not in output


def test_a_report_about_the_registers_repeats_no_number(root: Make) -> None:
    portal = root(
        {
            PENALTIES: [penalty()],
            "data/withdrawals.csv": f"公示编号,撤下日期,原因,说明\n{PERSON},2024-01-04,修复,电话13800138000\n"
            "0000000000000,2024-01-04,电话13800138000,\n",
        }
    )
    _, reports = withheld(portal)
    assert PERSON not in reports
    assert "13800138000" not in reports
