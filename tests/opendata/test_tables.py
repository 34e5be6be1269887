"""The downloaded tables: what Excel and programs read in them, and whose records are in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from codes import credit_code
from portals import LICENCES, PENALTIES, admitted, licence, offer, penalty, person, write

from generator.opendata.files import contents, offered
from generator.opendata.spreadsheet import spreadsheet

Make = Callable[..., Path]


def tables(root: Path, kind: str, month: str = "2023-12") -> dict[str, bytes]:
    """Ending → content of the files of a kind and month."""
    with admitted(root) as found:
        declared = found.portal.kinds[kind]
        records = found.published.view.read((kind, month), declared)
        rows = offered(records)
        return contents(rows, declared, found.portal) if len(rows) else {}


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """As Python's own reader has it."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


FINED = penalty(
    1,
    CF_NR_FK="0.2",
    CF_GSJZQ="2024/03/31",
    CF_XDR_GSZC="110108000000016",
    CF_SY='说是"过期",\n实为=HYPERLINK("x")',
    CF_WFXW="=1+1",
    CF_NR="-2000元",
)


@pytest.fixture
def fined(root: Make) -> dict[str, bytes]:
    portal = root({PENALTIES: [FINED, penalty(2, CF_NR_FK="1234.5", CF_YXQ="2025/1/2")]})
    offer(portal, "penalty")
    return tables(portal, "penalty")


def test_excel_gets_chinese_headings_lines_and_values_as_it_expects_them(fined: dict[str, bytes]) -> None:
    content = fined["csv"]
    assert content.startswith(b"\xef\xbb\xbfid,unit,region,shown_from,last_day,")
    assert content.endswith(b"\r\n")
    [row] = [row for row in csv_rows(content) if row["CF_WSH"] == "平市监罚〔2023〕1号"]
    shown = {
        "unit": "市市场监管局",
        "region": "平顶山市",
        "shown_from": "2023-12-05",
        "last_day": "2024-03-31",
        "corrected_on": "",
        "objection": "false",
        "suggested": "true",
        "SXCD": "一般",
        "CF_XDR_MC": "示例百货第1有限公司",
        "CF_JDRQ": "2023-12-01",
        "CF_YXQ": "2099-12-31",
        "CF_NR_FK": "0.2",
        "CF_NR_WFFF": "",
        "CF_SY": '说是"过期",\n实为=HYPERLINK("x")',
        # What Excel would run or round has a tab before it.
        "CF_WFXW": "\t=1+1",
        "CF_NR": "\t-2000元",
        "CF_XDR_GSZC": "\t110108000000016",
        "CF_XDR_SHXYM": credit_code("91410400MA9E00001"),
    }
    assert {name: row[name] for name in shown} == shown
    assert not [name for name in row if name.endswith(("_ZJHM", "_ZJLX"))]


CHANGED_BY_EXCEL = [
    "914104001234567890",
    "000012",
    "12",
    "1.50",
    "12E5",
    "3-1",
    "1/2",
    "2023-12",
    "2023年12月",
    "10:30",
    "50%",
    "1,000",
    "(3)",
    "１２３",
    "MAR1",
    "1-Dec",
    "sept 2023",
    "TRUE",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    " =1+1",
    "＝1+1",
    "\t=1+1",
    "-甲\n乙",
]
LEFT_ALONE = [
    "91410400MA9DEMX01X",
    "平市监罚〔2023〕1号",
    "示例=公司",
    "A-1",
    "第12号",
    "1号",
    "Marchand有限公司",
    "DECO-2",
    "无",
    "true north",
    "、",
    "——",
]


@pytest.mark.parametrize("text", CHANGED_BY_EXCEL)
def test_what_excel_would_change_has_a_tab_before_it(text: str) -> None:
    [row] = csv_rows(spreadsheet(pa.table({"a": [text], "b": ["x"]})))
    assert row == {"a": f"\t{text}", "b": "x"}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_excel_leaves_alone_stands_as_it_is(text: str) -> None:
    [row] = csv_rows(spreadsheet(pa.table({"a": [text], "b": ["x"]})))
    assert row == {"a": text, "b": "x"}


@pytest.mark.parametrize(
    ("amount", "text"), [("0.2", "0.2"), ("100", "100"), ("1234.500000", "1234.5"), ("10.01", "10.01")]
)
def test_amounts_stand_without_idle_zeros(amount: str, text: str) -> None:
    column = pa.array([Decimal(amount), None], pa.decimal128(18, 6))
    assert [row["a"] for row in csv_rows(spreadsheet(pa.table({"a": column, "b": ["x", "y"]})))] == [text, ""]


def test_programs_get_days_amounts_and_blanks_by_their_types(fined: dict[str, bytes]) -> None:
    read = pq.read_table(io.BytesIO(fined["parquet"]))
    types = {
        name: read.schema.field(name).type for name in ("id", "CF_JDRQ", "CF_NR_FK", "CF_SY", "last_day", "objection")
    }
    assert types == {
        "id": pa.string(),
        "CF_JDRQ": pa.date32(),
        "CF_NR_FK": pa.decimal128(18, 6),
        "CF_SY": pa.string(),
        "last_day": pa.date32(),
        "objection": pa.bool_(),
    }
    [row] = [row for row in read.to_pylist() if row["CF_WSH"] == "平市监罚〔2023〕1号"]
    assert (row["CF_JDRQ"], row["CF_NR_FK"], row["CF_WFXW"]) == (date(2023, 12, 1), Decimal("0.2"), "=1+1")
    assert (row["CF_NR_WFFF"], row["corrected_on"], row["BZ"]) == (None, None, None)
    assert read.schema.field("CF_XDR_MC").metadata[b"title"].decode() == "行政相对人名称"
    assert read.schema.field("CF_NR_FK").metadata[b"unit"].decode() == "万元"
    metadata = pq.read_metadata(io.BytesIO(fined["parquet"]))
    assert {metadata.row_group(0).column(place).compression for place in range(metadata.num_columns)} == {"ZSTD"}


def test_both_files_say_the_same(fined: dict[str, bytes]) -> None:
    rows = csv_rows(fined["csv"])
    table = pq.read_table(io.BytesIO(fined["parquet"]))
    assert list(rows[0]) == table.column_names
    for column in table.column_names:
        if not pa.types.is_decimal(table.schema.field(column).type):
            there = ["" if value is None else str(value) for value in table.column(column).to_pylist()]
            here = [row[column].removeprefix("\t") for row in rows]
            assert [text.lower() if column in ("objection", "suggested") else text for text in there] == here, column


def test_duckdb_guesses_the_same_rows_from_the_csv(fined: dict[str, bytes], tmp_path: Path) -> None:
    write(tmp_path / "month.csv", fined["csv"])
    [found] = duckdb.sql(f"SELECT sum(CF_NR_FK), min(CF_JDRQ), count(*) FROM '{tmp_path}/month.csv'").fetchall()
    assert (float(found[0]), found[1], found[2]) == (pytest.approx(1234.7), date(2023, 12, 1), 2)


PERSONS = [licence(1), person(licence(2)), licence(3, XK_XDR_LB="个体工商户", XK_FRDB="吴示例甲")]
RULES = "data/rules/open-data.yml"


def test_records_of_natural_persons_are_not_offered(root: Make) -> None:
    rows = csv_rows(tables(root({LICENCES: PERSONS}), "licence")["csv"])
    assert {row["XK_WSH"] for row in rows} == {"平市监许〔2023〕1号", "平市监许〔2023〕3号"}
    assert {row["XK_FRDB"] for row in rows} == {"钱示例", "吴**"}


def test_a_site_may_offer_them_by_their_masked_names(root: Make) -> None:
    portal = root({LICENCES: PERSONS})
    text = (portal / RULES).read_text(encoding="utf-8")
    write(portal / RULES, text.replace("\npersons: false\n", "\npersons: true\n"))
    rows = csv_rows(tables(portal, "licence")["csv"])
    assert sorted(row["XK_XDR_MC"] for row in rows) == ["张**", "示例粮油商贸第1有限公司", "示例粮油商贸第3有限公司"]


def test_a_kind_that_is_switched_off_has_no_files_and_a_month_of_persons_alone_has_none(root: Make) -> None:
    portal = root({PENALTIES: [penalty()], LICENCES: [person(licence())]})
    assert tables(portal, "penalty") == {}
    assert tables(portal, "licence") == {}
    offer(portal, "penalty")
    assert set(tables(portal, "penalty")) == {"csv", "parquet"}


def test_a_corrected_record_says_since_when_it_is_shown_and_when_it_was_corrected(root: Make) -> None:
    rows = [licence(1), licence(1, XK_NR="更正后的许可内容", BSRQ="2023/12/20")]
    [row] = csv_rows(tables(root({LICENCES: rows}), "licence")["csv"])
    assert (row["shown_from"], row["corrected_on"], row["XK_NR"]) == ("2023-12-05", "2023-12-20", "更正后的许可内容")
    assert row["state"] == "有效"


def test_equal_records_give_equal_bytes(root: Make) -> None:
    rows = [licence(number) for number in range(50)]
    assert tables(root({LICENCES: rows}), "licence") == tables(root({LICENCES: rows[::-1]}), "licence")
