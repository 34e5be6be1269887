"""Private values stay with the clerk: no report shows one, in whatever column or heading it slipped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from codes import identity_number
from portals import LICENCES, PENALTIES, PERSON, admitted, csv_of, licence, penalty, person

Make = Callable[..., Path]
FORMS = ("text", "json", "github")
OTHER = identity_number("11010519491231002")
WIDE = str.maketrans("0123456789X-", "０１２３４５６７８９Ｘ－")


@cache
def reports(root: Path) -> dict[str, str]:
    """The report in all its forms."""
    with admitted(root) as found:
        assert found.lines()
        return {form: found.told(form) for form in FORMS}


def digits(text: str) -> str:
    """All digits and X of a text without what stands between them."""
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", text).upper())


def test_nothing_tells_the_public_a_number_that_slipped_into_a_text(root: Make) -> None:
    """A number in a column that is published would be on the site: the row is withheld and told."""
    rows = [
        licence(1, BZ=f"身份证号{PERSON}"),
        licence(2, XK_NR=f"准予{OTHER.lower()}经营"),
        licence(3, XK_XKJG=PERSON.translate(WIDE)),
        licence(4),
    ]
    with admitted(root({LICENCES: rows})) as found:
        assert found.records("licence")["XK_WSH"].tolist() == ["平市监许〔2023〕4号"]
        assert len(found.lines()) == 3


def assert_silent(root: Path, *secrets: str) -> None:
    for form, text in reports(root).items():
        for secret in secrets:
            assert secret not in text, form
            assert digits(secret)[:17] not in digits(text), form


def assert_all_told(root: Path, rows: int) -> None:
    """Each row has its fault, or the test looks at nothing."""
    text = reports(root)["text"]
    assert [row for row in range(2, rows + 2) if f"第 {row} 行" not in text] == []


@pytest.mark.parametrize(
    "number",
    [PERSON[:-1] + "1", PERSON[:-1], PERSON + "1", "410402199013011234", "110105491231002", "身份证" + PERSON],
)
def test_a_faulty_number_in_a_private_column_shows_only_its_length(root: Make, number: str) -> None:
    portal = root({LICENCES: [person(licence(), number=number)]})
    assert_silent(portal, number)
    assert f"（{len(number)} 个字符，已遮盖）" in reports(portal)["text"]


def test_every_private_column_is_silent_in_every_fault(root: Make) -> None:
    rows = [
        licence(1, XK_FR_ZJHM=PERSON[:-1] + "1"),
        licence(2, XK_FR_ZJHM=PERSON * 5),
        licence(3, XK_XDR_ZJHM=OTHER),
        licence(4, XK_FR_ZJLX=f"身份证{OTHER}"),
    ]
    assert_silent(root({LICENCES: rows}), PERSON, OTHER)


SLIPPED = {
    "as it is": PERSON,
    "with x": identity_number("11010519491231002").lower(),
    "wide": PERSON.translate(WIDE),
    "with blanks": f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}",
    "with hyphens": f"{PERSON[:6]}-{PERSON[6:14]}-{PERSON[14:]}",
    "with a wrong month": "410402199013011234",
    "with a wrong check digit": PERSON[:-1] + "1",
    "one digit short": PERSON[:-1],
    "with the mobile behind it": PERSON + "13800138000",
    "with the name before it": f"张示例{PERSON}",
    "in brackets": f"（身份证号：{PERSON}）",
    "twice": f"{PERSON}、{PERSON}",
    "of fifteen digits": "410402900101123",
}
COLUMNS = ["CF_CFLB", "CF_NR_FK", "CF_JDRQ", "CF_XDR_LB", "CF_SJLY", "CF_YXQ", "CF_NR_WFFF"]


@pytest.mark.parametrize("secret", SLIPPED.values(), ids=SLIPPED)
def test_a_number_that_slipped_into_another_column_is_blotted_out(root: Make, secret: str) -> None:
    # The unit's own code is taken out, so that a wrong 数据来源单位 is a fault.
    rows = [
        penalty(place, **{"CF_SJLYDM": "11410400DEMX00065J", column: secret}) for place, column in enumerate(COLUMNS)
    ]
    portal = root({PENALTIES: rows})
    assert_silent(portal, secret)
    assert_all_told(portal, len(rows))


@pytest.mark.parametrize("secret", ["as it is", "with x", "wide", "with blanks", "with hyphens"])
def test_an_identity_number_in_a_column_of_codes_is_blotted_out(root: Make, secret: str) -> None:
    columns = ("CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_CFJGDM")
    rows = [penalty(place, **{column: SLIPPED[secret]}) for place, column in enumerate(columns)]
    portal = root({PENALTIES: rows})
    assert_silent(portal, SLIPPED[secret])
    assert_all_told(portal, len(rows))


def test_a_firms_code_in_its_own_column_is_told_because_the_clerk_has_to_compare_it(root: Make) -> None:
    row = licence(XK_XDR_SHXYM="91410400MA9D000011")
    assert "91410400MA9D000011" in reports(root({LICENCES: [row]}))["text"]


def test_a_passport_that_slipped_is_blotted_out(root: Make) -> None:
    assert "E12345678" not in "".join(reports(root({PENALTIES: [penalty(CF_NR_FK="E12345678")]})).values())


def test_a_row_shifted_by_one_column_tells_no_private_value(root: Make) -> None:
    row = person(penalty())
    values = list(row.values())
    lines = csv_of([row]).splitlines()
    shifted = ",".join([*values[1:], ""])
    assert_silent(root({PENALTIES: f"{lines[0]}\n{shifted}\n"}), PERSON)
    shifted = ",".join(["", *values[:-1]])
    assert_silent(root({PENALTIES: f"{lines[0]}\n{shifted}\n"}), PERSON)


def test_a_file_without_headings_tells_nothing_of_its_first_row(root: Make) -> None:
    lines = csv_of([person(licence(1)), person(licence(2), number=OTHER)]).splitlines()[1:]
    assert_silent(root({LICENCES: "\n".join(lines)}), PERSON, OTHER)


@pytest.mark.parametrize("heading", [PERSON, f"证件{PERSON}", PERSON.translate(WIDE), "410402199013011234"])
def test_a_number_among_the_headings_is_blotted_out(root: Make, heading: str) -> None:
    assert_silent(root({LICENCES: [{**licence(), heading: "x"}]}), heading)


def test_a_row_of_the_wrong_width_tells_none_of_its_values(root: Make) -> None:
    text = csv_of([person(licence(1))]) + ",".join(person(licence(2), number=OTHER).values()) + ",x\n"
    assert_silent(root({LICENCES: text}), OTHER)


def test_a_record_that_repeats_tells_no_value_of_its_key(root: Make) -> None:
    assert_silent(root({LICENCES: [person(licence()), person(licence())]}), PERSON)


def test_a_long_value_is_blotted_out_before_it_is_cut(root: Make) -> None:
    secret = "一二三四五六七八九十" * 3 + PERSON
    assert_silent(root({PENALTIES: [penalty(CF_CFLB=secret)]}), PERSON)
    shown = reports(root({PENALTIES: [penalty(CF_CFLB="示" * 36 + PERSON)]}))["text"]
    assert PERSON[:4] not in shown


def test_what_is_not_private_is_told_as_it_stands_in_the_file(root: Make) -> None:
    text = reports(root({PENALTIES: [penalty(CF_CFLB="罚款；罚金（二千元）")]}))["text"]
    assert "的值“罚款；罚金（二千元）”" in text
