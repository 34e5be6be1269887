"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.model.values.numeral import digits_of, whole_number

FORMAL = "零壹贰叁肆伍陆柒捌玖"


def formal(number: int) -> str:
    """A number as it stands on a cheque: 壹万零伍佰. Written from the rule, section by section."""
    said = ""
    for unit, scale in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, scale)
        if not section:
            continue
        zero = bool(said) and section < 1000
        for name, value in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
            digit, section = divmod(section, value)
            if digit:
                said += ("零" if zero and said else "") + FORMAL[digit] + name
                zero = False
            elif said:
                zero = True
        said += unit
    return said or "零"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千", 2000),
        ("三万五千", 35000),
        ("叁萬伍仟", 35000),
        ("十万", 100000),
        ("一百万零三", 1000003),
        ("一亿二千万", 120000000),
        ("一万亿", 10**12),
    ],
)
def test_a_number_is_read(written: str, number: int) -> None:
    assert whole_number(written) == number


@pytest.mark.parametrize(
    "written", ["", "万", "三万五", "一百五", "三五", "千三", "五千三千", "三万五万", "二〇二三", "一百万亿万", "甲"]
)
def test_what_is_no_number_or_may_be_two_is_not_read(written: str) -> None:
    assert whole_number(written) is None


@given(some.integers(0, 10**12 - 1))
def test_every_number_as_it_stands_on_a_cheque_is_read(number: int) -> None:
    assert whole_number(formal(number)) == number


def test_digits_are_read_one_by_one() -> None:
    assert digits_of("二〇二三") == "2023"
    assert digits_of("二十") is None
    assert digits_of("") is None
