"""Amounts of money, in the unit their field declares."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from reading import mended, normal, read


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0.2", "0.2"),
        ("0.200000", "0.2"),
        ("2", "2"),
        ("2.0", "2"),
        ("002.50", "2.5"),
        ("10", "10"),
        ("100", "100"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("１２．５", "12.5"),
        ("0.000001", "0.000001"),
        ("999999999999.999999", "999999999999.999999"),
    ],
)
def test_an_amount_keeps_its_value(written: str, amount: str) -> None:
    assert normal("money", written) == amount


@pytest.mark.parametrize("written", ["0", "0.00", "0.000000", "000"])
def test_nothing_to_pay_reads_as_not_given(written: str) -> None:
    assert normal("money", written) == ""


@pytest.mark.parametrize(
    "written",
    [
        "2000元",
        "¥0.2",
        "0.2万元",
        "-0.2",
        "0.1234567",
        "1e3",
        "0.2.1",
        ".",
        "二千",
        "1234567890123",
        "约0.2",
        "亿" * 1500 + "元",
        "一亿亿亿亿元",
        "9,999,999,999,999,999,999,999,999,999元",
        "0.1-0.2",
    ],
)
def test_what_is_no_plain_amount_is_reported_and_kept_as_written(written: str) -> None:
    assert read("money", written) == [(written, ["number-spoiled" if written == "1e3" else "amount-unreadable"])]


@pytest.mark.parametrize(
    ("written", "amount", "way"),
    [
        ("3.5万元", "3.5", "amount-unit"),
        ("3.5万", "3.5", "amount-unit"),
        ("35000元", "3.5", "amount-unit"),
        ("35,000元", "3.5", "amount-unit"),
        ("３５，０００元", "3.5", "amount-unit"),
        ("人民币35000元整", "3.5", "amount-unit"),
        ("¥35000.00元", "3.5", "amount-unit"),
        ("35千元", "3.5", "amount-unit"),
        ("0.01亿元", "100", "amount-unit"),
        ("1.01元", "0.000101", "amount-unit"),
        ("0元", "", "amount-unit"),
        ("叁万伍仟元整", "3.5", "amount-in-words"),
        ("人民币叁万伍仟圆整", "3.5", "amount-in-words"),
        ("三万五千元", "3.5", "amount-in-words"),
        ("三点五万元", "3.5", "amount-in-words"),
        ("壹拾贰万叁仟肆佰伍拾陆元柒角捌分", "12.345678", "amount-in-words"),
        ("一百零五万元", "105", "amount-in-words"),
        ("十五元", "0.0015", "amount-in-words"),
        ("两千元", "0.2", "amount-in-words"),
        ("一亿二千万元", "12000", "amount-in-words"),
        ("1,234.5", "1234.5", "amount-commas"),
        ("１，２３４．５", "1234.5", "amount-commas"),
        ("１２．５", "12.5", "width"),
        ("0.2", "0.2", None),
        ("0.200000", "0.2", None),
    ],
)
def test_an_amount_that_names_its_unit_is_converted_into_that_of_its_column(
    written: str, amount: str, way: str | None
) -> None:
    assert read("money", written, unit="万元") == [(amount, [])]
    assert mended("money", written, unit="万元") == ([way] if way else [])


@pytest.mark.parametrize(
    "written",
    [
        "¥35000",
        "二千",
        "三万五元",
        "五千三千元",
        "三万五万元",
        "约0.2万元",
        "0.2万元/户",
        "2000元/人",
        "0.1-0.2万元",
        "2000美元",
        "1.001元",
        "-2000元",
        "1,23元",
        "万元",
        "元",
        "1000000000000万元",
        "",
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_not_guessed(written: str) -> None:
    assert read("money", written, unit="万元") == [(written, ["amount-unreadable"] if written else [])]


@pytest.mark.parametrize("written", ["4.1E+17", "2E-05", "4.10402e+17"])
def test_an_amount_that_excel_has_spoiled_is_told_as_that(written: str) -> None:
    assert read("money", written, unit="万元") == [(written, ["number-spoiled"])]


def test_an_amount_in_yuan_stays_in_a_column_of_yuan() -> None:
    assert read("money", "35000元", "3.5万元", unit="元") == [("35000", []), ("35000", [])]


@given(some.integers(1, 10**8))
def test_an_amount_in_yuan_is_the_same_in_figures_and_with_separators(yuan: int) -> None:
    wanted = f"{Decimal(yuan) / 10000:f}"
    wanted = wanted.rstrip("0").rstrip(".") if "." in wanted else wanted
    assert read("money", f"{yuan}元", f"{yuan:,}元", unit="万元") == [(wanted, [])] * 2


@pytest.mark.parametrize("written", ["0,2", "1,5", "0，2", "12,34", "1,2345", "1,23,456", "0.2,5"])
def test_a_comma_that_parts_no_thousands_is_a_fault_and_never_another_amount(written: str) -> None:
    assert read("money", written) == [(written, ["amount-unreadable"])]


@given(some.decimals(min_value=Decimal("0.000001"), max_value=Decimal("999999999999"), places=6))
def test_an_amount_in_normal_form_stays_as_it_is(amount: Decimal) -> None:
    once = normal("money", f"{amount:f}")
    assert Decimal(once) == amount
    assert normal("money", once) == once
    assert normal("money", f"{amount:,f}") == once
