"""Which articles the public may read, in which order, and what a site with faulty ones looks like."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from portals import TODAY, article, build_site, declared
from printed import pages

from generator.publish.edition import publish_articles

Make = Callable[..., Path]


def law(**changes: str | None) -> str:
    """A document of 政策法规."""
    words: dict[str, str | None] = {
        "type": "repair",
        "title": "办法",
        "region": None,
        "issuer": "某部门",
        "level": "部门规章",
    }
    return article(**(words | changes))


def test_an_article_of_a_later_day_waits_for_it(root: Make) -> None:
    portal = declared(root({"content/news/2024/a.md": article(date="2024-01-06")}))
    assert publish_articles(portal, date(2024, 1, 5)).sections["news"] == []
    edition = publish_articles(portal, date(2024, 1, 6))
    assert [article.date for article in edition.sections["news"]] == ["2024-01-06"]
    assert edition.issues == []


def test_articles_are_listed_newest_first_documents_by_the_day_they_were_issued(root: Make) -> None:
    portal = declared(
        root(
            {
                "content/news/2023/a.md": article(date="2023-01-01"),
                "content/news/2023/b.md": article(date="2023-12-31", updated="2024-01-01"),
                "content/news/2022/c.md": article(date="2022-12-31", updated="2024-01-02"),
                "content/policies/2023/d.md": law(date="2023-12-01", issued="2019-11-29"),
                "content/policies/2023/e.md": law(date="2023-01-01", issued="2023-01-13"),
                "content/policies/2023/f.md": law(date="2023-12-31"),
            }
        )
    )
    sections = publish_articles(portal, TODAY).sections
    assert [article.name for article in sections["news"]] == ["b", "a", "c"]
    assert [article.name for article in sections["policies"]] == ["e", "d", "f"]


# Order 58 was in force from 2023-05-01 and repealed on 2026-04-01 (domain rules §3.1).
@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2023-04-30", "尚未施行"),
        ("2023-05-01", "现行有效"),
        ("2026-03-31", "现行有效"),
        ("2026-04-01", "已废止"),
    ],
)
def test_a_document_says_by_itself_whether_it_is_in_force(root: Make, today: str, said: str) -> None:
    text = law(date="2023-01-13", effective="2023-05-01", repealed="2026-04-01")
    portal = declared(root({"content/policies/2023/order-58.md": text}))
    [found] = publish_articles(portal, date.fromisoformat(today)).sections["policies"]
    assert found.in_force == said


def test_nobody_claims_that_a_document_is_in_force_whose_day_is_not_known(root: Make) -> None:
    portal = declared(root({"content/policies/2023/a.md": law()}))
    [found] = publish_articles(portal, TODAY).sections["policies"]
    assert found.in_force == ""


def test_a_site_is_built_without_its_faulty_articles_and_without_their_files(root: Make) -> None:
    portal = root(
        {
            "content/news/2023/good.md": article(attachments=["名单.csv"]),
            "content/news/2023/名单.csv": "甲\n",
            "content/news/2023/bad.md": article(region="西平县", attachments=["底稿.csv"]),
            "content/news/2023/底稿.csv": "乙\n",
            "content/news/2024/later.md": article(date="2024-01-06", title="鲁山县明天的事"),
            "content/news/broken.md": "甲",
            "content/news/README.md": "说明\n",
            "content/news/2023/Thumbs.db": b"\0",
        },
        pages=True,
    )
    site = build_site(portal)
    listed = {path.relative_to(site / "news").as_posix() for path in (site / "news").rglob("*") if path.is_file()}
    assert listed == {
        *("index.html", "all/410423/index.html", "promotion/index.html", "promotion/410423/index.html"),
        *("2023/good/index.html", "2023/名单.csv", "feed.atom"),
    }
    for path, page in pages(site).items():
        assert "明天的事" not in page.text(), path
