"""A bulletin whose figures contradict each other is told so, with the place, and cannot be frozen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from issued import KIND, compiled, of_month, verified, words
from portals import LICENCES, PENALTIES, ROOT, SITE, TODAY, Rows, licence, penalty, write

from generator.bulletin.freezing import FreezingError, correct, freeze
from generator.bulletin.frozen import FROZEN
from generator.model.declaration import ConfigError
from generator.render.bulletin_notes import corrections_of

Make = Callable[..., Path]

FILE = FROZEN / "2023-12.yml"
COUNTY = "data/records/licence/2023-12/lushan.csv"
OF_COUNTY = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175", "XK_XKJGDM": "11410423DEMX010175"}


def files() -> dict[str, Rows]:
    """Six records of two units, one of them late: decided on 1 December, reported on the 13th."""
    late = licence(3, BSRQ="2023/12/13")
    county = [licence(11, **OF_COUNTY), licence(12, **OF_COUNTY)]
    return {LICENCES: [licence(1), licence(2), late], PENALTIES: [penalty(1)], COUNTY: county}


@pytest.fixture
def portal(root: Make) -> Path:
    return root(files())


def frozen(portal: Path) -> Path:
    """The portal with its month frozen on 5 January."""
    [bulletin] = compiled(portal)
    freeze(portal, bulletin, TODAY)
    return portal


def faults(portal: Path, today: date = TODAY) -> list[str]:
    return [f"{entry.file}：{entry.text}" for entry in verified(portal, today) if entry.fails]


def edit(path: Path, old: str, new: str, first: int = 0) -> None:
    """Replace what stands in a file once; `first`: or the first of several."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1 if first else text.count(old) == 1, f"{old}: {text.count(old)}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_frozen_month_reconciles_and_says_what_was_counted(portal: Path) -> None:
    frozen(portal)
    document = yaml.safe_load((portal / FILE).read_text(encoding="utf-8"))["bulletins"]["double"]
    reported = document["figures"]["reported"]
    assert reported["columns"][:5] == ["submitted", "records", "licence", "penalty", "late"]
    assert reported["lines"]["scjgj"]["values"] == [4, 4, 3, 1, 1, 0, "25.00", "100"]
    assert reported["lines"]["zjj"]["values"] == [0, 0, 0, 0, 0, 0, None, None]
    assert reported["sums"]["counties"] == [2, 2, 2, 0, 0, 0, "0", "100"]
    assert reported["sums"]["all"] == [6, 6, 5, 1, 1, 0, "16.67", "100"]
    assert (document["issued"], len(document["digest"])) == (TODAY, 32)
    assert "信息{reported/all/records=6}条" in document["text"]
    assert faults(portal) == []


def test_the_page_comes_from_the_frozen_file_when_the_template_has_changed(portal: Path) -> None:
    frozen(portal)
    edit(portal / KIND / "text.txt.j2", "## 三、工作要求", "## 三、另一要求")
    page = of_month(portal)[1]
    assert "三、工作要求" in page
    assert "三、另一要求" not in page


OWN = "scjgj: {name: 市市场监管局, group: department, values: "


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("all: [6, 6, ", "all: [6, 7, ", "合计·数据总量：写作7，逐行相加为6，相差1"),
        ("counties: [2, 2, 2, 0, 0", "counties: [2, 2, 2, 0, 1", "统计表合计·迟报量：写作1，逐行相加为0，相差1"),
        (f"{OWN}[4, 4, 3, 1, 1, 0, '25.00'", f"{OWN}[4, 4, 3, 1, 1, 0, '25.10'", "市市场监管局·迟报率：写作25.10，"),
        (
            f"{OWN}[4, 4, 3,",
            f"{OWN}[4, 4, 4,",
            "市市场监管局·数据总量：写作4，行政许可与行政处罚之和等于数据总量，应为5",
        ),
        ("{reported/all/records=6}", "{reported/all/records=16}", "合计·数据总量：写作16，统计表中为6，相差10"),
        ("{reported/counties/records=2}", "2", "：2在本期统计数字中没有出处"),
        ("{reported/counties/records=2}", "{reported/towns/records=2}", "：2在本期统计数字中没有出处"),
        ("digest: ", "digest: f", "摘要"),
        ("年12月份全市", "年11月份全市", "，标题：写作11月，按期次应为12月"),
        ("title: 关于2023年", "title: 关于2022年", "，标题：写作2022年，按期次应为2023年"),
        ("issued: 2024-01-05", "issued: 2023-12-31", "，发布日期：2023-12-31不在本期结束（2023-12-31）之后"),
    ],
)
def test_one_figure_changed_in_the_frozen_file_is_told_with_its_place(
    portal: Path, old: str, new: str, told: str
) -> None:
    frozen(portal)
    edit(portal / FILE, old, new, 1)
    found = faults(portal)
    assert any(line.startswith(f"{FILE.as_posix()}：2023-12，") and told in line for line in found), found


LATE = "{@late/scjgj=市市场监管局}（{reported/scjgj/late=1}条）"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        # The name of another unit before a figure that stays where it is.
        (
            LATE,
            "{@late/zjj=市住建局}（{reported/scjgj/late=1}条）",
            [
                "正文第9段中的市市场监管局·迟报量（1）：写作市住建局，单位应为市市场监管局",
                "正文第9段中列出的单位：写作市住建局，按规则应为市市场监管局",
            ],
        ),
        # The mark of one unit with the name of another, with a number, and of a unit that there is not.
        ("=市市场监管局}（", "=市住建局}（", ["正文第9段中的单位名称：写作市住建局，统计表中为市市场监管局"]),
        ("=市市场监管局}（", "=市市场监管局2}（", ["正文第9段中的单位名称：写作市市场监管局2，统计表中为市市场监管局"]),
        (
            "@late/scjgj",
            "@late/x",
            [
                "正文第9段：市市场监管局在本期统计数字中没有出处",
                "正文第9段中列出的单位：写作市市场监管局，按规则应为市市场监管局",
            ],
        ),
        # A figure of nobody: the name stands there without a mark.
        (
            LATE,
            "市住建局（{reported/scjgj/late=1}条）",
            ["正文第9段：市市场监管局·迟报量（1）的前面没有写明单位"],
        ),
        # A unit more than the rule names, one by no rule, and one of a rule that there is not.
        (
            LATE,
            f"{LATE}、{{@late/zjj=市住建局}}",
            ["正文第9段中列出的单位：写作市市场监管局、市住建局，按规则应为市市场监管局"],
        ),
        (LATE, f"{LATE}、{{@zjj=市住建局}}", ["正文第9段：市住建局不是按规则列出的单位"]),
        (LATE, f"{LATE}、{{@worst/zjj=市住建局}}", ["正文第9段：市住建局不是按规则列出的单位"]),
        # Another unit in a ranking, with its own figure.
        (
            "{@least/jiaxian=郏县}，没有报送合格信息",
            "{@least/lushan=鲁山县}，报送信息仅有{reported/lushan/records=2}条",
            ["正文第8段中列出的单位：写作鲁山县，按规则应为郏县"],
        ),
        # A line is called otherwise than in the text.
        ("jiaxian: {name: 郏县", "jiaxian: {name: 叶县", ["正文第8段中的单位名称：写作郏县，统计表中为叶县"]),
    ],
)
def test_a_name_changed_in_the_frozen_file_is_told_with_its_place(
    portal: Path, old: str, new: str, told: list[str]
) -> None:
    frozen(portal)
    edit(portal / FILE, old, new)
    # Paragraphs are quoted by their beginnings.
    found = [re.sub(r"“.*?…”", "", line) for line in faults(portal)]
    assert found == [f"{FILE.as_posix()}：2023-12，{entry}" for entry in told]


def test_another_rule_of_who_is_named_changes_nothing_of_what_was_issued(portal: Path) -> None:
    frozen(portal)
    edit(portal / KIND / "kind.yml", "column: late, over: 0}", "column: late, over: 5}")
    assert faults(portal) == []


def test_who_got_better_is_not_judged_by_months_that_are_not_issued(portal: Path) -> None:
    path = portal / KIND / "kind.yml"
    text = path.read_text(encoding="utf-8").replace("over: 49, against: {periods: 3", "over: 0, against: {periods: 1")
    path.write_text(text, encoding="utf-8")
    former = portal / "data/records/licence/2023-11/lushan.csv"
    write(former, [licence(21, XK_JDRQ="2023/11/20", BSRQ="2023/11/21", **OF_COUNTY)])
    freeze(portal, compiled(portal)[0], TODAY)
    assert "{@progress/lushan=鲁山县}" in (portal / FILE).read_text(encoding="utf-8")
    # One more would make two against two.
    write(
        former,
        [licence(number, XK_JDRQ="2023/11/20", BSRQ="2023/11/21", **OF_COUNTY) for number in (21, 22)],
    )
    assert faults(portal) == []


def test_a_figure_after_the_name_of_another_unit_in_the_template_is_told_and_nothing_is_frozen(portal: Path) -> None:
    edit(
        portal / KIND / "text.txt.j2",
        "{{ entry.name }}（{{ entry.figure }}条）",
        "{{ least[0].name }}（{{ entry.figure }}条）",
    )
    [bulletin] = compiled(portal)
    with pytest.raises(FreezingError, match="写作郏县，单位应为市市场监管局"):
        freeze(portal, bulletin, TODAY)


def test_a_changed_record_is_told_with_its_unit_and_both_figures(portal: Path) -> None:
    frozen(portal)
    edit(portal / LICENCES, "2023/12/13", "2023/12/05")
    figure, content = faults(portal)
    assert figure == f"{FILE.as_posix()}：2023-12，市市场监管局·迟报量：发布时为1，现为0"
    assert content.startswith(f"{FILE.as_posix()}：2023-12，市市场监管局：统计的记录或其内容与发布时不同（摘要由")


def test_a_record_that_says_something_else_is_told_though_no_figure_counts_it(portal: Path) -> None:
    frozen(portal)
    edit(portal / COUNTY, licence(12)["XK_NR"], "准予另一事项", 1)
    [told] = faults(portal)
    assert told.startswith(f"{FILE.as_posix()}：2023-12，鲁山县：统计的记录或其内容与发布时不同（摘要由")


def test_a_record_that_was_exchanged_for_another_is_told_though_all_counts_stay(portal: Path) -> None:
    frozen(portal)
    edit(portal / COUNTY, "平市监许〔2023〕12号", "平市监许〔2023〕99号")
    [told] = faults(portal)
    assert "鲁山县：统计的记录或其内容与发布时不同（摘要由" in told


def test_a_correction_of_what_a_record_says_changes_no_bulletin(portal: Path) -> None:
    frozen(portal)
    with (portal / LICENCES).open("a", encoding="utf-8") as file:
        file.write(",".join(licence(1, XK_NR="更正后的内容", BSRQ="2023/12/20").values()) + "\n")
    assert faults(portal) == []


def test_the_figures_of_a_frozen_month_stay_when_its_records_expire(portal: Path) -> None:
    frozen(portal)
    assert faults(portal, date(2026, 12, 31)) == []


@pytest.mark.parametrize("number", ["5", "１１", "3,5"])
def test_a_number_written_into_the_template_is_told_and_nothing_is_frozen(portal: Path, number: str) -> None:
    edit(portal / KIND / "text.txt.j2", "推送{{ reported.departments.records }}条", f"推送{number}条")
    [bulletin] = compiled(portal)
    with pytest.raises(FreezingError, match=f"：{number}在本期统计数字中没有出处"):
        freeze(portal, bulletin, TODAY)
    assert not (portal / FILE).exists()
    assert faults(portal)[0].startswith((KIND / "text.txt.j2").as_posix())


def test_a_number_written_into_the_template_is_told_also_where_every_month_is_frozen(portal: Path) -> None:
    frozen(portal)
    edit(portal / KIND / "text.txt.j2", "推送{{ reported.departments.records }}条", "推送4条")
    [told] = faults(portal)
    assert told.startswith((KIND / "text.txt.j2").as_posix())
    assert "4在本期统计数字中没有出处" in told


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ reported.all.recrods }}", "recrods"),
        ("{{ reported.all.records + 1 }}", "Printed"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{% if %}", "第"),
        ("{% include 'x' %}", "no loader"),
    ],
)
def test_a_template_that_cannot_be_filled_in_stops_with_its_file(portal: Path, written: str, said: str) -> None:
    path = portal / KIND / "text.txt.j2"
    path.write_text(path.read_text(encoding="utf-8") + written, encoding="utf-8")
    with pytest.raises(ConfigError, match=said) as caught:
        compiled(portal)
    assert caught.value.path == path


def test_a_figure_without_its_mark_comes_from_nowhere(portal: Path) -> None:
    edit(
        portal / KIND / "text.txt.j2",
        "推送{{ reported.departments.records }}条",
        "推送{{ reported.departments.records.text }}条",
    )
    assert "4在本期统计数字中没有出处" in faults(portal)[0]


def test_units_that_are_in_neither_part_break_the_sum_of_the_city(root: Make) -> None:
    units = [*SITE["units"][:2], {**SITE["units"][2], "group": "town"}, SITE["units"][3]]
    portal = root(files(), units=units, groups={**SITE["groups"], "town": "乡镇"})
    [bulletin] = compiled(portal)
    with pytest.raises(
        FreezingError, match="合计·数据总量：写作6，市直各单位与各县（市、区）之和等于全市，应为4，相差2"
    ):
        freeze(portal, bulletin, TODAY)


SAMPLES = "data/statistics/sampling/2023.csv"
CONCEALED = "data/statistics/concealment/2023.csv"


@pytest.mark.parametrize(
    ("sampled", "concealed", "sentence", "told"),
    [
        ("20,0", "", "没有发现瞒报数据。", []),
        ("20,1", "鲁山县,2023-12,1\n", "鲁山县存在1条瞒报数据。", []),
        (
            "20,1",
            "",
            "发现1条瞒报数据，抽查结果没有列明所属单位。",
            ["合计·其中瞒报：写作1，各单位瞒报量之和等于抽查结果，应为0，相差1"],
        ),
        (
            "20,30",
            "鲁山县,2023-12,30\n",
            "鲁山县存在30条瞒报数据。",
            ["合计·其中瞒报：写作30，瞒报数不超过抽查数，至多为20，相差10"],
        ),
    ],
)
def test_a_sample_that_contradicts_itself_is_told_with_its_file(
    portal: Path, sampled: str, concealed: str, sentence: str, told: list[str]
) -> None:
    for path, text in (
        (SAMPLES, f"月份,抽查,其中瞒报\n2023-12,{sampled}\n"),
        (CONCEALED, f"单位,月份,瞒报量\n{concealed}鲁山县,2023-11,2\n"),
    ):
        topic = Path(path).with_name("topic.yml")
        write(portal / topic, (ROOT / topic).read_text(encoding="utf-8"))
        write(portal / path, text)
    bulletin, page = of_month(portal)
    assert f"抽取我市20条数据，经核查，{sentence}" in words(page)
    assert faults(portal) == [f"{SAMPLES}：2023-12，{entry}" for entry in told]
    if told:
        with pytest.raises(FreezingError, match=told[0]):
            freeze(portal, bulletin, TODAY)


def test_a_month_is_frozen_once_and_only_when_it_is_over(portal: Path) -> None:
    [bulletin] = compiled(portal)
    with pytest.raises(FreezingError, match="还没有结束"):
        freeze(portal, bulletin, date(2023, 12, 31))
    freeze(portal, bulletin, TODAY)
    [bulletin] = compiled(portal)
    with pytest.raises(FreezingError, match="已于 2024-01-05 发布"):
        freeze(portal, bulletin, TODAY)


def test_a_change_stands_on_the_page_at_once_and_with_its_reason_when_it_is_accounted_for(portal: Path) -> None:
    frozen(portal)
    edit(portal / LICENCES, "2023/12/13", "2023/12/05")
    bulletin, page = of_month(portal)
    assert "自发布以来的更正" in page
    assert "原因待说明" in page
    assert "市市场监管局·迟报量：发布时为1，现为0" in page
    assert "迟报数据1条" in words(page)

    correct(portal, bulletin, "报送日期录入有误", date(2024, 2, 1))
    _, page = of_month(portal)
    assert "原因待说明" not in page
    assert "2024-02-01，原因：报送日期录入有误" in words(page)
    assert "市市场监管局·迟报量：发布时为1，现为0" in page
    assert "迟报数据1条" in words(page)
    assert faults(portal) == []


def test_a_second_change_is_told_against_the_first_correction(portal: Path) -> None:
    frozen(portal)
    edit(portal / LICENCES, "2023/12/13", "2023/12/05")
    correct(portal, compiled(portal)[0], "录入有误", date(2024, 2, 1))
    (portal / COUNTY).unlink()
    found = faults(portal)
    assert [line.partition("，")[2] for line in found if "摘要" not in line] == [
        "鲁山县·报送量：发布时为2，现为0",
        "鲁山县·数据总量：发布时为2，现为0",
        "鲁山县·行政许可：发布时为2，现为0",
    ]


def test_after_a_second_correction_the_page_says_what_was_issued_and_what_was_corrected_before(portal: Path) -> None:
    frozen(portal)
    write(portal / COUNTY, files()[COUNTY][:1])
    correct(portal, compiled(portal)[0], "重复录入", date(2024, 2, 1))
    (portal / COUNTY).unlink()
    assert "2023-12，鲁山县·数据总量：发布时为2，上次更正为1，现为0" in "\n".join(faults(portal))
    bulletin, _ = of_month(portal)
    second, first = corrections_of(bulletin)
    assert first.changes[:3] == (
        "鲁山县·报送量：发布时为2，现为1。",
        "鲁山县·数据总量：发布时为2，现为1。",
        "鲁山县·行政许可：发布时为2，现为1。",
    )
    # Four of six records are left: the one that was late is now a quarter of them; nothing is left to have a rate of.
    assert "合计·数据总量：发布时为6，现为5。" in first.changes
    assert "合计·迟报率：发布时为16.67%，现为20.00%。" in first.changes
    assert "合计·数据总量：发布时为6，上次更正为5，现为4。" in second.changes
    assert "合计·迟报率：发布时为16.67%，上次更正为20.00%，现为25.00%。" in second.changes
    assert "县（市、区）“双公示”工作情况统计表合计·数据质量合格率：发布时为100%，现为-。" in second.changes
    assert not [line for line in (*first.changes, *second.changes) if "市各单位" in line]


@pytest.fixture
def corrected(portal: Path) -> Path:
    """The portal with its month frozen and one late record corrected."""
    frozen(portal)
    edit(portal / LICENCES, "2023/12/13", "2023/12/05")
    correct(portal, compiled(portal)[0], "报送日期录入有误", date(2024, 2, 1))
    return portal


def test_a_correction_that_does_not_go_on_from_what_was_issued_is_told(corrected: Path) -> None:
    edit(corrected / FILE, "place: reported/scjgj/late, was: '1'", "place: reported/scjgj/late, was: '2'")
    told = "2024-02-01的更正中的市市场监管局·迟报量：写作2，发布时为1，相差1"
    assert faults(corrected) == [f"{FILE.as_posix()}：2023-12，{told}"]


@pytest.mark.parametrize(
    ("old", "new", "beside", "message"),
    [
        ("place: reported/scjgj/late", "place: sent/scjgj/late", "place: sent", "通报种类中没有名为 sent 的 figures"),
        ("place: reported/scjgj/late", "place: reported/x/late", "place: reported/x", "没有代号为 x 的单位"),
        ("place: reported/scjgj/late", "place: reported/scjgj/lat", "scjgj/lat,", "reported 没有名为 lat 的计数列"),
        ("place: reported/scjgj/late", "place: reported/scjgj/late_rate", "/late_rate,", "没有名为 late_rate 的计数列"),
        ("late, was: '1', now: '0'", "late, was: '1', now: none", "now: none", "was 和 now 应为数字"),
        ("period: 2023-12", "period: 2023-122", "period:", "期次 2023-122 应写作 2023-12 的形式"),
        ("period: 2023-12", "period: 2023-13", "period:", "期次 2023-13 应写作 2023-12 的形式"),
        ("period: 2023-12", "period: '2023-12-31'", "period:", "期次 2023-12-31 应写作 2023-12 的形式"),
        ("period: 2023-12", "period: 2023-11", "period:", "期次 2023-11 应放在 2023-11.yml"),
        (
            "late: {figures: reported, column: late,",
            "late: {figures: reported, column: x,",
            "    late: {",
            "的 x 在通报",
        ),
    ],
)
def test_what_a_frozen_file_cannot_say_is_told_with_its_line(
    corrected: Path, old: str, new: str, beside: str, message: str
) -> None:
    edit(corrected / FILE, old, new)
    text = (corrected / FILE).read_text(encoding="utf-8")
    line = text[: text.index(beside)].count("\n") + 1
    with pytest.raises(ConfigError, match=message) as caught:
        compiled(corrected)
    assert (caught.value.path, caught.value.line) == (corrected / FILE, line)


def test_a_frozen_file_that_cannot_be_read_is_told_with_its_line(portal: Path) -> None:
    frozen(portal)
    text = (portal / FILE).read_text(encoding="utf-8")
    line = text[: text.index("zjj:")].count("\n") + 1
    edit(
        portal / FILE,
        "zjj: {name: 市住建局, group: department, values: [0, 0,",
        "zjj: {name: 市住建局, group: department, values: [0,",
    )
    with pytest.raises(ConfigError) as caught:
        compiled(portal)
    assert (caught.value.path.name, caught.value.line) == ("2023-12.yml", line)
