"""What a clerk is told about the files of statistics, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from portals import csv_of, run, write
from tabled import PLAIN, compiled, figures, told, with_topic

Make = Callable[..., Path]

GOOD = "县（市、区）,企业,个体工商户\n鲁山县,3,4\n郏县,5,\n"
COLUMNS = {"rate": {"title": "比率", "type": "rate"}, "mark": {"title": "评分", "type": "number", "most": 0.7},
           "sum": {"title": "金额", "type": "amount"}, "yes": {"title": "是否", "type": "yes"}}  # fmt: skip
TYPED = {**PLAIN, "columns": COLUMNS}


def test_a_cell_left_blank_is_not_delivered_and_no_zero(root: Make) -> None:
    portal = with_topic(root(), {"2023-12.csv": GOOD})
    assert told(portal) == []
    assert figures(portal) == {
        "鲁山县": {"firms": "3", "shops": "4", "all": "7"},
        "郏县": {"firms": "5", "all": "5"},
        "合计": {"firms": "8", "shops": "4", "all": "12"},
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("县（市、区）,企业,个体工商户\n鲁山,3,4\n", "2023-12.csv|2|县（市、区）|鲁山|statistics-key"),
        ("县（市、区）,企业,个体工商户\n,3,4\n", "2023-12.csv|2|县（市、区）||statistics-key"),
        ("县（市、区）,企业,个体工商户\n鲁山县,三,4\n", "2023-12.csv|2|企业|三|statistics-figure"),
        ("县（市、区）,企业,个体工商户\n鲁山县,-3,4\n", "2023-12.csv|2|企业|-3|statistics-figure"),
        ("县（市、区）,企业,个体工商户\n鲁山县,3.5,4\n", "2023-12.csv|2|企业|3.5|statistics-figure"),
        ("县（市、区）,企业,个体工商户\n鲁山县,3家,4\n", "2023-12.csv|2|企业|3家|statistics-figure"),
        (
            "县（市、区）,企业\n鲁山县,3\n郏县,5\n郟县,6\n",
            "2023-12.csv|4|县（市、区）|郟县|statistics-row-repeated",
        ),
        ("县（市、区）,企业,工厂\n鲁山县,3,4\n", "2023-12.csv|0||工厂|heading-unknown"),
        ("企业,个体工商户\n3,4\n", "2023-12.csv|0|县（市、区）||heading-missing"),
        ("县（市、区）,企业,企业\n鲁山县,3,4\n", "2023-12.csv|0|企业||heading-repeated"),
        ("甲,乙\n鲁山县,3\n", "2023-12.csv|0|||headings-not-found"),
        ("县（市、区）,企业,个体工商户\n鲁山县,3\n", "2023-12.csv|2|||row-width"),
    ],
)
def test_a_fault_is_told_with_file_row_column_and_value(root: Make, text: str, fault: str) -> None:
    assert told(with_topic(root(), {"2023-12.csv": text})) == [fault]


def test_a_faulty_cell_is_left_out_and_the_rest_of_its_row_counts(root: Make) -> None:
    portal = with_topic(root(), {"2023-12.csv": "地区,企业,个体工商户\n鲁山县,三,4\n火星,1,1\n郏县,5,6\n"})
    assert figures(portal)["合计"] == {"firms": "5", "shops": "10", "all": "15"}


def test_of_two_rows_of_a_county_the_first_counts(root: Make) -> None:
    portal = with_topic(root(), {"2023-12.csv": "地区,企业\n郏县,5\n郟县,6\n"})
    assert figures(portal)["郏县"]["firms"] == "5"


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("比率", "99.5%", "99.5"),
        ("比率", "100", "100"),
        ("比率", "100.1", None),
        ("评分", "0.7", "0.7"),
        ("评分", "0.71", None),
        ("金额", "1,234.5", "1234.5"),
        ("金额", "１２", "12"),
        ("金额", "1,23", None),
        ("是否", "是", "1"),
        ("是否", "否", "0"),
        ("是否", "也许", None),
    ],
)
def test_values_are_read_by_the_type_of_their_column(root: Make, column: str, written: str, read: str | None) -> None:
    portal = with_topic(root(), {"2023.csv": csv_of([{"地区": "鲁山县", column: written}])}, TYPED)
    name = next(name for name, declared in COLUMNS.items() if declared["title"] == column)
    assert figures(portal).get("鲁山县", {}).get(name) == read
    assert [line.rpartition("|")[2] for line in told(portal)] == ([] if read else ["statistics-figure"])


def test_a_column_that_must_be_there_is_missed(root: Make) -> None:
    declaration = {**PLAIN, "columns": {"firms": {"title": "企业", "required": True}, "shops": {"title": "个体工商户"}}}
    portal = with_topic(root(), {"2023.csv": "地区,个体工商户\n郏县,1\n"}, declaration)
    assert told(portal) == ["2023.csv|0|企业||heading-missing"]


def test_excel_and_gb18030_are_read_like_other_data_files(root: Make) -> None:
    portal = with_topic(root(), {"2023-11.csv": GOOD.encode("gb18030"), "2023-12.xlsx": [{"地区": "郏县", "企业": 7}]})
    assert figures(portal, period="2023-11")["鲁山县"]["firms"] == "3"
    assert figures(portal, period="2023-12")["郏县"]["firms"] == "7"


@pytest.mark.parametrize("name", ["example/2023-13.csv", "example/2023-02-30.csv", "other/2023.csv", "2023.csv"])
def test_a_file_in_no_topic_or_of_no_period_is_reported(root: Make, name: str) -> None:
    portal = with_topic(root(), {"2023.csv": GOOD})
    write(portal / "data/statistics" / name, GOOD)
    assert told(portal) == [f"{Path(name).name}|0|||statistics-misplaced"]


def test_a_table_by_month_reads_months_as_excel_and_clerks_write_them(root: Make) -> None:
    declaration = {**PLAIN, "rows": ["region", "month"]}
    text = "地区,月份,企业\n郏县,2023-01,1\n郏县,2023年2月,2\n郏县,2023-12-01,3\n郏县,十三月,4\n"
    portal = with_topic(root(), {"2023.csv": text}, declaration)
    assert [name for name in figures(portal) if name != "合计"] == ["郏县，2023-01", "郏县，2023-02", "郏县，2023-12"]
    assert told(portal) == ["2023.csv|5|月份|十三月|statistics-key"]


def test_a_table_by_unit_takes_names_and_ids_of_units(root: Make) -> None:
    portal = with_topic(
        root(), {"2023.csv": "单位,企业\nzjj,1\n平顶山市市场监督管理局,2\n"}, {**PLAIN, "rows": ["unit"]}
    )
    assert list(figures(portal)) == ["市市场监管局", "市住建局", "合计"]


def test_portal_check_tells_them_for_all_files_and_for_the_one_it_is_given(root: Make) -> None:
    portal = with_topic(root(), {"2023.csv": "地区,企业\n火星,1\n", "2022.csv": "地区,企业\n郏县,1\n"})
    whole = run(portal, "check", "--format", "lines", "--strict", "--jobs", "1")
    assert whole.exit_code == 1
    assert "data/statistics/example/2023.csv，第 2 行：“县（市、区）”的值“火星”不认识" in whole.output
    one = run(portal, "check", "--strict", "--jobs", "1", str(portal / "data/statistics/example/2022.csv"))
    assert (one.exit_code, "共核查 1 个文件" in one.output) == (0, True)


def test_a_portal_without_statistics_has_none_and_no_fault(root: Make) -> None:
    statistics, scored = compiled(root())
    assert (dict(statistics.tables), statistics.issues, scored) == ({}, [], [])
