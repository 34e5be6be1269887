"""Checks articles: their front matter against the declaration, and the files they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from generator.check.article_bodies import check_bodies, pictures
from generator.intake.articles import ArticleFile, ArticleFolder, Value
from generator.intake.sources import nearest
from generator.issues import Issue, catalogue, masked
from generator.model.articles import ArticleField
from generator.model.portal import Portal

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_articles(found: ArticleFolder, portal: Portal, today: date) -> list[Issue]:
    """Every fault of the articles, those of reading included."""
    issues = list(found.issues)
    names: dict[str, str] = {}
    for article in found.articles:
        issues += _check_head(article, portal, today)
        issues += _check_files(article, found.beside, portal)
        first = names.setdefault(article.name, article.path)
        if first != article.path:
            issues.append(Issue(article.path, code="article-id-repeated", details=(("other", first),)))
    issues += check_bodies(found, portal, withheld(issues))
    used = {path for article in found.articles for path in used_by(article)}
    issues += [Issue(path, code="article-file-unused") for path in sorted(found.beside - used)]
    return sorted(issues)


def withheld(issues: list[Issue]) -> set[str]:
    """Paths of what is not published, for good or until its day."""
    return {issue.file for issue in issues if catalogue()[issue.code].withholds == "file"}


def is_day(text: str) -> bool:
    """Whether a text is a day, written 2023-12-01."""
    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def used_by(article: ArticleFile) -> list[str]:
    """Paths of the files an article needs: attachments and pictures, whether they are there or not."""
    folder = PurePosixPath(article.path).parent
    return [(folder / name).as_posix() for name in (*listed(article.head.get("attachments", [])), *pictures(article))]


def listed(value: Value) -> list[str]:
    """A list, also where a single item was written without one."""
    return [item for item in (value if isinstance(value, list) else [value]) if item]


def _check_head(article: ArticleFile, portal: Portal, today: date) -> Iterator[Issue]:
    fields = portal.articles.fields_of(article.section)
    for key in article.head:
        if key not in fields:
            yield _fault(article, key, "article-key-unknown", value=key, nearest=nearest(key, list(fields)))
    for key, field in fields.items():
        value = article.head.get(key, "")
        if field.required and not listed(value):
            yield _fault(article, key, "article-value-missing", field.title, key=key)
        elif isinstance(value, list) and field.type != "files":
            yield _fault(article, key, "article-unreadable", reason=f"{key} 应为一行文字，不是列表")
        elif isinstance(value, str) and value and field.type != "files":
            yield from _check_value(value, key, field, article, portal)
    yield from _check_headline(article, portal)
    day = str(article.head.get("date", ""))
    if is_day(day) and day[:4] != article.year:
        yield _fault(article, "date", "article-year", fields["date"].title, day, year=day[:4])
    if is_day(day) and day > today.isoformat():
        yield _fault(article, "date", "article-after-today", fields["date"].title, day)


def _check_value(value: str, key: str, field: ArticleField, article: ArticleFile, portal: Portal) -> Iterator[Issue]:
    options = {
        "choice": list(field.options),
        "type": list(portal.articles.sections[article.section].types),
        "region": [region.name for region in portal.site.regions],
    }.get(field.type, [])
    known = options if field.type != "region" else [value] * (portal.site.region_of(value) is not None)
    if field.type == "day" and not is_day(value):
        yield _fault(article, key, "article-day", field.title, value)
    elif options and value not in known:
        yield _fault(article, key, "article-choice", field.title, value, options="、".join(options))
    elif field.longest and len(value) > field.longest:
        counts = {"limit": str(field.longest), "length": str(len(value))}
        yield _fault(article, key, "article-text-too-long", field.title, **counts)


def _check_headline(article: ArticleFile, portal: Portal) -> Iterator[Issue]:
    """A headline that has to begin with the place does: with its name, or another that data/site.yml gives."""
    title, type_, region = (article.head.get(key, "") for key in ("title", "type", "region"))
    if not (isinstance(title, str) and title and isinstance(type_, str) and isinstance(region, str)):
        return
    declared = portal.articles.sections[article.section].types.get(type_)
    place = portal.site.region_of(region)
    asked = declared and declared.headline == "place"
    if asked and place and not title.startswith((place.name, *place.aliases)):
        column = portal.articles.fields_of(article.section)["title"].title
        yield _fault(article, "title", "article-headline", column, title, place=place.name)


def _check_files(article: ArticleFile, beside: set[str], portal: Portal) -> Iterator[Issue]:
    folder, known = PurePosixPath(article.path).parent, portal.articles.files.attached
    for name in listed(article.head.get("attachments", [])):
        ending = PurePosixPath(name).suffix.lower().removeprefix(".")
        if "/" in name or (folder / name).as_posix() not in beside or ending not in known:
            words = {"folder": folder.as_posix(), "known": "、".join(known)}
            yield _fault(article, "attachments", "article-attachment", value=name, **words)


def _fault(article: ArticleFile, at: str, code: str, column: str = "", value: str = "", **details: str) -> Issue:
    """A fault of a key of the front matter, on its line; on the first where the key is missing."""
    line = article.lines.get(at, 1)
    return Issue(article.path, row=line, column=column, code=code, value=masked(value), details=tuple(details.items()))
