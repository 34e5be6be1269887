"""What kinds say of how they are published: in counts, without natural persons, without those who left a list, and
only what the record itself says is for the public. Every hidden row says words that nothing else says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from codes import credit_code, identity_number
from display.traces import records, traces
from portals import FIRM, PERSON, TODAY, admitted, build_site, make_portal, told

from generator.model.portal import load_portal
from generator.pipeline import admitted_records
from generator.progress import Progress
from generator.verify.verify import verify_site
from generator.workers import workers

Make = Callable[..., Path]
Row = dict[str, str]
OFFICE = "11410400DEMX00014A"


def deed(name: str, **changes: str) -> Row:
    """A record of one of the eight administrative classes, with headings of the template."""
    return {
        "XDR_MC": f"示例{name}有限公司",
        "XDR_LB": "法人及非法人组织",
        "XDR_SHXYM": FIRM,
        "LB": "其他",
        "MC": f"{name}事项",
        "NR": f"内容为{name}",
        "JDRQ": "2023/12/01",
        "JDJG": "平顶山市市场监督管理局",
        "JDJGDM": OFFICE,
        "LYDW": "市市场监管局",
        "LYDWDM": OFFICE,
        "BSRQ": "2023/12/05",
        **changes,
    }


def natural(row: Row, name: str, number: str = PERSON) -> Row:
    return {**row, "XDR_MC": name, "XDR_LB": "自然人", "XDR_SHXYM": "", "XDR_ZJLX": "身份证", "XDR_ZJHM": number}


def listed(name: str, **changes: str) -> Row:
    return {
        "XDR_MC": f"示例{name}有限公司",
        "XDR_LB": "法人及非法人组织",
        "XDR_SHXYM": credit_code("91410400MA9F00001"),
        "MDLB": "其他严重违法名单",
        "RDWH": f"平列〔2023〕{name}号",
        "LRSY": f"因{name}列入",
        "RDYJ": f"《{name}办法》",
        "RDRQ": "2023/06/01",
        "RDJG": "平顶山市市场监督管理局",
        "RDJGDM": OFFICE,
        "LYDW": "市市场监管局",
        "LYDWDM": OFFICE,
        "BSRQ": "2023/12/05",
        **changes,
    }


def promise(number: int, name: str, **changes: str) -> Row:
    return {
        "CNBM": f"41040020231201{number:06}",
        "CNRMC": f"示例{name}有限公司",
        "CNRLB": "法人及非法人组织",
        "CNRDM": credit_code(f"91410400MA9G{number:05}"),
        "CNLX": "容缺办理性",
        "CNSY": f"办理{name}",
        "CNNR": f"承诺{name}",
        "WNZR": f"承担{name}责任",
        "CNRQ": "2023/12/01",
        "SLDW": "平顶山市市场监督管理局",
        "SLDWDM": OFFICE,
        "GKLX": "可向社会公开",
        "LYDW": "市市场监管局",
        "LYDWDM": OFFICE,
        "BSRQ": "2023/12/05",
        **changes,
    }


def kept(number: int, state: str, day: str, **changes: str) -> Row:
    """What is reported later of a promise: its code and its performance, nothing else."""
    return {
        "CNBM": f"41040020231201{number:06}",
        "LXZT": state,
        "WLXNR": "",
        "ZJNR": "",
        "LYDW": "市市场监管局",
        "LYDWDM": OFFICE,
        "BSRQ": day,
        **changes,
    }


OTHER = identity_number("41040219880202333")
BENEFIT = natural(deed("犇骉"), "欧阳骁骐")
CONFIRMED = deed("麤毳", XDR_SHXYM=credit_code("91410400MA9H00001"))
CHECKED_PERSON = natural(deed("赑屃"), "诸葛骅骝", OTHER)
CHECKED_FIRM = deed("淼焱")
OFF = listed("鑫垚", YCRQ="2023/12/20", BSRQ="2023/12/21")
BEFORE_OFF = listed("鑫垚")
STILL_ON = listed("朤品", XDR_SHXYM=credit_code("91410400MA9F00002"))
INTERNAL = promise(1, "叒叕", GKLX="不可公开")
SOME = promise(2, "芔茻", GKLX="特定范围内公开")
OPEN = promise(3, "皛晶")
OPEN_PERSON = promise(4, "劦协", CNRMC="司徒骦骧", CNRLB="自然人", CNRDM=OTHER)

MONTH = "2023-12/scjgj.csv"
FILES = {
    f"data/records/benefit/{MONTH}": [BENEFIT],
    f"data/records/confirmation/{MONTH}": [CONFIRMED],
    f"data/records/inspection/{MONTH}": [CHECKED_PERSON, CHECKED_FIRM],
    f"data/records/serious-discredit/{MONTH}": [BEFORE_OFF, OFF, STILL_ON],
    f"data/records/commitment/{MONTH}": [INTERNAL, SOME, OPEN, OPEN_PERSON],
    f"data/records/performance/{MONTH}": [
        kept(3, "部分履行", "2023/12/20", WLXNR="未完成惢歮", ZJNR="限期补正"),
        kept(1, "部分履行", "2023/12/20", WLXNR="未完成譶龖", ZJNR="限期补正"),
    ],
    "data/records/performance/2024-01/scjgj.csv": [kept(3, "全部履行", "2024/01/03")],
}
HIDDEN = {
    "行政给付": ["犇骉", "欧阳骁骐", PERSON],
    "行政确认": ["麤毳", CONFIRMED["XDR_SHXYM"]],
    "自然人的检查": ["赑屃", "诸葛骅骝", OTHER],
    "移出名单的主体": ["鑫垚", OFF["XDR_SHXYM"]],
    "不可公开的承诺": ["叒叕", INTERNAL["CNBM"], "譶龖"],
    "特定范围内公开的承诺": ["芔茻", SOME["CNBM"]],
    "自然人承诺人的姓名": ["司徒骦骧"],
    "后来不再如此的履行情况": ["惢歮"],
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_portal(tmp_path_factory.mktemp("publication") / "portal", FILES, pages=True)


@pytest.fixture(scope="module")
def site(portal: Path) -> Path:
    return build_site(portal)


def test_every_row_is_accounted_for_once(portal: Path) -> None:
    with admitted(portal) as found:
        counted = found.published.tallies.counts.groupby("state")["count"].sum().to_dict()
    assert counted == {
        "published": 4,  # 淼焱, 朤品, 皛晶, 劦协
        "counted": 3,  # 犇骉, 麤毳, 赑屃
        "exited": 1,
        "restricted": 2,
        "added": 2,
        "superseded": 2,  # 鑫垚 before it left the list, and the first report on 皛晶
    }


@pytest.mark.parametrize("what", HIDDEN)
def test_what_is_not_for_the_public_is_in_no_byte_of_the_site(site: Path, what: str) -> None:
    assert traces(site, HIDDEN[what]) == {word: [] for word in HIDDEN[what]}


@pytest.mark.parametrize("word", ["淼焱", "朤品", "皛晶", "劦协"])
def test_what_is_shown_can_be_found(site: Path, word: str) -> None:
    assert traces(site, [word])[word]


def test_verification_finds_the_site_clean_and_a_counted_row_in_it_a_leak(site: Path, portal: Path) -> None:
    declared = load_portal(portal)
    said = []
    for word in ("", BENEFIT["NR"]):
        page = site / "notices/benefit/index.html"
        page.write_text(page.read_text(encoding="utf-8") + word, encoding="utf-8")
        with TemporaryDirectory() as folder, workers(2) as executor:
            published = admitted_records(declared, TODAY, Path(folder), executor, Progress())
            verdict = verify_site(site, declared, published, TODAY, executor, Progress(), 2)
        page.write_text(page.read_text(encoding="utf-8").removesuffix(word), encoding="utf-8")
        said.append(len(verdict.faults))
    assert said == [0, 1]


def test_counts_are_on_the_page_of_the_kind(site: Path) -> None:
    page = (site / "notices/benefit/index.html").read_text(encoding="utf-8")
    assert "只公布数量 <strong>1</strong> 条" in page
    assert not (site / "notices/benefit/archive").exists()
    assert "只公布数量 <strong>1</strong> 条" in (site / "notices/inspection/index.html").read_text(encoding="utf-8")


def test_a_list_tells_how_many_left_it(site: Path) -> None:
    page = (site / "notices/serious-discredit/market/index.html").read_text(encoding="utf-8")
    assert "<dt>现在名单上</dt><dd>1 条</dd>" in page
    assert "<dt>已经移出</dt><dd>1 条（只计数量）</dd>" in page
    assert "示例朤品有限公司" in page
    other = (site / "notices/serious-discredit/wages/index.html").read_text(encoding="utf-8")
    assert "本名单暂无此类信息。" in other


def test_the_last_report_on_a_promise_is_its_state(site: Path) -> None:
    shown = {record["CNSY"]: record for record in records(site, "commitment").values()}
    assert shown["办理皛晶"]["state"] == "全部履行"
    assert shown["办理皛晶"]["CNLX"] == "容缺受理型"  # the seed's 容缺办理性, as the national form says it
    assert shown["办理劦协"]["state"] == "尚未认定"
    assert shown["办理劦协"]["CNRMC"] == "司**"
    assert not shown["办理劦协"].get("CNRDM")


def test_a_report_on_an_unknown_promise_is_told_to_the_clerk(root: Make) -> None:
    lines = told(root({f"data/records/performance/{MONTH}": [kept(9, "全部履行", "2023/12/20")]}))
    assert len(lines) == 1
    assert "没有与之对应的信用承诺信息" in lines[0]


def test_what_was_not_kept_has_to_be_named_and_what_was_kept_has_nothing_to_name(root: Make) -> None:
    rows = [kept(1, "部分履行", "2023/12/20"), kept(2, "全部履行", "2023/12/20", WLXNR="某项")]
    files = {f"data/records/commitment/{MONTH}": [promise(1, "甲"), promise(2, "乙")]}
    lines = told(root({**files, f"data/records/performance/{MONTH}": rows}))
    codes = [line.rpartition("（")[2].rstrip("）") for line in lines]
    assert codes == ["required-missing", "required-missing", "must-be-blank"]


def test_a_list_nobody_declared_is_refused_and_one_out_of_force_is_remarked(root: Make) -> None:
    rows = [listed("甲", MDLB="本地黑名单"), listed("乙", MDLB="严重质量失信企业")]
    lines = told(root({f"data/records/serious-discredit/{MONTH}": rows}))
    assert [line.rpartition("（")[2] for line in lines] == ["choice-unknown）", "list-class-ended）"]


def test_records_without_number_are_told_apart_by_day_and_name(root: Make) -> None:
    rows = [deed("甲"), deed("甲", JDRQ="2023/12/02"), deed("乙"), deed("甲", NR="更正", BSRQ="2023/12/06")]
    with admitted(root({f"data/records/inspection/{MONTH}": rows})) as found:
        shown = found.records("inspection")
    assert sorted(zip(shown["MC"], shown["JDRQ"], shown["NR"], strict=True)) == [
        ("乙事项", "2023-12-01", "内容为乙"),
        ("甲事项", "2023-12-01", "更正"),
        ("甲事项", "2023-12-02", "内容为甲"),
    ]
