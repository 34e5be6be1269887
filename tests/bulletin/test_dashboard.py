"""The dashboards of /statistics/ on a portal of two months with one between them in which nothing came."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from issued import KIND, words
from portals import LICENCES, PENALTIES, SITE, TODAY, Admitted, admitted, licence, make_portal, penalty

from generator.bulletin.archive import Bulletin, compile_bulletins
from generator.bulletin.dashboard import Dashboard, dashboard
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.units import UnitHistory, unit_histories
from generator.model.declaration import ConfigError
from generator.opendata.dashboards import dashboard_files
from generator.render.bulletins import bulletin_page, bulletin_pages
from generator.render.dashboard import dashboard_parts
from generator.render.statistics import statistics_pages
from generator.render.unit_histories import history_pages
from generator.statistics.compiled import Statistics

OCTOBER = {"XK_JDRQ": "2023/10/09", "XK_YXQZ": "2023/10/09", "BSRQ": "2023/10/10"}
EVIL = "市住建局<b>&甲"


def compiled(found: Admitted) -> tuple[list[Bulletin], list[UnitHistory], Dashboard]:
    rules, published = load_bulletin_rules(found.portal), found.published
    bulletins = compile_bulletins(found.portal, rules, {}, published.tallies, TODAY)
    histories = unit_histories(found.portal, rules, bulletins)
    board = dashboard(found.portal, bulletins, published.tallies, published.reports, published.registers, TODAY)
    return bulletins, histories, board


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, list[list[str]]]]:
    """Pages by path, and the lines of each file."""
    files = {
        "data/records/licence/2023-10/scjgj.csv": [licence(1, **OCTOBER), licence(2, **OCTOBER)],
        # One in time, one on the eighth working day; and a penalty whose display has ended since.
        LICENCES: [licence(3), licence(4, BSRQ="2023/12/13")],
        PENALTIES: [penalty(1, CF_GSJZQ="2024/01/04")],
        "data/records/licence/2023-12/lushan.csv": "本月无\n",
        "data/records/licence/2023-12/jiaxian.csv": [licence(9, XK_XKLB="甲类")],
        "data/records/licence/2024-01/scjgj.csv": [licence(5, XK_JDRQ="2024/01/02", BSRQ="2024/01/03")],
        "data/withdrawals.csv": "公示编号,撤下日期,原因,说明\n61f22hdbsasjg,2023-12-21,修复,\n",
        "data/objections.csv": "公示编号,受理日期,办结日期,说明,结果\n"
        "e1fsqyw2dkm36,2023-12-06,2023-12-12,,成立\n4rk6x2z9pqeen,2024-01-03,,,\n",
    }
    units = [{**unit, "name": EVIL} if unit["id"] == "zjj" else unit for unit in SITE["units"]]
    root = make_portal(tmp_path_factory.mktemp("dashboards") / "portal", files, units=units)
    with admitted(root) as found:
        bulletins, histories, board = compiled(found)
        parts = dashboard_parts(found.portal, board, histories, [])
        pages = statistics_pages(found.portal, Statistics({}, []), [], parts)
        pages |= {**bulletin_pages(found.portal, bulletins, histories), **history_pages(found.portal, histories)}
        pages["terminal"] = bulletin_page(found.portal, bulletins[0], {})
        offered = {
            path.rpartition("/")[2]: list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
            for path, content in dashboard_files(found.portal, board)
        }
        return pages, offered


@pytest.fixture(scope="module")
def page(made: tuple[dict[str, str], dict[str, list[list[str]]]]) -> str:
    return made[0]["statistics/index.md"]


def rows(page: str, table: str) -> list[list[str]]:
    """The cells of the rows of a table, by the id of its caption."""
    body = page.partition(f'id="{table}"')[2].partition("</table>")[0]
    found = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall(r"<tr>.*?</tr>", body)]
    return [[words(cell) for cell in row] for row in found]


def chart(page: str, title: str) -> str:
    return page.partition(f"<figcaption>{title}</figcaption>")[2].partition("</figure>")[0]


def test_what_left_the_site_counts_in_its_month_and_the_present_month_does_not_count_yet(page: str) -> None:
    months = rows(page, "double-reported-months")
    # 报送量, 数据总量, 行政许可, 行政处罚, 迟报量, 未定, 及时率; one of the four rows of December was faulty.
    assert months[1] == ["2023年12月", "4", "3", "2", "1", "1", "0", "66.67", "未定稿"]
    assert months[2] == ["2023年11月", *["—"] * 7, "没有通报"]
    assert months[3] == ["2023年10月", "2", "2", "2", "0", "0", "0", "100", "未定稿"]
    assert len(months) == 4
    assert '<a href="../bulletins/2023-12/">2023年12月</a>' in page
    # Five records of the three months, four of them in time.
    said = words(page)
    assert "近3个月数据总量5条" in said
    assert "及时率80.00%" in said
    assert "统计截至 2023年12月31日，只计已经结束的月份" in said


def test_a_month_in_which_nothing_came_is_a_gap_in_both_drawings(page: str) -> None:
    trend, rates = chart(page, "各月数据总量（条）"), chart(page, "各月及时率")
    assert re.findall(r'class="chart__value"[^>]*>([^<]+)', trend) == ["2", "3"]
    assert len(re.findall('<rect class="chart__bar"', trend)) == 2
    assert re.findall(r'class="chart__value"[^>]*>([^<]+)', rates) == ["100%", "66.67%"]
    assert "chart__course" not in rates
    for drawn in (trend, rates):
        assert "2023年11月没有通报" in drawn


def test_the_grid_tells_rows_from_nothing_to_report_from_faulty_rows_from_silence(page: str) -> None:
    grid = {line[0]: line[1:] for line in rows(page, "double-reported-grid")[1:]}
    assert grid["市市场监管局"] == ["2", "—", "3", "5", "80.00"]
    assert grid["鲁山县"] == ["—", "—", "无", "0", "—"]
    assert grid["郏县"] == ["—", "—", "0", "0", "—"]
    assert grid["市住建局&lt;b&gt;&amp;甲"] == ["—", "—", "—", "0", "—"]
    assert "各单位各月数据总量：数字越大颜色越深。少　　多无报了没有—没有报送" in words(page)
    assert '<a href="../bulletins/units/scjgj/">市市场监管局</a>' in page


def test_lateness_is_drawn_of_units_that_were_late(page: str) -> None:
    drawn = chart(page, "各单位近3个月迟报量和及时率")
    assert re.findall(r"<text[^>]*>([^<]+)", drawn) == ["市市场监管局", "1条，及时率80.00%"]
    assert "另有" not in page


def test_every_kind_has_its_months_and_every_unit_its_kinds(page: str) -> None:
    months = {line[0]: line[1:] for line in rows(page, "kinds-months")[1:]}
    assert months["行政许可"] == ["2", "—", "2", "4"]
    assert months["行政处罚"] == ["—", "—", "1", "1"]
    assert months["行政强制"] == ["—", "—", "—", "0"]
    heads, *lines = rows(page, "kinds-units")
    assert heads[1:3] == ["行政许可", "行政处罚"]
    units = {line[0]: (line[1:3], line[-1]) for line in lines}
    assert units["市市场监管局"] == (["4", "1"], "2")
    assert units["鲁山县"] == (["无", "—"], "0")


def test_repairs_and_objections_stand_by_month_and_lead_to_their_rules(page: str) -> None:
    assert rows(page, "outcomes-months")[1:] == [
        ["2023年12月", "1", "1", "1", "0", "0", "0"],
        ["合计", "1", "1", "1", "0", "0", "0"],
    ]
    assert 'href="../services/repair/#outcomes"' in page


def test_each_figure_is_in_a_file(made: tuple[dict[str, str], dict[str, list[list[str]]]], page: str) -> None:
    files = made[1]
    assert set(re.findall(r'href="([^"/]+\.csv)"', page)) == set(files)
    heads, *lines = files["double-reported.csv"]
    assert heads == [
        "月份",
        "单位",
        "报送量",
        "数据总量",
        "行政许可",
        "行政处罚",
        "迟报量",
        "是否迟报未定",
        "及时率（%）",
    ]
    assert len(lines) == 8
    assert next(line[1:] for line in lines if line[0].strip() == "2023-12") == [
        "市市场监管局", "3", "3", "2", "1", "1", "0", "66.67",
    ]  # fmt: skip
    assert [[cell.strip() for cell in line] for line in files["kinds.csv"][1:]] == [
        ["2023-10", "行政许可", "市市场监管局", "2", "0", "0"],
        ["2023-12", "行政许可", "市市场监管局", "2", "1", "0"],
        ["2023-12", "行政处罚", "市市场监管局", "1", "0", "0"],
    ]
    assert files["outcomes.csv"][1][1:] == ["1", "1", "1", "0", "0", "0"]


def test_a_bulletin_has_the_charts_that_its_kind_declares(made: tuple[dict[str, str], object]) -> None:
    page = made[0]["bulletins/2023-12/index.md"]
    trend = chart(page, "近12个月数据总量（条）")
    assert re.findall(r'class="chart__value"[^>]*>([^<]+)', trend) == ["2", "3"]
    assert 'class="chart__gap"' in trend
    units = chart(page, "2023年12月份市各单位数据总量")
    assert re.findall(r"<text[^>]*>([^<]+)", units) == ["市市场监管局", "3 条"]
    assert "其余1个为0，未画出。" in page
    # Nobody was late among the counties, and the first month has nothing before it.
    assert "县（市、区）迟报量</figcaption>" not in page
    assert "近12个月" not in made[0]["bulletins/2023-10/index.md"]
    assert "<svg" not in made[0]["terminal"]


def test_the_page_of_a_unit_draws_its_months(made: tuple[dict[str, str], object]) -> None:
    drawn = chart(made[0]["bulletins/units/scjgj/index.md"], "市市场监管局各月数据总量（条）")
    assert re.findall(r'class="chart__value"[^>]*>([^<]+)', drawn) == ["2", "3"]
    assert 'class="chart__gap"' in drawn


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ("{type: bars, title: 图, table: towns, column: records}", "没有名为 towns 的表"),
        ("{type: bars, title: 图, table: counties, column: licence}", "表 counties 没有名为 licence 的列"),
        ("{type: months, title: 图, figure: reported/all/none}", "没有 reported/all/none 这一项"),
        ("{type: months, title: 图, figure: reported/*/records}", "逐月的图只用于月度通报，写一个数"),
        ("{type: matrix, title: 图, table: counties, columns: [licence]}", "表 counties 没有名为 licence 的列"),
    ],
)
def test_a_chart_of_what_is_not_there_is_a_fault_with_file_and_line(tmp_path: Path, declared: str, said: str) -> None:
    root = make_portal(tmp_path / "portal")
    path = root / KIND / "kind.yml"
    text = path.read_text(encoding="utf-8")
    before, _, after = text.partition("\ncharts:\n")
    path.write_text(f"{before}\ncharts:\n  - {declared}\n{after[after.index('# 谁报得多') :]}", encoding="utf-8")
    line = before.count("\n") + 3
    with admitted(root) as found, pytest.raises(ConfigError, match=re.escape(said)) as fault:
        load_bulletin_rules(found.portal)
    assert fault.value.line == line
