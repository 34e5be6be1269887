"""Looking at what many texts say once misses nothing that looking at each text for each value finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.verify.searcher import Searcher, stands_alone

WRITTEN = st.text('张王号12Ab<>",\n\t ', max_size=12)
VALUES = st.dictionaries(WRITTEN.filter(lambda value: len(value) > 1), st.sampled_from(["licence", "penalty"]))


def _one_by_one(values: dict[str, str], text: str) -> set[str]:
    return {
        kind
        for value, kind in values.items()
        for start in range(len(text))
        if text.startswith(value, start) and stands_alone(text, start + len(value) - 1, value)
    }


@given(values=VALUES, texts=st.lists(WRITTEN, max_size=4))
def test_nothing_is_missed(values: dict[str, str], texts: list[str]) -> None:
    searcher = Searcher(values)
    meant = set().union(*(_one_by_one(values, text) for text in texts))
    said_of_marks_alone = {kind for value, kind in values.items() if not value.strip('<>",\t\r\n')}
    assert meant - said_of_marks_alone <= searcher.kinds_in(texts) <= meant | said_of_marks_alone
    assert searcher.may_say(texts) or not searcher.kinds_in(texts)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<td>示例甲（个体）,“老店”</td>", True),
        ('"示例甲","其他"', False),
        ("示例甲\n", False),
    ],
)
def test_a_value_with_a_comma_is_found_whole_and_not_by_its_pieces(text: str, said: bool) -> None:
    searcher = Searcher({"示例甲（个体）,“老店”": "licence"})
    assert searcher.kinds_in([text]) == ({"licence"} if said else set())


def test_words_that_every_page_says_and_nobody_has_to_hide_are_done_with_at_once() -> None:
    page = "".join(f"<td>第{number}号</td>" for number in range(100))
    assert not Searcher({"豫示罚〔2023〕1号": "penalty", "王五": "penalty"}).may_say([page, "王五金有限公司"])
