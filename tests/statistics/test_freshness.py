"""Who sends nothing, of which kinds there is nothing, which statistics are out of date: as the status page tells it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from codes import credit_code
from portals import LICENCES, NOW, PENALTIES, TODAY, admitted, licence, make_portal, penalty, write

from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.model.reporting import UnitExpectation
from generator.model.statistics import Rhythm
from generator.pipeline import Built, build
from generator.statistics.compiled import compile_statistics
from generator.statistics.freshness import Freshness, freshness, last_report_text
from generator.summary import build_markdown, build_summary

Make = Callable[..., Path]
JIAXIAN = credit_code("11410425MB1234567")
COUNTY = {"XK_LYDW": "鲁山县", "XK_LYDWDM": "11410423DEMX010175"}
TOPIC = {
    "title": "示例统计",
    "summary": "示例",
    "source": "示例",
    "rows": ["region"],
    "columns": {"count": {"title": "数量"}},
    "rhythm": {"every": "month", "within": 31, "source": "示例"},
}
RULES: dict[str, Any] = {
    "nothing": ["本月无"],
    "units": [
        {
            "title": "双公示",
            "since": date(2023, 1, 1),
            "kinds": ["licence", "penalty"],
            "days": 31,
            "source": "示例办法",
        }
    ],
    "kinds": [{"title": "双公示", "since": date(2023, 1, 1), "kinds": ["penalty"], "days": 8, "source": "示例办法"}],
    "numbers": {"enough": 10, "filled": 0.5, "source": "示例办法"},
}


def rules(**changes: Any) -> str:
    return yaml.safe_dump({**RULES, **changes}, allow_unicode=True)


def topic(**changes: Any) -> str:
    return yaml.safe_dump({**TOPIC, **changes}, allow_unicode=True)


FILES = {
    "data/rules/reporting.yml": rules(),
    # 31 days before 5 January is 5 December, and 4 December is a day too many.
    LICENCES: [licence(1, BSRQ="2023/12/05"), licence(2, BSRQ="2023/12/04")],
    "data/records/licence/2023-12/lushan.csv": [licence(3, BSRQ="2023/12/04", **COUNTY)],
    "data/records/licence/2024-01/jiaxian.csv": [
        licence(4, XK_JDRQ="2024/01/02", BSRQ="2024/01/03", XK_LYDW="郏县", XK_LYDWDM=JIAXIAN)
    ],
    "data/records/penalty/2023-12/zjj.csv": "本月无\n",
    PENALTIES: [penalty(1, BSRQ="2023/12/01"), penalty(2, CF_JDRQ="昨天", BSRQ="2024/01/04")],
    "data/statistics/old/topic.yml": topic(title="旧的统计"),
    "data/statistics/old/2023-10.csv": "县（市、区）,数量\n鲁山县,1\n",
    "data/statistics/new/topic.yml": topic(title="新的统计"),
    "data/statistics/new/2023-11.csv": "县（市、区）,数量\n鲁山县,1\n",
    "data/statistics/none/topic.yml": topic(title="没有的统计"),
    "data/statistics/monthly/topic.yml": topic(title="按月列的统计", rows=["month"]),
    "data/statistics/monthly/2023.csv": "月份,数量\n2023-09,1\n2023-10,2\n",
    "data/statistics/any/topic.yml": topic(title="不定期的统计", rhythm=None),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_portal(tmp_path_factory.mktemp("reporting") / "portal", FILES, pages=True)


@pytest.fixture(scope="module")
def built(portal: Path) -> Built:
    return build(portal, portal / "site", today=TODAY, now=NOW, jobs=1)


@pytest.fixture(scope="module")
def page(built: Built) -> str:
    return (built.out / "status/index.html").read_text(encoding="utf-8")


def table(page: str, caption: str) -> dict[str, list[str]]:
    """Head of each line of a table → the words in its cells."""
    found = page.partition(f'id="{caption}"')[2].partition("</table>")[0].partition("<tbody>")[2]
    lines = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in found.split("<tr>")[1:]]
    return {cells[0]: [re.sub(r"<[^>]+>", "", cell) for cell in cells[1:]] for cells in lines}


def test_a_reader_sees_of_each_unit_when_it_last_sent_something_and_how_much_this_month(page: str) -> None:
    assert table(page, "reporting-units-1") == {
        "市市场监管局": ["2023-12-05", "31", "0", "正常"],
        "市住建局": ["2023-12-31", "5", "0", "正常（2023年12月零报告）"],
        "鲁山县": ["2023-12-04", "32", "0", "超过 31 日未报送"],
        "郏县": ["2024-01-03", "2", "1", "正常"],
    }
    assert "4 个单位中 1 个没有按期报送：鲁山县。" in page


def test_a_reader_sees_which_kinds_have_nothing_and_which_wait(page: str) -> None:
    kinds = table(page, "reporting-kinds")
    assert kinds["行政许可"] == ["2024-01-03", "2", "1", "不定期"]
    # A faulty row of January is not sent until it is mended; of December the word 本月无 came last.
    assert kinds["行政处罚"] == ["2023-12-31", "5", "0", "正常（2023年12月零报告）"]
    assert kinds["行政强制"] == ["—", "—", "0", "从未报送"]


def test_a_reader_sees_which_statistics_are_out_of_date(page: str) -> None:
    # On 5 January, 31 days after November's end are over and those after December's are not.
    assert table(page, "reporting-topics") == {
        "旧的统计": ["2023-10-31", "2023-11-30", "超期未更新"],
        "新的统计": ["2023-11-30", "2023-11-30", "正常"],
        "没有的统计": ["—", "2023-11-30", "没有数据"],
        "按月列的统计": ["2023-10-31", "2023-11-30", "超期未更新"],
    }


def test_what_is_late_is_said_in_words_and_strong_and_the_terms_with_what_they_rest_on(page: str) -> None:
    assert page.count("<strong>超过 31 日未报送</strong>") == 1
    assert "双公示，31 日：示例办法" in page
    assert "旧的统计，每月，期满后 31 日内：示例" in page


def test_the_terminal_tells_who_sent_nothing_and_what_is_out_of_date(built: Built, portal: Path) -> None:
    lines = build_summary(built, load_portal(portal)).splitlines()
    said = [line.strip() for line in lines[lines.index("报送情况（详见网站“数据状态”页）：") + 1 :]]
    assert said[0] == "双公示：1 个单位超过 31 日没有报送：鲁山县（2023-12-04）"
    assert said[1].startswith("没有数据的类别：行政强制、行政征收、")
    assert said[2] == "超期未更新的统计数据：按月列的统计（2023-10-31）、没有的统计（没有数据）、旧的统计（2023-10-31）"


def test_the_page_of_the_nightly_job_tells_it_first(built: Built, portal: Path) -> None:
    text = build_markdown(built, load_portal(portal))
    head, _, rest = text.partition("### 数据问题\n")
    assert head.startswith("## 网站已生成（数据截至 2024-01-05）\n\n### 报送情况\n\n- 双公示：1 个单位超过 31 日")
    assert "- `day-unreadable`：1 处\n" in rest
    assert "- 行政许可：公示 4 条，" in rest


def seen(root: Path, today: date = TODAY) -> Freshness:
    with admitted(root, today) as found:
        portal, published = found.portal, found.published
        statistics = compile_statistics(portal, [], published.tallies, today)
        return freshness(portal, published.reports, published.tallies, statistics.tables, today)


def states(root: Path) -> dict[str, str]:
    [expected] = seen(root).units
    return {entry.unit: last_report_text(entry.last) for entry in expected.units}


def expecting(root: Make, **changes: Any) -> Path:
    return root({"data/rules/reporting.yml": rules(units=[{**RULES["units"][0], **changes}])})


def test_only_units_of_the_groups_named_are_expected_to_report_and_not_those_left_out(root: Make) -> None:
    assert states(expecting(root)) == dict.fromkeys(["市市场监管局", "市住建局", "鲁山县", "郏县"], "从未报送")
    assert states(expecting(root, groups=["county"])) == dict.fromkeys(["鲁山县", "郏县"], "从未报送")
    assert list(states(expecting(root, **{"except": ["zjj", "lushan"]}))) == ["市市场监管局", "郏县"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"since": date(2024, 1, 5)}, True),
        ({"since": date(2024, 1, 6)}, False),
        ({"until": date(2024, 1, 5)}, True),
        ({"until": date(2024, 1, 4)}, False),
    ],
)
def test_what_is_expected_goes_by_the_day(changes: dict[str, date], expected: bool) -> None:
    assert UnitExpectation.model_validate({**RULES["units"][0], **changes}).in_force(TODAY) is expected


def test_of_a_kind_that_the_portal_does_not_have_nothing_is_expected(root: Make) -> None:
    assert seen(expecting(root, kinds=["no-such-kind"])).units == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"groups": ["town"]}, "data/site.yml 中没有 town（groups）"),
        ({"except": ["zij"]}, "data/site.yml 中没有 zij（except）"),
        ({"until": date(2022, 12, 31)}, "until 不能早于 since"),
    ],
)
def test_a_wrong_expectation_is_told_with_its_line(root: Make, changes: dict[str, Any], message: str) -> None:
    place = expecting(root, **changes)
    with pytest.raises(ConfigError, match=re.escape(message)) as told:
        load_portal(place)
    assert told.value.path.name == "reporting.yml"
    assert told.value.line is not None


@pytest.mark.parametrize(
    ("every", "within", "today", "due"),
    [
        ("month", 31, "2024-01-05", "2023-11-30"),
        ("month", 5, "2024-01-05", "2023-11-30"),  # the fifth day after the end is the last on time
        ("month", 4, "2024-01-05", "2023-12-31"),
        ("month", 0, "2024-03-01", "2024-02-29"),
        ("quarter", 31, "2024-01-31", "2023-09-30"),
        ("quarter", 31, "2024-02-01", "2023-12-31"),
        ("quarter", 0, "2024-06-30", "2024-03-31"),
        ("year", 92, "2024-04-01", "2022-12-31"),
        ("year", 92, "2024-04-02", "2023-12-31"),
    ],
)
def test_figures_are_due_so_many_days_after_their_period(every: str, within: int, today: str, due: str) -> None:
    rhythm = Rhythm.model_validate({"every": every, "within": within, "source": "示例"})
    assert rhythm.due(date.fromisoformat(today)).isoformat() == due


def test_the_last_report_of_any_kind_that_counts_is_the_units_last(root: Make) -> None:
    place = root({LICENCES: [licence(BSRQ="2023/12/01")], PENALTIES: [penalty(BSRQ="2023/12/20")]})
    write(place / "data/rules/reporting.yml", rules())
    [expected] = seen(place).units
    assert expected.units[0].last.day == "2023-12-20"
