"""What the pages of statistics say, and the files beside them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
import yaml
from portals import ROOT, build_site, make_portal, write
from tabled import TOPICS, figures, told, with_own_topics, with_topic

from generator.store.columnar import unpack

CITY = yaml.safe_load((ROOT / "data/site.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a portal without records and with the statistics of the demo city, and a month more."""
    root = tmp_path_factory.mktemp("statistics") / "portal"
    make_portal(root, pages=True, regions=CITY["regions"], units=CITY["units"], address="https://xy.example.cn/")
    with_own_topics(root, figures=True)
    write(root / "data/statistics/evaluation/2022-12.csv", "地区,信用评价结果\n叶县,7\n")
    declaration = {
        "title": "示例专题",
        "summary": "甲<script>乙",
        "source": "<i>丙</i>",
        "rows": ["unit"],
        "columns": {"count": {"title": "数<量>"}},
        "charts": [{"type": "bars", "title": "图<u>", "columns": ["count"]}],
    }
    with_topic(root, {"2023.csv": "单位,数<量>\n市公安局,5\n"}, declaration, "evil")
    return build_site(root)


def text_of(site: Path, path: str) -> str:
    html = (site / "statistics" / path / "index.html").read_text(encoding="utf-8")
    article = html.partition("<article")[2].rpartition("</article>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", article))


def rows_of(site: Path, path: str) -> list[list[str]]:
    html = (site / "statistics" / path / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def lines_of(site: Path, path: str) -> list[list[str]]:
    content = (site / "statistics" / path).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_portal_without_statistics_says_so_and_shows_no_empty_frame(site: Path) -> None:
    assert "目前没有发布统计数据。" in text_of(site, "")
    files = {path.name for path in (site / "statistics").iterdir()}
    assert files == {"codes", "index.html", "double-reported.csv", "kinds.csv"}
    assert "监测指标" not in text_of(site, "")


def test_the_index_names_every_topic_with_figures_and_the_inputs_of_indicators_are_none(city: Path) -> None:
    html = (city / "statistics/index.html").read_text(encoding="utf-8")
    cards = re.findall(r'<a class="entries__card" href="([^"]+)"', html)
    shown = sorted(path.parent.name for path in TOPICS.glob("*/topic.yml") if "page: false" not in path.read_text())
    assert cards == [*sorted([*(f"{name}/" for name in shown), "evil/"]), "indicators/"]


def test_the_table_of_the_annex_has_its_rows_its_total_and_its_source(city: Path) -> None:
    rows = rows_of(city, "coverage")
    head = next(row for row in rows if "监督检查" in row)
    assert head == ["县（市、区）", "监督检查", "行政强制", "行政征收", "行政给付", "行政奖励", "行政裁决", "行政确认",
                    "其他", "总计", "八类覆盖率（%）"]  # fmt: skip
    assert ["舞钢市", "5,157", "3", "2", "1,718,175", "16,801", "2", "192", "190", "1,740,522", "100"] in rows
    assert [
        "合计",
        "31,368",
        "115",
        "130,018",
        "5,063,415",
        "18,062",
        "39",
        "212,909",
        "41,275",
        "5,497,201",
        "100",
    ] in rows
    said = text_of(city, "coverage")
    assert "（2023年3月13日）附件1" in said
    assert "截至2023年3月10日" in said


def test_a_contradiction_is_shown_with_both_figures_and_the_difference(city: Path) -> None:
    said = text_of(city, "coverage")
    assert "为 5,368,895；逐项相加为 5,497,201；相差 128,306。" in said
    assert "为 4,935,214；逐项相加为 5,063,415；相差 128,201。" in said
    assert "更正说明" not in text_of(city, "evaluation")


def test_earlier_periods_have_pages_of_their_own(city: Path) -> None:
    html = (city / "statistics/evaluation/index.html").read_text(encoding="utf-8")
    assert 'href="2022-12/"' in html
    assert "叶县 7" in text_of(city, "evaluation/2022-12")
    assert lines_of(city, "evaluation/evaluation-2022-12.csv") == [
        ["县（市、区）", "信用评价结果（条）"],
        ["叶县", "7"],
    ]
    assert 'href="../evaluation-2022-12.csv"' in (city / "statistics/evaluation/2022-12/index.html").read_text("utf-8")


def test_a_file_for_excel_has_numbers_without_marks_and_a_blank_for_what_was_not_delivered(city: Path) -> None:
    lines = lines_of(city, "specific/specific-2023-11-30.csv")
    assert lines[0] == ["县（市、区）", "社保（条）", "纳税（条）", "公积金（条）", "水（条）", "电（条）", "气（条）",
                        "仓储物流（条）", "知识产权（条）", "总计（条）"]  # fmt: skip
    assert next(line for line in lines if line[0] == "石龙区") == [
        "石龙区", "96000", "84000", "51000", "60000", "101000", "30000", "", "", "422000",
    ]  # fmt: skip
    assert [line[2] for line in lines_of(city, "financing/financing-2023-03-10.csv")[:2]] == [
        "占存续企业的比重（%）",
        "14.47",
    ]


def test_a_file_that_was_downloaded_can_be_handed_in_again(city: Path, tmp_path: Path) -> None:
    again = make_portal(tmp_path / "again", regions=CITY["regions"], units=CITY["units"])
    with_own_topics(again, "coverage", "financing", "enterprises")
    for topic, period in (("coverage", "2023-03-10"), ("financing", "2023-03-10"), ("enterprises", "2022-12-31")):
        content = (city / f"statistics/{topic}/{topic}-{period}.csv").read_bytes()
        write(again / f"data/statistics/{topic}/{period}.csv", content)
    assert {line.rpartition("|")[2] for line in told(again)} == {"statistics-differ"}
    assert figures(again, "coverage") == figures(city.parent, "coverage")
    assert figures(again, "financing") == figures(city.parent, "financing")


def test_a_score_shows_its_formula_its_inputs_and_where_they_come_from(city: Path) -> None:
    said = text_of(city, "indicators")
    assert "130÷48,500≈0.268%；满分4" in said
    assert "统计数据“存续企业数量”（2022-12-31）存续企业合计" in said
    assert "成政办字〔2022〕10号" in said
    assert "各项得分四舍五入到两位小数，总分是各项得分之和" in said
    row = next(row for row in rows_of(city, "indicators") if row[0] == "城乡一体化示范区")
    assert (row[9], row[-1]) == ("—", "4")
    assert "编造" in said


def test_what_a_topic_says_is_text_and_no_markup(city: Path) -> None:
    html = (city / "statistics/evil/index.html").read_text(encoding="utf-8").partition("<article")[2]
    assert not re.search(r"<(i|u|量)>|<script>乙", html)
    for text in ("甲&lt;script&gt;乙", "&lt;i&gt;丙&lt;/i&gt;", "数&lt;量&gt;", "图&lt;u&gt;"):
        assert text in html


def test_readers_find_the_pages_by_their_words(city: Path) -> None:
    pages = unpack((city / "store/pages.json.gz").read_bytes())
    found = dict(zip(pages["address"], zip(pages["section"], pages["text"], strict=True), strict=True))
    assert "更正说明" in found["statistics/coverage/"][1]
    assert found["statistics/evaluation/2022-12/"][0] == "统计数据"
    assert "政府机构失信被执行人" in found["statistics/indicators/"][1]


def test_cells_of_a_matrix_have_the_shade_of_their_order_of_magnitude(city: Path) -> None:
    html = (city / "statistics/coverage/index.html").read_text(encoding="utf-8")
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL) if "舞钢市" in row)
    # 1,718,175 has seven digits, the most of all: seven orders of magnitude share four shades.
    found = {text: shade for shade, text in re.findall(r'<td class="num (shade-\w+)">([^<]+)</td>', row)}
    assert found["1,718,175"] == "shade-4"
    assert found["5,157"] == "shade-3"
    assert found["3"] == "shade-1"
    # The total is no part of the matrix.
    assert '<td class="num">1,740,522</td>' in row


def test_the_same_files_give_the_same_pages_and_files(city: Path, tmp_path: Path) -> None:
    again = build_site(city.parent, tmp_path / "again")
    for path in sorted((city / "statistics").rglob("*.*")):
        assert path.read_bytes() == (again / path.relative_to(city)).read_bytes(), path
