"""Headings as clerks write them: known by title, label, code and older names; everything else is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from portals import LICENCES, OFFICES, PENALTIES, ROOT, SITE, admitted, csv_of, licence, office, penalty, told

from generator.model.kinds import load_kinds
from generator.model.vocabulary import load_vocabularies

Make = Callable[..., Path]
KINDS = load_kinds(ROOT / "data" / "kinds", load_vocabularies(ROOT / "data" / "vocab"))
LICENCE = KINDS["licence"]
TITLES = {code: field.title for code, field in LICENCE.fields.items()}


def told_of(root: Make, text: str) -> list[str]:
    return told(root({LICENCES: text}))


def test_a_file_headed_by_titles_is_read(root: Make) -> None:
    row = licence()
    with admitted(root({LICENCES: csv_of([row], [TITLES[code] for code in row])})) as found:
        assert found.lines() == []
        assert found.records("licence")["XK_WSH"].tolist() == ["平市监许〔2023〕1号"]


def test_a_file_headed_by_codes_in_any_order_is_read(root: Make) -> None:
    row = dict(sorted(licence().items(), reverse=True))
    with admitted(root({LICENCES: [row]})) as found:
        assert found.lines() == []
        assert found.records("licence")["XK_XKJG"].tolist() == ["平顶山市市场监督管理局"]


NAMES = [
    ("XK_XDR_SHXYM", "统一社会信用代码"),
    ("XK_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)"),
    ("XK_XDR_SHXYM", "行政相对人代码_1 （统一社会信用代码）"),
    ("XK_XDR_MC", "XK_XDR"),
    ("XK_XDR_MC", "* 行政相对人名称"),
    ("XK_XDR_MC", "行政相对人名称（*）"),
    ("XK_XDR_MC", "*行政相对人名称*"),
    ("XK_XDR_MC", "行政相对人\n名称"),
    ("XK_XDR_MC", " 行政 相对人　名称 "),
    ("XK_XDR_MC", "xk_xdr_mc"),
    ("XK_XDR_MC", "ＸＫ＿ＸＤＲ＿ＭＣ"),
    ("XK_XDR_MC", "行政相对人名称："),
    ("XK_FR_ZJHM", "XK_FR_SFZH"),
    ("XK_FRDB", "XK_FDDB"),
    ("XK_FRDB", "XK_FR"),
    ("XK_XKLB", "审批类别"),
    ("XK_XKLB", "XK_SPLB"),
    ("XK_YXQZI", "XK_JZQ"),
    ("XK_XKJG", "XK_XZJG"),
    ("XK_XDR_ZJHM", "居民身份证号"),
    ("BSRQ", "上报日期"),
]


def test_a_column_is_known_by_every_name_in_use(root: Make) -> None:
    files = {
        office(place): csv_of([row], [heading if each == code else each for each in row])
        for place, (code, heading) in enumerate(NAMES)
        for row in [licence(place)]
    }
    with admitted(root(files, units=[*SITE["units"], *OFFICES])) as found:
        assert found.lines() == []
        assert found.counts()["published"] == len(NAMES)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_name_of_a_column_stands_for_two_columns(kind) -> None:  # type: ignore[no-untyped-def]
    from generator.intake.headings import fold

    names: dict[str, str] = {}
    for code, field in kind.fields.items():
        for name in {fold(name) for name in (code, field.title, field.shown_as, *field.aliases)}:
            assert name not in names, f"{name}: {code} and {names.get(name)}"
            names[name] = code


def test_the_2016_form_of_a_penalty_is_read(root: Make) -> None:
    old = {
        "CF_WFXW": "CF_CFMC",
        "CF_CFLB": "CF_CFLB1",
        "CF_NR": "CF_JG",
        "CF_CFJG": "CF_XZJG",
        "CF_XDR_GSZC": "CF_XDR_GSDJ",
    }
    row = penalty()
    extra = {"CF_CFLB2": "", "CF_ZT": "0", "DFBM": "410400", "SJC": "2023/12/5", "序号": "1"}
    text = csv_of([{**row, **extra}], [*(old.get(code, code) for code in row), *extra])
    with admitted(root({PENALTIES: text})) as found:
        assert found.lines() == []
        record = found.records("penalty").iloc[0]
    assert (record["CF_WFXW"], record["CF_CFLB"], record["CF_NR"]) == ("经营超过保质期的食品", "罚款", "罚款2000元")


def missing(title: str, code: str) -> str:
    return f"[错误] {LICENCES}：缺少必需的列“{title}”。请补上此列（列名也可写 {code}）（heading-missing）"


REQUIRED = ["XK_XDR_MC", "XK_XDR_LB", "XK_XKWS", "XK_WSH", "XK_XKLB", "XK_NR", "XK_JDRQ", "XK_XKJG", "XK_XKJGDM"]
REQUIRED += ["XK_LYDW", "XK_LYDWDM", "BSRQ"]


def test_a_missing_required_column_is_told_once_and_the_file_withheld(root: Make) -> None:
    files = {
        office(place): [{key: value for key, value in licence(number).items() if key != code} for number in (1, 2, 3)]
        for place, code in enumerate(REQUIRED)
    }
    with admitted(root(files, units=[*SITE["units"], *OFFICES])) as found:
        lines = found.lines()
        for place, code in enumerate(REQUIRED):
            assert lines.count(missing(TITLES[code], code).replace(LICENCES, office(place))) == 1
        assert found.counts()["withheld"] == found.counts()["total"] == 3 * len(REQUIRED)


def test_a_missing_column_makes_no_further_noise(root: Make) -> None:
    rows = [{key: value for key, value in licence(number).items() if key != "XK_XKLB"} for number in (1, 2, 3)]
    assert told(root({LICENCES: rows})) == [missing("许可类别", "XK_XKLB")]


def test_a_column_that_is_only_recommended_is_told_and_nothing_withheld(root: Make) -> None:
    rows = [{key: value for key, value in licence(number).items() if key != "XK_YXQZ"} for number in (1, 2)]
    with admitted(root({LICENCES: rows})) as found:
        assert found.lines() == [
            f"[提示] {LICENCES}：缺少列“有效期自”。"
            "按数据标准应有此列，请补上（列名也可写 XK_YXQZ）（heading-recommended）"
        ]
        assert found.counts()["published"] == 2


def unknown(heading: str, nearest: str = "") -> str:
    guess = f"；是否应为“{nearest}”" if nearest else ""
    return (
        f"[错误] {LICENCES}：不认识的列“{heading}”，此列未使用。"
        f"请改为规定的列名{guess}；确实不需要的请删去（heading-unknown）"
    )


def test_an_unknown_column_is_told_and_the_rows_published_without_it(root: Make) -> None:
    with admitted(root({LICENCES: [{**licence(), "经办人": "王某"}]})) as found:
        assert found.lines() == [unknown("经办人")]
        assert found.counts()["published"] == 1
        assert "王某" not in found.records("licence").to_csv()


@pytest.mark.parametrize(
    ("heading", "nearest"),
    [("行政相对人名城", "行政相对人名称"), ("许可决定日起", "许可决定日期"), ("有效期止", "有效期至"), ("BSRQX", "")],
)
def test_an_unknown_column_is_told_with_the_name_it_may_have_meant(root: Make, heading: str, nearest: str) -> None:
    assert told_of(root, csv_of([{**licence(), heading: "x"}])) == [unknown(heading, nearest)]


def test_a_heading_over_both_rows_does_not_reach_over_the_column_beside_it(root: Make) -> None:
    codes = [code for code in licence() if code != "BZ"]
    upper = ["行政相对人", "", "", *codes[3:], "BZ", ""]
    lower = [*codes[:3], *[""] * (len(codes) - 3), "", "科室"]
    row = [*(licence()[code] for code in codes), "", "一科"]
    text = "".join(",".join(line) + "\n" for line in (upper, lower, row))
    with admitted(root({LICENCES: text})) as found:
        assert found.lines() == [unknown("科室")]
        assert found.counts()["published"] == 1


def test_two_columns_of_one_meaning_are_told_and_the_file_withheld(root: Make) -> None:
    text = csv_of([{**licence(), "XK_XMMC": "另一文书"}])
    with admitted(root({LICENCES: text})) as found:
        assert found.lines() == [
            f"[错误] {LICENCES}：有两列都是“行政许可决定文书名称”。请只保留一列（heading-repeated）"
        ]
        assert found.counts()["withheld"] == 1


def test_a_column_without_heading_and_without_values_is_no_fault(root: Make) -> None:
    lines = csv_of([licence()]).splitlines()
    assert told_of(root, "\n".join(f"{line},," for line in lines)) == []


def test_a_file_without_heading_row_is_told_in_one_line_and_its_rows_counted(root: Make) -> None:
    lines = csv_of([licence(1), licence(2), licence(3)]).splitlines()[1:]
    with admitted(root({LICENCES: "\n".join(lines)})) as found:
        assert found.lines() == [
            f"[错误] {LICENCES}：没有认出任何规定的列名，可能缺少标题行。请在第一行按模板填写列名（headings-not-found）"
        ]
        # The first of the three rows was taken for the headings.
        assert found.counts() == {"total": 2, "published": 0, "expired": 0, "superseded": 0, "withheld": 2}


def test_a_blank_line_above_the_headings_is_no_fault(root: Make) -> None:
    text = "\n" + csv_of([licence(1), licence(2, XK_XKLB="甲类")])
    lines = told_of(root, text)
    assert [line.split("：")[0] for line in lines] == [f"[错误] {LICENCES}，第 4 行"]


@pytest.mark.parametrize(
    ("first", "second", "meant"),
    [
        ("罚款", "没收非法财物", "罚款；没收非法财物"),
        ("罚款", "", "罚款"),
        ("", "罚款", "罚款"),
        ("罚款", "罚款", "罚款"),
    ],
)
def test_the_second_category_of_the_form_of_2016_counts_as_well(
    root: Make, first: str, second: str, meant: str
) -> None:
    row = penalty(CF_NR="罚款2000元。", CF_NR_FK="0.2", CF_NR_WFFF="0.1" if "没收" in second else "")
    row = {("CF_CFLB1" if code == "CF_CFLB" else code): value for code, value in row.items()}
    with admitted(root({PENALTIES: [{**row, "CF_CFLB1": first, "处罚类别2": second}]})) as found:
        assert found.records("penalty")["CF_CFLB"].tolist() == [meant]
