"""Faults of values, and of what values say of each other. The expected lines are written from the rules by hand."""

from __future__ import annotations

from codes import credit_code
from faulty import Case
from portals import LICENCES, PENALTIES, PERSON, licence, penalty

SUBJECT_CODE = "行政相对人代码_1（统一社会信用代码）"
BUSINESS = credit_code("92410400MA9DEMX01")
STRANGE = credit_code("94410400MA9DEMX01")
FIRST = licence()["XK_XDR_SHXYM"]

CASES = {
    "number-spoiled": Case(
        {LICENCES: [licence(XK_XDR_SHXYM="9.14104E+17")]},
        f"[错误] {LICENCES}，第 2 行：“{SUBJECT_CODE}”是被 Excel 改动过的数字，末几位已经丢失，现为“9.14104E+17”。"
        "请先把整列设为“文本”格式，再照原件重新填写；从其他系统导出的，导出时选择“文本”",
    ),
    "amount-unit-slip": Case(
        {PENALTIES: [penalty(CF_NR_FK="2000")]},
        f"[提示] {PENALTIES}，第 2 行：“罚款金额（万元）”为 2000万元，而“处罚内容”所写的是2,000元，"
        "疑似把元当作万元填写。本列的单位是万元，请换算后填写；确实无误的不必处理",
        publishes=1,
    ),
    "amount-told-otherwise": Case(
        {PENALTIES: [penalty(CF_NR_FK="0.3")]},
        f"[提示] {PENALTIES}，第 2 行：“罚款金额（万元）”为 0.3万元，与“处罚内容”所写的2,000元不符。"
        "请与决定书核对，改正其中一处；确实无误的不必处理",
        publishes=1,
    ),
    "amount-implausible": Case(
        {PENALTIES: [penalty(CF_NR_FK="20000", CF_NR="罚款，数额见决定书")]},
        f"[提示] {PENALTIES}，第 2 行：“罚款金额（万元）”为 20000万元，超过 10,000万元。"
        "请核对单位，本列的单位是万元；确实无误的不必处理",
        publishes=1,
    ),
    "code-is-identity": Case(
        {LICENCES: [licence(XK_XDR_SHXYM=PERSON)]},
        f"[错误] {LICENCES}，第 2 行：“{SUBJECT_CODE}”填的是身份证号码，现为“（18 个字符，已遮盖）”。"
        "请填写统一社会信用代码；是自然人的请改正类别，身份证号码只填在“证件号码”一列",
    ),
    "code-beginning": Case(
        {LICENCES: [licence(XK_XDR_SHXYM=BUSINESS)]},
        f"[错误] {LICENCES}，第 2 行：“{SUBJECT_CODE}”的开头不对，行政相对人类别为法人及非法人组织的，"
        f"不应以 92 开头，现为“{BUSINESS}”。请对照证照核对代码，并核对类别是否选错",
    ),
    "code-beginning-unusual": Case(
        {LICENCES: [licence(XK_XDR_LB="个体工商户")]},
        f"[提示] {LICENCES}，第 2 行：“{SUBJECT_CODE}”的开头少见，行政相对人类别为个体工商户的，"
        f"一般以 92 开头，现为“{FIRST}”。请对照证照核对代码和类别；确实如此的不必处理",
        publishes=1,
    ),
    "code-registry-unknown": Case(
        {LICENCES: [licence(XK_XDR_SHXYM=STRANGE)]},
        f"[提示] {LICENCES}，第 2 行：“{SUBJECT_CODE}”的前两位不是已知的登记管理部门和机构类别，现为“{STRANGE}”。"
        "请对照证照核对；确属新设类别的，由管理员登记到 data/rules/registries.yml",
        publishes=1,
    ),
    "code-other-place": Case(
        {LICENCES: [licence(XK_LYDWDM="11410423DEMX010175")]},
        f"[提示] {LICENCES}，第 2 行：“数据来源单位统一社会信用代码”不是市市场监管局所在地 平顶山市（410400） 的代码，"
        "现为“11410423DEMX010175”。请核对是否误填了其他单位的代码；确实无误的不必处理",
        publishes=1,
    ),
    "authority-unknown": Case(
        {
            LICENCES: [
                licence(number, XK_XKJG="平顶山市市场监管管理局", XK_XKJGDM=credit_code("11410400MB1234567"))
                for number in (1, 2)
            ]
        },
        f"[提示] {LICENCES}，第 2 行：“许可机关”为“平顶山市市场监管管理局”，不是 data/site.yml 所列单位或者其下属"
        "（此文件共 2 行）。请改为规范名称；是否应为“平顶山市市场监督管理局”；确有此机关的，"
        "由管理员补入 data/site.yml 的 aliases 或者 covers",
        publishes=2,
        rows=2,
    ),
}
