"""Ids of records: stable across corrections and spellings, keyed, and silent about the record."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from codes import credit_code
from portals import ROOT, licence, person

from generator.model.kinds import load_kinds
from generator.model.record_id import as_text, record_ids
from generator.model.vocabulary import load_vocabularies

KIND = load_kinds(ROOT / "data" / "kinds", load_vocabularies(ROOT / "data" / "vocab"))["licence"]
KEY = "key-of-the-tests"
PLACEHOLDER = "0" * 17 + "X"


def ids(*rows: dict[str, str], key: str = KEY) -> list[str]:
    frame = pd.DataFrame([{code: row.get(code, "") for code in KIND.fields} for row in rows], dtype="str")
    return list(as_text(record_ids(frame, KIND, key)))


def test_an_id_is_thirteen_characters_that_nobody_misreads() -> None:
    found = ids(*(licence(number) for number in range(500)))
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{13}", each) for each in found)
    assert len(set(found)) == 500


def test_ids_are_the_same_today_as_when_they_were_first_cited() -> None:
    """Addresses of notices are cited outside: a change of this value breaks every one of them."""
    row = {"XK_WSH": "平市监许〔2023〕1号", "XK_XKJGDM": "11410400DEMX00014A", "XK_XDR_SHXYM": "91350100M000100Y43"}
    assert ids(row) == ["26qgtd9tfzmjq"]


def test_a_correction_keeps_the_id() -> None:
    first = licence()
    later = licence(BSRQ="2023/12/20", XK_NR="更正后的内容", XK_XDR_MC="更名后的示例公司", XK_JDRQ="2023/12/02")
    assert ids(first) == ids(later)


@pytest.mark.parametrize(
    "number",
    ["平市监许[2023]1号", "平市监许【2023】1号", "平市监许（2023）1号", "平市监许(2023)1号", "平市监许〔２０２３〕１号",
     "平市监许 〔2023〕 1号", "平市监许［2023］1号", "平市监许〔2023〕 1 号"],
)  # fmt: skip
def test_brackets_widths_and_blanks_of_a_document_number_make_no_other_record(number: str) -> None:
    assert ids(licence(XK_WSH=number)) == ids(licence(XK_WSH="平市监许〔2023〕1号"))


@pytest.mark.parametrize(
    "change",
    [
        {"XK_WSH": "平市监许〔2023〕2号"},
        {"XK_WSH": "平市监许〔2024〕1号"},
        {"XK_XKJGDM": "11410400DEMX00065J"},
        {"XK_XDR_SHXYM": credit_code("91410400MA9DEMX01")},
    ],
)
def test_another_number_authority_or_subject_is_another_record(change: dict[str, str]) -> None:
    assert ids(licence(**change)) != ids(licence())


def test_the_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert ids({"XK_WSH": "甲1", "XK_XKJGDM": "2"}) != ids({"XK_WSH": "甲", "XK_XKJGDM": "12"})


def test_two_businesses_without_a_code_are_told_apart_by_their_registration_numbers() -> None:
    one, other = (licence(XK_XDR_SHXYM=PLACEHOLDER, XK_XDR_GSZC=number) for number in ("4104001", "4104002"))
    assert ids(one) != ids(other)


def test_persons_are_told_apart_by_their_numbers() -> None:
    one, other = (person(licence(), number=number) for number in ("410402199001011230", "110105194912310021"))
    assert ids(one) != ids(other)
    renamed = person(licence(), name="张改名")
    assert ids(renamed) == ids(person(licence()))


def test_without_the_key_no_id_can_be_guessed() -> None:
    assert ids(licence(), key="another-key-here") != ids(licence())


def test_kinds_do_not_share_ids() -> None:
    row = pd.DataFrame([{code: licence().get(code, "") for code in KIND.fields}], dtype="str")
    other = KIND.model_copy(update={"id": "other"})
    assert record_ids(row, KIND, KEY)[0] != record_ids(row, other, KEY)[0]


def test_an_id_as_text_has_the_order_of_its_number() -> None:
    numbers = np.array([0, 1, 31, 32, 2**63, 2**64 - 1], dtype=np.uint64)
    texts = as_text(numbers).tolist()
    assert texts[0] == "0000000000000"
    assert texts[-1] == "fzzzzzzzzzzzz"
    assert texts == sorted(texts)
