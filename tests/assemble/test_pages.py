"""What readers see on the pages: the records, each value as text, nothing private, nothing lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from codes import credit_code
from portals import CHIEF, EVIL, EVIL_SEEN, OTHER_PERSON, PERSON
from printed import Element, document, page, pages, tree, unpacked

LICENCE_LIST = ["行政相对人名称", "行政许可决定文书号", "许可类别", "许可决定日期", "许可机关"]


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Element]:
    return pages(site)


def bodies(read: dict[str, Element], kind: str) -> dict[str, Element]:
    """Id → table body of every record in the archive of a kind."""
    found: dict[str, Element] = {}
    for path, content in read.items():
        if path.startswith(f"notices/{kind}/archive/"):
            for body in content.all("tbody"):
                assert body.attributes["id"] not in found
                found[body.attributes["id"]] = body
    return found


def value(body: Element, label: str) -> str:
    """What a reader sees under a label: in the row, or among the further fields."""
    for cell in (*body.all("td"), *body.all("th")):
        if cell.attributes.get("data-label") == label:
            links = cell.all("a")  # beside the name there may be its state
            return links[0].text() if links else cell.text()
    for entry in body.all("div"):
        if entry.all("dt") and entry.all("dt")[0].text() == label:
            return entry.all("dd")[0].text()
    return ""


def test_every_published_record_stands_once_in_the_archive(read: dict[str, Element]) -> None:
    # 130 + 3 + 4 persons + 1 business in the files, and one of January; 2 + 15 + 1 penalties.
    assert len(bodies(read, "licence")) == 139
    assert len(bodies(read, "penalty")) == 2 + len(EVIL) + 1


def test_the_archive_goes_by_the_month_of_the_decision(read: dict[str, Element]) -> None:
    counts = {
        path: len(content.all("tbody")) for path, content in read.items() if re.search(r"/archive/20[-0-9]+/\d", path)
    }
    assert counts == {
        "notices/licence/archive/2024-01/1/index.html": 1,
        "notices/licence/archive/2023-12/1/index.html": 135,  # all of the first week
        "notices/licence/archive/2023-11/1/index.html": 3,
        "notices/penalty/archive/2023-12/1/index.html": 18,
    }


def test_a_month_lists_its_pages_and_how_much_they_hold(read: dict[str, Element]) -> None:
    listed = [
        (link.attributes["href"], link.text())
        for link in read["notices/licence/archive/2023-12/index.html"].all("ul", class_="months")[0].all("a")
    ]
    assert listed == [("1/", "1日至7日135 条")]


def test_pages_of_the_archive_lead_to_each_other_and_every_link_leads_somewhere(
    site: Path, read: dict[str, Element]
) -> None:
    for path, content in read.items():
        if path == "404.html":  # its links are absolute: it is shown at any address
            continue
        for link in content.all("a"):
            target = link.attributes.get("href", "").partition("#")[0].partition("?")[0]
            if not target or target.startswith(("https://", "http://", "mailto:", "tel:")):
                continue
            reached = (site / path).parent / target
            assert (reached / "index.html").is_file() or reached.is_file(), f"{path} → {target}"


@pytest.mark.parametrize("place", range(len(EVIL)), ids=[text[:16].encode("unicode_escape").decode() for text in EVIL])
def test_markup_in_data_is_text_in_the_archive(read: dict[str, Element], place: int) -> None:
    text = EVIL_SEEN[place]
    numbers = {value(body, "行政处罚决定书文号"): body for body in bodies(read, "penalty").values()}
    body = numbers[f"{text}{place}号"]
    assert value(body, "行政相对人名称") == text
    assert value(body, "处罚机关") == text
    assert value(body, "处罚内容") == text


def test_markup_in_data_is_text_on_the_pages_that_mkdocs_prints(read: dict[str, Element]) -> None:
    table = read["notices/penalty/index.html"].all("table")[0]
    names = [cell.text() for cell in table.all("th") if cell.attributes.get("scope") == "row"]
    assert set(EVIL_SEEN) <= set(names)


def test_the_home_page_names_the_latest_licences_and_nobody_who_was_punished(read: dict[str, Element]) -> None:
    names = [name.text() for name in read["index.html"].all("span", class_="latest__name")]
    assert len(names) == 6
    assert names[0] == "示例粮油商贸第400有限公司"
    for body in bodies(read, "penalty").values():
        assert value(body, "行政相对人名称") not in names


def test_markup_in_data_makes_no_element_anywhere(read: dict[str, Element]) -> None:
    for path, content in read.items():
        for element in content.all():
            assert not [name for name in element.attributes if name.startswith("on")], path
            assert not element.attributes.get("href", "").lower().startswith("javascript:"), path
            if element.name in {"script", "style"}:
                assert "alert" not in element.text(), path
                assert "示例" not in element.text(), path
        assert not [heading for heading in content.all("h1") if "公司" in heading.text()], path


def test_nothing_of_the_frame_is_left_in_the_pages(read: dict[str, Element], site: Path) -> None:
    for path, content in read.items():
        shown = content.text()
        for text in EVIL:
            shown = shown.replace(text, "")
        assert "@@" not in shown, path
    assert not (site / "frame").exists()


def test_each_archive_page_has_its_own_title_and_address(read: dict[str, Element]) -> None:
    first = read["notices/licence/archive/2023-12/1/index.html"]
    month = read["notices/penalty/archive/2023-12/1/index.html"]
    assert first.all("title")[0].text() == "行政许可公示信息（2023年12月1日至7日） - 信用示例"
    assert month.all("title")[0].text() == "行政处罚公示信息（2023年12月） - 信用示例"
    assert [link.attributes["href"] for link in first.all("link", rel="canonical")] == [
        "https://xy.example.cn/portal/notices/licence/archive/2023-12/1/"
    ]
    titles = [content.all("title")[0].text() for content in read.values()]
    assert len(set(titles)) == len(titles)


def test_every_page_has_one_first_heading_and_says_its_language(read: dict[str, Element]) -> None:
    for path, content in read.items():
        assert len(content.all("h1")) == 1, path
        assert content.all("html")[0].attributes["lang"].startswith("zh"), path


def test_a_table_page_names_its_columns(read: dict[str, Element]) -> None:
    for path in ("notices/licence/index.html", "notices/licence/archive/2023-12/1/index.html"):
        table = read[path].all("table")[0]
        assert [head.text() for head in table.all("thead")[0].all("th")] == LICENCE_LIST
        assert all(head.attributes["scope"] == "col" for head in table.all("thead")[0].all("th"))


def test_a_record_shows_all_its_public_fields_and_its_last_day(read: dict[str, Element]) -> None:
    bodies_ = {value(body, "行政处罚决定书文号"): body for body in bodies(read, "penalty").values()}
    body = bodies_["平市监罚〔2023〕1号"]
    shown = {
        "行政相对人名称": "示例百货第1有限公司",
        "统一社会信用代码": credit_code("91410400MA9E00001"),
        "行政相对人类别": "法人及非法人组织",
        "法定代表人": "孙示例",
        "违法行为类型": "经营超过保质期的食品",
        "处罚类别": "罚款",
        "罚款金额（万元）": "0.2万元",
        "处罚决定日期": "2023-12-01",
        "处罚有效期": "长期",
        "报送日期": "2023-12-05",
        "公示至": "2026-12-01",
    }
    assert {label: value(body, label) for label in shown} == shown
    assert value(body, "备注") == ""
    assert "证件" not in body.text()


def test_the_corrected_version_is_shown_and_the_former_nowhere(site: Path, read: dict[str, Element]) -> None:
    corrected = [body for body in bodies(read, "licence").values() if "更正后的许可内容" in body.text()]
    assert [value(body, "行政许可决定文书号") for body in corrected] == ["平市监许〔2023〕1号"]


def test_what_may_not_be_seen_is_nowhere_on_the_site(site: Path) -> None:
    """No private value, no full name of a person, no expired or withheld record: in no byte, packed or not.

    Written without generator.verify, which is to prove the same.
    """
    forbidden = [
        *(PERSON, PERSON.lower(), CHIEF, OTHER_PERSON, OTHER_PERSON.lower()),
        *("赵示例", "钱示例示例", "孙示例示例", "李示例", "张示例", "郑示例乙", "吴示例甲"),
        *("平市监罚〔2023〕2号", "平市监罚〔2023〕3号"),  # expired
        *("平市监许〔2023〕160号", "平市监许〔2023〕161号"),  # withheld
    ]
    escaped = [json.dumps(text)[1:-1] for text in forbidden]
    for path, content in tree(site).items():
        text = unpacked(content)
        for each in {*forbidden, *escaped}:
            assert each.encode() not in text, f"{path}: {each}"
            assert each.encode("gb18030") not in text, f"{path}: {each}"


def test_persons_are_shown_by_surname_in_archive_table_and_store(site: Path, read: dict[str, Element]) -> None:
    names = [value(body, "行政相对人名称") for body in bodies(read, "licence").values()]
    assert sorted(name for name in names if "**" in name) == sorted(["赵**", "钱**", "孙**", "李**"])
    shard = document(site, "store/licence/2023-12-1.json.gz")
    assert sorted(name for name in shard["XK_XDR_MC"] if "**" in name) == sorted(["赵**", "钱**", "孙**", "李**"])
    chiefs = [value(body, "法定代表人") for body in bodies(read, "licence").values()]
    assert "吴**" in chiefs
    assert "钱示例" in chiefs  # the chief of a firm is public


def test_home_status_and_kind_pages_tell_the_same_numbers(read: dict[str, Element]) -> None:
    figures = {
        item.all("dt")[0].text(): item.all("dd")[0].text()
        for item in read["index.html"].all("div", class_="figures__item")
    }
    assert figures["公示信息总量"] == "157条"
    assert figures["行政许可"] == "139条"
    assert figures["行政处罚"] == "18条"
    assert figures["报送单位"] == "2个"
    assert figures["数据截至"] == "2024-01-05"
    assert "公示 139 条" in read["notices/licence/index.html"].text()
    # One licence was reported in January; all penalties were in December.
    told = "本月暂无此类信息报送"
    assert told not in read["notices/licence/index.html"].text()
    assert told in read["notices/penalty/index.html"].text()
    rows = {
        row.all("th")[0].text(): [cell.text() for cell in row.all("td")]
        for row in read["status/index.html"].all("tbody")[0].all("tr")
    }
    assert rows == {
        # shown; only counted, left a list, expired, withdrawn, not public, restricted, withheld; last month of report
        "市市场监管局": ["156", "0", "0", "2", "0", "0", "0", "2", "2024-01"],
        "市住建局": ["0", "0", "0", "0", "0", "0", "0", "0", "未报送"],
        "鲁山县": ["1", "0", "0", "0", "0", "0", "0", "0", "2023-12"],
        "郏县": ["0", "0", "0", "0", "0", "0", "0", "0", "未报送"],
    }


def test_the_latest_notices_are_the_newest_decisions(read: dict[str, Element]) -> None:
    lists = read["index.html"].all("ul", class_="latest")
    days = [entry.all("time")[0].attributes["datetime"] for entry in lists[0].all("li")]
    assert days == ["2024-01-02", *["2023-12-01"] * 5]


def test_a_portal_that_is_no_demo_does_not_say_it_is_one(read: dict[str, Element]) -> None:
    for path, content in read.items():
        assert "演示数据" not in content.text(), path


def test_what_site_yml_leaves_empty_is_not_on_the_pages(read: dict[str, Element]) -> None:
    for path, content in read.items():
        [foot] = content.all("footer", class_="colophon")
        assert not [name for name in ("ICP", "公网安备", "网站标识码") if name in foot.text()], path
        assert not [meta for meta in content.all("meta") if meta.attributes.get("name") == "SiteIDCode"], path


def test_the_sitemap_lists_every_page_that_search_engines_may_keep(site: Path, read: dict[str, Element]) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    listed = {entry.text().removeprefix("https://xy.example.cn/portal/") for entry in page(text).all("loc")}
    closed = {
        path.removesuffix("index.html")
        for path, content in read.items()
        for meta in content.all("meta")
        if meta.attributes.get("name") == "robots" and "noindex" in meta.attributes["content"]
    }
    every = {path.removesuffix("index.html") for path in read if path != "404.html"}
    assert listed == every - closed
    assert {"", "bulletins/2023-12/", "notices/licence/archive/2023-12/1/"} <= listed
    # A copy of a penalty in a search engine would outlive its display.
    assert {path for path in every if path.startswith("notices/penalty/archive/2")} <= closed
    assert "Sitemap: https://xy.example.cn/portal/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
