"""Unified social credit codes over all kinds: what is counted as wrong, and what staff get to see of it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from codes import credit_code
from portals import (
    LICENCES,
    PENALTIES,
    TODAY,
    Content,
    admitted,
    build_site,
    csv_of,
    licence,
    make_portal,
    penalty,
    person,
    told,
    write,
)
from printed import tree, unpacked

from generator.cli import portal as command
from generator.code_report import faulty_codes
from generator.model.code_faults import FAULTS
from generator.model.portal import load_portal

Make = Callable[..., Path]
FIRST, SECOND, THIRD = (credit_code(f"91410400MA9E0000{number}") for number in "123")
WRONG = FIRST[:-1] + ("0" if FIRST[-1] != "0" else "1")
"""FIRST with another check character."""
BUREAU = "11410400DEMX00065J"


def of(number: int, name: str, code: str, **changes: str) -> dict[str, str]:
    return licence(number, XK_XDR_MC=name, XK_XDR_SHXYM=code, **changes)


def fine(number: int, name: str, code: str) -> dict[str, str]:
    return penalty(number, CF_XDR_MC=name, CF_XDR_SHXYM=code)


def counted(root: Path) -> dict[str, int]:
    """Rows with a code and rows with each fault, of the whole portal."""
    with admitted(root) as found:
        sums = found.published.codes.counts[["coded", *FAULTS, "faulty"]].sum()
        return {str(name): int(count) for name, count in sums.items() if count}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({LICENCES: [of(1, "甲公司", FIRST), of(2, "乙公司", SECOND)]}, {"coded": 2}, id="nothing wrong"),
        pytest.param(
            {LICENCES: [of(1, "甲公司", WRONG)]}, {"coded": 1, "check": 1, "faulty": 1}, id="wrong check character"
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", "91410400MA9E")]}, {"coded": 1, "form": 1, "faulty": 1}, id="too short"
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(2, "乙公司", FIRST)]},
            {"coded": 2, "names": 2, "faulty": 2},
            id="one code with two names",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(2, "甲公司", SECOND)]},
            {"coded": 2, "codes": 2, "faulty": 2},
            id="one name with two codes",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST)], PENALTIES: [fine(1, "乙公司", FIRST)]},
            {"coded": 2, "names": 2, "faulty": 2},
            id="over two kinds",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲（示例）公司", FIRST), of(2, "甲 (示例)公司", FIRST.lower())]},
            {"coded": 2},
            id="widths, brackets, blanks and case make no other name or code",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(2, "甲公司", WRONG)]},
            # The miscopied code is one of two codes of the name, and wrong besides; it counts once as a faulty row.
            {"coded": 2, "check": 1, "codes": 2, "faulty": 2},
            id="a miscopied code beside the right one",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(2, "甲公司", "91410400MA9E")]},
            {"coded": 2, "form": 1, "faulty": 1},
            id="what is no code is compared with none",
        ),
        pytest.param(
            {
                LICENCES: [
                    of(1, "甲店", "0" * 17 + "X", XK_XDR_LB="个体工商户", XK_XDR_GSZC="110108000000016"),
                    of(2, "乙店", "0" * 17 + "X", XK_XDR_LB="个体工商户", XK_XDR_GSZC="110108000000016"),
                ]
            },
            {},
            id="the placeholder is no code",
        ),
        pytest.param(
            {LICENCES: [person(licence(1)), {**person(licence(2)), "XK_XDR_SHXYM": FIRST}]},
            {},
            id="natural persons are left out",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(1, "甲集团公司", FIRST, BSRQ="2023/12/20")]},
            {"coded": 1},
            id="a name that was corrected since",
        ),
        pytest.param(
            {LICENCES: [of(1, "甲公司", FIRST), of(2, "乙公司", FIRST, XK_JDRQ="昨天")]},
            {"coded": 2, "names": 2, "faulty": 2},
            id="rows that are withheld take part",
        ),
        pytest.param({}, {}, id="no records"),
    ],
)
def test_what_counts_as_faulty(root: Make, files: Mapping[str, Content], expected: dict[str, int]) -> None:
    assert counted(root(files)) == expected


@pytest.fixture(scope="module")
def portal_with_faults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """市市场监管局: 4 rows with a code in December, of which 甲/乙 share FIRST and one is WRONG; 1 good row in January.
    市住建局: 3 rows, one name with two codes. So 3 of 5 and 2 of 3 are faulty: 60 % and 66.67 %, together 5 of 8."""
    jbureau = {"XK_LYDW": "市住建局", "XK_LYDWDM": BUREAU}
    files: dict[str, Content] = {
        LICENCES: [of(1, "甲公司", FIRST), of(2, "乙公司", FIRST), of(3, "丙公司", WRONG), of(4, "丁公司", SECOND)],
        "data/records/licence/2024-01/scjgj.csv": [of(5, "戊公司", THIRD, BSRQ="2024/01/03")],
        "data/records/licence/2023-12/zjj.xlsx": [
            of(6, "己公司", credit_code("91410400MA9E00004"), **jbureau),
            of(7, "己公司", credit_code("91410400MA9E00005"), **jbureau),
            of(8, "庚公司", credit_code("91410400MA9E00006"), **jbureau),
        ],
    }
    return make_portal(tmp_path_factory.mktemp("codes") / "portal", files, pages=True)


@pytest.fixture(scope="module")
def site_with_faults(portal_with_faults: Path) -> Path:
    return build_site(portal_with_faults)


def lines(page: str) -> dict[str, list[str]]:
    """Head of each line of the page's tables → its cells."""
    found = {}
    for line in (line.partition("</tr>")[0] for line in page.split("<tr>")[1:]):
        cells = [cell.partition(">")[2].partition("<")[0] for cell in line.split("<t")[1:]]
        found[cells[0]] = cells[1:]
    return found


def test_the_page_tells_rates_by_unit_kind_and_month(site_with_faults: Path) -> None:
    found = lines((site_with_faults / "statistics/codes/index.html").read_text(encoding="utf-8"))
    # rows with a code, form, check, one code with names, one name with codes, faulty rows, rate
    assert found["市市场监管局"] == ["5", "0", "1", "2", "0", "3", "60.00"]
    assert found["市住建局"] == ["3", "0", "0", "0", "2", "2", "66.67"]
    assert found["行政许可"] == ["8", "0", "1", "2", "2", "5", "62.50"]
    assert found["2023年12月"] == ["7", "0", "1", "2", "2", "5", "71.43"]
    assert found["2024年1月"] == ["1", "0", "0", "0", "0", "0", "0.00"]
    assert "鲁山县" not in found


def test_neither_a_code_nor_a_name_is_on_the_page(site_with_faults: Path) -> None:
    page = (site_with_faults / "statistics/codes/index.html").read_text(encoding="utf-8")
    assert not [word for word in (FIRST, SECOND, WRONG, "甲公司", "己公司") if word in page]


def test_a_portal_without_codes_says_so_in_a_sentence(root: Make) -> None:
    page = (build_site(root(pages=True)) / "statistics/codes/index.html").read_text(encoding="utf-8")
    assert "暂无载有统一社会信用代码的记录。" in page
    assert "<tbody>" not in page


def test_staff_are_told_file_row_code_names_fault_and_remedy(portal_with_faults: Path) -> None:
    found = faulty_codes(load_portal(portal_with_faults), TODAY, 1)
    december = "data/records/licence/2023-12/"
    assert [(entry.file, entry.sheet, entry.row, entry.name, entry.fault, entry.others) for entry in found] == [
        (f"{december}scjgj.csv", "", 2, "甲公司", "一码多名", "乙公司"),
        (f"{december}scjgj.csv", "", 3, "乙公司", "一码多名", "甲公司"),
        (f"{december}scjgj.csv", "", 4, "丙公司", "校验位不对", ""),
        (f"{december}zjj.xlsx", "Sheet1", 2, "己公司", "一名多码", credit_code("91410400MA9E00005")),
        (f"{december}zjj.xlsx", "Sheet1", 3, "己公司", "一名多码", credit_code("91410400MA9E00004")),
    ]
    assert [entry.code for entry in found[:3]] == [FIRST, FIRST, WRONG]
    assert {entry.unit for entry in found} == {"市市场监管局", "市住建局"}
    assert all(entry.remedy for entry in found)


def run_codes(root: Path, *words: str) -> Any:
    return CliRunner().invoke(command, ["codes", "--root", str(root), "--jobs", "1", *words])


def test_the_report_comes_as_text_as_json_and_as_csv_that_keeps_codes(portal_with_faults: Path, tmp_path: Path) -> None:
    text = run_codes(portal_with_faults).output
    assert f"scjgj.csv，第 2 行：一码多名：{FIRST} 甲公司（另有：乙公司）。" in text
    assert "共 5 处。" in text
    assert len(json.loads(run_codes(portal_with_faults, "--format", "json").output)) == 5
    assert run_codes(portal_with_faults, "--format", "csv", "--out", str(tmp_path / "codes.csv")).exit_code == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "codes.csv").read_text(encoding="utf-8-sig"))))
    assert [row["问题"] for row in rows] == ["一码多名", "一码多名", "校验位不对", "一名多码", "一名多码"]
    assert rows[0]["统一社会信用代码"].strip() == FIRST


def test_the_report_is_not_written_where_it_would_be_seen(portal_with_faults: Path, site_with_faults: Path) -> None:
    for place in (site_with_faults / "codes.csv", portal_with_faults / "content" / "staff" / "codes.csv"):
        assert run_codes(portal_with_faults, "--out", str(place)).exit_code == 2
        assert not place.exists()


def test_no_row_of_the_report_is_anywhere_on_the_site(site_with_faults: Path) -> None:
    # 丙公司 is withheld for its code; whoever was published is on the site, but not what is wrong with the codes.
    for path, content in tree(site_with_faults).items():
        assert WRONG.encode() not in unpacked(content), path


def test_an_identity_number_in_the_column_of_codes_is_blotted_out_in_the_report(
    root: Make,
) -> None:
    place = root({LICENCES: [of(1, "甲公司", "11010519491231002X")]})
    [entry] = faulty_codes(load_portal(place), TODAY, 1)
    assert (entry.fault, entry.code) == ("校验位不对", "（18 位号码，已遮盖）")


def test_without_faults_the_report_says_so(root: Make) -> None:
    place = root({LICENCES: [of(1, "甲公司", FIRST)]})
    assert "共 0 处。" in run_codes(place).output
    assert run_codes(place, "--format", "csv").output.startswith("\ufeff文件,工作表,行")


def test_a_code_that_was_issued_with_a_wrong_check_character_is_published_and_pointed_out(root: Make) -> None:
    place = root({LICENCES: csv_of([of(1, "甲公司", WRONG)])})
    write(place / "data/rules/codes.yml", f"issued:\n  - {{code: {WRONG}, source: 对照营业执照原件}}\n")
    [line] = told(place)
    assert line.startswith("[提示]")
    assert "已登记为登记机关发放的代码" in line
    assert counted(place) == {"coded": 1}
    with admitted(place) as found:
        assert found.counts()["published"] == 1
