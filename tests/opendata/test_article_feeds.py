"""The feeds of articles: valid, escaped, and with ids that stay."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from portals import ADDRESS, TODAY, article, declared

from generator.opendata.articles import article_feeds
from generator.publish.edition import publish_articles

Make = Callable[..., Path]
ATOM = "{http://www.w3.org/2005/Atom}"


def feeds(root: Path) -> dict[str, ElementTree.Element]:
    portal = declared(root)
    made = dict(article_feeds(portal, publish_articles(portal, TODAY), TODAY))
    return {address: ElementTree.fromstring(content) for address, content in made.items()}


def text(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(name) or ""


def test_there_is_a_feed_of_each_section_and_one_of_all(root: Make) -> None:
    portal = root({"content/news/2023/a.md": article()}, address=ADDRESS)
    sections = declared(portal).articles.sections
    assert set(feeds(portal)) == {
        f"{folder}feed.{form}" for folder in ("", *(f"{section}/" for section in sections)) for form in ("atom", "rss")
    }


def test_rss_is_written_only_where_the_address_is_known(root: Make) -> None:
    assert not [address for address in feeds(root({"content/news/2023/a.md": article()})) if address.endswith("rss")]


def test_an_entry_tells_title_days_link_and_summary(root: Make) -> None:
    made = feeds(
        root(
            {"content/news/2023/a.md": article(updated="2024-01-02", title="鲁山县 <b>甲</b> & 乙", summary="<丙>")},
            address=ADDRESS,
        )
    )
    [entry] = made["news/feed.atom"].iter(f"{ATOM}entry")
    assert text(entry, f"{ATOM}title") == "鲁山县 <b>甲</b> & 乙"
    assert text(entry, f"{ATOM}summary") == "<丙>"
    assert text(entry, f"{ATOM}published") == "2023-12-01T00:00:00+08:00"
    assert text(entry, f"{ATOM}updated") == "2024-01-02T00:00:00+08:00"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"{ADDRESS}news/2023/a/"  # type: ignore[union-attr]
    assert made["feed.atom"].findtext(f"{ATOM}updated") == "2024-01-02T00:00:00+08:00"
    [item] = made["feed.rss"].iter("item")
    assert text(item, "title") == "鲁山县 <b>甲</b> & 乙"
    assert text(item, "link") == f"{ADDRESS}news/2023/a/"
    assert parsedate_to_datetime(text(item, "pubDate")).isoformat() == "2023-12-01T00:00:00+08:00"


@pytest.mark.parametrize("required", ["id", "title", "updated", "link", "author"])
def test_an_atom_feed_has_what_the_standard_requires(root: Make, required: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; the author of a feed is that of its entries."""
    for address, feed in feeds(root({"content/news/2023/a.md": article()})).items():
        assert feed.find(f"{ATOM}{required}") is not None, address
        for entry in feed.iter(f"{ATOM}entry"):
            assert required == "author" or entry.find(f"{ATOM}{required}") is not None


@pytest.mark.parametrize("required", ["title", "link", "description"])
def test_an_rss_feed_has_what_the_specification_requires(root: Make, required: str) -> None:
    made = feeds(root({"content/news/2023/a.md": article()}, address=ADDRESS))
    for address, feed in made.items():
        if address.endswith("rss"):
            assert (feed.tag, feed.attrib["version"]) == ("rss", "2.0")
            assert feed.findtext(f"channel/{required}"), address
            for item in feed.iter("item"):
                assert text(item, required)


def test_an_article_keeps_its_id_when_it_is_changed_or_moved(root: Make) -> None:
    def only(files: dict[str, str]) -> str:
        [entry] = feeds(root(files))["feed.atom"].iter(f"{ATOM}entry")
        return text(entry, f"{ATOM}id")

    before = only({"content/news/2023/a.md": article()})
    assert before.startswith("urn:uuid:")
    assert only({"content/news/2023/a.md": article(title="鲁山县改了标题", updated="2024-01-01")}) == before
    assert only({"content/cases/2022/a.md": article(type="practice", date="2022-12-01")}) == before
    assert only({"content/news/2023/b.md": article()}) != before


def test_a_feed_ends_and_begins_with_what_was_changed_last(root: Make) -> None:
    files = {
        f"content/news/2023/a{number:02}.md": article(date=f"2023-11-{number % 28 + 1:02}") for number in range(60)
    }
    files["content/news/2022/old.md"] = article(date="2022-01-01", updated="2024-01-01")
    feed = feeds(root(files))["news/feed.atom"]
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == 50
    assert text(entries[0], f"{ATOM}published").startswith("2022-01-01")


def test_a_character_that_xml_cannot_hold_breaks_no_feed(root: Make) -> None:
    made = feeds(root({"content/news/2023/a.md": article(summary='"甲\\u0001乙\\uFFFE丙"')}, address=ADDRESS))
    [entry] = made["feed.atom"].iter(f"{ATOM}entry")
    assert text(entry, f"{ATOM}summary") == "甲乙丙"
