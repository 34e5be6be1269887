"""本月无: a clerk says in the file that would hold the rows that there are none, and has reported."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from portals import (
    LICENCES,
    OFFICES,
    PENALTIES,
    ROOT,
    SITE,
    TODAY,
    Content,
    admitted,
    csv_of,
    licence,
    office,
    penalty,
    told,
    workbook_of,
)

from generator.forms.form import form_csv, form_workbook
from generator.model.portal import load_portal
from generator.pack import pack_year

Make = Callable[..., Path]
BOOK = PENALTIES.replace(".csv", ".xlsx")


def said(root: Path) -> list[tuple[str, str, str]]:
    """Kind, unit and day of what was last sent and is the word that there is nothing."""
    with admitted(root) as found:
        last = found.published.reports.last
        units = found.portal.site.units
        return [
            (kind, units[unit].id, day)
            for kind, unit, day, nothing in last[["kind", "unit", "day", "nothing"]].itertuples(index=False)
            if nothing
        ]


WAYS: dict[str, Content] = {
    "in the first cell of a new workbook.xlsx": workbook_of([{"本月无": None}]),
    "some rows further down.xlsx": workbook_of([{"本月无": None}], above=3),
    "below the headings.xlsx": workbook_of([{**dict.fromkeys(penalty()), "CF_XDR_MC": "本月无"}]),
    "in any column.xlsx": workbook_of([{**dict.fromkeys(penalty()), "BZ": " 零报告。"}]),
    "alone in a text file.csv": "本月无\n",
    "in a text file of Excel.csv": "本月 无数据\r\n".encode("gb18030"),
    "in brackets.csv": csv_of([{**dict.fromkeys(penalty(), ""), "CF_WSH": "（本月无）"}]),
}


def test_a_unit_that_says_there_is_nothing_has_reported_and_nothing_is_wrong(root: Make) -> None:
    files = {office(place, "penalty", way.rpartition(".")[2]): text for place, (way, text) in enumerate(WAYS.items())}
    place = root(files, units=[*SITE["units"], *OFFICES])
    assert told(place) == []
    reported = {unit: (kind, day) for kind, unit, day in said(place)}
    assert [
        way for number, way in enumerate(WAYS) if reported.get(f"office-{number:02}") != ("penalty", "2023-12-31")
    ] == []
    with admitted(place) as found:
        assert found.counts()["total"] == 0


def test_it_may_be_written_into_the_form_of_the_kind(root: Make) -> None:
    place = root()
    portal = load_portal(place)
    folder = place / "data/records/licence/2023-12"
    folder.mkdir(parents=True)
    blank = form_csv(portal.forms["licence"]).decode("utf-8-sig")
    (folder / "scjgj.csv").write_text(f"{blank}本月无{',' * blank.count(',')}\r\n", encoding="utf-8-sig", newline="")
    (folder / "zjj.xlsx").write_bytes(_filled(form_workbook(portal.forms["licence"], portal)))
    # The example above it is pointed out, as in every form that still has it.
    assert [line for line in told(place) if "示例（第 2 行）" not in line] == []
    assert said(place) == [("licence", "scjgj", "2023-12-31"), ("licence", "zjj", "2023-12-31")]


def _filled(form: bytes) -> bytes:
    """The form with the word in the first cell below the row of its example."""
    book = load_workbook(io.BytesIO(form))
    book.worksheets[0]["A3"] = "本月无"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_the_headings_alone_say_nothing(root: Make) -> None:
    place = root({LICENCES: form_csv(load_portal(ROOT).forms["licence"])})
    assert told(place) == [
        f"[提示] {LICENCES}：文件只有标题行，没有数据。如本月确实没有数据，请在标题行下面写“本月无”（file-no-rows）"
    ]
    assert said(place) == []


@pytest.mark.parametrize(
    ("files", "where", "rows"),
    [
        pytest.param(
            {PENALTIES: [penalty(), {**dict.fromkeys(penalty(), ""), "CF_XDR_MC": "本月无"}]},
            PENALTIES,
            1,
            id="one file",
        ),
        pytest.param({PENALTIES: "本月无\n", BOOK: [penalty(1), penalty(2)]}, PENALTIES, 2, id="two files of a month"),
        pytest.param({PENALTIES: "本月无\n", BOOK: [penalty(1, CF_JDRQ="昨天")]}, PENALTIES, 1, id="a faulty row"),
    ],
)
def test_rows_beside_the_word_that_there_are_none_are_a_fault_and_stay(
    root: Make, files: dict[str, Any], where: str, rows: int
) -> None:
    place = root(files)
    assert (
        f"[错误] {where}：写明“本月无”，而本单位当月报送的行政处罚有 {rows} 行。"
        "有数据的，请删去写“本月无”的一行或者文件；确实没有的，请核对这些行是否放错了文件（nothing-contradicted）"
    ) in told(place)
    assert said(place) == []
    with admitted(place) as found:
        assert found.counts()["total"] == rows


def test_other_units_other_kinds_and_other_months_contradict_nothing(root: Make) -> None:
    place = root(
        {
            PENALTIES: "本月无\n",
            LICENCES: [licence()],
            "data/records/penalty/2023-11/scjgj.csv": [penalty(CF_JDRQ="2023/11/01", BSRQ="2023/11/03")],
        }
    )
    assert told(place) == []
    assert said(place) == [("penalty", "scjgj", "2023-12-31")]


def test_a_text_that_only_holds_the_words_is_a_record(root: Make) -> None:
    place = root({LICENCES: [licence(XK_NR="本月无"), licence(2, BZ="本月无数据")]})
    assert told(place) == []
    assert said(place) == []
    with admitted(place) as found:
        assert found.counts()["published"] == 2


def test_of_this_month_it_counts_up_to_today_and_of_a_month_to_come_not_at_all(root: Make) -> None:
    place = root(
        {
            "data/records/penalty/2024-01/scjgj.csv": "本月无\n",
            "data/records/penalty/2024-02/zjj.csv": "本月无\n",
        }
    )
    assert said(place) == [("penalty", "scjgj", "2024-01-05")]


def test_it_is_still_said_when_the_year_is_packed(root: Make) -> None:
    loose = "data/records/penalty/2023-10/zjj.csv"
    place = root({loose: "本月无\n", "data/records/penalty/2023-10/scjgj.csv": [penalty(BSRQ="2023/10/31")]})
    portal = load_portal(place)
    pack_year(portal, portal.forms["penalty"], 2023, TODAY)
    assert not (place / loose).exists()
    assert said(place) == [("penalty", "zjj", "2023-10-31")]
