"""Nothing that a file can hold stops the program: it is read, or one line says why not."""

from __future__ import annotations

from pathlib import Path

from containers import OLE, page, spreadsheet_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portals import ROOT, csv_of, licence, workbook_of

from generator.intake.cell_faults import mend_cells
from generator.intake.delimited import read_delimited
from generator.intake.encoding import decode
from generator.intake.headings import match_headings
from generator.intake.names import names_of
from generator.intake.table import SUFFIXES, Sheet, SourceFile
from generator.intake.tables import read_tables
from generator.issues import Issue, rows_set_aside
from generator.model.kinds import load_kinds
from generator.model.vocabulary import load_vocabularies

KIND = load_kinds(ROOT / "data/kinds", load_vocabularies(ROOT / "data/vocab"))["licence"]
NAMES = names_of(KIND)
BEGINNINGS = (b"", b"PK\x03\x04", OLE, b"<html><table>", b"<?xml ", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b'"')
FILES = [
    workbook_of([licence()]),
    csv_of([licence()]).encode("gb18030"),
    spreadsheet_xml([list(licence())]),
    page([list(licence()), list(licence().values())]).encode(),
    (Path(__file__).parent / "files/excel-97.xls").read_bytes(),
]
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)


def read(folder: Path, content: bytes, suffix: str) -> list[Sheet]:
    path = folder / f"file{suffix}"
    path.write_bytes(content)
    found = read_tables(path, path.name, NAMES)
    if isinstance(found, Issue):
        assert found.message
        assert found.remedy
        return []
    for sheet in found:
        assert len(sheet.headings) == len(sheet.columns)
        assert {len(column) for column in sheet.columns} <= {len(sheet.rows)}
        assert all(issue.message and issue.remedy for issue in sheet.issues)
    return found


@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400), suffix=st.sampled_from(SUFFIXES))
@quick
def test_any_bytes(tmp_path: Path, beginning: bytes, rest: bytes, suffix: str) -> None:
    read(tmp_path, beginning + rest, suffix)


@given(data=st.data(), content=st.sampled_from(FILES))
@quick
def test_a_file_with_bytes_changed_or_missing(tmp_path: Path, data: st.DataObject, content: bytes) -> None:
    spoiled = bytearray(content[: data.draw(st.integers(0, len(content)), "end")])
    for place in data.draw(st.lists(st.integers(0, max(0, len(spoiled) - 1)), max_size=5), "places"):
        if spoiled:
            spoiled[place] ^= data.draw(st.integers(1, 255), "change")
    read(tmp_path, bytes(spoiled), ".xlsx")


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    lines=st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=8), delimiter=st.sampled_from(",\t;|")
)
@quick
def test_any_text(tmp_path: Path, lines: list[list[str]], delimiter: str) -> None:
    text = "\n".join(delimiter.join(line) for line in lines)
    read(tmp_path, text.encode(), ".csv")
    read(tmp_path, page(lines).encode(), ".xls")
    read(tmp_path, spreadsheet_xml(lines), ".xls")


@given(st.text(st.characters(codec="gb2312", min_codepoint=0x4E00), min_size=2, max_size=60))
@settings(max_examples=200)
def test_a_text_in_gbk_is_never_read_as_another(text: str) -> None:
    found = decode(text.encode("gbk"))
    assert found is None or found.text == text


SAID = st.lists(st.text("甲乙注合计：:12 示例#N/A\u3000", max_size=5), min_size=4, max_size=4)


@given(st.lists(SAID, max_size=12))
@settings(max_examples=200)
def test_whatever_rows_say_each_is_a_record_or_malformed_or_set_aside(rows: list[list[str]]) -> None:
    headings = ["序号", "XK_XDR_MC", "XK_JDRQ", "XK_WSH"]
    text = "".join(",".join(line) + "\n" for line in [headings, *rows])
    read = read_delimited(text.encode(), "x.csv", NAMES)
    assert not isinstance(read, Issue)
    [sheet] = read
    source = SourceFile("x.csv", "licence", "2023-12", "scjgj")
    table = mend_cells(match_headings(source, sheet, KIND, lambda: None), KIND)
    aside = rows_set_aside(table.issues).total()
    assert len(table.rows) + table.malformed + aside == sum(any(cell.strip() for cell in row) for row in rows)


def test_the_limits_hold_for_markup_as_well(tmp_path: Path) -> None:
    path = tmp_path / "wide.xls"
    path.write_bytes(b"<html><table><tr><td colspan=99999>x</td></tr></table></html>")
    found = read_tables(path, path.name, NAMES)
    assert isinstance(found, Issue)
    assert found.code == "file-too-large"
