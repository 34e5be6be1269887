"""Values out of code lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from portals import ROOT
from reading import normal, read

from generator.model.vocabulary import Vocabulary, load_vocabularies

LISTS = load_vocabularies(ROOT / "data" / "vocab")
PENALTY, LICENCE, CLASS, STATE = (
    LISTS[name] for name in ("penalty_category", "licence_category", "subject_class", "licence_state")
)


@pytest.mark.parametrize(
    ("written", "vocabulary", "meant"),
    [
        ("普通", LICENCE, "普通"),
        ("01", LICENCE, "普通"),
        ("普通许可", LICENCE, "普通"),
        (" 普 通 ", LICENCE, "普通"),
        ("０１", LICENCE, "普通"),
        ("05", LICENCE, "登记"),
        ("法人", CLASS, "法人及非法人组织"),
        ("企业", CLASS, "法人及非法人组织"),
        ("个体", CLASS, "个体工商户"),
        ("1", STATE, "有效"),
        ("2", STATE, "无效"),
        ("其他-补办", LICENCE, "其他-补办"),
        ("其他－补办", LICENCE, "其他-补办"),
    ],
)
def test_other_spellings_stand_for_the_permitted_value(written: str, vocabulary: Vocabulary, meant: str) -> None:
    assert normal("choice", written, vocabulary) == meant


@pytest.mark.parametrize("written", ["其他", "其他-", "其他－", "普通、特许", "06", "x"])
def test_a_value_outside_the_list_is_reported_and_kept_as_written(written: str) -> None:
    assert read("choice", written, vocabulary=LICENCE) == [(written, ["choice-unknown"])]


@pytest.mark.parametrize("separator", [";", "；", "、", " ; ", "； "])
def test_several_choices_may_be_parted_by_any_usual_mark(separator: str) -> None:
    assert normal("choices", f"罚款{separator}没收违法所得", PENALTY) == "罚款；没收违法所得"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("警告", "警告"),
        ("罚款；", "罚款"),
        ("；罚款", "罚款"),
        ("罚款；罚款", "罚款"),
        ("罚款；警告；罚款", "罚款；警告"),
        ("罚款；其他-责令改正", "罚款；其他-责令改正"),
        ("；", ""),
        ("", ""),
    ],
)
def test_parts_of_several_choices_are_kept_once_and_in_order(written: str, meant: str) -> None:
    assert normal("choices", written, PENALTY) == meant


@pytest.mark.parametrize("written", ["罚款；罚金", "罚款；其他-", "其他", "罚款,警告", "罚款警告", "罚款/警告"])
def test_one_unknown_part_makes_the_value_faulty(written: str) -> None:
    assert read("choices", "罚款", written, vocabulary=PENALTY) == [("罚款", []), (written, ["choice-unknown"])]


def test_a_column_of_choices_may_be_blank_from_top_to_bottom() -> None:
    assert read("choices", "", "", "", vocabulary=PENALTY) == [("", [])] * 3


@given(some.lists(some.sampled_from([*PENALTY.values, "其他-责令改正"]), min_size=1, max_size=5))
def test_choices_in_normal_form_stay_as_they_are(parts: list[str]) -> None:
    once = normal("choices", ";".join(parts), PENALTY)
    assert once.split("；") == list(dict.fromkeys(parts))
    assert normal("choices", once, PENALTY) == once


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_spelling_of_a_list_stands_for_two_values(name: str) -> None:
    spellings = [spelling for value, others in LISTS[name].values.items() for spelling in (value, *others)]
    assert len(spellings) == len(set(spellings))
    for value, others in LISTS[name].values.items():
        for spelling in (value, *others):
            assert normal("choice", spelling, LISTS[name]) == value
