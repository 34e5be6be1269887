"""Gaps in the sequences of document numbers: which numbers nobody reported, worked out by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import yaml
from click.testing import CliRunner
from codes import credit_code
from openpyxl import load_workbook
from portals import LICENCES, PENALTIES, TODAY, declared, licence, make_portal, penalty, person, run

from generator.cli import portal as command
from generator.gap_report import Gaps, find_gaps
from generator.intake.sources import find_sources
from generator.model.document_numbers import in_sequence
from generator.model.folding import unified
from generator.model.portal import load_portal
from generator.model.reporting import NumberRules
from generator.pipeline import kept_of_builds
from generator.progress import Progress
from generator.publish.numbers import TYPES, sequences
from generator.publish.publish import publish
from generator.workers import InProcess

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("平市监罚〔2023〕12号", ("平市监罚", 2023, 12)),
        ("平市监罚[2023]第0012号", ("平市监罚", 2023, 12)),
        ("平市监罚（2023年） 12 号", ("平市监罚", 2023, 12)),
        ("（平）市监罚〔２０２３〕１２号", ("平市监罚", 2023, 12)),
        ("平市监罚〔2023〕12", ("平市监罚", 2023, 12)),
        ("〔2023〕平市监罚12号", ("平市监罚", 2023, 12)),
        ("平市监罚〔2023〕12-1号", ("平市监罚", 2023, 12)),
        ("平市监罚〔2023〕12之一号", ("平市监罚", 2023, 12)),
        ("郟市监罚〔2023〕12号", ("郏市监罚", 2023, 12)),
        ("平市监罚〔2023〕食12号", ("平市监罚食", 2023, 12)),
        ("〔2023〕12号", ("", 2023, 12)),
        ("平市监罚2023第12号", None),
        ("平市监罚〔2023〕十二号", None),
        ("平市监罚〔2023〕12号、13号", None),
        ("平市监罚〔2023〕1234567890号", None),
        ("JY14104020001234", None),
        ("", None),
    ],
)
def test_a_document_number_has_its_place_in_a_sequence(written: str, place: tuple[str, int, int] | None) -> None:
    found = in_sequence(unified(pa.array([written]))).to_pylist()
    assert found == [dict(zip(("word", "year", "serial"), place or (None,) * 3, strict=True))]


def judged(serials: Iterable[int], enough: int = 3, filled: float = 0.5) -> dict[str, Any]:
    """The one sequence of some numbers, and its gaps."""
    lines = pd.DataFrame({"kind": "penalty", "unit": 0, "word": "平罚", "year": 2023, "serial": list(serials)})
    rules = NumberRules(enough=enough, filled=filled, source="示例")
    found = sequences([lines.astype(TYPES)], rules)
    [told] = found.sequences.to_dict("records")
    gaps = list(found.gaps[["first", "last"]].itertuples(index=False, name=None))
    return {"numbers": told["numbers"], "missing": told["missing"], "judged": len(found.judged) == 1, "gaps": gaps}


@pytest.mark.parametrize(
    ("serials", "numbers", "missing", "gaps"),
    [
        pytest.param([1, 2, 3], 3, 0, [], id="whole"),
        pytest.param([1, 3, 4], 3, 1, [(2, 2)], id="one missing"),
        pytest.param([9, 3, 4, 8, 2, 5], 6, 2, [(6, 7)], id="in any order, two in a row"),
        pytest.param([1, 2, 4, 5, 9, 10], 6, 4, [(3, 3), (6, 8)], id="two ranges"),
        pytest.param([7, 8, 9, 11], 4, 1, [(10, 10)], id="what lies before the first is not known"),
        pytest.param([1, 1, 2, 2, 4, 4], 3, 1, [(3, 3)], id="a number stands on several rows"),
    ],
)
def test_gaps_lie_between_the_first_and_the_last_number_as_ranges(
    serials: list[int], numbers: int, missing: int, gaps: list[tuple[int, int]]
) -> None:
    assert judged(serials) == {"numbers": numbers, "missing": missing, "judged": True, "gaps": gaps}


def test_too_few_numbers_and_too_many_holes_are_not_judged() -> None:
    assert judged([1, 2, 4], enough=4)["judged"] is False
    assert judged([1, 2, 4], enough=4)["gaps"] == []
    # 3 of 6 numbers are half, 3 of 7 are less.
    assert judged([1, 2, 6])["judged"] is True
    assert judged([1, 2, 7]) == {"numbers": 3, "missing": 4, "judged": False, "gaps": []}


COUNTY = {"CF_SJLY": "鲁山县公安局", "CF_SJLYDM": credit_code("11410423MB1234567")}
RULES = {"nothing": [], "units": [], "kinds": [], "numbers": {"enough": 4, "filled": 0.5, "source": "示例"}}


def number(serial: int, word: str = "平市监罚", year: int = 2023) -> str:
    return f"{word}〔{year}〕{serial}号"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """市市场监管局 has 1 to 4, 6, 9 and 10 of its word; of each number another thing became."""
    shown = [penalty(1, CF_WSH=number(1)), penalty(2, CF_WSH="平市监罚[2023]第02号")]
    over = [penalty(3, CF_WSH=number(3), CF_JDRQ="2020/12/01"), person(penalty(4, CF_WSH=number(4)))]
    faulty = [
        penalty(6, CF_WSH=number(6), CF_JDRQ="昨天"),
        penalty(9, CF_WSH=number(9)),
        penalty(10, CF_WSH=number(10)),
    ]
    again = [penalty(10, CF_WSH=number(10), CF_NR="罚款2000元，已更正", BSRQ="2023/12/20")]
    # Licences share the sequence of another word; 鲁山县 has the word of the city's, and a sequence of its own.
    shared = [penalty(number_, CF_WSH=number(number_, "平市监")) for number_ in (20, 21)]
    licences = [licence(number_, XK_WSH=number(number_, "平市监")) for number_ in (23, 24)]
    county = [penalty(50 + serial, CF_WSH=number(serial), **COUNTY) for serial in (5, 7, 8)]
    sparse = [penalty(60 + serial, CF_WSH=number(serial, "稀字")) for serial in (1, 100, 200, 300)]
    last_year = [penalty(70 + serial, CF_WSH=number(serial, year=2022)) for serial in (5, 6)]
    return make_portal(
        tmp_path_factory.mktemp("gaps") / "portal",
        {
            PENALTIES: [*shown, *over, *faulty, *again, *shared, *sparse, *last_year],
            LICENCES: licences,
            "data/records/penalty/2023-12/lushan.csv": county,
            "data/rules/reporting.yml": yaml.safe_dump(RULES, allow_unicode=True),
        },
    )


@pytest.fixture(scope="module")
def found(portal: Path) -> Gaps:
    return find_gaps(load_portal(portal), TODAY, 1)


def test_every_row_that_was_reported_counts_whatever_became_of_it(found: Gaps) -> None:
    assert [(gap.unit, gap.kinds, gap.series, gap.numbers) for gap in found.gaps] == [
        ("市市场监管局", "行政许可、行政处罚", "平市监〔2023〕", "22号"),
        ("市市场监管局", "行政处罚", "平市监罚〔2023〕", "5号"),
        ("市市场监管局", "行政处罚", "平市监罚〔2023〕", "7—8号"),
    ]
    assert (found.judged, found.few, found.sparse) == (2, 2, 1)


def test_a_clerk_reads_ranges_by_unit_and_what_was_not_judged(portal: Path) -> None:
    assert run(portal, "gaps", "--jobs", "1").output == (
        "市市场监管局\n"
        "  平市监〔2023〕：已报 4 个号码（20—24号，行政许可、行政处罚），缺 1 个：22号\n"
        "  平市监罚〔2023〕：已报 7 个号码（1—10号，行政处罚），缺 3 个：5号、7—8号\n"
        "共核对 2 个文号序列，缺号 4 个。未作判断：号码不足 4 个的序列 2 个，号码不到首末号之间 50% 的序列 1 个。\n"
        "缺号不一定是漏报：可能作废、未用，或者用于其他文书，请逐一核实。本报告只供工作人员核对，不得公开。\n"
    )


def test_the_report_comes_as_a_table_for_excel_as_well(portal: Path, tmp_path: Path) -> None:
    rows = [
        ["市市场监管局", "行政许可、行政处罚", "平市监", 2023, 22, 22, 1, 20, 24, 4],
        ["市市场监管局", "行政处罚", "平市监罚", 2023, 5, 5, 1, 1, 10, 7],
        ["市市场监管局", "行政处罚", "平市监罚", 2023, 7, 8, 2, 1, 10, 7],
    ]
    text, book = tmp_path / "gaps.csv", tmp_path / "gaps.xlsx"
    assert run(portal, "gaps", "--jobs", "1", "--format", "csv", "--out", str(text)).exit_code == 0
    assert run(portal, "gaps", "--jobs", "1", "--format", "xlsx", "--out", str(book)).exit_code == 0
    lines = list(csv.reader(io.StringIO(text.read_text(encoding="utf-8-sig"))))
    assert lines[1:] == [[str(value) for value in row] for row in rows]
    sheet = load_workbook(book)["文号缺号"]
    assert [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] == rows
    assert [cell.value for cell in sheet[1]] == lines[0]


def test_no_name_of_any_row_is_in_the_report(portal: Path, tmp_path: Path) -> None:
    told = run(portal, "gaps", "--jobs", "1").output
    assert "示例" not in told
    assert "张" not in told


@pytest.mark.parametrize("words", [["--format", "xlsx"], ["--out", "content/gaps.csv"]])
def test_a_workbook_needs_a_file_and_no_report_goes_where_it_would_be_seen(portal: Path, words: list[str]) -> None:
    words = [str(portal / word) if "/" in word else word for word in words]
    (portal / "content").mkdir(exist_ok=True)
    result = CliRunner().invoke(command, ["gaps", "--root", str(portal), *words])
    assert result.exit_code == 2
    assert not list((portal / "content").iterdir())


def test_a_portal_without_numbers_has_no_gaps(root: Make) -> None:
    place = root()
    assert find_gaps(load_portal(place), TODAY, 1).gaps == []
    assert run(place, "gaps", "--jobs", "1", "--format", "csv").output.startswith("\ufeff单位,信息类别,字号")


def test_numbers_are_the_same_when_their_batch_was_kept(portal: Path) -> None:
    place = declared(portal)
    sources, _ = find_sources(place)

    def lines(kept: Any) -> list[dict[str, Any]]:
        folder = portal / "build" / "records"
        folder.mkdir(parents=True, exist_ok=True)
        numbers = publish(place, sources, TODAY, folder, InProcess(), Progress(), kept).numbers
        return pd.concat([part.astype({"kind": "str", "word": "str"}) for part in numbers]).to_dict("records")

    batches, _ = kept_of_builds(portal)
    first = lines(batches)
    assert list(batches.folder.iterdir())
    assert lines(batches) == first == lines(None)
    assert len(first) == 7 + 2 + 2 + 3 + 4 + 2
