"""A reader looks at statistics: tables, charts, contradictions, scores."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from readers import DESKTOP, PHONE, OpenReader

PAGES = (
    "statistics/",
    "statistics/coverage/",
    "statistics/financing/",
    "statistics/indicators/",
    "bulletins/2023-12/",
    "bulletins/2023-03/progress/",
)


def test_from_the_menu_to_the_table_of_the_annex_and_into_a_spreadsheet(reader: Page, tmp_path: Path) -> None:
    reader.goto("./")
    reader.get_by_role("navigation", name="主导航").get_by_role("link", name="统计与通报").click()
    reader.get_by_role("link", name="统计数据和监测指标").click()
    reader.get_by_role("link", name="“十公示”行政管理信息归集情况").click()
    annex = reader.get_by_role("table", name="截至2023年3月10日")
    expect(annex.get_by_role("row").last).to_contain_text("5,497,201")
    expect(reader.get_by_text("为 5,368,895；逐项相加为 5,497,201；相差 128,306")).to_be_visible()
    with reader.expect_download() as saving:
        reader.get_by_role("link", name="下载表格").last.click()
    saving.value.save_as(tmp_path / "annex.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "annex.csv").read_text("utf-8-sig"))))
    assert sum(int(row["总计（条）"]) for row in rows) == 5497201


def test_the_month_of_the_records_agrees_with_the_bulletin(reader: Page) -> None:
    reader.goto("bulletins/2023-12/")
    annex = reader.get_by_role("table", name="县（市、区）")
    told = (
        annex.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="鲁山县")).get_by_role("cell").nth(1)
    )
    expect(told).to_have_text("2810")
    reader.goto("statistics/coverage/")
    month = reader.get_by_role("table", name="2023年12月")
    row = month.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="鲁山县"))
    licences, penalties = (int(row.get_by_role("cell").nth(place).inner_text().replace(",", "")) for place in (0, 1))
    assert licences + penalties == 2810


def test_a_chart_is_told_to_who_cannot_see_it_and_is_as_wide_as_a_phone(open_reader: OpenReader) -> None:
    page = open_reader(viewport=PHONE)
    page.goto("statistics/financing/")
    chart = page.get_by_role("img", name="条形图")
    extremes = "最高叶县 7,960 家，最低城乡一体化示范区 2 家"
    expect(chart).to_have_accessible_name(
        f"条形图：各县（市、区）注册企业数量（截至2023年3月10日）。{extremes}。各项数据见表格。"
    )
    box = chart.bounding_box()
    assert box is not None
    assert 300 < box["width"] <= PHONE["width"]
    # Names and values keep their size and do not run into one another.
    boxes = [text.bounding_box() for text in chart.locator("text").all()]
    for name, value in zip(boxes[::2], boxes[1::2], strict=True):
        assert name is not None
        assert value is not None
        assert name["x"] + name["width"] < value["x"]
        assert name["height"] >= 14


@pytest.mark.parametrize("font", ["", "DejaVu Sans", "monospace"])
@pytest.mark.parametrize("size", [16, 32], ids=["usual", "double"])
def test_no_two_texts_of_a_chart_touch_in_any_font_or_size(open_reader: OpenReader, font: str, size: int) -> None:
    page = open_reader()
    for address in ("statistics/", "bulletins/2023-12/"):
        page.goto(address)
        # As a reader does in the settings of the browser: 125 % of the size is what the site takes.
        page.evaluate(
            """([font, size]) => {
                document.documentElement.style.fontSize = `${size * 1.25}px`;
                if (font) document.body.style.fontFamily = font;
            }""",
            [font, size],
        )
        touching, small = page.evaluate(
            """() => {
                const touching = [];
                let small = 0;
                for (const chart of document.querySelectorAll(".chart__plot")) {
                    const texts = [...chart.querySelectorAll("text")];
                    const boxes = texts.map((text) => text.getBoundingClientRect());
                    boxes.forEach((one, place) => {
                        small += one.height < 10;
                        for (const [beyond, other] of boxes.slice(place + 1).entries()) {
                            const apart = one.right <= other.left || other.right <= one.left
                                || one.bottom <= other.top + 4 || other.bottom <= one.top + 4;
                            const pair = [texts[place], texts[place + 1 + beyond]];
                            if (!apart) touching.push(pair.map((text) => text.textContent));
                        }
                    });
                }
                return [touching, small];
            }"""
        )
        assert touching == [], address
        assert small == 0


def test_text_of_charts_grows_with_the_text_of_the_page(reader: Page) -> None:
    reader.goto("statistics/")
    label = reader.locator(".chart--months .chart__value").first
    before = label.bounding_box()
    reader.evaluate("document.documentElement.style.fontSize = '40px'")
    after = label.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == pytest.approx(2 * before["height"], rel=0.05)


def test_from_the_dashboards_to_a_unit_and_its_file(reader: Page, tmp_path: Path) -> None:
    reader.goto("statistics/")
    grid = reader.get_by_role("table", name="各单位各月数据总量")
    row = grid.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="鲁山县"))
    # Twelve months, their sum and the rate: December is the last of the twelve.
    expect(row.get_by_role("cell").nth(11)).to_have_text("2,810")
    with reader.expect_download() as saving:
        reader.get_by_role("link", name="下载各月各单位的数").click()
    saving.value.save_as(tmp_path / "units.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "units.csv").read_text("utf-8-sig"))))
    told = [line["数据总量"] for line in lines if (line["月份"].strip(), line["单位"]) == ("2023-12", "鲁山县")]
    assert told == ["2810"]
    row.get_by_role("link").click()
    expect(reader.get_by_role("heading", level=1)).to_contain_text("鲁山县")


def test_months_before_the_first_record_are_those_of_the_bulletins_everywhere(reader: Page) -> None:
    reader.goto("statistics/")
    months = reader.get_by_role("table", name="各月报送和及时情况").get_by_role("row").all()[1:]
    # 报送量, 数据总量, 行政许可; the newest month stands first.
    issued = [month.get_by_role("cell").nth(2).inner_text() for month in reversed(months)]
    kinds = reader.get_by_role("table", name="各类信息各月数量")
    row = kinds.get_by_role("row").filter(has=reader.get_by_role("rowheader", name="行政许可"))
    assert row.get_by_role("cell").all_inner_texts()[:-1] == issued
    assert len(issued) == 12


def test_a_score_leads_to_its_reckoning_without_scripts(open_reader: OpenReader) -> None:
    page = open_reader(java_script_enabled=False)
    page.goto("statistics/indicators/")
    scores = page.get_by_role("table", name="各地区得分")
    row = scores.get_by_role("row").filter(has=page.get_by_role("rowheader", name="鲁山县"))
    total, *points, unscored = row.get_by_role("cell").all_inner_texts()
    assert len(points) == 16
    assert Decimal(total) == sum(Decimal(point.rstrip("*")) for point in points if point != "—")
    assert Decimal(total) + Decimal(unscored) <= 100
    page.get_by_text("3. 市场主体黑名单情况").click()
    reckoned = page.get_by_role("table").filter(has_text="严重失信名单主体（家）")
    expect(reckoned.get_by_role("row").filter(has_text="鲁山县")).to_contain_text("130÷48,500≈0.268%；满分4")


def test_readers_find_an_indicator_by_its_words(reader: Page) -> None:
    reader.goto("search/?q=惠民便企应用领域")
    expect(reader.locator(".results__articles").get_by_role("link", name="监测指标")).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_fit_and_have_no_barriers(
    open_reader: OpenReader, address: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = open_reader(viewport=viewport, color_scheme=scheme)
    page.goto(address)
    page.locator("details.indicator").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert [violation["id"] for violation in found.response["violations"]] == []
