"""Which articles the public may read: those without an error whose day has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from generator.check.articles import check_articles, listed, used_by, withheld
from generator.intake.articles import CONTENT, ArticleFile, read_articles
from generator.issues import Issue
from generator.model.articles import Section
from generator.model.portal import Portal


@dataclass(frozen=True)
class Attachment:
    """A file to take along."""

    name: str
    form: str
    """What kind of file it is, in words."""
    size: int
    """Bytes."""


@dataclass(frozen=True)
class Article:
    """An article as pages and feeds show it. Days are ISO."""

    section: str
    name: str
    """Its id: the name of its file."""
    address: str
    """Below the site's root."""
    title: str
    date: str
    updated: str
    """The day of the last change that matters; that of publication where there was none."""
    source: str
    region: str
    """Code of the region, "" where it concerns no single one."""
    type: str
    summary: str
    attachments: tuple[Attachment, ...]
    further: dict[str, str]
    """The section's own keys, and what was written under them."""
    in_force: str
    """Whether the document it tells of is in force on the day of the build; "" where nobody knows or asks."""
    body: str
    """Markdown."""


@dataclass(frozen=True)
class Edition:
    """All articles of a day."""

    sections: dict[str, list[Article]]
    """Section → its articles, newest first."""
    issues: list[Issue]
    set_aside: frozenset[str]
    """Paths below content/ that the printer does not get as they are: articles, which are laid out by templates, and
    files that no published article needs."""

    def newest(self) -> list[Article]:
        """The articles of all sections by the day of publication."""
        return sorted(
            (article for articles in self.sections.values() for article in articles),
            key=lambda article: (article.date, article.name),
            reverse=True,
        )


def publish_articles(portal: Portal, today: date) -> Edition:
    """Read and check all articles. One with an error is left out and reported, one of a later day waits for it."""
    found = read_articles(portal)
    issues = check_articles(found, portal, today)
    left_out = withheld(issues)
    files = [article for article in found.articles if article.path not in left_out]
    needed = {path for article in files for path in used_by(article)}
    sections = {
        id_: sorted(
            (_article(file, portal, today) for file in files if file.section == id_),
            key=lambda article: (_sorting_day(article, section), article.date, article.name),
            reverse=True,
        )
        for id_, section in portal.articles.sections.items()
    }
    aside = {*(article.path for article in found.articles), *found.unread, *(found.beside - needed)}
    return Edition(sections, issues, frozenset(path.removeprefix(f"{CONTENT}/") for path in aside))


def _sorting_day(article: Article, section: Section) -> str:
    if section.sorted_by in article.further:
        return article.further[section.sorted_by]
    return str(getattr(article, section.sorted_by, ""))


def _article(file: ArticleFile, portal: Portal, today: date) -> Article:
    rules = portal.articles
    section = rules.sections[file.section]
    head = {key: value if isinstance(value, str) else "" for key, value in file.head.items()}
    region = portal.site.region_of(head.get("region", ""))
    further = {key: head[key] for key in rules.fields_of(file.section) if key not in rules.fields and head.get(key)}
    return Article(
        section=file.section,
        name=file.name,
        address=f"{file.section}/{file.year}/{file.name}/",
        title=head["title"],
        date=head["date"],
        updated=head.get("updated") or head["date"],
        source=head.get("source", ""),
        region=region.code if region else "",
        type=head["type"],
        summary=head.get("summary", ""),
        attachments=tuple(_attachment(file, name, portal) for name in listed(file.head.get("attachments", []))),
        further=further,
        in_force=_in_force(further, section, today.isoformat()),
        body=file.body,
    )


def _attachment(file: ArticleFile, name: str, portal: Portal) -> Attachment:
    path = portal.root / PurePosixPath(file.path).parent / name
    form = portal.articles.files.attached[path.suffix.lower().removeprefix(".")]
    return Attachment(name, form, path.stat().st_size)


def _in_force(further: dict[str, str], section: Section, today: str) -> str:
    """By the days alone, so that a change of the law shows on its day without an edit; nothing is taken for granted."""
    if section.in_force is None:
        return ""
    since, until = (further.get(key, "") for key in (section.in_force.since, section.in_force.until))
    if until and until <= today:
        return "已废止"
    if not since:
        return ""
    return "现行有效" if since <= today else "尚未施行"
