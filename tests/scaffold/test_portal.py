"""A new portal: nothing of the former city in it, and it builds and is proved clean before anybody fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result
from portals import ROOT, TODAY, build_site, licence, make_portal, write
from stdnum.cn import ric

from generator.cli import portal as command
from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.progress import Progress
from generator.scaffold.divisions import Divisions, load_divisions
from generator.scaffold.portal import found_portal
from generator.verified import verify

XIPING = ["--name", "信用西平", "--region", "411721"]


def init(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(command, ["init", "--root", str(ROOT), str(folder), *words])


@pytest.fixture(scope="module")
def xiping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "xiping"
    assert init(folder, *XIPING).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def empty_site(xiping: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(xiping, tmp_path_factory.mktemp("site") / "site")


def dead_links(site: Path) -> Iterator[str]:
    """Addresses on pages that lead to no file of the site."""
    for page in site.rglob("index.html"):
        for address in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            parts = urlsplit(address)
            if parts.scheme or not parts.path:
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            if not (target.is_file() or (target / "index.html").is_file()):
                yield f"{page.relative_to(site)}: {address}"


def test_an_empty_portal_builds_and_is_proved_clean(xiping: Path, empty_site: Path) -> None:
    assert verify(empty_site, load_portal(xiping), TODAY, 1, Progress()).faults == []
    assert list(dead_links(empty_site)) == []


def test_an_empty_portal_says_in_sentences_that_there_is_nothing_yet(empty_site: Path) -> None:
    said = {
        "notices/licence/": "暂无此类信息。",
        "notices/licence/archive/": "暂无此类信息。",
        "bulletins/": "暂无已结束月份的通报。",
        "status/": "暂无报送单位。",
        "data/": "目前没有可以下载的信息。",
    }
    for page, sentence in said.items():
        html = (empty_site / page / "index.html").read_text(encoding="utf-8")
        assert sentence in html, page
        assert not re.search(r"<tbody>\s*</tbody>|<ul[^>]*>\s*</ul>", html), page


def test_the_former_city_and_the_demo_are_nowhere_in_the_new_one(xiping: Path, empty_site: Path) -> None:
    folders = [xiping / "content", empty_site]
    texts = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".md", ".html", ".json"}]
    assert [path.name for path in texts if "平顶山" in path.read_text(encoding="utf-8")] == []
    assert "演示数据" not in (empty_site / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in (xiping / "data" / "records").rglob("*")] == [".gitkeep"]


def test_articles_of_the_former_city_stay_there(tmp_path: Path) -> None:
    source = make_portal(tmp_path / "source", pages=True)
    write(source / "content/news/one.md", "---\ntitle: 甲\ndate: 2023-12-01\n---\n\n正文\n")
    write(
        source / "content/guide.md", "---\ntitle: 乙\n---\n\n- 平顶山市的\n  文件\n- 全国的\n\ndate: 不是文章\n\n---\n"
    )
    found_portal(tmp_path / "new", source, "信用西平", "411721")
    assert not (tmp_path / "new/content/news/one.md").exists()
    kept = (tmp_path / "new/content/guide.md").read_text(encoding="utf-8")
    assert kept == "---\ntitle: 乙\n---\n\n- 全国的\n\ndate: 不是文章\n\n---\n"


def test_its_settings_name_its_region_and_a_key_of_its_own(xiping: Path, tmp_path: Path) -> None:
    site = load_portal(xiping).site
    assert (site.name, site.demo, site.today, site.units) == ("信用西平", False, None, ())
    assert [(region.code, region.name) for region in site.regions] == [("411721", "西平县")]
    assert init(tmp_path / "other", *XIPING).exit_code == 0
    assert load_portal(tmp_path / "other").site.id_key != site.id_key


def test_bulletins_of_a_county_do_not_speak_of_the_city(xiping: Path) -> None:
    folder = xiping / "data/rules/bulletins/double"
    rules = yaml.safe_load((folder / "kind.yml").read_text(encoding="utf-8"))
    assert rules["title"] == "关于{year}年{number}月份全县行政许可和行政处罚等信用信息公示工作情况的通报"
    assert rules["tables"]["departments"]["caption"] == "{year}年{number}月份县各单位“双公示”工作情况统计表"
    text = (folder / "text.txt.j2").read_text(encoding="utf-8")
    assert "其中县直各单位推送" in text
    assert "各乡镇（街道）推送" in text
    assert text.startswith("各乡镇（街道）社会信用体系建设牵头单位，县各有关单位：")
    assert "共抽取我县{{ sampled.all.sampled }}条数据" in text
    progress = (folder.parent / "progress/text.txt.j2").read_text(encoding="utf-8")
    assert "## 一、各乡镇（街道）信用基础数据归集情况" in progress
    assert "在县“信易贷”平台注册企业数量" in progress


def test_a_source_that_a_declaration_cites_keeps_its_title(xiping: Path) -> None:
    text = (xiping / "data/rules/bulletins/double/kind.yml").read_text(encoding="utf-8")
    assert "《关于2023年12月份全市行政许可和行政处罚等信用信息公示工作情况的通报》" in text


def test_a_portal_of_a_city_has_its_counties_as_regions_and_units(tmp_path: Path) -> None:
    assert init(tmp_path / "luohe", "--name", "信用漯河", "--region", "411100").exit_code == 0
    site = load_portal(tmp_path / "luohe").site
    counties = ["源汇区", "郾城区", "召陵区", "舞阳县", "临颍县"]
    assert [region.name for region in site.regions] == ["漯河市", *counties]
    assert [unit.name for unit in site.units] == counties
    assert site.units[3].is_source("舞阳县市场监督管理局", "")
    assert site.units[0].is_source("漯河市源汇区市场监督管理局", "")


def test_a_file_of_the_new_portal_is_published(tmp_path: Path) -> None:
    folder = tmp_path / "luohe"
    init(folder, "--name", "信用漯河", "--region", "411100")
    row = licence(1, XK_LYDW="舞阳县行政审批局")
    write(folder / "data/records/licence/2023-12/舞阳县.csv", [row])
    assert row["XK_XDR_MC"] in (build_site(folder) / "notices/licence/index.html").read_text(encoding="utf-8")


def test_rules_of_another_province_are_named_to_be_looked_at(tmp_path: Path) -> None:
    told = init(tmp_path / "hangzhou", "--name", "信用杭州", "--region", "330100").output
    assert "data/rules/display.yml" in told
    assert [
        path.name for path in (tmp_path / "hangzhou/content").rglob("*.md") if "河南" in path.read_text("utf-8")
    ] == []
    # A county of the same province shares its rules.
    assert "请核对" not in init(tmp_path / "xiping", *XIPING).output


def test_the_new_portal_has_the_commands_to_run_it_and_none_that_need_tests(xiping: Path) -> None:
    makefile = (xiping / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert targets == {"help", "site", "serve", "check", "clean"}
    assert set(re.findall(r"`make (\w+)`", (xiping / "README.md").read_text(encoding="utf-8"))) == targets - {"help"}
    jobs = yaml.safe_load((xiping / ".github/workflows/check.yml").read_text(encoding="utf-8"))["jobs"]
    assert set(jobs) == {"data", "zensical"}
    for needed in ("generator/cli/__init__.py", "pyproject.toml", "requirements.txt", "tools/venv.sh", ".gitignore"):
        assert (xiping / needed).is_file(), needed


def test_it_is_refused_in_a_folder_that_is_in_use_and_for_a_place_nobody_knows(tmp_path: Path) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "notes.txt").touch()
    for folder, region, said in (("used", "411721", "目录不为空"), ("new", "411799", "没有 411799")):
        with pytest.raises(ConfigError, match=said):
            found_portal(tmp_path / folder, ROOT, "信用西平", region)
        assert init(tmp_path / folder, "--name", "信用西平", "--region", region).exit_code == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["used", "notes.txt"]


def divisions() -> Divisions:
    return load_divisions(ROOT / "data/vocab/division.csv")


def test_names_of_divisions_are_those_of_the_list_they_were_taken_from() -> None:
    names = divisions().names
    for code in ("110105", "330106", "411700", "411721", "429004", "469001", "500101", "659001"):
        # An identity number begins with the code of a county; the list knows the place by it.
        place = ric.get_birth_place(f"{code}202401010000")
        assert names[code] == place["county"], code
    # Former divisions are left out: 驻马店地区 was 412800 until 2000.
    assert "412800" not in names


def test_what_lies_below_and_above_a_division() -> None:
    known = divisions()
    assert known.lineage("411721") == ["411721", "411700", "410000"]
    assert known.below("411100") == ["411102", "411103", "411104", "411121", "411122"]
    # Districts of a municipality and cities right under a province have nothing in between.
    assert known.lineage("110105") == ["110105", "110000"]
    assert "429004" in known.below("420000")
    words = {"410400": "平顶山", "410000": "河南", "410425": "郏县", "150000": "内蒙古"}
    assert {code: known.word(code) for code in words} == words
