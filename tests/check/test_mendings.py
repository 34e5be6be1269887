"""What is safely read although it was written otherwise is listed by file and column, and is no fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from codes import identity_number
from faulty import laid_out
from portals import LICENCES, PENALTIES, PERSON, licence, make_portal, penalty, person

from generator.mendings import ways

Make = Callable[..., Path]
COUNTY = "data/records/licence/2023-12/lushan.csv"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One portal for all."""
    return make_portal(tmp_path_factory.mktemp("mended") / "portal")


def listed(portal: Path, files: dict[str, list[dict[str, str]]]) -> list[str]:
    """The lines of the listing; there may be no fault."""
    with laid_out(portal, files) as found:
        assert found.lines() == []
        assert found.counts()["published"] == found.counts()["total"]
        return [f"{mending.file}：{mending.text}" for mending in found.published.mendings]


def test_files_written_as_prescribed_have_nothing_to_list(portal: Path) -> None:
    assert (
        listed(portal, {LICENCES: [licence(1, XK_ZT="有效"), person(licence(2, XK_ZT="有效"))], PENALTIES: [penalty()]})
        == []
    )


def test_each_column_is_listed_with_its_number_and_its_first_row(portal: Path) -> None:
    rows = [
        licence(1, XK_ZT="有效"),
        licence(2, XK_ZT="有效", XK_JDRQ="2023年12月1日", XK_YXQZI="长期", BZ="无"),
        licence(3, XK_ZT="有效", XK_JDRQ="20231201", XK_YXQZ="45261", BZ="/"),
    ]
    assert listed(portal, {LICENCES: rows}) == [
        f"{LICENCES}：“备注”：表示“无”的写法按空白处理，2 处（如第 3 行“无”）",
        f"{LICENCES}：“有效期自”：Excel 的日期序号还原为日期，1 处（如第 4 行“45261”读作“2023-12-01”）",
        f"{LICENCES}：“有效期至”：表示“长期”的写法按 2099-12-31 处理，1 处（如第 3 行“长期”读作“2099-12-31”）",
        f"{LICENCES}：“许可决定日期”：日期统一为规定的写法，2 处（如第 3 行“2023年12月1日”读作“2023-12-01”）",
    ]


def test_files_of_a_month_are_listed_one_by_one(portal: Path) -> None:
    county = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175", "XK_ZT": "有效"}
    files = {
        LICENCES: [licence(1, XK_ZT="1"), licence(2, XK_ZT="1")],
        COUNTY: [licence(3, **county), licence(4, **{**county, "XK_ZT": "1"})],
    }
    assert listed(portal, files) == [
        f"{COUNTY}：“当前状态”：其他写法改为规定的选项，1 处（如第 3 行“1”读作“有效”）",
        f"{LICENCES}：“当前状态”：其他写法改为规定的选项，2 处（如第 2 行“1”读作“有效”）",
    ]


def test_amounts_are_listed_by_the_way_they_were_written(portal: Path) -> None:
    rows = [
        penalty(1, CF_NR_FK="2000元"),
        penalty(2, CF_NR_FK="贰仟元整"),
        penalty(3, CF_NR_FK="1,000", CF_NR="罚款1000万元"),
    ]
    assert listed(portal, {PENALTIES: rows}) == [
        f"{PENALTIES}：“罚款金额（万元）”：去掉了金额中的千位分隔符，1 处（如第 4 行“1,000”读作“1000”）",
        f"{PENALTIES}：“罚款金额（万元）”：中文数字的金额换算为阿拉伯数字，1 处（如第 3 行“贰仟元整”读作“0.2”）",
        f"{PENALTIES}：“罚款金额（万元）”：金额按所写的单位换算为本列的单位，1 处（如第 2 行“2000元”读作“0.2”）",
    ]


def test_of_a_private_column_no_value_is_told(portal: Path) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    other = identity_number("11010519491231002")
    rows = [
        person(licence(1, XK_ZT="有效"), number=PERSON.translate(wide)),
        person(licence(2, XK_ZT="有效"), number=other),
    ]
    assert listed(portal, {LICENCES: rows}) == [
        f"{LICENCES}：“证件号码”：代码改为半角、大写，去掉了空格，1 处（如第 2 行）"
    ]


def test_a_mark_for_none_in_a_required_column_is_a_missing_value(portal: Path) -> None:
    with laid_out(portal, {LICENCES: [licence(XK_NR="/")]}) as found:
        assert found.lines() == [f"[错误] {LICENCES}，第 2 行：必填项“许可内容”为空。请补填（required-missing）"]


@pytest.mark.parametrize("way", ways())
def test_every_way_of_mending_says_in_chinese_what_was_done(way: str) -> None:
    assert any("\u4e00" <= character <= "\u9fff" for character in ways()[way])
    assert not ways()[way].endswith("。")


def test_every_form_of_none_in_a_column_is_counted_together(portal: Path) -> None:
    rows = [penalty(1, CF_GSJZQ="/"), penalty(2, CF_GSJZQ="1900-01-00"), penalty(3, CF_GSJZQ="无")]
    assert listed(portal, {PENALTIES: rows}) == [
        f"{PENALTIES}：“公示截止期”：表示“无”的写法按空白处理，3 处（如第 2 行“/”）"
    ]


def test_the_number_of_a_person_is_found_where_codes_are_not_checked(portal: Path) -> None:
    """The form of a code may matter only for firms; that a public column holds no such number matters always."""
    declared = "data/kinds/penalty/kind.yml"
    kind = (portal / declared).read_text(encoding="utf-8")
    column = "    label: 统一社会信用代码\n    type: credit_code\n"
    unchecked = f"{column}    checked: {{when: {{field: CF_CFLB, any_of: [警告]}}}}\n"
    with laid_out(
        portal, {PENALTIES: [penalty(CF_XDR_SHXYM=PERSON)], declared: kind.replace(column, unchecked)}
    ) as found:
        assert found.counts()["published"] == 0
        assert [line.rsplit("（")[-1] for line in found.lines()] == ["privacy-found）"]
