"""Codes with a check character: right ones pass, and no single wrong character does.

Right codes come from the samples of the standards and from tests/codes.py, and agree with
python-stdnum where that is right.
"""

from __future__ import annotations

from datetime import date

import pytest
from codes import CREDIT, ORGANISATION, credit_code, identity_number, organisation_code, registration_number
from hypothesis import assume, given
from hypothesis import strategies as some
from reading import faults, mended, normal, read
from stdnum.cn import ric, uscc
from stdnum.iso7064 import mod_11_2, mod_11_10

credit_bodies = some.builds(
    "".join,
    some.tuples(
        some.sampled_from("123456789ANY"),
        some.sampled_from(CREDIT),
        some.text("0123456789", min_size=6, max_size=6),
        some.text(CREDIT, min_size=9, max_size=9),
    ),
)
digits = "0123456789"
days_of_birth = some.dates(date(1900, 1, 1), date(2020, 12, 31))
identity_bodies = some.builds(
    lambda place, day, order: f"{place}{day:%Y%m%d}{order:03}",
    some.sampled_from(["110101", "410402", "410423", "440300"]),
    days_of_birth,
    some.integers(0, 999),
)


@pytest.mark.parametrize(
    ("value_type", "sample"),
    [
        ("credit_code", "91350100M000100Y43"),  # GB 32100-2015, the worked sample
        ("credit_code", "11410400DEMX00014A"),
        ("organisation_code", "D2143569X"),  # GB 11714-1997, the worked sample
        ("organisation_code", "D2143569-X"),
        ("identity_number", "11010519491231002X"),  # GB 11643-1999, the worked sample
        ("registration_number", "110108000000016"),  # GS15-2006, the worked sample
    ],
)
def test_the_samples_of_the_standards_are_right(value_type: str, sample: str) -> None:
    assert normal(value_type, sample) == sample


def test_the_wrong_form_printed_in_the_credit_code_standard_is_found() -> None:
    assert faults("credit_code", "91350100M000100Y4Z") != []


@given(credit_bodies)
def test_a_right_credit_code_passes_whatever_its_department(body: str) -> None:
    code = credit_code(body)
    assert normal("credit_code", code) == code
    if code[:8].isdigit():
        assert uscc.is_valid(code)


@pytest.mark.parametrize("department", list("123456789ANY"))
def test_credit_codes_of_all_departments_pass(department: str) -> None:
    code = credit_code(f"{department}2410423MF1234567")
    assert normal("credit_code", code) == code


@given(credit_bodies, some.integers(0, 17), some.sampled_from(digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_no_wrong_character_in_a_credit_code_goes_unnoticed(body: str, place: int, other: str) -> None:
    code = credit_code(body)
    assume(code[place] != other)
    assert faults("credit_code", code[:place] + other + code[place + 1 :]) != []


@pytest.mark.parametrize("letter", list("IOZSV"))
@pytest.mark.parametrize("place", range(18))
def test_the_letters_that_no_credit_code_has_are_reported_as_its_form(letter: str, place: int) -> None:
    code = credit_code("97410423MF1234567")
    assert faults("credit_code", code[:place] + letter + code[place + 1 :]) == ["code-form"]


@pytest.mark.parametrize(
    "written", ["9141040000000001", "91410400MA9DEMX01999", "八位", "91410400MA9DEM?019", "01410400MA9DEMX019"]
)
def test_what_has_not_the_form_of_a_credit_code_is_kept_as_written(written: str) -> None:
    assert read("credit_code", written) == [(written, ["code-form"])]


def test_a_credit_code_may_be_written_small_wide_or_with_blanks() -> None:
    assert normal("credit_code", " 91350100m000 100y43") == "91350100M000100Y43"
    assert normal("credit_code", "９１３５０１００Ｍ０００１００Ｙ４３") == "91350100M000100Y43"


def test_the_placeholder_is_a_value_of_its_own() -> None:
    assert normal("credit_code", "0" * 17 + "X") == "0" * 17 + "X"
    assert normal("credit_code", "0" * 17 + "x") == "0" * 17 + "X"
    assert faults("credit_code", "0" * 18) == ["code-form"]
    assert faults("credit_code", "0" * 16 + "X") == ["code-form"]


@pytest.mark.parametrize("written", ["4.1E+17", "9.14104E+17", "9.14104e+17", "410402199001011000"])
@pytest.mark.parametrize("value_type", ["credit_code", "identity_number"])
def test_a_number_that_excel_has_spoiled_is_told_as_that(value_type: str, written: str) -> None:
    assert faults(value_type, written) == ["number-spoiled"]


@pytest.mark.parametrize(
    "written", [" 91350100m000 100y43", "９１３５０１００Ｍ０００１００Ｙ４３", "91350100m000100y43"]
)
def test_a_code_written_otherwise_is_listed(written: str) -> None:
    assert mended("credit_code", written) == ["code"]
    assert mended("credit_code", "91350100M000100Y43") == []


@given(identity_bodies)
def test_the_number_of_an_identity_card_is_no_credit_code(body: str) -> None:
    number = identity_number(body)
    assume(not number.endswith("000"))
    told = faults("credit_code", number)
    # One number in thirty-one or so has the right check character of both standards.
    assert told == ["code-is-identity"] or (told == [] and credit_code(number[:17]) == number)


@given(some.text(ORGANISATION, min_size=8, max_size=8))
def test_a_right_organisation_code_passes_with_and_without_hyphen(body: str) -> None:
    code = organisation_code(body)
    for written in (code, f"{code[:8]}-{code[8]}"):
        once = normal("organisation_code", written)
        assert normal("organisation_code", once) == once


@given(some.text(digits, min_size=8, max_size=8), some.integers(0, 8), some.sampled_from(digits))
def test_no_wrong_digit_in_an_organisation_code_goes_unnoticed(body: str, place: int, other: str) -> None:
    code = organisation_code(body)
    assume(code[place] != other)
    assert faults("organisation_code", code[:place] + other + code[place + 1 :]) == ["code-check-digit"]


def test_the_organisation_code_inside_a_credit_code_is_right_too() -> None:
    assert normal("organisation_code", "M000100Y4") == "M000100Y4"


@given(some.text(digits, min_size=14, max_size=14))
def test_a_right_registration_number_passes_as_in_stdnum(body: str) -> None:
    number = registration_number(body)
    assert mod_11_10.is_valid(number)
    assert normal("registration_number", number) == number


@given(some.text(digits, min_size=14, max_size=14), some.integers(0, 14), some.sampled_from(digits))
def test_no_wrong_digit_in_a_registration_number_goes_unnoticed(body: str, place: int, other: str) -> None:
    number = registration_number(body)
    assume(number[place] != other)
    wrong = number[:place] + other + number[place + 1 :]
    assert faults("registration_number", wrong) == ["registration-check-digit"]


def test_an_old_registration_number_is_only_a_hint() -> None:
    assert faults("registration_number", "豫410400123") == ["registration-form"]


@given(identity_bodies)
def test_a_right_identity_number_passes_as_in_stdnum(body: str) -> None:
    number = identity_number(body)
    assert normal("identity_number", number) == number
    assert mod_11_2.is_valid(number)
    if body.startswith("110101") and int(body[6:10]) >= 1970:
        assert ric.is_valid(number)  # stdnum also asks when a district was founded


@given(identity_bodies, some.integers(0, 17), some.integers(1, 9))
def test_no_wrong_digit_in_an_identity_number_goes_unnoticed(body: str, place: int, steps: int) -> None:
    number = identity_number(body)
    letters = digits + "X" if place == 17 else digits
    other = letters[(letters.index(number[place]) + steps) % len(letters)]
    assert faults("identity_number", number[:place] + other + number[place + 1 :]) != []


@pytest.mark.parametrize("day", ["19900230", "19900431", "19910229", "19901301", "19900100"])
def test_an_identity_number_with_a_day_that_never_was_is_reported(day: str) -> None:
    assert faults("identity_number", identity_number(f"410402{day}123")) == ["identity-form"]


@pytest.mark.parametrize("written", ["41040219900101123", "110105491231002", "E12345678", "4104021990010112３?"])
def test_what_is_no_identity_number_is_reported(written: str) -> None:
    assert faults("identity_number", written) == ["identity-form"]


@pytest.mark.parametrize(
    ("value_type", "code"),
    [
        ("credit_code", "91350100M000100Y43"),
        ("organisation_code", "D2143569X"),
        ("identity_number", "11010519491231002X"),
        ("registration_number", "110108000000016"),
    ],
)
def test_a_blank_code_is_not_given_and_no_fault(value_type: str, code: str) -> None:
    assert read(value_type, "", code, "") == [("", []), (code, []), ("", [])]
