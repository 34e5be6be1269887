"""The lists that lead to articles: by section, type and place, each a page that needs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.articles import EVERYTHING, Section
from generator.model.portal import Portal
from generator.publish.edition import Article
from generator.render.templates import environment

ATOM, RSS = "feed.atom", "feed.rss"
"""Names of the feeds, in the folder of a section and, of all sections, at the site's root."""

_BESIDE = 2
"""How many pages before and after a page its pager names."""


@dataclass(frozen=True)
class Listing:
    """What a list is limited to."""

    section: str
    type: str = EVERYTHING
    place: str = ""
    """Code of a region, "" for all."""

    def address(self, page: int = 1) -> str:
        """Address below the site's root."""
        parts = [self.section]
        if self.type != EVERYTHING or self.place:
            parts.append(self.type)
        parts += [self.place] if self.place else []
        parts += [str(page)] if page > 1 else []
        return "/".join(parts) + "/"

    def holds(self, article: Article) -> bool:
        """Whether an article of the section belongs into the list."""
        return self.type in (EVERYTHING, article.type) and self.place in ("", article.region)


def listings(section: str, articles: list[Article]) -> Iterator[Listing]:
    """The whole section, each type and each place, and of both together what is not empty."""
    yield Listing(section)
    for type_ in sorted({article.type for article in articles}):
        yield Listing(section, type_)
    for place in sorted({article.region for article in articles} - {""}):
        yield Listing(section, place=place)
    for type_, place in sorted({(article.type, article.region) for article in articles if article.region}):
        yield Listing(section, type_, place)


def list_pages(listing: Listing, articles: list[Article], portal: Portal) -> dict[str, str]:
    """Path below the pages folder → Markdown, of every page of a list."""
    section = portal.articles.sections[listing.section]
    names = place_names(portal)
    found = [article for article in articles if listing.holds(article)]
    length = section.page_length
    last = max(1, -(-len(found) // length))
    limits = [section.types[listing.type].title] if listing.type != EVERYTHING else []
    limits += [names[listing.place]] if listing.place else []
    template = environment().get_template("articles.md.j2")
    pages = {}
    for page in range(1, last + 1):
        heading = section.title + (f"：{'，'.join(limits)}" if limits else "")
        address = listing.address(page)
        pages[f"{address}index.md"] = template.render(
            id=listing.section,
            section=section,
            heading=heading,
            title=heading + (f"（第{page}页）" if page > 1 else ""),
            first=page == 1 and not limits,
            root="../" * address.count("/"),
            feeds=feeds_of(listing.section, portal),
            types=_types(listing, articles, section),
            places=_places(listing, articles, portal),
            count=len(found),
            entries=[_entry(article, portal) for article in found[(page - 1) * length : page * length]],
            page=page,
            last=last,
            numbers=pager(page, last),
            addresses={number: listing.address(number) for number in range(1, last + 1)},
        )
    return pages


def _types(listing: Listing, articles: list[Article], section: Section) -> list[tuple[str, str, int, bool]]:
    """Title, address, number of articles and whether it is the present one, of each choice of a type."""
    counts = Counter(article.type for article in articles if listing.place in ("", article.region))
    every = Listing(listing.section, place=listing.place)
    choices = [("全部", every.address(), counts.total(), listing.type == EVERYTHING)]
    for id_, type_ in section.types.items():
        if counts[id_]:
            address = Listing(listing.section, id_, listing.place).address()
            choices.append((type_.title, address, counts[id_], listing.type == id_))
    return choices


def _places(listing: Listing, articles: list[Article], portal: Portal) -> list[tuple[str, str, int, bool]]:
    """The same of places, in the order of data/site.yml."""
    of_type = [article for article in articles if listing.type in (EVERYTHING, article.type)]
    counts = Counter(article.region for article in of_type)
    choices = [("全部", Listing(listing.section, listing.type).address(), counts.total(), not listing.place)]
    for code, name in place_names(portal).items():
        if counts[code]:
            address = Listing(listing.section, listing.type, code).address()
            choices.append((name, address, counts[code], listing.place == code))
    return choices


def pager(page: int, last: int) -> list[int]:
    """The pages a pager names: the first, the last and those beside; 0 stands for a gap."""
    near = sorted({1, last, *range(max(1, page - _BESIDE), min(last, page + _BESIDE) + 1)})
    numbers: list[int] = []
    for number in near:
        if numbers and number > numbers[-1] + 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


def _entry(article: Article, portal: Portal) -> dict[str, object]:
    section = portal.articles.sections[article.section]
    names = place_names(portal)
    told = [article.further[key] for key in section.listed if key in article.further]
    return {
        "article": article,
        "type": section.types[article.type].title,
        "told": [*told, *filter(None, [names.get(article.region)])],
        "day": article.further.get(section.sorted_by, "") if section.sorted_by != "date" else article.date,
    }


def feeds_of(section: str, portal: Portal) -> dict[str, str]:
    """Media type → address of the section's feeds; RSS needs full addresses (see opendata.articles)."""
    feeds = {"application/atom+xml": f"{section}/{ATOM}"}
    return feeds | ({"application/rss+xml": f"{section}/{RSS}"} if portal.site.address else {})


def place_names(portal: Portal) -> dict[str, str]:
    """Code → name of each region."""
    return {region.code: region.name for region in portal.site.regions}
