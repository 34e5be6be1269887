"""What a reader may find by words beside records: which pages, and what of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed import document

from generator.assemble.words import LONGEST, PAGES, Article, pages_file
from generator.store.columnar import unpack
from generator.workers import InProcess

PAGE = """<!doctype html><html><head><meta charset="utf-8">{head}<title>修复指南 - 信用示例</title></head>
<body><nav>首页</nav><article class="a"{article}><nav>首页 › 指南</nav><h1>修复<em>指南</em></h1>{body}</article>
<footer>主办单位</footer></body></html>"""


def page(body: str, head: str = "", article: str = "") -> str:
    return PAGE.format(body=body, head=head, article=article)


def test_the_title_and_the_words_of_the_article_are_found_and_nothing_around_it() -> None:
    article = Article.read(page("<p>申请信用修复。</p>"))
    assert (article.title, article.text) == ("修复指南", "申请信用修复。")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<p>信<strong>用</strong>修<a href='x'>复</a></p>", "信用修复"),
        ("<ul><li>甲</li><li>乙</li></ul>丙", "甲 乙 丙"),
        ("<table><tr><th>甲</th><td>乙</td></tr></table>", "甲 乙"),
        ("<p>甲<br>乙</p><hr><p>丙&nbsp;丁 &lt;戊&gt;</p>", "甲 乙 丙 丁 <戊>"),
        ("<p>甲\n\n   乙</p>", "甲 乙"),
        ("<p>甲</p><script>let x = '乙';</script><style>.乙{}</style><svg><title>乙</title></svg>", "甲"),
        ("<p>甲</p><section data-search-exclude><p>乙<br></p></section><p>丙</p>", "甲 丙"),
        ("<p>甲</p></div><p>乙", "甲 乙"),
    ],
)
def test_words_are_parted_where_readers_see_them_parted(body: str, words: str) -> None:
    assert Article.read(page(body)).text == words


def test_pages_that_are_not_to_be_found_are_not_listed(tmp_path: Path) -> None:
    pages = {
        "services/repair/index.html": page(
            "<p>甲</p>",
            '<meta name="ColumnName" content="信用服务"><meta name="PubDate" content="2023-12-31">',
        ),
        "about/index.html": page("<p>乙</p>"),
        "about/hidden/index.html": page("<p>丙</p>", '<meta name="robots" content="noindex">'),
        "frame/2/index.html": page("<p>丁</p>", article=" data-search-exclude"),
        "404.html": page("<p>戊</p>"),
        "about/empty/index.html": page(""),
    }
    for name, text in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert unpack(pages_file(tmp_path, InProcess())) == {
        "address": ["about/", "services/repair/"],
        "title": ["修复指南", "修复指南"],
        "section": ["", "信用服务"],
        "text": ["乙", "甲"],
        "date": ["", "2023-12-31"],
    }


def test_a_long_page_is_cut(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page("字" * (LONGEST + 5)), encoding="utf-8")
    assert unpack(pages_file(tmp_path, InProcess()))["text"] == ["字" * LONGEST]


def test_the_site_lists_articles_guides_and_bulletins_but_no_tables_and_no_pages_of_modules(site: Path) -> None:
    listed = document(site, PAGES)
    bulletins = {
        f"{path.parent.relative_to(site / 'bulletins').as_posix()}/"
        for path in (site / "bulletins").glob("*/**/index.html")
        if path.parent.name != "compare"
    }
    assert set(listed["address"]) == {
        *("about/", "about/accessibility/", "about/disclaimer/", "about/rules/", "services/", "services/objection/"),
        *(
            "services/repair/",
            "staff/",
            "staff/articles/",
            "staff/operators/",
            "staff/hosting/",
            "staff/self-check/",
            "data/",
        ),
        *("news/", "policies/", "cases/", "scenes/", "integrity/", "events/"),
        *("bulletins/", *(f"bulletins/{name}" for name in bulletins)),
    }
    found = dict(zip(listed["address"], zip(listed["title"], listed["section"], strict=True), strict=True))
    assert found["services/repair/"] == ("信用修复指南", "信用服务")
    assert found["bulletins/2023-12/"][1] == "统计与通报"
