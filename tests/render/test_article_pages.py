"""Article pages and the lists that lead to them, as the printer receives them and as readers get them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from portals import ADDRESS, EVIL, TODAY, article, build_site, declared, make_portal
from printed import Element, pages

from generator.publish.edition import publish_articles
from generator.render.article_lists import Listing, pager
from generator.render.articles import article_pages

Make = Callable[..., Path]

NEWS = {
    # name: (day, type, place); pages of 信用动态 hold ten.
    **{f"n{number:02}": (f"2023-01-{number:02}", "promotion", "鲁山县") for number in range(1, 22)},
    "n22": ("2023-01-22", "promotion", "郏县"),
    "n23": ("2023-01-23", "training", "郏县"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with 23 news, and two articles of other sections."""
    files: dict[str, str | bytes] = {
        f"content/news/2023/{name}.md": article(title=f"{place}第{name}篇", date=day, type=type_, region=place)
        for name, (day, type_, place) in NEWS.items()
    }
    files["content/news/2023/n01.md"] = article(
        "## 小标题\n\n见[修复](../../services/repair.md)。\n",
        title="鲁山县第n01篇",
        date="2023-01-01",
        updated="2023-02-01",
        attachments=["名 单&.csv"],
    )
    files["content/news/2023/名 单&.csv"] = b"x" * 2048
    for place, text in enumerate(EVIL):
        one_line = re.sub(r"\s+", " ", text).replace("'", "''")
        files[f"content/cases/2023/e{place}.md"] = article(
            type="practice", title=f"'{one_line}'", summary=f"'{one_line}'", source=f"'{one_line}'"
        )
    root = make_portal(tmp_path_factory.mktemp("articles") / "portal", files, pages=True, address=ADDRESS)
    return build_site(root)


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Element]:
    return pages(site)


def titles(page: Element) -> list[str]:
    return [entry.all("a")[0].text() for entry in page.all("ul", class_="documents")[0].all("li")]


def test_a_list_is_divided_into_pages_and_every_article_stands_once(read: dict[str, Element]) -> None:
    names = ["news/index.html", "news/2/index.html", "news/3/index.html"]
    found = [titles(read[name]) for name in names]
    assert list(map(len, found)) == [10, 10, 3]
    assert found[0][0] == "郏县第n23篇"
    assert list(chain(*found)) == [f"{place}第{name}篇" for name, (_, _, place) in sorted(NEWS.items(), reverse=True)]
    assert "news/4/index.html" not in read


def test_lists_by_type_and_by_place_hold_what_they_say(read: dict[str, Element]) -> None:
    assert titles(read["news/training/index.html"]) == ["郏县第n23篇"]
    assert titles(read["news/all/410425/index.html"]) == ["郏县第n23篇", "郏县第n22篇"]
    assert titles(read["news/promotion/410425/index.html"]) == ["郏县第n22篇"]
    assert len(titles(read["news/promotion/2/index.html"])) == 10
    assert len(titles(read["news/promotion/3/index.html"])) == 2
    assert len(titles(read["news/promotion/410423/3/index.html"])) == 1


def test_the_choices_of_a_list_say_how_much_they_leave(read: dict[str, Element]) -> None:
    types, places = (
        {link.text(): link.attributes["href"] for link in nav.all("a")}
        for nav in read["news/all/410425/index.html"].all("nav", class_="choices")
    )
    assert types == {
        "全部2": "../../../news/all/410425/",
        "诚信宣传1": "../../../news/promotion/410425/",
        "教育培训1": "../../../news/training/410425/",
    }
    assert places == {
        "全部23": "../../../news/",
        "鲁山县21": "../../../news/all/410423/",
        "郏县2": "../../../news/all/410425/",
    }


def test_an_empty_section_says_so(read: dict[str, Element]) -> None:
    assert "目前没有此类文章" in read["scenes/index.html"].text()
    assert not read["scenes/index.html"].all("ul", class_="documents")


def test_an_article_says_when_where_and_by_whom_and_what_comes_with_it(read: dict[str, Element]) -> None:
    page = read["news/2023/n01/index.html"]
    facts = [entry.text() for entry in page.all("ul", class_="facts")[0].all("li")]
    assert facts == ["发布日期 2023-01-01", "更新日期 2023-02-01", "来源：鲁山县", "区域：鲁山县", "类型：诚信宣传"]
    [attachment] = page.all("section", class_="attachments")[0].all("li")
    assert attachment.text() == "名 单&.csv CSV 表格，2.0 KB"
    assert attachment.all("a")[0].attributes["href"] == "../%E5%90%8D%20%E5%8D%95%26.csv"
    [neighbours] = page.all("nav", class_="neighbours")
    assert [link.text() for link in neighbours.all("a")] == ["上一篇鲁山县第n02篇"]


def test_an_article_tells_programs_what_it_is(read: dict[str, Element]) -> None:
    page = read["news/2023/n01/index.html"]
    names = {
        meta.attributes["name"]: meta.attributes["content"] for meta in page.all("meta") if "name" in meta.attributes
    }
    assert {name: names[name] for name in ("ArticleTitle", "PubDate", "ContentSource", "ColumnName", "ColumnType")} == {
        "ArticleTitle": "鲁山县第n01篇",
        "PubDate": "2023-01-01",
        "ContentSource": "鲁山县",
        "ColumnName": "信用动态",
        "ColumnType": "工作动态",
    }
    [script] = page.all("script", type="application/ld+json")
    described = json.loads(script.text())
    assert described["@type"] == "NewsArticle"
    assert (described["datePublished"], described["dateModified"]) == ("2023-01-01", "2023-02-01")
    assert described["mainEntityOfPage"] == f"{ADDRESS}news/2023/n01/"
    feeds = {link.attributes["type"]: link.attributes["href"] for link in page.all("link", rel="alternate")}
    assert feeds == {"application/atom+xml": "../../feed.atom", "application/rss+xml": "../../feed.rss"}


def test_the_sitemap_says_when_an_article_was_last_changed(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ADDRESS}news/2023/n01/</loc><lastmod>2023-02-01</lastmod>" in text
    assert f"<loc>{ADDRESS}news/2023/n02/</loc><lastmod>2023-01-02</lastmod>" in text


def test_markup_in_front_matter_is_text(read: dict[str, Element]) -> None:
    for place, text in enumerate(EVIL):
        page = read[f"cases/2023/e{place}/index.html"]
        wanted = " ".join(text.split())
        assert " ".join(page.all("h1")[0].text().split()) == wanted
        [script] = page.all("script", type="application/ld+json")
        assert " ".join(json.loads(script.text())["headline"].split()) == wanted
        for element in page.all():
            assert not [name for name in element.attributes if name.startswith("on")]
            assert not element.attributes.get("href", "").lower().startswith("javascript:")


def test_links_from_lists_and_articles_lead_somewhere(site: Path, read: dict[str, Element]) -> None:
    for path, page in read.items():
        if path.startswith(("news/", "cases/", "index.html")):
            for link in page.all("article")[0].all("a"):
                target = link.attributes.get("href", "").partition("#")[0].partition("?")[0]
                reached = (site / path).parent / target.replace("%E5%90%8D%20%E5%8D%95%26", "名 单&")
                assert (reached / "index.html").is_file() or reached.is_file(), f"{path} → {target}"


def test_the_home_page_shows_the_newest_articles(read: dict[str, Element]) -> None:
    [panel] = [panel for panel in read["index.html"].all("section", class_="panel") if "最新文章" in panel.text()]
    names = [name.text() for name in panel.all("span", class_="latest__name")]
    assert len(names) == 6
    # The cases are of December, the news of January.
    assert panel.all("span", class_="latest__meta")[0].text() == "典型案例 · 创新做法"


@pytest.mark.parametrize(
    ("page", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 0, 3, 4, 5, 6, 7, 0, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, 0, 9]),
        (9, 9, [1, 0, 7, 8, 9]),
    ],
)
def test_a_pager_names_the_first_the_last_and_the_pages_beside(page: int, last: int, shown: list[int]) -> None:
    assert pager(page, last) == shown


def test_an_address_says_type_place_and_page() -> None:
    assert Listing("news").address() == "news/"
    assert Listing("news").address(2) == "news/2/"
    assert Listing("news", "notice").address(3) == "news/notice/3/"
    assert Listing("news", place="410423").address() == "news/all/410423/"
    assert Listing("news", "notice", "410423").address(2) == "news/notice/410423/2/"


def test_the_table_for_contributors_has_every_key_type_and_ending(root: Make) -> None:
    portal = declared(root())
    text = article_pages(portal, publish_articles(portal, TODAY))["staff/fields-articles.md"]
    for id_, section in portal.articles.sections.items():
        for key in (id_, *section.types, *portal.articles.fields_of(id_)):
            assert f"<code>{key}</code>" in text or f"content/{key}/" in text, key
    assert "西平县" in text
    for ending in portal.articles.files.attached:
        assert f".{ending}" in text
