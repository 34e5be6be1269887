"""Whatever stands in whatever cell: nothing raises, and every row is accepted or withheld."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from portals import TODAY, licence, make_portal, penalty

from generator.check.batch import CheckedBatch, check_batch
from generator.intake.table import Batch, RawTable, SourceFile
from generator.model.portal import Portal, load_portal

TEMPTING = (
    "/",
    "无",
    "-",
    "1900-01-00",
    "9999-12-31",
    "长期",
    "45261",
    "99999",
    "112/12/1",
    "民国0年1月1日",
    "二〇二三年十三月一日",
    "4.1E+17",
    "1e999",
    "410402199001011000",
    "0" * 17 + "X",
    "叁万伍仟元整",
    "万亿元",
    "零元",
    "1,2,3元",
    "９９９万",
    "\u0661\u0662\u0663\u0664-\u0661-\u0661",
    "2023-12-01T25:61",
    "\u200b",
    "\u3000",
    "①②③",
    "㏠",
    "ß",
    "\U0001f600",
    "罚款；；其他-",
    "13800138000",
    "豫D·12345",
    "<script>",
    "=1+1",
    "\r\n",
    "\x00",
    "X" * 5000,
    "9" * 400,
    "．",
    "+",
    "1E+5",
    "D2143569-X",
)
texts = some.one_of(
    some.text(some.characters(exclude_categories=["Cs"]), max_size=40),
    some.sampled_from(TEMPTING),
    some.from_regex(r"[0-9０-９]{1,5}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?", fullmatch=True),
    some.from_regex(r"[0-9,，.]{1,12}(万|亿)?元?", fullmatch=True),
    some.text("零一二三十百千万亿元角分点整年月日", max_size=12),
    some.text("0123456789ABCDEFGHJKLMNPQRTUWXYX", min_size=15, max_size=18),
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Portal:
    """The declarations of a small portal."""
    return load_portal(make_portal(tmp_path_factory.mktemp("any") / "portal"))


def checked_rows(portal: Portal, kind: str, rows: list[dict[str, str]]) -> CheckedBatch:
    declared = portal.kinds[kind]
    columns = {code: pa.array([row[code] for row in rows], pa.large_string()) for code in declared.fields}
    numbers = np.arange(2, len(rows) + 2, dtype=np.int32)
    table = RawTable(SourceFile("x.csv", kind, "2023-12", "scjgj"), "", columns, numbers, numbers, [])
    return check_batch(Batch(declared, "2023-12", [table]), portal, TODAY)


@pytest.mark.parametrize("kind", ["licence", "penalty"])
def test_a_cell_that_says_one_thing_without_end_is_withheld_like_any_other(portal: Portal, kind: str) -> None:
    """A pattern that tries anew at each character would not be done by tomorrow."""
    said = ("一", "亿", "一点", "1,", "1", "1 ", "- ", "x ", "；", "罚款 ", "豫", "住,", "年1月", "（", "A1")
    fields = portal.kinds[kind].fields
    long = [text * (100_000 // len(text)) + "x" for text in said]
    # An amount that can be read is compared with what the others say.
    rows = [{code: "0.33" if field.type == "money" else text for code, field in fields.items()} for text in long]
    assert not checked_rows(portal, kind, rows).accepted.any()


@pytest.mark.parametrize(("kind", "row"), [("licence", licence()), ("penalty", penalty())])
@settings(max_examples=120)
@given(data=some.data())
def test_any_text_in_any_cell_is_accepted_or_withheld(
    portal: Portal, kind: str, row: dict[str, str], data: some.DataObject
) -> None:
    declared = portal.kinds[kind]
    changed = data.draw(
        some.lists(some.dictionaries(some.sampled_from(list(declared.fields)), texts), min_size=1, max_size=6)
    )
    rows = [{**dict.fromkeys(declared.fields, ""), **row, **cells} for cells in changed]
    checked = checked_rows(portal, kind, rows)
    numbers = np.arange(2, len(rows) + 2)
    assert len(checked.frame) == len(checked.accepted) == len(rows)
    refused = {issue.row for issue in checked.issues if issue.level == "error"}
    assert {row for row, good in zip(numbers.tolist(), checked.accepted.tolist(), strict=True) if not good} <= refused
    for issue in checked.issues:
        assert issue.message
        assert issue.remedy
    for mending in checked.mendings:
        assert mending.text
