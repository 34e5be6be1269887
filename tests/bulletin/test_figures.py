"""Figures of a bulletin: rates as they are printed, the order of units, and what counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from issued import compiled, of_month, rows_of, with_histories, words
from portals import LICENCES, PENALTIES, ROOT, SITE, Rows, declared, licence, penalty

from generator.bulletin.archive import Bulletin, bulletin_of
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.figures import Figures, Line
from generator.bulletin.prose import plain
from generator.statistics.figures import percent

Make = Callable[..., Path]


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (10, 11455, "0.09"),  # these five are printed in seed 002
        (10, 1109, "0.90"),
        (7, 866, "0.81"),
        (2, 18, "11.11"),
        (1, 1, "100"),
        (0, 69, "0"),
        (0, 0, "-"),
        (1, 8, "12.50"),
        (1, 800, "0.13"),  # 0.125 rounds up, not to even
        (3, 800, "0.38"),  # 0.375
        (1, 16, "6.25"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 1000000, "0.00"),
        (5368895, 5368895, "100"),
    ],
)
def test_rates_are_printed_with_two_decimals_rounded_half_up(part: int, whole: int, printed: str) -> None:
    assert percent(part, whole) == printed


@given(some.integers(1, 10**7), some.data())
def test_a_rate_is_the_nearest_hundredth(whole: int, data: some.DataObject) -> None:
    part = data.draw(some.integers(1, whole)) if whole > 1 else 1
    printed = percent(part, whole)
    hundredths = round(float(printed) * 100)
    assert abs(hundredths * whole - part * 10000) * 2 <= whole


def total(bulletin: Bulletin, column: str) -> str:
    """A figure of the whole city."""
    return str(bulletin.figures["reported"].sums["all"][column])


def of(unit: str, count: int, late: int = 0, start: int = 0) -> Rows:
    """Licences of a unit; the late ones were decided on 1 December and reported on the 13th."""
    codes = {"scjgj": "11410400DEMX00014A", "zjj": "11410400DEMX00065J", "lushan": "11410423DEMX010175"}
    names = {"scjgj": "市市场监管局", "zjj": "市住建局", "lushan": "鲁山县"}
    return [
        licence(start + number, XK_LYDW=names[unit], XK_LYDWDM=codes[unit], XK_XKJGDM=codes[unit])
        | {"BSRQ": "2023/12/13" if number < late else "2023/12/12"}
        for number in range(count)
    ]


def path(unit: str, month: str = "2023-12", kind: str = "licence") -> str:
    return f"data/records/{kind}/{month}/{unit}.csv"


def test_units_stand_in_the_order_of_their_counts_and_those_without_data_last(root: Make) -> None:
    _, page = of_month(
        root({path("zjj"): of("zjj", 18, late=2), path("scjgj"): of("scjgj", 3), path("lushan"): of("lushan", 5)})
    )
    assert rows_of(page) == [
        ["1", "市住建局", "18", "2", "11.11"],
        ["2", "市市场监管局", "3", "0", "0"],
        ["", "合计", "21", "2", "9.52"],
        ["1", "鲁山县", "5", "0", "0"],
        ["2", "郏县", "0", "-", "-"],
        ["", "合计", "5", "0", "0"],
    ]


def test_units_with_equally_many_stand_in_their_official_order(root: Make) -> None:
    _, page = of_month(root({path("zjj"): of("zjj", 4), path("scjgj"): of("scjgj", 4)}))
    assert [row[1] for row in rows_of(page)[:2]] == ["市市场监管局", "市住建局"]
    _, page = of_month(root({path("lushan"): of("lushan", 1)}))
    assert [row[1:] for row in rows_of(page)[:3]] == [
        ["市市场监管局", "0", "-", "-"],
        ["市住建局", "0", "-", "-"],
        ["合计", "0", "-", "-"],
    ]


def test_both_kinds_count_and_only_reports_of_the_month_do(root: Make) -> None:
    files: Mapping[str, Rows] = {
        LICENCES: [licence(1), licence(2)],
        PENALTIES: [penalty(1)],
        path("scjgj", "2024-01"): [licence(3, BSRQ="2024/01/02")],
        path("scjgj", "2023-11"): [licence(4, XK_JDRQ="2023/11/20", BSRQ="2023/11/21")],
    }
    result, _ = of_month(root(files))
    assert (total(result, "records"), total(result, "late")) == ("3", "0")


def test_the_quality_of_data_is_the_share_of_rows_without_error(root: Make) -> None:
    rows = [licence(number) for number in range(7)] + [licence(8, XK_XKLB="甲类")]
    result, page = of_month(root({LICENCES: rows}))
    assert (total(result, "submitted"), total(result, "records")) == ("8", "7")
    assert "共归集“双公示”信息7条，数据质量合格率87.50%" in words(page)


def test_a_unit_whose_rows_are_all_withheld_is_not_said_to_have_sent_nothing(root: Make) -> None:
    faulty = [row | {"XK_JDRQ": "2023/13/01"} for row in of("zjj", 2)]
    _, histories = with_histories(root({path("scjgj"): of("scjgj", 1), path("zjj"): faulty}))
    said = {history.unit.id: plain(history.text).partition("同期")[0] for history in histories}
    assert said["zjj"] == (
        "2023年12月份，市住建局推送“双公示”信息2条，均未通过数据核查，没有合格信息，数据质量合格率为0%。"
    )
    assert said["lushan"] == "2023年12月份，鲁山县没有推送“双公示”信息。"
    assert [entry for history in histories for entry in history.discrepancies] == []


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({"lushan": 3, "jiaxian": 2, "xinhua": 5}, "数据报送较少的有：郏县，报送信息仅有2条，远未达到"),
        ({"lushan": 2, "jiaxian": 2, "xinhua": 5}, "数据报送较少的有：鲁山县、郏县，报送信息均仅有2条，远未达到"),
        ({"lushan": 3, "xinhua": 5}, "数据报送较少的有：郏县，没有报送合格信息，远未达到"),
        ({"xinhua": 5}, "数据报送较少的有：鲁山县、郏县，均没有报送合格信息，远未达到"),
    ],
)
def test_who_sent_least_is_said_with_the_count_or_with_words_for_none(counts: dict[str, int], sentence: str) -> None:
    site = declared(ROOT)
    kind = load_bulletin_rules(site)
    names = {"lushan": "鲁山县", "jiaxian": "郏县", "xinhua": "新华区"}
    rules = kind.kinds["double"].figures
    lines = tuple(
        Line(
            key,
            name,
            "county",
            {column: Decimal(0) for column in rules["reported"].columns} | {"records": Decimal(counts.get(key, 0))},
        )
        for key, name in names.items()
    )
    figures = {name: Figures(of, lines if name == "reported" else ()) for name, of in rules.items()}
    bulletin = bulletin_of(site, kind, kind.kinds["double"], "2023-12", figures, None, [])
    assert sentence in plain(bulletin.text)


def test_a_portal_without_departments_does_not_speak_of_them(root: Make) -> None:
    _, page = of_month(root({path("lushan"): of("lushan", 2)}, units=SITE["units"][2:]))
    assert "共归集“双公示”信息2条，数据质量合格率100%，迟报数据0条，迟报率为0%。" in words(page)
    assert "其中市直" not in page
    assert "推送-条" not in page


def test_a_hint_does_not_lessen_the_quality_of_data(root: Make) -> None:
    result, _ = of_month(root({LICENCES: [licence(XK_YXQZ="")]}))
    assert total(result, "compliance") == "100"


def test_a_correction_is_no_second_record(root: Make) -> None:
    rows = [licence(1), licence(1, BSRQ="2023/12/20"), licence(2)]
    result, _ = of_month(root({LICENCES: rows}))
    assert [total(result, name) for name in ("submitted", "records", "compliance")] == ["2", "2", "100"]


def test_the_figures_of_a_month_stay_when_its_records_expire(root: Make) -> None:
    files = {PENALTIES: [penalty(1), penalty(2)]}
    early, _ = of_month(root(files))
    late, _ = of_month(root(files), today=date(2026, 12, 31))
    assert early.figures == late.figures


def test_undetermined_records_are_said_and_not_counted_as_late(root: Make) -> None:
    rows = [licence(1, XK_JDRQ="2026/12/23", BSRQ="2026/12/31"), licence(2, XK_JDRQ="2026/12/01", BSRQ="2026/12/02")]
    result, page = of_month(root({path("scjgj", "2026-12"): rows}), "2026-12", date(2027, 1, 5))
    assert [total(result, name) for name in ("records", "late", "undetermined")] == ["2", "0", "1"]
    assert "另有1条信息的报送期限所在年份尚无国务院公布的放假安排，是否迟报未定，未计入迟报。" in words(page)


def test_only_months_that_are_over_have_a_bulletin(root: Make) -> None:
    files: Mapping[str, Rows] = {
        LICENCES: [licence(1)],
        path("scjgj", "2024-01"): [licence(3, BSRQ="2024/01/02")],
        path("scjgj", "2023-10"): [licence(4, XK_JDRQ="2023/10/20", BSRQ="2023/10/23")],
        path("scjgj", "2023-09"): [licence(5, XK_JDRQ="2023/09/20", BSRQ="2023/09/21", XK_XKLB="甲类")],
    }
    portal = root(files)
    assert [entry.period for entry in compiled(portal)] == ["2023-12", "2023-10"]
    assert [entry.period for entry in compiled(portal, date(2024, 2, 1))] == ["2024-01", "2023-12", "2023-10"]


@pytest.mark.parametrize(("month", "last"), [("2024-02", "29"), ("2023-02", "28"), ("2023-11", "30")])
def test_the_span_of_the_figures_ends_with_the_last_day_of_the_month(root: Make, month: str, last: str) -> None:
    _, page = of_month(root(), month)
    assert f"数据统计时间范围：{month}-01 00:00:00 至 {month}-{last} 23:59:59" in page
