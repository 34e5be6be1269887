"""However a name is written, it is found by its usual form."""

from __future__ import annotations

import pyarrow as pa
import pytest

from generator.model.folding import folded, unified


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("示例（ＡＢ）商贸", "示例AB商贸"),
        ("郟县示例", "郏县示例"),
        ("Straße", "STRASSE"),
        ("STRAẞE", "STRASSE"),
        ("Café", "CAFÉ"),
        ("ΐ", "\u0399\u0308\u0301"),  # SpecialCasing.txt: three capitals for one small letter
    ],
)
def test_width_case_marks_and_variants_do_not_count(written: str, usual: str) -> None:
    assert folded(unified(pa.array([written]))).to_pylist() == [usual]


def test_a_column_in_several_pieces_is_folded_whole() -> None:
    assert unified(pa.chunked_array([["ß", "a"], ["b"]])).to_pylist() == ["SS", "A", "B"]
