"""The bulletin of 2023-12 comes out of the committed records as the city printed it.

The figures are typed in from the circular of 平顶山 (seed 002). It writes 郟县 where the site writes 郏县.
"""

from __future__ import annotations

import re

import pytest
from issued import with_histories, words
from portals import ROOT, declared, run

from generator.bulletin.archive import Bulletin
from generator.bulletin.prose import plain
from generator.bulletin.units import UnitHistory
from generator.bulletin.verification import verify_bulletins
from generator.render.bulletins import bulletin_page

SENTENCES = (
    "12月份，市信用信息共享平台共归集“双公示”信息11455条，数据质量合格率100%，迟报数据10条，迟报率为0.09%。"
    "其中市直各单位推送1109条，数据质量合格率为100%，迟报数据10条，迟报率为0.90%；"
    "各县（市、区）推送10346条，数据质量合格率为100%，迟报数据0条，迟报率为0%。"
)

DEPARTMENTS = """\
1	市市场监管局	866	7	0.81
2	市公安局	69	0	0
3	市交通局	47	0	0
4	市应急管理局	46	0	0
5	市卫健委	24	0	0
6	市住建局	18	2	11.11
7	市房管中心	8	0	0
8	市城管局	6	0	0
9	市生态环境局	5	0	0
10	市文广旅局	5	0	0
11	市商务局	4	0	0
12	市农业农村局	4	0	0
13	市水利局	3	0	0
14	市民政局	2	0	0
15	市自然资源和规划局	1	1	100
16	市国动办	1	0	0
17	市发改委	0	-	-
18	市金融局	0	-	-
19	市教体局	0	-	-
20	市财政局	0	-	-
21	市人社局	0	-	-
22	市司法局	0	-	-
23	市审计局	0	-	-
24	市统计局	0	-	-
25	市粮食局	0	-	-
26	市林业局	0	-	-
27	市气象局	0	-	-
	合计	1109	10	0.90
"""

COUNTIES = """\
1	鲁山县	2810	0	0
2	宝丰县	1990	0	0
3	郏县	1219	0	0
4	叶县	1101	0	0
5	新华区	932	0	0
6	卫东区	623	0	0
7	湛河区	584	0	0
8	汝州市	458	0	0
9	舞钢市	456	0	0
10	石龙区	96	0	0
11	城乡一体化示范区	62	0	0
12	高新技术产业开发区	15	0	0
	合计	10346	0	0
"""


Everything = tuple[list[Bulletin], list[UnitHistory]]


@pytest.fixture(scope="module")
def everything() -> Everything:
    """All bulletins of the demo city."""
    return with_histories(ROOT)


@pytest.fixture(scope="module")
def text(everything: Everything) -> str:
    """The bulletin of 2023-12 as `portal bulletin` prints it."""
    return printed(everything, "2023-12")


def printed(everything: Everything, period: str) -> str:
    [bulletin] = [entry for entry in everything[0] if entry.period == period]
    return bulletin_page(declared(ROOT), bulletin, {})


def tables(text: str) -> list[list[list[str]]]:
    """The cells of every annex, heading rows left out."""
    found = []
    text = text.partition("## 数字的构成")[0].partition("<details")[0]
    for table in re.findall(r"<table.*?</table>", text, re.DOTALL):
        body = re.sub(r"<thead>.*?</thead>", "", table, flags=re.DOTALL)
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
        found.append([re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows])
    return found


def cells(lines: str) -> list[list[str]]:
    return [line.split("\t") for line in lines.splitlines()]


def test_the_sentences_are_those_of_the_circular(text: str) -> None:
    assert SENTENCES in words(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "12月份报送数量高的有：鲁山县、宝丰县、郏县、叶县、市市场监管局、市公安局、市交通局、市应急管理局。",
        "数据报送较少的有：高新技术产业开发区，报送信息仅有15条，",
        "12月份数据报送工作有明显进步的有：叶县、城乡一体化示范区，较往期均有不同程度提高。",
        "12月份存在迟报数据的有：市市场监管局（7条）、市住建局（2条）、市自然资源和规划局（1条）。",
        "12月份省级瞒报抽查工作共抽取我市20条数据，经核查，鲁山县存在1条瞒报数据。",
    ],
)
def test_who_is_named_for_what_is_as_in_the_circular(text: str, sentence: str) -> None:
    assert sentence in words(text)


def test_every_row_of_both_annexes_is_that_of_the_circular(text: str) -> None:
    assert tables(text)[:2] == [cells(DEPARTMENTS), cells(COUNTIES)]


def test_title_and_captions_are_those_of_the_circular(text: str) -> None:
    assert "# 关于2023年12月份全市行政许可和行政处罚等信用信息公示工作情况的通报" in text
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", text)
    assert captions == [
        "2023年12月份市各单位“双公示”工作情况统计表",
        "2023年12月份县（市、区）“双公示”工作情况统计表",
        "2023年12月份省抽查“双公示”瞒报情况统计表",
    ]
    assert text.count("数据统计时间范围：2023-12-01 00:00:00 至 2023-12-31 23:59:59") == 2


def test_the_parts_add_up_to_the_whole(text: str) -> None:
    departments, counties, _ = tables(text)
    for table in (departments, counties):
        *units, total = table
        assert sum(int(row[2]) for row in units) == int(total[2])
        assert sum(int(row[3]) for row in units if row[3] != "-") == int(total[3])
    assert int(departments[-1][2]) + int(counties[-1][2]) == 11455


CLASSES = """\
舞钢市	5157	3	2	1718175	16801	2	192	190	1740522
汝州市	231	0	40	1208108	30	0	1793	235	1210437
叶县	20592	0	37	569798	328	33	13217	40067	644072
宝丰县	477	2	2809	574720	187	1	272	436	578904
新华区	1564	1	120502	227233	225	1	196421	51	545998
鲁山县	2007	51	2	427733	50	2	15	3	429863
郟县	777	58	6626	206071	441	0	189	3	214165
卫东区	533	0	0	92693	0	0	60	4	93290
湛河区	29	0	0	38884	0	0	639	39	39591
高新区	0	0	0	0	0	0	20	247	267
示范区	1	0	0	0	0	0	76	0	77
石龙区	0	0	0	0	0	0	15	0	15
"""
EVALUATIONS = """\
鲁山	1058
舞钢市	914
郟县	689
宝丰	304
叶县	263
卫东区	222
湛河区	210
新华区	208
高新区	176
城乡一体化示范区	155
汝州市	150
石龙区	98
"""
FIRMS = """\
叶县	7960
鲁山县	6868
舞钢市	6286
郟县	1482
宝丰县	1264
新华区	482
卫东区	474
湛河区	292
高新区	57
汝州市	49
石龙区	16
城乡一体化示范区	2
"""


def test_the_circular_of_march_is_published_as_it_was_issued(everything: Everything) -> None:
    text = printed(everything, "2023-03-10")
    assert tables(text) == [cells(CLASSES), cells(EVALUATIONS), cells(FIRMS)]
    assert "全市共归集“八公示”数据5368895条，八类行政管理信息覆盖率达100%" in words(text)
    # … with both figures of what contradicts its own tables.
    assert "合计·总计：写作5368895，统计表中为5497201，相差128306" in text
    assert "合计·行政给付：写作4935214，统计表中为5063415，相差128201" in text
    assert text.count("，相差") == 2


def test_the_circular_of_march_explains_no_link_and_no_shade_that_it_lacks(everything: Everything) -> None:
    said = words(printed(everything, "2023-03-10"))
    # Its lines are counties and no units, its numbers are of no records, and every county had counts.
    assert "正文中的数字链接到这里或者附件中的一行。" in said
    assert "数字越大颜色越深。少　　多\n" in said


def test_a_table_of_the_circular_that_does_not_add_up_is_told_with_both_totals(text: str) -> None:
    assert "合计：写作1108，逐行相加为381，相差727" in text


def test_two_years_of_bulletins_reconcile_and_the_three_contradictions_are_told(everything: Everything) -> None:
    assert len(everything[0]) == 25
    assert len({entry.month for entry in everything[0]}) == 24
    told = verify_bulletins(*everything)
    assert [(entry.text.rpartition("，")[2], entry.fails) for entry in told] == [
        ("相差727", False),
        ("相差128306", False),
        ("相差128201", False),
    ]


def test_a_unit_finds_its_own_figures_over_all_months(everything: Everything) -> None:
    [history] = [entry for entry in everything[1] if entry.unit.id == "zjj"]
    assert plain(history.text) == (
        "2023年12月份，市住建局推送“双公示”信息18条，其中行政许可16条、行政处罚2条，数据质量合格率为100%，"
        "迟报数据2条，迟报率为11.11%。同期全市共归集11455条，迟报率为0.09%。\n"
    )
    assert [bulletin.period for bulletin, _ in history.entries][:3] == ["2023-12", "2023-11", "2023-10"]
    assert len(history.entries) == 24


def test_no_committed_record_has_a_fault() -> None:
    result = run(ROOT, "check", "--format", "lines", "--strict", "--jobs", "2")
    assert result.exit_code == 0
    # Every row is told: shown, withdrawn (four in withdrawals.csv), forbidden (warnings alone: display.yml, Order 58) …
    last = result.stdout.strip().splitlines()[-1]
    rows, *told = (int(number.replace(",", "")) for number in re.findall(r"([\d,]+) 行", last))
    assert rows == sum(told)
    assert "撤下 4 行" in last
    # … and what bulletins count is all of the two kinds that the circular counts.
    files = [path for kind in ("licence", "penalty") for path in (ROOT / "data/records" / kind / "2023-12").iterdir()]
    assert " 11,455 行：" in run(ROOT, "check", *map(str, files)).stdout
    # The hints are what circulars say wrongly: that of 2023-03-13 in its text and in data/statistics, and the table of
    # 2023-12 that does not add up.
    assert result.stdout.count("（statistics-differ）") == 2
    told = [line for line in result.stdout.splitlines() if "（bulletin-as-issued）" in line]
    assert len(told) == 3
    assert [line for line in told if "合计：写作1108，逐行相加为381，相差727" in line]
    assert "因错误不公示 0 行。错误 0 处，提示 5 处。" in result.stdout
