"""Sums, shares, coverage and contradictions, on the figures of 平顶山's circular of 2023-03-13 and on small tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from portals import LICENCES, ROOT, admitted, licence, penalty
from tabled import PLAIN, compiled, figures, shown, told, with_topic

from generator.statistics.compiled import Statistics

Make = Callable[..., Path]

BOTH = {
    **PLAIN,
    "columns": {
        "licence": {"title": "行政许可", "kind": "licence"},
        "unknown": {"title": "未设类别", "kind": "no-such-kind"},
        "benefit": {"title": "行政给付"},
        "total": {"title": "总计", "sum_of": ["licence", "unknown", "benefit"]},
        "covered": {"title": "覆盖率", "type": "rate", "covers": ["licence", "unknown", "benefit"]},
    },
}
COUNTY = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175", "XK_XKJGDM": "11410423DEMX010175"}


@pytest.fixture(scope="module")
def demo() -> Statistics:
    return compiled(ROOT)[0]


# Sums of the columns of annex 1, added up by hand from the circular.
ANNEX = {
    "inspection": 31368,
    "coercion": 115,
    "levy": 130018,
    "benefit": 5063415,
    "award": 18062,
    "adjudication": 39,
    "confirmation": 212909,
    "other": 41275,
    "total": 5497201,
}


def test_the_annex_adds_up_to_its_columns_and_contradicts_the_prose_twice(demo: Statistics) -> None:
    annex = next(table for table in demo.tables["coverage"] if table.period == "2023-03-10")
    assert {name: int(value) for name, value in annex.total.items() if name != "covered"} == ANNEX
    assert [
        (found.what, int(found.stated), int(found.found), int(found.difference)) for found in annex.differences
    ] == [
        ("合计·总计", 5368895, 5497201, 128306),
        ("合计·行政给付", 4935214, 5063415, 128201),
    ]
    assert [issue.code for issue in demo.issues] == ["statistics-differ"] * 2
    assert [issue.level for issue in demo.issues] == ["warning"] * 2


def test_the_other_annexes_agree_with_the_prose(demo: Statistics) -> None:
    tables = demo.tables
    assert tables["evaluation"][0].total == {"results": 4447}
    assert tables["financing"][0].total["registered"] == 25232
    assert not tables["evaluation"][0].differences
    assert not tables["financing"][0].differences


def test_coverage_counts_classes_with_more_than_nothing(demo: Statistics) -> None:
    found = shown(demo, "coverage", "2023-03-10")
    rates = {name: found[name]["covered"] for name in ("舞钢市", "汝州市", "卫东区", "石龙区", "合计")}
    # 8, 6, 4 and 1 of 8 classes; the city has all eight, as the prose says.
    assert rates == {"舞钢市": "100", "汝州市": "75", "卫东区": "50", "石龙区": "12.5", "合计": "100"}


def test_rows_stand_by_the_total_and_names_are_those_of_the_site(demo: Statistics) -> None:
    found = shown(demo, "coverage", "2023-03-10")
    assert list(found)[:3] == ["舞钢市", "汝州市", "叶县"]
    assert list(found)[6:] == [
        "郏县", "卫东区", "湛河区", "高新技术产业开发区", "城乡一体化示范区", "石龙区", "合计",
    ]  # fmt: skip


def test_the_month_of_the_records_is_counted_as_its_bulletin_counts_it(demo: Statistics) -> None:
    table = demo.tables["coverage"][0]
    assert (table.period, table.counted[:2], len(table.counted)) == ("2023-12", ("行政许可", "行政处罚"), 10)
    totals = {row.names[0]: int(row.figures["licence"] + row.figures["penalty"]) for row in table.rows}
    # Annexes 1 and 2 of the circular of 2023-12.
    assert (totals["鲁山县"], totals["高新技术产业开发区"], totals["平顶山市本级"]) == (2810, 15, 1109)
    assert int(table.total["licence"] + table.total["penalty"]) == 11455


def test_a_share_is_of_the_newest_table_that_is_not_later(root: Make) -> None:
    others = {**PLAIN, "columns": {"firms": {"title": "企业"}}}
    share = {"share_of": {"column": "joined", "per_topic": "others", "per_column": "firms"}}
    columns = {"joined": {"title": "注册"}, "share": {"title": "占比", "type": "rate", **share}}
    files = {"2022.csv": "地区,企业\n鲁山县,800\n郏县,200\n", "2024.csv": "地区,企业\n鲁山县,1\n"}
    portal = with_topic(root(), files, others, "others")
    with_topic(portal, {"2023.csv": "地区,注册\n鲁山县,8\n郏县,17\n"}, {**PLAIN, "columns": columns})
    shown = figures(portal)
    # 8/800, 17/200, 25/1000
    assert [shown[name]["share"] for name in ("鲁山县", "郏县", "合计")] == ["1", "8.5", "2.5"]
    assert [other.period for other in compiled(portal)[0].tables["example"][0].compared] == ["2022"]


def test_without_a_denominator_there_is_no_share_and_none_in_total(root: Make) -> None:
    share = {"share_of": {"column": "joined", "per_topic": "others", "per_column": "firms"}}
    columns = {"joined": {"title": "注册"}, "share": {"title": "占比", "type": "rate", **share}}
    others = {**PLAIN, "columns": {"firms": {"title": "企业"}}}
    portal = with_topic(root(), {"2022.csv": "地区,企业\n鲁山县,800\n"}, others, "others")
    with_topic(portal, {"2023.csv": "地区,注册\n鲁山县,8\n郏县,17\n"}, {**PLAIN, "columns": columns})
    shown = figures(portal)
    assert ("share" in shown["鲁山县"], "share" in shown["郏县"], "share" in shown["合计"]) == (True, False, False)


def test_a_total_row_and_a_total_column_that_do_not_add_up_are_told(root: Make) -> None:
    text = "地区,企业,个体工商户,总计\n鲁山县,3,4,8\n郏县,5,6,11\n合计,8,11,18\n"
    portal = with_topic(root(), {"2023.csv": text})
    found = compiled(portal)[0].tables["example"][0].differences
    assert [(one.what, int(one.stated), int(one.found)) for one in found] == [
        ("合计·个体工商户", 11, 10),
        ("鲁山县·总计", 8, 7),
    ]
    assert figures(portal)["鲁山县"]["all"] == "7"
    assert told(portal) == [
        "2023.csv|0|合计·个体工商户||statistics-differ",
        "2023.csv|0|鲁山县·总计||statistics-differ",
    ]


def test_a_class_with_a_kind_is_counted_by_month_and_one_without_is_delivered(root: Make) -> None:
    files = {"data/records/licence/2023-12/lushan.csv": [licence(number, **COUNTY) for number in (1, 2)]}
    portal = with_topic(root(files), {"2023-12.csv": "地区,行政给付\n鲁山县,70\n郏县,30\n"}, BOTH)
    shown = figures(portal)
    assert shown["鲁山县"] | {"covered": ""} == {"licence": "2", "benefit": "70", "total": "72", "covered": ""}
    assert (shown["郏县"]["licence"], shown["郏县"]["total"]) == ("0", "30")
    # Two of three classes: the third has neither a kind of this portal nor a figure.
    assert Decimal(shown["鲁山县"]["covered"]).quantize(Decimal("0.01")) == Decimal("66.67")
    assert compiled(portal)[0].tables["example"][0].absent == ["未设类别"]


def test_a_delivered_count_stands_and_what_the_records_say_is_told(root: Make) -> None:
    files = {"data/records/licence/2023-12/lushan.csv": [licence(number, **COUNTY) for number in (1, 2)]}
    portal = with_topic(root(files), {"2023-12.csv": "地区,行政许可\n鲁山县,5\n"}, BOTH)
    assert figures(portal)["鲁山县"]["licence"] == "5"
    [found] = compiled(portal)[0].tables["example"][0].differences
    assert (found.what, found.stated, found.found) == ("鲁山县·行政许可", 5, 2)


def test_withheld_rows_and_corrections_are_not_counted_and_no_row_of_this_month_is(root: Make) -> None:
    files = {
        LICENCES: [licence(1), licence(1, XK_NR="更正", BSRQ="2023/12/20"), licence(2, XK_XKLB="甲类")],
        "data/records/licence/2024-01/scjgj.csv": [licence(3, BSRQ="2024/01/02")],
        "data/records/penalty/2023-12/scjgj.csv": [penalty(1)],
    }
    portal = with_topic(root(files), {}, BOTH)
    tables = compiled(portal)[0].tables["example"]
    assert [table.period for table in tables] == ["2023-12"]
    assert figures(portal)["平顶山市本级"]["licence"] == "1"
    with admitted(portal) as found:
        assert found.published.tallies.select(kind="licence").records().total() == 2
