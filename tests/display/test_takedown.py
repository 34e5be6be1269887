"""What leaves, leaves everywhere: whole sites are built and every byte of them is looked at."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from portals import NOW, SITE, TODAY, build_site, make_portal, offer, penalty, person, run, write

from display import city
from display.city import id_of, words_of
from display.quick import HEADINGS, Quick
from display.traces import gone, records, traces, where
from generator.model.portal import Portal, load_portal
from generator.pipeline import build

INPUT = ("data/", "content/", "build/kept/batches/")
"""What clerks write, as it stands or as it was read and kept: as private as their files, and no part of the site."""


class City:
    """One portal, built again and again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / "site"
        self.declared: Portal = load_portal(root)

    def id_of(self, row: city.Row) -> str:
        kind = self.declared.kinds["licence" if "XK_WSH" in row else "penalty"]
        return id_of(row, kind, self.declared.site.id_key)

    def build(self, *withdrawals: str, objections: tuple[str, ...] = (), today: date = TODAY) -> Path:
        """Build anew, over the site that is there, with the given lines of the registers."""
        for name, headings, lines in (
            ("withdrawals", HEADINGS, withdrawals),
            ("objections", "公示编号,受理日期,办结日期,说明", objections),
        ):
            write(self.root / f"data/{name}.csv", "\n".join([headings, *lines, ""]))
        return build_site(self.root, today=today)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> City:
    """The city on disk, with downloads of all kinds; each test builds it as it needs it."""
    root = make_portal(tmp_path_factory.mktemp("city") / "portal", city.files(), pages=True, address=city.ADDRESS)  # type: ignore[arg-type]
    offer(root, "penalty")
    return City(root)


@pytest.fixture(scope="module")
def whole(built: City) -> Path:
    """A site with everything on show, built before anything leaves; tests that only read share it."""
    objections = (f"{built.id_of(city.OBJECTED)},2024-01-02,,对事实有异议",)
    site = built.build(objections=objections)
    # A copy: files that another site still has are kept for the next build.
    whole = shutil.copytree(site, built.root.parent / "whole")
    shutil.rmtree(site)
    return whole


@pytest.fixture
def quickly(portal: Quick) -> Quick:
    """Publish without building."""
    return portal


# A record that is shown, so that its absence later means something


def test_the_search_finds_what_is_on_show(whole: Path) -> None:
    for row in (city.WITHDRAWN, city.EXPIRING, city.WITHDRAWN_LICENCE, city.EXPIRING_LICENCE, city.BOTH_PENALTY):
        for word, names in traces(whole, words_of(row)).items():
            assert any(name.startswith("store/records/") for name in names), word
            assert any(name.startswith("notices/") for name in names), word
            assert {name.rpartition(".")[2] for name in names if name.startswith("data/")} == {"csv", "parquet"}, word
    assert gone(whole) == set()


def test_withdrawing_a_record_and_rebuilding_leaves_no_trace_of_it(built: City, whole: Path) -> None:
    rows = (city.WITHDRAWN, city.WITHDRAWN_LICENCE)
    ids = [built.id_of(row) for row in rows]
    site = built.build(f"{ids[0]},2024-01-05,修复,", f"{ids[1]},2023-12-20,撤销,")
    assert where(site, *words_of(*rows)) == set()
    # Nor beside the site: what a build keeps for the next one, or forgets to clear away.
    assert {name for name in where(built.root, *words_of(*rows)) if not name.startswith(INPUT)} == set()
    # The id stands where the page of the notice learns that it is gone, where copies elsewhere learn it, nowhere else.
    assert gone(site) == set(ids)
    told = {name for name in where(site, *ids) if not name.startswith("store/records/")}
    assert told == {
        "data/changes.atom",
        "data/changes.json",
        "data/changes/2024-01.json.gz",
        "data/changes/2023-12.json.gz",
    }
    assert not set(ids) & {record for kind in ("penalty", "licence") for record in records(site, kind)}
    # Everything else is still there.
    before, after = records(whole, "penalty"), records(site, "penalty")
    assert set(before) - set(after) == {ids[0]}


def test_a_site_built_over_an_old_one_is_the_one_built_in_a_new_folder(built: City, tmp_path: Path) -> None:
    line = f"{built.id_of(city.WITHDRAWN)},2024-01-05,修复,"
    site = built.build(line)
    fresh = make_portal(
        tmp_path / "portal",
        {**city.files(), "data/withdrawals.csv": f"{HEADINGS}\n{line}\n"},  # type: ignore[dict-item]
        pages=True,
        address=city.ADDRESS,
    )
    offer(fresh, "penalty")
    other = build_site(fresh)
    names = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert names == {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    assert [name for name in names if (site / name).read_bytes() != (other / name).read_bytes()] == []


def test_the_day_after_the_last_day_leaves_no_trace_either(built: City) -> None:
    rows = (city.EXPIRING, city.EXPIRING_LICENCE)
    site = built.build(today=date(2024, 1, 10))
    for word, names in traces(site, words_of(*rows)).items():
        assert names, f"{word} has to be there on the last day"
    assert records(site, "penalty")[built.id_of(city.EXPIRING)]["last_day"] == "2024-01-10"
    site = built.build(today=date(2024, 1, 11))
    assert where(site, *words_of(*rows)) == set()
    assert {name for name in where(built.root, *words_of(*rows)) if not name.startswith(INPUT)} == set()
    assert gone(site) == {built.id_of(row) for row in rows}


def test_a_firm_keeps_its_licence_when_its_penalty_leaves(built: City) -> None:
    site = built.build(f"{built.id_of(city.BOTH_PENALTY)},2024-01-05,修复,")
    assert where(site, "猋飍", city.BOTH_PENALTY["CF_WSH"]) == set()
    assert built.id_of(city.BOTH_LICENCE) in records(site, "licence")
    for word in ("双面示例有限公司", city.SHOP_CODE, "朤品", city.BOTH_LICENCE["XK_WSH"]):
        names = where(site, word)
        assert any(name.startswith("store/records/") for name in names), word
        assert not any(name.startswith(("store/penalty/", "notices/penalty/")) for name in names), word
    result = run(built.root, "verify", "--today", "2024-01-05", str(site))
    assert result.exit_code == 0, result.output


def test_a_correction_replaces_the_row_and_says_so(built: City, whole: Path) -> None:
    assert city.CORRECTED_BEFORE["CF_WSH"] == city.CORRECTED_AFTER["CF_WSH"]
    assert where(whole, "叒叕") == set()
    record = records(whole, "penalty")[built.id_of(city.CORRECTED_BEFORE)]
    assert built.id_of(city.CORRECTED_BEFORE) == built.id_of(city.CORRECTED_AFTER)
    assert record["CF_XDR_MC"] == "示例芔茻有限公司"
    assert record["corrected_on"] == "2024-01-03"
    page = (whole / "notices/penalty/archive/2023-12/1/index.html").read_text(encoding="utf-8")
    entry = body_of(page, built.id_of(city.CORRECTED_BEFORE))
    assert "更正日期" in entry
    assert "2024-01-03" in entry
    assert page.count("更正日期") == 1
    assert not any(record["corrected_on"] for record in records(whole, "licence").values() if "corrected_on" in record)


def body_of(page: str, record: str) -> str:
    """A record's part of an archive page."""
    found = re.search(rf'<tbody id="{record}".*?</tbody>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_pending_objection_labels_and_hides_nothing(built: City, whole: Path) -> None:
    ident = built.id_of(city.OBJECTED)
    record = records(whole, "penalty")[ident]
    assert record["objection"] is True
    assert record["CF_XDR_MC"] == city.OBJECTED["CF_XDR_MC"]
    page = (whole / "notices/penalty/archive/2023-12/1/index.html").read_text(encoding="utf-8")
    assert "异议处理中" in body_of(page, ident)
    assert page.count("异议处理中") == 1
    # What the objector says is nobody's business.
    assert where(whole, "对事实有异议") == set()


def test_nothing_is_said_of_those_the_law_protects(built: City, whole: Path) -> None:
    never = (city.SIMPLE, city.MINOR_PENALTY, city.MINOR_LICENCE, city.WITHHELD)
    words = [*words_of(*never), "上官骢骥", "司徒骦骧", "东方骠骢", city.MINOR, *map(built.id_of, never)]
    assert where(whole, *words) == set()
    assert {name for name in where(built.root, *words) if not name.startswith(INPUT)} == set()


def test_the_full_name_of_a_natural_person_is_nowhere(built: City, whole: Path) -> None:
    names = ("欧阳骁骐", "诸葛骅骝", "阳骁骐", "葛骅骝", city.ADULT)
    assert where(whole, *names) == set()
    assert {name for name in where(built.root, *names) if not name.startswith(INPUT)} == set()
    assert records(whole, "penalty")[built.id_of(city.PERSON_PENALTY)]["CF_XDR_MC"] == "欧**"
    assert records(whole, "licence")[built.id_of(city.PERSON_LICENCE)]["XK_XDR_MC"] == "诸**"


def test_penalty_pages_are_not_for_search_engines_and_licences_are(whole: Path) -> None:
    robots = re.compile(r'<meta[^>]*name="robots"[^>]*content="[^"]*noindex')
    pages = {path.relative_to(whole).as_posix(): path.read_text(encoding="utf-8") for path in whole.rglob("index.html")}
    archive = {name: text for name, text in pages.items() if re.match(r"notices/\w+/archive/\d", name)}
    assert len(archive) >= 3
    sitemap = (whole / "sitemap.xml").read_text(encoding="utf-8")
    listed = set(re.findall(r"<loc>(.*?)</loc>", sitemap))
    for name, text in archive.items():
        penalties = name.startswith("notices/penalty/")
        assert bool(robots.search(text)) == penalties, name
        assert (city.ADDRESS + name.removesuffix("index.html") in listed) != penalties, name
    # Whatever page says a penalty's name, number or facts is not to be copied.
    telling = {name for name, text in pages.items() if any(word in text for word in ("犇骉", "淼焱", "皛晶"))}
    assert {name for name in telling if not robots.search(pages[name])} == set()
    assert {name for name in telling if city.ADDRESS + name.removesuffix("index.html") in listed} == set()
    assert f"Sitemap: {city.ADDRESS}sitemap.xml" in (whole / "robots.txt").read_text(encoding="utf-8")
    # A page that robots.txt keeps crawlers from cannot tell them noindex.
    assert "Disallow" not in (whole / "robots.txt").read_text(encoding="utf-8")


def test_the_public_count_of_withdrawals_has_no_names(built: City) -> None:
    lines = (
        f"{built.id_of(city.WITHDRAWN)},2024-01-05,修复,犇骉申请",
        f"{built.id_of(city.KEPT)},2023-12-28,撤销,",
        f"{built.id_of(city.OBJECTED)},不详,张骁骐来电要求撤下,",
    )
    site = built.build(*lines)
    status = (site / "status" / "index.html").read_text(encoding="utf-8")
    for said in ("2024-01", "2023-12", "修复", "撤销"):
        assert said in status
    assert "0001-01" not in status
    assert where(site, "张骁骐", "犇骉", "来电") == set()


# Gone: what left, and not what never was


def penalty_of(number: int, **changes: str) -> city.Row:
    return penalty(number, **{"CF_JDRQ": "2023-12-01", "BSRQ": "2023-12-05", **changes})


LEFT = {
    "期满": (penalty_of(1, CF_GSJZQ="2024-01-04"), ""),
    "撤下": (penalty_of(2), "2024-01-05"),
    "期满又撤下": (penalty_of(3, CF_GSJZQ="2024-01-04"), "2024-01-03"),
    "58号令施行而停止": (penalty_of(4, CF_JDRQ="2023-03-01", BSRQ="2023-03-05", CFCX="简易程序"), ""),
}
NEVER = {
    "仍在公示": (penalty_of(11), ""),
    "明日才撤下": (penalty_of(12), "2024-01-06"),
    "今日期满": (penalty_of(13, CF_GSJZQ="2024-01-05"), ""),
    "简易程序": (penalty_of(14, CFCX="简易程序"), ""),
    "简易程序又登记撤下": (penalty_of(15, CFCX="简易程序"), "2024-01-04"),
    "未成年人": (person(penalty_of(16), number=city.MINOR), ""),
    "未成年人又登记撤下": (person(penalty_of(17), number=city.MINOR), "2024-01-04"),
    "报送时已期满": (penalty_of(18, CF_JDRQ="2021-06-15", SXCD="一般"), ""),
    "因错误不公示": (penalty_of(19, CF_SY="电话13800138000"), ""),
    "因错误不公示又登记撤下": (penalty_of(20, CF_SY="电话13800138000"), "2024-01-04"),
}


@pytest.mark.parametrize("name", [*LEFT, *NEVER])
def test_the_list_of_what_is_gone_holds_what_left_and_not_what_never_was(quickly: Quick, name: str) -> None:
    row, withdrawn = {**LEFT, **NEVER}[name]
    record = id_of(row, quickly.portal.kinds["penalty"], SITE["id_key"])
    lines = [f"{record},{withdrawn},修复,"] if withdrawn else []
    assert quickly.shown([row], TODAY, withdrawals=lines).gone == ({record} if name in LEFT else set())


def test_a_record_of_the_36th_order_that_is_no_longer_public_is_gone(quickly: Quick) -> None:
    row = penalty_of(1, CF_JDRQ="2026-02-02", BSRQ="2026-02-05", SXCD="轻微")
    assert row["CF_WSH"] in quickly.shown([row], date(2026, 3, 31))
    record = id_of(row, quickly.portal.kinds["penalty"], SITE["id_key"])
    assert quickly.shown([row], date(2026, 4, 1)).gone == {record}


# The register in the hands of clerks


@pytest.fixture
def one(quickly: Quick) -> tuple[Quick, str]:
    """A portal with one penalty, and the penalty's id."""
    return quickly, id_of(penalty(), quickly.portal.kinds["penalty"], SITE["id_key"])


BROKEN = {
    "少一格": f"{HEADINGS}\n{{id}},2024-01-04,修复\n",
    "说明中有逗号": f"{HEADINGS}\n{{id}},2024-01-04,修复,已整改,已缴款\n",
    "引号没有成对": f'{HEADINGS}\n{{id}},2024-01-04,修复,"已整改\n',
    "另一行的引号没有成对": f'{HEADINGS}\n0000000000000,2024-01-04,修复,"已整改\n{{id}},2024-01-04,修复,\n',
    "标题写错": "编号,撤下日期,原因,说明\n{id},2024-01-04,修复,\n",
    "没有标题": "{id},2024-01-04,修复,\n",
    "分号分隔": "公示编号;撤下日期;原因;说明\n{id};2024-01-04;修复;\n",
    "制表符分隔": "公示编号\t撤下日期\t原因\t说明\n{id}\t2024-01-04\t修复\t\n",
    "日期不是日期": f"{HEADINGS}\n{{id}},昨天,修复,\n",
    "没有日期": f"{HEADINGS}\n{{id}},,修复,\n",
    "原因不在代码表": f"{HEADINGS}\n{{id}},2024-01-04,已经整改,\n",
    "编号前后有空格": f"{HEADINGS}\n  {{id}} ,2024-01-04,修复,\n",
    "编号大写": f"{HEADINGS}\n{{ID}},2024-01-04,修复,\n",
    "两遍": f"{HEADINGS}\n{{id}},2024-01-04,修复,\n{{id}},2024-01-05,撤销,\n",
    "一遍今天一遍明天": f"{HEADINGS}\n{{id}},2024-01-06,撤销,\n{{id}},2024-01-05,修复,\n",
    "列的次序不同": "说明,原因,公示编号,撤下日期\n,修复,{id},2024-01-04\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_takedown_does_not_depend_on_how_its_line_is_written(
    one: tuple[Quick, str], text: str, encoding: str
) -> None:
    publisher, record = one
    content = text.replace("{id}", record).replace("{ID}", record.upper()).encode(encoding)
    assert publisher.shown([penalty()], TODAY, register=content).records == {}


@pytest.mark.parametrize("ending", [b"\xff\xff\n", b"\x00\n", b"\r"], ids=["undecodable", "zero byte", "old Mac"])
def test_nor_on_a_byte_that_makes_the_register_unreadable(one: tuple[Quick, str], ending: bytes) -> None:
    publisher, record = one
    content = f"{HEADINGS}\n{record},2024-01-04,修复,".encode() + ending
    assert publisher.shown([penalty()], TODAY, register=content).records == {}


def test_nor_on_the_encoding_that_excel_calls_unicode_text(one: tuple[Quick, str]) -> None:
    publisher, record = one
    content = f"{HEADINGS}\n{record},2024-01-04,修复,\n".replace(",", "\t").encode("utf-16")
    assert publisher.shown([penalty()], TODAY, register=content).records == {}


def test_an_id_in_a_note_is_not_a_takedown(one: tuple[Quick, str]) -> None:
    """“See also” is how a clerk points at the record that stands in place of the withdrawn one."""
    publisher, record = one
    other = penalty_of(2)
    withdrawn = id_of(other, publisher.portal.kinds["penalty"], SITE["id_key"])
    line = f"{withdrawn},2024-01-04,变更,新的决定见 {record}"
    assert list(publisher.shown([penalty(), other], TODAY, withdrawals=[line]).records) == [penalty()["CF_WSH"]]


def test_a_withdrawn_record_that_was_corrected_stays_away(one: tuple[Quick, str]) -> None:
    publisher, record = one
    later = [penalty(CF_NR="罚款3000元", BSRQ="2024/01/03")]
    found = publisher.shown([penalty()], TODAY, withdrawals=[f"{record},2024-01-04,修复,"], _2024_01=later)
    assert found.records == {}
    assert found.gone == {record}


def test_two_reports_of_what_is_not_public_stop_nothing(quickly: Quick) -> None:
    row = penalty_of(1, CFCX="简易程序")
    found = quickly.shown([row], TODAY, _2024_01=[{**row, "BSRQ": "2024-01-03"}])
    assert found.records == {}
    assert found.counts == {"not_public": 1, "superseded": 1}


def test_a_correction_that_shortens_is_heard(one: tuple[Quick, str]) -> None:
    """The later row stands, also where it ends the display that the earlier one allowed."""
    publisher, record = one
    found = publisher.shown([penalty()], TODAY, _2024_01=[penalty(CF_GSJZQ="2024-01-04", BSRQ="2024-01-03")])
    assert found.records == {}
    assert found.gone == {record}
    found = publisher.shown([penalty()], TODAY, _2024_01=[penalty(CFCX="简易程序", BSRQ="2024-01-03")])
    assert found.records == {}


def test_the_old_values_of_a_faulty_correction_are_the_ones_that_stand(one: tuple[Quick, str]) -> None:
    publisher, _ = one
    found = publisher.shown([penalty()], TODAY, _2024_01=[penalty(CF_SY="电话13800138000", BSRQ="2024-01-03")])
    assert [record["corrected_on"] for record in found.records.values()] == [""]


# The command


def withdrawn_by_command(root: Path, *words: str) -> None:
    result = run(root, "withdraw", "--today", "2024-01-05", *words)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    "register",
    [
        "",
        f"{HEADINGS}\n0000000000000,2024-01-04,修复,无\n",
        f"{HEADINGS}\n0000000000000,2024-01-04,修复,无",
        "原因,说明,公示编号,撤下日期\n修复,无,0000000000000,2024-01-04\n",
        '公示编号,撤下日期,原因,说明\n0000000000000,2024-01-04,修复,"无\n',
    ],
    ids=["new", "more", "no line end", "other order", "open quote"],
)
def test_the_command_takes_down_whatever_the_register_looks_like(
    quickly: Quick, tmp_path: Path, register: str, encoding: str
) -> None:
    portal = make_portal(tmp_path / "command", {"data/records/penalty/2023-12/scjgj.csv": [penalty()]})
    if register:
        write(portal / "data" / "withdrawals.csv", register.encode(encoding))
    record = id_of(penalty(), quickly.portal.kinds["penalty"], SITE["id_key"])
    withdrawn_by_command(portal, "--reason", "修复", record)
    content = (portal / "data" / "withdrawals.csv").read_bytes()
    found = quickly.shown([penalty()], TODAY, register=content)
    assert found.records == {}
    assert found.gone == {record}
    if "无\n" in register and '"' not in register:
        assert [issue.code for issue in found.issues] == ["register-unknown"]


def test_the_command_refuses_an_id_that_no_record_has_and_enters_nothing(quickly: Quick, tmp_path: Path) -> None:
    portal = make_portal(tmp_path / "mistyped", {"data/records/penalty/2023-12/scjgj.csv": [penalty()]})
    record = id_of(penalty(), quickly.portal.kinds["penalty"], SITE["id_key"])
    mistyped = f"{record[:-1]}{'0' if record[-1] != '0' else '1'}"
    result = run(portal, "withdraw", "--today", "2024-01-05", "--reason", "修复", record, mistyped)
    assert result.exit_code == 2
    said = f"现有数据中没有公示编号“{mistyped}”，未登记任何一条：请从公示页面复制编号；确需登记的，加 --force"
    assert said in re.sub(r"\s", "", result.stderr).replace("加--force", "加 --force")
    assert not (portal / "data" / "withdrawals.csv").exists()
    withdrawn_by_command(portal, "--reason", "修复", "--force", mistyped)
    assert mistyped in (portal / "data" / "withdrawals.csv").read_text(encoding="utf-8")


def test_a_record_whose_row_is_faulty_now_can_be_withdrawn_all_the_same(quickly: Quick, tmp_path: Path) -> None:
    faulty = penalty(CF_JDRQ="昨天")
    portal = make_portal(tmp_path / "faulty", {"data/records/penalty/2023-12/scjgj.csv": [faulty]})
    record = id_of(penalty(), quickly.portal.kinds["penalty"], SITE["id_key"])
    withdrawn_by_command(portal, "--reason", "修复", record)
    assert record in (portal / "data" / "withdrawals.csv").read_text(encoding="utf-8")


def test_an_article_that_names_a_removed_subject_is_reported_to_staff(built: City) -> None:
    article = built.root / "content" / "about" / "article.md"
    article.write_text("# 专项检查通报\n\n示例犇骉有限公司被处罚；双面示例有限公司同。\n", encoding="utf-8")
    try:
        built.build(
            f"{built.id_of(city.WITHDRAWN)},2024-01-05,修复,", f"{built.id_of(city.BOTH_PENALTY)},2024-01-05,修复,"
        )
        done = build(built.root, built.root / "site", today=TODAY, now=NOW, jobs=1)
        [issue] = [issue for issue in done.issues if issue.code == "article-names-removed"]
        assert issue.file == "content/about/article.md"
        assert "1 处" in issue.message
        assert "犇骉" not in f"{issue.message}{issue.remedy}{issue.value}"
    finally:
        article.unlink()
