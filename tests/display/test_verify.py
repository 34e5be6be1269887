"""Leaks are planted in a built site, one in each kind of file, and have to be found; a clean site has to pass."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from codes import credit_code, identity_number
from portals import CHIEF, NOW, SITE, admitted, build_site, licence, make_portal, penalty, person, run, write

from display import city
from display.carriers import CARRIERS, FURTHER, NUMBERS, OPAQUE, Carrier
from display.city import id_of
from display.quick import HEADINGS
from display.test_privacy import lookalike
from display.traces import gone, records, where
from generator.model.portal import load_portal
from generator.pipeline import admitted_records
from generator.progress import Progress
from generator.verified import build_verified
from generator.verify.verify import Verdict, verify_site
from generator.workers import InProcess

TODAY = date(2024, 1, 11)

SMALL_SHOP = city.said(21, "驫麤", CF_XDR_MC="驫麤面馆", CF_XDR_LB="个体工商户", CF_FRDB="马驫麤")
STRANGER = identity_number("11010519491231002")
CARD = "6222021001116245702"
MOBILE = "13912345678"
PLATE = "豫D·A1B23"

LEAKS = {
    "撤下主体的名称": city.WITHDRAWN["CF_XDR_MC"],
    "撤下主体的信用代码": city.WITHDRAWN["CF_XDR_SHXYM"],
    "撤下记录的违法事实": city.WITHDRAWN["CF_SY"],
    "撤下许可的内容": city.WITHDRAWN_LICENCE["XK_NR"],
    "期满记录的文书号": city.EXPIRING["CF_WSH"],
    "期满许可的主体": city.EXPIRING_LICENCE["XK_XDR_MC"],
    "更正前的名称": city.CORRECTED_BEFORE["CF_XDR_MC"],
    "因错误不公示的主体": city.WITHHELD["CF_XDR_MC"],
    "依法不公示的文书号": city.SIMPLE["CF_WSH"],
    "自然人的证件号码": city.ADULT,
    "法定代表人的证件号码": CHIEF,
    "未成年人的证件号码": city.MINOR,
}
"""Values that only hidden rows or private columns have."""

PERSONAL = {"别人的身份证号码": STRANGER, "手机号码": MOBILE, "银行卡号": CARD, "机动车号牌": PLATE}
"""Values that no record has and that look like personal information."""


class Site:
    """A built site that is as it should be, and copies of it with something planted."""

    def __init__(self, root: Path, today: date = TODAY) -> None:
        self.root, self.today = root, today
        self.portal = load_portal(root)
        self.clean = build_site(root, today=today)
        folder = root / "published"
        folder.mkdir()
        self.published = admitted_records(self.portal, today, folder, InProcess(), Progress())

    def verify(self, site: Path) -> Verdict:
        return verify_site(site, self.portal, self.published, self.today, InProcess(), Progress())

    def with_files(self, folder: Path, files: Mapping[str, bytes]) -> Path:
        site = folder / "planted"
        shutil.copytree(self.clean, site)
        for name, content in files.items():
            write(site / name, content)
        return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The city after withdrawals and expiry."""
    root = tmp_path_factory.mktemp("verify") / "portal"
    files: dict[str, Any] = city.files()
    files[city.DECEMBER] = [*files[city.DECEMBER], SMALL_SHOP]
    make_portal(root, files, pages=True, address=city.ADDRESS)
    kinds = load_portal(root).kinds
    withdrawn = [
        id_of(row, kinds["licence" if "XK_WSH" in row else "penalty"], SITE["id_key"])
        for row in (city.WITHDRAWN, city.WITHDRAWN_LICENCE, city.BOTH_PENALTY, SMALL_SHOP)
    ]
    lines = [f"{record},2024-01-05,修复," for record in withdrawn]
    write(root / "data/withdrawals.csv", "\n".join([HEADINGS, *lines, ""]))
    return Site(root)


def planted(built: Site, folder: Path, value: str, carriers: Mapping[str, Carrier]) -> tuple[set[str], str]:
    """Names of the files that were planted and that no fault names; and what the verdict says."""
    names = {f"downloads/{name}": carrier(value) for name, carrier in carriers.items()}
    verdict = built.verify(built.with_files(folder, names))
    missed = {name for name in names if not any(fault.text.startswith(f"{name} ") for fault in verdict.faults)}
    return {name.removeprefix("downloads/") for name in missed}, verdict.text()


@pytest.fixture(scope="module")
def missed(built: Site, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[set[str], str]]:
    """What is missed of a leak in all carriers at once, each in its own file; and what the verdict says."""

    @cache
    def look(name: str) -> tuple[set[str], str]:
        value = {**LEAKS, **PERSONAL}[name]
        numbers = NUMBERS if value.isdigit() and len(value) <= 15 else {}
        return planted(built, tmp_path_factory.mktemp("leak"), value, {**CARRIERS, **FURTHER, **numbers})

    return look


def test_a_clean_site_passes(built: Site) -> None:
    verdict = built.verify(built.clean)
    assert verdict.faults == []
    assert "验证通过" in verdict.text()
    assert verdict.records == sum(len(records(built.clean, kind)) for kind in ("penalty", "licence"))
    assert verdict.forbidden > 30
    result = run(built.root, "verify", "--today", TODAY.isoformat(), str(built.clean))
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("leak", [*LEAKS, *PERSONAL])
def test_a_leak_is_found_in_every_kind_of_file_and_not_repeated(
    missed: Callable[[str], tuple[set[str], str]], leak: str
) -> None:
    names, text = missed(leak)
    assert names & {*CARRIERS, *NUMBERS} == set()
    assert {**LEAKS, **PERSONAL}[leak] not in text
    assert "请勿发布" in text


@pytest.mark.parametrize("carrier", FURTHER)
def test_every_leak_is_found_in_rarer_kinds_of_file_too(
    missed: Callable[[str], tuple[set[str], str]], carrier: str
) -> None:
    assert [leak for leak in (*LEAKS, *PERSONAL) if carrier in missed(leak)[0]] == []


def test_a_subject_with_a_short_name_is_found_as_well(built: Site, tmp_path: Path) -> None:
    """Eating houses and villages have names of four characters."""
    names, text = planted(built, tmp_path, SMALL_SHOP["CF_XDR_MC"], CARRIERS)
    assert names == set()
    assert SMALL_SHOP["CF_XDR_MC"] not in text


@pytest.mark.parametrize("value", [city.WITHDRAWN["CF_XDR_MC"], city.ADULT])
def test_a_file_that_is_named_after_it_is_found(built: Site, tmp_path: Path, value: str) -> None:
    site = built.with_files(tmp_path, {f"subjects/{value}/index.html": b"<!doctype html><p>x</p>"})
    assert built.verify(site).faults != []


def test_a_packed_file_of_unknown_form_is_not_cleared(built: Site, tmp_path: Path) -> None:
    missed, _ = planted(built, tmp_path, city.WITHDRAWN["CF_XDR_MC"], OPAQUE)
    assert missed == set()


def test_the_command_fails_names_the_file_and_keeps_the_value_to_itself(built: Site, tmp_path: Path) -> None:
    value = city.WITHDRAWN["CF_XDR_MC"]
    site = built.with_files(tmp_path, {"downloads/data.json.gz": CARRIERS["escaped.json.gz"](value)})
    result = run(built.root, "verify", "--today", TODAY.isoformat(), str(site))
    assert result.exit_code == 1
    assert "downloads/data.json.gz" in result.output
    assert value not in result.output
    assert "犇骉" not in result.output


def test_a_leak_belongs_to_the_kind_of_its_record(built: Site, tmp_path: Path) -> None:
    """So that the site can go up without that kind."""
    for number, (row, kind) in enumerate(((city.WITHDRAWN, "penalty"), (city.WITHDRAWN_LICENCE, "licence"))):
        value = row.get("CF_XDR_MC") or row["XK_XDR_MC"]
        site = built.with_files(tmp_path / str(number), {"downloads/a.json": CARRIERS["data.json"](value)})
        assert built.verify(site).offending() == {kind}


# Faults of packed files

TRUNCATED: dict[str, Callable[[bytes], bytes]] = {
    "半截": lambda content: content[: len(content) // 2],
    "少最后一个字节": lambda content: content[:-1],
    "只有文件头": lambda content: content[:10],
    "多出尾巴": lambda content: content + b"tail",
    "校验和不对": lambda content: content[:-8] + b"\x00\x00\x00\x00" + content[-4:],
}


@pytest.mark.parametrize("harm", TRUNCATED.values(), ids=list(TRUNCATED))
@pytest.mark.parametrize("where_to", ["downloads/data.json.gz", "store/penalty/2023-12-1.json.gz"])
def test_a_gz_that_cannot_be_unpacked_is_a_fault(
    built: Site, tmp_path: Path, harm: Callable[[bytes], bytes], where_to: str
) -> None:
    content = gzip.compress(json.dumps({"a": ["某某"] * 99}, ensure_ascii=False).encode())
    if (built.clean / where_to).exists():
        content = (built.clean / where_to).read_bytes()
    verdict = built.verify(built.with_files(tmp_path, {where_to: harm(content)}))
    assert any(where_to in fault.text for fault in verdict.faults)


@pytest.mark.parametrize("name", ["table.xlsx", "text.docx", "plain.parquet", "files.zip", "nested.zip"])
def test_so_is_every_other_packed_file_that_is_cut_short(built: Site, tmp_path: Path, name: str) -> None:
    content = CARRIERS[name]("某某")
    missed, _ = planted(built, tmp_path, "", {name: lambda _: content[: len(content) // 2]})
    assert missed == set()


def test_an_encrypted_archive_is_a_fault_and_no_crash(built: Site, tmp_path: Path) -> None:
    content = bytearray(CARRIERS["files.zip"]("某某"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)
    missed, _ = planted(built, tmp_path, "", {"locked.zip": lambda _: bytes(content)})
    assert missed == set()


def test_archives_in_archives_in_archives_are_not_cleared_unread(built: Site, tmp_path: Path) -> None:
    content = json.dumps([city.WITHDRAWN["CF_XDR_MC"]], ensure_ascii=False).encode()
    for _ in range(8):
        content = gzip.compress(content)
    missed, _ = planted(built, tmp_path, "", {"deep.json.gz": lambda _: content})
    assert missed == set()


# What has to be there


def changed_pages(site: Path, change: Callable[[dict[str, Any]], None]) -> None:
    for path in (site / "store" / "records").glob("*.json.gz"):
        page = json.loads(gzip.decompress(path.read_bytes()))
        change(page)
        path.write_bytes(gzip.compress(json.dumps(page, ensure_ascii=False).encode()))


def dropped(page: dict[str, Any]) -> None:
    if "penalty" in page:
        page["penalty"] = {name: values[1:] for name, values in page["penalty"].items()}


def doubled(page: dict[str, Any]) -> None:
    if "penalty" in page:
        page["penalty"] = {name: values * 2 for name, values in page["penalty"].items()}


def renamed(page: dict[str, Any]) -> None:
    if "penalty" in page:
        page["penalty"]["id"] = ["0" * 13, *page["penalty"]["id"][1:]]


@pytest.mark.parametrize("change", [dropped, doubled, renamed])
def test_record_pages_hold_exactly_the_public_records(
    built: Site, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    site = built.with_files(tmp_path, {})
    changed_pages(site, change)
    assert any("公示详情" in fault.text for fault in built.verify(site).faults)


def test_no_carrier_says_a_last_day_that_has_passed(built: Site, tmp_path: Path) -> None:
    """Asked of the site, whatever the view holds. 2024-01-10, the day before TODAY, is the 19732nd since 1970."""
    site = built.with_files(tmp_path, {})

    def repacked(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
        content = json.loads(gzip.decompress(path.read_bytes()))
        change(content)
        path.write_bytes(gzip.compress(json.dumps(content, ensure_ascii=False).encode()))

    def spoilt(columns: dict[str, Any]) -> None:
        columns["last_day"] = [*columns["last_day"][:-1], "2024-01-10"]

    shard = next(path for path in sorted((site / "store/penalty").glob("2*.json.gz")))
    repacked(shard, spoilt)
    block = next(path for path in sorted((site / "store/subjects").rglob("*.json.gz")))
    repacked(block, lambda columns: columns.update(last=[19732, *columns["last"][1:]]))
    page = next(
        path
        for path in sorted((site / "store/records").glob("*.json.gz"))
        if "last_day" in json.loads(gzip.decompress(path.read_bytes())).get("penalty", {})
    )
    repacked(page, lambda content: spoilt(content["penalty"]))
    archive = next(
        path
        for path in sorted((site / "notices/penalty/archive").glob("*/*/index.html"))
        if "data-last-day" in path.read_text("utf-8")
    )
    text = re.sub(r'data-last-day="[0-9-]+"', 'data-last-day="2024-01-10"', archive.read_text("utf-8"), count=1)
    archive.write_text(text, "utf-8")
    found = {fault.text for fault in built.verify(site).faults if "最后公示日" in fault.text}
    names = {path.relative_to(site).as_posix() for path in (shard, block, page, archive)}
    assert found == {f"{name} 有最后公示日已过的信息" for name in names}


def test_a_last_day_of_today_is_in_order(built: Site) -> None:
    lasts = [row["last_day"] for row in records(built.clean, "penalty").values()]
    assert min(filter(None, lasts)) >= TODAY.isoformat()


def test_only_ids_that_have_left_are_called_no_longer_shown(built: Site, tmp_path: Path) -> None:
    site = built.with_files(tmp_path, {})
    left = gone(site)
    shown, forgotten = sorted(records(site, "penalty"))[0], sorted(left)[0]
    stranger = "0" * 13
    assert stranger not in left

    first = True
    for path in sorted((site / "store" / "records").glob("*.json.gz")):
        page = json.loads(gzip.decompress(path.read_bytes()))
        page["gone"] = sorted(set(page.get("gone", [])) - {forgotten} | ({shown, stranger} if first else set()))
        first = False
        path.write_bytes(gzip.compress(json.dumps(page, ensure_ascii=False).encode()))
    assert [fault.text for fault in built.verify(site).faults] == [
        f"停止公示的编号多出 2 个，如 {min(shown, stranger)}",
        f"停止公示的编号缺少 1 个，如 {forgotten}",
        f"停止公示的编号中有 1 个正在公示，如 {shown}",
    ]


def test_so_do_the_shards_and_the_archive(built: Site, tmp_path: Path) -> None:
    site = built.with_files(tmp_path, {})
    shard = site / "store/penalty/2023-12-1.json.gz"
    columns = json.loads(gzip.decompress(shard.read_bytes()))
    shard.write_bytes(gzip.compress(json.dumps({name: values[1:] for name, values in columns.items()}).encode()))
    page = site / "notices/licence/archive/2023-12/1/index.html"
    text = page.read_text(encoding="utf-8")
    record = id_of(city.ONE_MORE_LICENCE, built.portal.kinds["licence"], SITE["id_key"])
    page.write_text(text.replace(f'<tbody id="{record}"', "<tbody"), encoding="utf-8")
    faults = [fault.text for fault in built.verify(site).faults]
    assert any("列表数据" in fault and "penalty" in fault for fault in faults)
    assert any("归档页面" in fault and "licence" in fault for fault in faults)


@pytest.mark.parametrize(
    "name",
    [
        "store/manifest.json",
        "store/penalty/2023-12-1.json.gz",
        "store/licence/2023-12-1.json.gz",
        "notices/penalty/archive/2023-12/1/index.html",
    ],
)
def test_a_carrier_that_is_missing_is_missed(built: Site, tmp_path: Path, name: str) -> None:
    site = built.with_files(tmp_path, {})
    (site / name).unlink()
    assert built.verify(site).faults != []


def test_the_site_of_yesterday_does_not_pass_today(built: Site, tmp_path: Path) -> None:
    """An expired record is both too many in the carriers and a leak in the bytes."""
    yesterday = build_site(built.root, tmp_path / "yesterday", today=date(2024, 1, 10))
    faults = [fault.text for fault in built.verify(yesterday).faults]
    assert any("多出 1 条" in fault and "归档页面" in fault for fault in faults)
    assert any(fault.startswith("notices/penalty/archive/2023-12/1/index.html 含有不得公开的值") for fault in faults)
    for word in ("鑫垚", "赑屃"):
        assert word not in "".join(faults)


def test_a_page_that_an_old_build_left_behind_is_found(built: Site, tmp_path: Path) -> None:
    name = "notices/penalty/archive/2023-11/1/index.html"
    old = build_site(built.root, tmp_path / "yesterday", today=date(2024, 1, 10))
    page = (old / "notices/penalty/archive/2023-12/1/index.html").read_bytes()
    assert built.verify(built.with_files(tmp_path, {name: page})).offending() >= {"penalty"}


def test_an_identity_number_in_an_article_is_found(tmp_path: Path) -> None:
    """The list that an office attaches to its announcement is where identity numbers get out."""
    root = make_portal(tmp_path / "portal", {city.DECEMBER: [penalty()]}, pages=True)
    article = root / "content" / "about" / "index.md"
    article.write_text(article.read_text(encoding="utf-8") + f"\n\n名单：王某 {STRANGER}\n", encoding="utf-8")
    site = build_site(root)
    result = run(root, "verify", "--today", "2024-01-05", str(site))
    assert result.exit_code == 1
    assert "about/index.html" in result.output
    assert STRANGER not in result.output


# What is no leak

NO_LEAK = {
    "21位备案号": penalty(1, CF_SY="环境影响登记表备案号202341040200000012345", BZ="410402201901011230001"),
    "文书号和案号": penalty(2, CF_SY="依据（2023）豫0402民初1380号", CF_WSH="平公（交）行罚决字〔2023〕1380013号"),
    "像身份证号码的信用代码": penalty(3, CF_XDR_SHXYM=lookalike()),
    "数字信用代码": penalty(4, CF_XDR_SHXYM=credit_code("91410402197501014")),
    "固定电话和金额": penalty(5, CF_SY="电话0375-2981234，罚款13,800,138.00元", CF_NR_FK="1380.0138"),
    "一串日期": penalty(6, CF_SY="检查时间2023-12-01 2023-12-08 2023-12-15"),
    "证件号码格是公开的代码": penalty(7, CF_FR_ZJLX="其他-营业执照", CF_FR_ZJHM=credit_code("91410400MA9E00008")),
    "上一行的代码": penalty(8),
    "全角的文书号": penalty(9, CF_WSH="平市监罚［2023］９号"),
}
"""Rows on show."""

SAID_ANYWAY = {
    # Values of hidden rows that pages, declarations and templates say anyway.
    "处罚内容是处罚类别": {"CF_NR": "责令停产停业"},
    "违法行为类型是领域": {"CF_WFXW": "安全生产"},
    "处罚依据是规则页所列": {"CF_YJ": "《信用修复管理办法》"},
    "备注是页面用语": {"BZ": "公示期限依据"},
    "备注是栏目名称": {"BZ": "行政处罚公示信息"},
    "备注是状态用语": {"BZ": "停止公示"},
    "备注是按钮文字": {"BZ": "复制链接"},
    "备注是字段名称": {"BZ": "行政许可决定文书名称"},
    "机关是网站单位": {"CF_CFJG": "平顶山市市场监督管理局"},
    "文书号是六位数字": {"CF_WSH": "000001"},
    "文书号是日期": {"CF_WSH": "2023-12-01"},
    "文书号是年月": {"CF_WSH": "2023-12"},
    "日期填到了税务登记号": {"CF_XDR_SWDJ": "2099-12-31"},
    "类别填到了名称": {"CF_XDR_MC": "法人及非法人组织"},
    "报送日期填到了文书号": {"CF_WSH": "2023-12-05"},
}


def verdict_on(root: Path, today: str = "2024-01-05") -> str:
    site = build_site(root, today=date.fromisoformat(today))
    result = run(root, "verify", "--today", today, str(site))
    assert result.exit_code in (0, 1)
    return "" if result.exit_code == 0 else result.output


def test_a_site_full_of_harmless_numbers_passes(tmp_path: Path) -> None:
    rows = list(NO_LEAK.values())
    more = [
        licence(1, XK_XKBH="202341040200000012345", XK_NR="备案编号：410402201901011230001"),
        licence(2, XK_XKBH="JY14104020012345", XK_XDR_SHXYM=lookalike()),
        person(licence(3), name="张某"),
    ]
    root = make_portal(
        tmp_path / "portal",
        {city.DECEMBER: rows, city.LICENCES: more},
        pages=True,
        contact={"phone": "0375-2981234", "email": "13800138000@example.cn", "address": "建设路1号"},
    )
    assert verdict_on(root) == ""


def test_hidden_rows_that_say_what_pages_say_anyway_are_no_leak(tmp_path: Path) -> None:
    rows = [penalty(place, CF_GSJZQ="2024-01-04", **said) for place, said in enumerate(SAID_ANYWAY.values(), 10)]
    root = make_portal(tmp_path / "portal", {city.DECEMBER: [*rows, penalty(2)]}, pages=True)
    assert verdict_on(root) == ""
    with admitted(root) as found:
        assert found.published.tallies.expired() == len(SAID_ANYWAY)


def test_all_of_them_at_once_in_a_withdrawn_licence(tmp_path: Path) -> None:
    row = licence(1, XK_XKWS="行政许可决定文书", XK_XKZS="许可证书", XK_NR="准予食品经营", BZ="有效期至")
    root = make_portal(tmp_path / "portal", {city.LICENCES: [row, licence(2)]}, pages=True)
    record = id_of(row, load_portal(root).kinds["licence"], SITE["id_key"])
    write(root / "data/withdrawals.csv", f"{HEADINGS}\n{record},2024-01-05,修复,\n")
    assert verdict_on(root) == ""


def test_the_site_of_a_portal_without_records_passes(tmp_path: Path) -> None:
    root = make_portal(tmp_path / "portal", pages=True)
    assert verdict_on(root) == ""


def test_mobile_numbers_of_the_office_are_public(tmp_path: Path) -> None:
    root = make_portal(tmp_path / "portal", {city.DECEMBER: [penalty()]}, pages=True, contact={"phone": MOBILE})
    assert verdict_on(root) == ""


# A build that goes up only if it is clean


@pytest.fixture
def leaking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Makes the archive pages of a kind say something."""
    from generator.assemble import records as written

    contents = written.written_pages

    def leak(kind: str, text: str) -> None:
        def leaking_pages(frame: Any, pages: list[Any], *words: Any) -> Iterator[str]:
            for page, content in zip(pages, contents(frame, pages, *words), strict=True):
                yield content + (text if page.kind.id == kind else "")

        monkeypatch.setattr(written, "written_pages", leaking_pages)

    return leak


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal and its site of the day on which a penalty is shown for the last time."""
    root = make_portal(tmp_path_factory.mktemp("morning") / "portal", city.files(), pages=True)  # type: ignore[arg-type]
    build_site(root, today=date(2024, 1, 10))
    assert where(root / "site", "鑫垚", "赑屃") != set()
    return root


@pytest.fixture
def portal_in_the_morning(morning: Path, tmp_path: Path) -> Path:
    """The same, for one test."""
    return shutil.copytree(morning, tmp_path / "portal")


TAINTED = {
    # name: (kind whose pages say it, what they say)
    "手机号码": ("penalty", MOBILE),
    "别的类别的不公开的值": ("licence", city.WITHHELD["CF_XDR_MC"]),
}


@pytest.mark.parametrize(("kind", "leak"), TAINTED.values(), ids=list(TAINTED))
def test_a_tainted_kind_is_left_out_and_what_expired_leaves_all_the_same(
    portal_in_the_morning: Path, leaking: Callable[[str, str], None], kind: str, leak: str
) -> None:
    root = portal_in_the_morning
    leaking(kind, leak)
    outcome = build_verified(root, root / "site", today=TODAY, now=NOW, jobs=1, engine="mkdocs", progress=Progress())
    assert outcome.built is not None
    assert kind in outcome.left_out
    assert where(root / "site", "鑫垚", "赑屃", leak) == set()
    assert records(root / "site", kind) == {}
    if leak == MOBILE:
        assert outcome.left_out == {kind}
        assert len(records(root / "site", "licence")) > 2
    # Nobody is told that what was only left out for tonight is no longer public.
    assert gone(root / "site") <= {
        id_of(row, load_portal(root).kinds["licence" if "XK_WSH" in row else "penalty"], SITE["id_key"])
        for row in (city.EXPIRING, city.EXPIRING_LICENCE)
    }


def test_what_leaving_out_does_not_help_keeps_the_old_site(portal_in_the_morning: Path) -> None:
    root = portal_in_the_morning
    write(root / "content" / "files" / "list.csv", CARRIERS["table.csv"](MOBILE))
    before = {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}
    outcome = build_verified(root, root / "site", today=TODAY, now=NOW, jobs=1, engine="mkdocs", progress=Progress())
    assert outcome.built is None
    assert {path: path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()} == before
    assert not any(path.name.startswith(".site") for path in root.iterdir())
