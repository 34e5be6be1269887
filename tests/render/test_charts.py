"""Charts: what they show, that no text runs into another, and that nothing hangs on a machine's fonts."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from generator.bulletin.declaration import FigureRules
from generator.bulletin.figures import Figures, Line
from generator.render.bulletin_charts import month_of
from generator.render.charts import ROOM, Bar, bars
from generator.render.month_charts import NO_BULLETIN, NOTHING_TO_RATE, Month, month_chart
from generator.render.shades import by_magnitude, by_share
from generator.render.text_widths import EM, lines_of, width_of

EVIL = '<script>"&甲'
YEAR = [*(f"2023-{number:02}" for number in range(3, 13)), "2024-01", "2024-02"]


def months(*values: int | None) -> list[Month]:
    """Figures of the months from March 2023 on."""
    return [
        Month(month, None if value is None else Decimal(value), NO_BULLETIN if value is None else f"{value:,}")
        for month, value in zip(YEAR, values, strict=False)
    ]


def texts(drawn: str, kind: str = "[^>]*") -> list[str]:
    return re.findall(rf"<text{kind}>([^<]+)<", drawn)


def attributes(drawn: str, element: str, *names: str) -> list[tuple[int, ...]]:
    """Whole numbers of the attributes of each element of a class."""
    found = re.findall(rf'<\w+ class="{element}"[^>]*>', drawn)
    return [tuple(int(re.search(rf' {name}="(\d+)"', one)[1]) for name in names) for one in found]  # type: ignore[index]


def test_a_full_width_character_needs_an_em_and_a_half_width_one_less() -> None:
    assert width_of("城乡（示范）区") == 7 * EM
    assert width_of("12,345") == 6 * 65
    assert width_of("“甲”—") == 4 * EM
    assert lines_of("城乡一体化", 2 * EM) == ["城乡", "一体", "化"]
    assert lines_of("甲", 0) == ["甲"]


def test_bars_are_as_long_as_their_values_and_say_them() -> None:
    drawn = bars(
        "图", [Bar("甲县", Decimal(200), "200 家"), Bar("乙县", Decimal(50), "50 家"), Bar("丙县", None, "未报送")]
    )
    assert re.findall(r'chart__bar" x="0" y="[\d.]+rem" width="([\d.]+)%"', drawn) == ["100.00", "25.00", "0.00"]
    assert 'aria-label="条形图：图。最高甲县 200 家，最低乙县 50 家。各项数据见表格。"' in drawn
    assert texts(drawn) == ["甲县", "200 家", "乙县", "50 家", "丙县", "未报送"]
    # Where some are not drawn, the last that is drawn is not the lowest.
    assert "。最高甲县 200 家。另有3个为0。各项" in bars(
        "图", [Bar("甲县", Decimal(200), "200 家")], others="另有3个为0"
    )
    half = bars("图", [Bar("甲县", Decimal("87.4"), "87.40 分")], Decimal(100))
    assert 'width="87.40%"' in half


def test_a_long_name_goes_on_in_the_next_line_and_never_runs_into_the_value() -> None:
    # 30 em of name beside 3.65 em of value (1条 and a blank) and an em between leave 17 em in a line.
    drawn = bars("图", [Bar("甲" * 30, Decimal(1), "1 条甲"), Bar("乙", Decimal(2), "2 条甲")])
    assert texts(drawn) == ["甲" * 17, "甲" * 13, "1 条甲", "乙", "2 条甲"]
    for name in ("甲" * 17, "甲" * 13):
        assert width_of(name) + width_of("1 条甲") + EM <= ROOM
    # Lines of 20, a bar of 12 after 5 and 7 more: the second entry begins at 2 × 20 + 24.
    assert re.findall(r'<text x="0" y="([\d.]+)rem"', drawn) == ["0.85", "1.85", f"{(64 + 17) / 20:g}"]


def test_a_month_without_a_figure_is_a_gap_and_nothing_is_a_nought() -> None:
    drawn = month_chart("图", months(100, 50, 0, None, 75))
    # The whole height is 150 and stands on 178; three quarters of it are 112.5.
    assert attributes(drawn, "chart__bar", "y", "height") == [(28, 150), (103, 75), (65, 113)]
    assert texts(drawn, ' class="chart__value"[^>]*') == ["100", "50", "0", "75"]
    assert texts(drawn, ' class="chart__gap"[^>]*') == ["—"]
    assert "止2023年7月 75；2023年6月没有通报。" in drawn
    assert "“—”：该月没有通报，不是0。" in drawn
    rates = [Month("2023-01", None, NO_BULLETIN), Month("2023-02", None, NOTHING_TO_RATE), *months(9)]
    drawn = month_chart("图", rates, "points")
    assert "；2023年1月没有通报；2023年2月没有可计算的数据。" in drawn
    assert "“—”：该月没有通报，或者没有可计算的数据，不是0。" in drawn
    assert "不是0" not in month_chart("图", months(1, 0, 2))


def test_with_a_bulletin_a_count_of_nothing_is_0_and_without_one_a_gap() -> None:
    rules = FigureRules.model_validate(
        {
            "kinds": ["licence"],
            "columns": {
                "records": {"title": "数据总量", "count": "records"},
                "late": {"title": "迟报量", "count": "late", "needs": "records"},
                "late_rate": {"title": "迟报率", "unit": "%", "share": ["late", "records"]},
            },
        }
    )
    silent = Figures(rules, (Line("scjgj", "市市场监管局", "department", {"records": Decimal(0), "late": Decimal(0)}),))
    assert month_of("2023-12", silent, "scjgj", "records") == Month("2023-12", Decimal(0), "0")
    # The table writes a dash, as nothing was sent that could have been late.
    assert month_of("2023-12", silent, "scjgj", "late") == Month("2023-12", Decimal(0), "0")
    assert month_of("2023-12", silent, "scjgj", "late_rate") == Month("2023-12", None, "没有可计算的数据")
    assert month_of("2023-12", silent, "zjj", "late") == Month("2023-12", None, "通报没有此数")
    assert month_of("2023-12", None, "scjgj", "late") == Month("2023-12", None, "没有通报")


def test_a_chart_whose_page_has_no_such_table_has_one_below_it() -> None:
    drawn = month_chart("图", months(100, None, 0), head="数据总量（条）")
    table = drawn.partition("<details")[2]
    assert re.findall(r"<t[hd][^>]*>([^<]+)<", table) == [
        "月份", "数据总量（条）", "2023年5月", "0", "2023年4月", "没有通报", "2023年3月", "100",
    ]  # fmt: skip
    assert "<details" not in month_chart("图", months(100, None, 0))


def test_only_a_long_chart_tells_that_it_scrolls() -> None:
    # A month is 2.6 times as wide as the root's text: twelve are 31.2 times, eleven 28.6.
    assert "左右滑动可看其他月份。" in month_chart("图", months(*[1] * 12))
    assert "左右滑动" not in month_chart("图", months(*[1] * 11))


def test_a_course_of_rates_breaks_off_where_a_month_is_missing() -> None:
    drawn = month_chart("图", months(100, 50, 100, None, 50, 100), "points", Decimal(100))
    # March to May are two lines, July to August one; 50 of 100 is half of 100 below the top at 28.
    tops = attributes(drawn, "chart__course", "y1", "y2")
    assert tops == [(28, 78), (78, 28), (78, 28)]
    # The value of April, to which the course falls, stands below its point, and so does July's.
    assert [said for (said,) in attributes(drawn, "chart__value", "y")] == [19, 98, 19, 98, 19]
    assert len(attributes(drawn, "chart__point", "cx")) == 5


def test_the_years_are_written_where_they_begin() -> None:
    drawn = month_chart("图", months(*range(12)))
    assert texts(drawn, ' class="chart__head"[^>]*') == [
        "3月", "2023年", *(f"{number}月" for number in range(4, 13)), "1月", "2024年", "2月",
    ]  # fmt: skip


@pytest.mark.parametrize("largest", [9, 99_999, 9_999_999])
def test_values_of_neighbouring_months_have_room_beside_each_other(largest: int) -> None:
    drawn = month_chart("图", months(*[largest] * 12))
    middles = [place for (place,) in attributes(drawn, "chart__value", "x")]
    # A text of 15 units to the em is as wide as its counted characters, half of it on each side of its middle.
    width = width_of(f"{largest:,}") * 15 / EM
    assert all(other - one > width for one, other in pairwise(middles))
    assert middles[0] - width / 2 >= 0
    assert all(other - one >= width_of("2023年") * 14 / EM for one, other in pairwise(middles))


@pytest.mark.parametrize("drawn", [bars("图", [Bar("甲", Decimal(1), "1")]), month_chart("图", months(1, None, 2))])
def test_a_chart_has_no_style_no_colour_no_font_and_is_told_in_words(drawn: str) -> None:
    assert not re.search(r"style=|fill=|textLength|font", drawn)
    assert re.search(r'role="img" aria-label="[^"]+各项数据见表格。"', drawn)


def test_what_a_chart_says_is_text_and_no_markup() -> None:
    for drawn in (bars(EVIL, [Bar(EVIL, Decimal(1), EVIL)]), month_chart(EVIL, [Month("2023-01", Decimal(1), EVIL)])):
        assert "<script>" not in drawn
        assert "&lt;script&gt;&#34;&amp;甲" in drawn


def test_shades_grow_with_the_order_of_magnitude() -> None:
    values = [Decimal(9), Decimal(10), Decimal(999), Decimal(1000), Decimal(0), None]
    assert by_magnitude(values) == ["shade-1", "shade-2", "shade-3", "shade-4", "shade-0", "shade-none"]
    # Of counts that have two digits at most, those with two are the darkest.
    assert by_magnitude([Decimal(5), Decimal(50)]) == ["shade-3", "shade-4"]
    # Seven orders of magnitude share four shades.
    assert by_magnitude([Decimal(10**power) for power in range(7)]) == [
        "shade-1", "shade-2", "shade-2", "shade-3", "shade-3", "shade-4", "shade-4",
    ]  # fmt: skip
    assert by_magnitude([None, None]) == ["shade-none", "shade-none"]


def test_points_have_the_shade_of_their_share_of_the_full_marks() -> None:
    shares = [by_share(Decimal(points), Decimal(8)) for points in (0, 1, 2, 3, 4, 8)]
    assert shares == ["shade-0", "shade-1", "shade-1", "shade-2", "shade-2", "shade-4"]
    assert by_share(None, Decimal(8)) == "shade-none"
