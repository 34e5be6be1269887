"""Building again: equal input gives equal bytes, and a build that fails leaves the site as it was.

Builds take seconds, so the module makes a few and looks at them from several sides.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from portals import (
    ADDRESS,
    LICENCES,
    NOW,
    PENALTIES,
    admitted,
    build_site,
    crowd,
    declared,
    licence,
    make_portal,
    penalty,
    run,
    write,
)
from printed import pages, tree

import generator.pipeline
from generator.assertions import CountsFellError, check_counts, load_assertions
from generator.model.declaration import ConfigError
from generator.publish.tallies import Tallies

Make = Callable[..., Path]


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths of files that only one has or that differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def test_equal_files_give_equal_bytes_in_another_folder_and_with_more_processes(site: Path, tmp_path: Path) -> None:
    again = make_portal(tmp_path / "elsewhere" / "a portal", crowd(), pages=True, address=ADDRESS)
    assert differing(tree(site), tree(build_site(again, jobs=2))) == []


def test_a_month_that_is_checked_file_by_file_gives_equal_bytes(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.publish.publish._PORTION", 1)
    again = make_portal(tmp_path / "portal", crowd(), pages=True, address=ADDRESS)
    assert differing(tree(site), tree(build_site(again))) == []


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory, site: Path) -> dict[str, object]:
    """A portal with a site, whose next build fails while the new site is being written, and then one an hour later."""
    root = make_portal(tmp_path_factory.mktemp("spoilt") / "portal", crowd(), pages=True, address=ADDRESS)
    shutil.copytree(site, root / "site")
    before = tree(root / "site")

    def broken(*words: object, **named: object) -> int:
        raise OSError("the disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generator.pipeline, "write_records", broken)
        with pytest.raises(OSError, match="the disk is full"):
            build_site(root)
    after_failure = tree(root / "site")
    beside = sorted(path.name for path in root.iterdir())
    build_site(root, now=NOW + timedelta(hours=1))
    return {"before": before, "after failure": after_failure, "beside": beside, "rebuilt": tree(root / "site")}


def test_a_build_that_fails_halfway_leaves_the_previous_site_untouched(spoilt: dict) -> None:  # type: ignore[type-arg]
    assert differing(spoilt["before"], spoilt["after failure"]) == []
    assert set(spoilt["beside"]) == {"build", "content", "data", "mkdocs.yml", "site", "theme_overrides"}


def test_a_build_after_a_failed_one_gives_what_a_fresh_one_gives(spoilt: dict) -> None:  # type: ignore[type-arg]
    assert differing(spoilt["before"], spoilt["rebuilt"]) == ["build.json"]


def test_only_build_json_holds_the_time_of_the_build(spoilt: dict) -> None:  # type: ignore[type-arg]
    assert json.loads(spoilt["before"]["build.json"])["built"] == "2024-01-05T02:30:00+08:00"
    later = json.loads(spoilt["rebuilt"]["build.json"])
    assert (later["built"], later["as_of"]) == ("2024-01-05T03:30:00+08:00", "2024-01-05")


PREVIOUS = {"build.json": b"{}", "index.html": b"the previous site"}


def test_a_folder_that_is_no_former_site_is_not_built_over(root: Make) -> None:
    portal = root({LICENCES: [licence(1)]}, pages=True)
    write(portal / "site/holiday.jpg", b"memories")
    result = run(portal, "build", "--jobs", "1")
    assert result.exit_code == 2
    assert "目录不为空，也不是以前生成的网站" in result.stderr
    assert tree(portal / "site") == {"holiday.jpg": b"memories"}


@pytest.fixture
def standing(root: Make) -> Path:
    """A portal with two records and a site that is only a marker."""
    portal = root({LICENCES: [licence(1), licence(2)], PENALTIES: [penalty(1)]}, pages=True)
    for path, content in PREVIOUS.items():
        write(portal / "site" / path, content)
    return portal


def test_a_page_with_a_broken_link_stops_the_build_in_words_and_leaves_the_site(standing: Path) -> None:
    page = standing / "content/about/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[无处](../nowhere.md)\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        build_site(standing)
    assert "nowhere.md" in str(error.value)
    assert "\n" not in str(error.value)
    assert tree(standing / "site") == PREVIOUS


def test_a_page_by_hand_where_a_generated_one_belongs_is_refused(standing: Path) -> None:
    write(standing / "content/status.md", "# 手写\n")
    with pytest.raises(ConfigError, match=r"content/status\.md: 与生成的页面同名"):
        build_site(standing)
    assert tree(standing / "site") == PREVIOUS


@pytest.mark.parametrize("text", ["theme: [", "site_name: x\n", "- 1\n", ""])
def test_a_broken_mkdocs_yml_is_told_in_one_line(standing: Path, text: str) -> None:
    write(standing / "mkdocs.yml", text)
    result = run(standing, "build", "--jobs", "1")
    assert result.exit_code == 2
    [line] = [line for line in result.stderr.splitlines() if line.startswith("配置有误：")]
    assert line.startswith("配置有误：mkdocs.yml")
    assert tree(standing / "site") == PREVIOUS


def test_counts_that_fall_stop_the_build_before_anything_is_written(standing: Path) -> None:
    write(standing / "data/assertions.yml", "max_fall_percent: 5\nrecords: {licence: 20, penalty: 1}\n")
    result = run(standing, "build", "--jobs", "1")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "公示数量下降超过 5%：licence 由 20 条降为 2 条。网站未更新。"
        "请查明原因；确属正常的，运行 portal assertions 更新 data/assertions.yml 后重新生成"
    )
    assert tree(standing / "site") == PREVIOUS
    assert not (standing / "build/pages").exists()


def test_counts_may_fall_by_the_declared_share_and_no_further(root: Make) -> None:
    portal = root({LICENCES: [licence(1), licence(2)]})
    for asserted, share, falls in [
        (2, 0, False),
        (3, 0, True),
        (3, 33, True),
        (3, 34, False),
        (4, 50, False),
        (4, 49.9, True),
        (1, 0, False),
        (0, 0, False),
    ]:
        write(portal / "data/assertions.yml", f"max_fall_percent: {share}\nrecords: {{licence: {asserted}}}\n")
        assert (fallen(portal) != "") is falls, (asserted, share)


def fallen(portal: Path) -> str:
    """What stops a build, or nothing."""
    tallies = counted(portal)
    try:
        check_counts(load_assertions(declared(portal)), tallies)
    except CountsFellError as error:
        return str(error)
    return ""


@cache
def counted(portal: Path) -> Tallies:
    """What the files of a portal come to."""
    with admitted(portal) as found:
        return found.published.tallies


def test_records_that_expired_are_no_loss_and_withheld_rows_are(root: Make) -> None:
    expired = [penalty(1), penalty(2, CF_GSJZQ="2024/01/04"), penalty(3, CF_JDRQ="2020/12/01")]
    withheld = [penalty(1), penalty(2, CF_CFLB="x"), penalty(3)]
    portals = [root({PENALTIES: rows}) for rows in (expired, withheld)]
    for portal in portals:
        write(portal / "data/assertions.yml", "max_fall_percent: 0\nrecords: {penalty: 3}\n")
    assert fallen(portals[0]) == ""
    assert "penalty 由 3 条降为 2 条" in fallen(portals[1])


def test_the_assertions_are_written_from_the_data_and_keep_the_share(root: Make) -> None:
    portal = root(
        {LICENCES: [licence(1), licence(2), licence(3, XK_XKLB="x")], PENALTIES: [penalty(2, CF_GSJZQ="2024/01/04")]}
    )
    write(portal / "data/assertions.yml", "max_fall_percent: 2.5\nrecords: {licence: 9}\n")
    result = run(portal, "assertions", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (0, "已写入 data/assertions.yml\n")
    text = (portal / "data/assertions.yml").read_text(encoding="utf-8")
    assert "max_fall_percent: 2.5\nrecords:\n  licence: 2\n  penalty: 1\n" in text
    assert run(portal, "assertions", "--jobs", "1").exit_code == 0
    assert (portal / "data/assertions.yml").read_text(encoding="utf-8") == text


def test_an_empty_portal_gives_a_site_that_says_so_and_verifies(root: Make) -> None:
    portal = root(pages=True)
    site = build_site(portal)
    home = (site / "index.html").read_text(encoding="utf-8")
    assert home.count("暂无此类信息。") == 2
    result = run(portal, "verify", str(site), "--jobs", "1")
    assert result.exit_code == 0, result.stdout


def test_a_demo_says_so_on_every_page_and_what_site_yml_gives_is_shown(root: Make) -> None:
    given = {
        "icp": "豫ICP备00000000号（示例）",
        "police": "豫公网安备 00000000000000号（示例）",
        "site_code": "4104000000",
    }
    contact = {"phone": "0375-0000000", "email": "credit@example.cn", "address": "示例路1号"}
    portal = root({LICENCES: [licence()]}, pages=True, demo=True, identifiers=given, contact=contact)
    for path, content in pages(build_site(portal)).items():
        assert "演示数据" in content.text(), path
        [foot] = content.all("footer", class_="colophon")
        for text in (*given.values(), *contact.values(), "示例市信用办"):
            assert text in foot.text(), f"{path}: {text}"
        codes = [
            meta.attributes["content"] for meta in content.all("meta") if meta.attributes.get("name") == "SiteIDCode"
        ]
        assert codes == ["4104000000"], path


def test_the_summary_tells_what_is_on_the_site_and_what_is_not(root: Make) -> None:
    files = {
        LICENCES: [licence(1), licence(2, XK_XKLB="x"), licence(1, BSRQ="2023/12/06")],
        PENALTIES: [penalty(1), penalty(2, CF_GSJZQ="2024/01/04")],
    }
    result = run(root(files, pages=True), "build", "--jobs", "1", "--now", "2024-01-05T02:30:00+08:00")
    assert result.exit_code == 0, result.stderr
    for line in (
        "  行政许可：公示 1 条，期满停止公示 0 条，撤下 0 条，依法不公示 0 条，被后来报送替代 1 条，因错误未公示 1 行",
        "  行政处罚：公示 1 条，期满停止公示 1 条，撤下 0 条，依法不公示 0 条，被后来报送替代 0 条，因错误未公示 0 行",
        "  choice-unknown：1 处",
        "  record-repeated：1 处",
        "data/site.yml 尚未填写：address（网站地址）、contact.phone（联系电话）、contact.email（电子邮箱）、"
        "contact.address（联系地址）、identifiers.icp（ICP备案号）、identifiers.police（公安备案号）、"
        "identifiers.site_code（网站标识码）",
    ):
        assert line in result.stdout.splitlines()
