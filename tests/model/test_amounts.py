"""Amounts of money, in the unit their field declares."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from reading import normal, read


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
        "0.1-0.2",
    ],
)
def test_what_is_no_plain_amount_is_reported_and_kept_as_written(written: str) -> None:
    assert read("money", written) == [(written, ["amount-unreadable"])]


@pytest.mark.parametrize("written", ["0,2", "1,5", "0，2", "12,34", "1,2345", "1,23,456", "0.2,5"])
def test_a_comma_that_parts_no_thousands_is_a_fault_and_never_another_amount(written: str) -> None:
    assert read("money", written) == [(written, ["amount-unreadable"])]


@given(some.decimals(min_value=Decimal("0.000001"), max_value=Decimal("999999999999"), places=6))
def test_an_amount_in_normal_form_stays_as_it_is(amount: Decimal) -> None:
    once = normal("money", f"{amount:f}")
    assert Decimal(once) == amount
    assert normal("money", once) == once
    assert normal("money", f"{amount:,f}") == once
