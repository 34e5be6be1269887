"""What a text says of units is proved by its marks: whose figure stands after whose name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from portals import ROOT, declared

from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.figures import Figures, Line
from generator.bulletin.tracing import misnamed, mistitled, untraced

KIND = load_bulletin_rules(declared(ROOT)).kinds["progress"]
FIRMS = Figures(
    KIND.figures["financing"],
    tuple(
        Line(key, name, "", {"registered": Decimal(count)})
        for key, name, count in (("410422", "叶县", 7960), ("410423", "鲁山县", 6868), ("410482", "汝州市", 49))
    ),
)
YEXIAN, LUSHAN = "{@registered/410422=叶县}", "{@registered/410423=鲁山县}"
OF_YEXIAN, OF_LUSHAN = "{financing/410422/registered=7960}家", "{financing/410423/registered=6868}家"


def told(text: str, subject: str | None = None) -> list[str]:
    found = untraced(KIND, "2023-03-10", {"financing": FIRMS}, text, (), subject)
    return [entry.text().partition("”")[2] for entry in found]


@pytest.mark.parametrize(
    "text",
    [
        f"{YEXIAN}、{LUSHAN}注册较多，分别为{OF_YEXIAN}、{OF_LUSHAN}。",
        f"{YEXIAN}和{LUSHAN}分别注册{OF_YEXIAN}和{OF_LUSHAN}，即{OF_YEXIAN}、{OF_LUSHAN}。",
        f"{YEXIAN}（{OF_YEXIAN}）、{LUSHAN}（{OF_LUSHAN}）。",
        f"{YEXIAN}、{LUSHAN}至少有{OF_YEXIAN}。",
        "总计{financing/all/registered=14877}家，"
        f"{YEXIAN}{OF_YEXIAN}，占{{financing/all/registered=14877}}家的一半。",
    ],
)
def test_figures_come_in_the_order_of_the_names_before_them(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{YEXIAN}、{LUSHAN}分别为{OF_LUSHAN}、{OF_YEXIAN}。",
            [
                "中的鲁山县·注册企业数量（6868）：写作叶县，单位应为鲁山县",
                "中的叶县·注册企业数量（7960）：写作鲁山县，单位应为叶县",
            ],
        ),
        (f"{YEXIAN}较多。{LUSHAN}有{OF_YEXIAN}。", ["中的叶县·注册企业数量（7960）：写作鲁山县，单位应为叶县"]),
        (f"叶县有{OF_YEXIAN}。", ["：叶县·注册企业数量（7960）的前面没有写明单位"]),
        (f"{YEXIAN}较多。\n\n有{OF_YEXIAN}。", ["：叶县·注册企业数量（7960）的前面没有写明单位"]),
    ],
)
def test_a_figure_that_stands_with_another_unit_is_told(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_a_text_about_one_unit_need_not_name_it_in_every_paragraph() -> None:
    assert told(f"有{OF_YEXIAN}。", "410422") == []


def test_whom_an_imported_bulletin_names_by_hand_is_not_judged() -> None:
    text = "{@410423=鲁山县}较多。"
    assert list(misnamed(text, {}, imported=True)) == []
    assert [entry.said for entry in misnamed(text, {}, imported=False)] == ["鲁山县"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于2023年12月份工作情况的通报", []),
        ("关于2023年度工作情况的通报", []),
        ("关于2023年01月份工作情况的通报", ["标题：写作01月，按期次应为12月"]),
    ],
)
def test_a_title_is_of_the_month(title: str, expected: list[str]) -> None:
    assert [entry.text() for entry in mistitled(title, "2023-12")] == expected
