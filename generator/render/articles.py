"""Articles as pages, the newest on the home page, and the table of their front matter for staff."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from generator.model.articles import ArticleField
from generator.model.portal import Portal
from generator.publish.edition import Article, Edition
from generator.render.article_lists import Listing, feeds_of, list_pages, listings, place_names
from generator.render.templates import environment, json_ld, size


def article_pages(portal: Portal, edition: Edition) -> dict[str, str]:
    """Path below the pages folder → Markdown, of every article and every page of every list."""
    pages = {"staff/fields-articles.md": _fields_page(portal)}
    for section, articles in edition.sections.items():
        for place, article in enumerate(articles):
            newer = articles[place - 1] if place else None
            older = articles[place + 1] if place + 1 < len(articles) else None
            pages[article.address.removesuffix("/") + ".md"] = _article_page(article, newer, older, portal)
        for listing in listings(section, articles):
            pages |= list_pages(listing, articles, portal)
    return pages


def teasers(portal: Portal, edition: Edition, wanted: int) -> list[dict[str, str]]:
    """The newest articles of the sections that the home page shows."""
    sections = portal.articles.sections
    shown = [article for article in edition.newest() if sections[article.section].on_home]
    return [
        {
            "address": article.address,
            "more": f"{article.section}/",
            "title": article.title,
            "date": article.date,
            "section": sections[article.section].title,
            "type": sections[article.section].types[article.type].title,
        }
        for article in shown[:wanted]
    ]


def _article_page(article: Article, newer: Article | None, older: Article | None, portal: Portal) -> str:
    """The text with all else in the front matter: both engines lead addresses there to the right place."""
    section = portal.articles.sections[article.section]
    fields = portal.articles.fields_of(article.section)
    folder = article.address.rsplit("/", 2)[0]
    further = [{"title": fields[key].title, "value": value} for key, value in article.further.items()]
    if section.in_force:
        further.append({"title": "效力", "value": article.in_force or "施行日期未核实"})
    around = [("prev", "上一篇", newer), ("next", "下一篇", older)]
    return (
        environment()
        .get_template("article.md.j2")
        .render(
            article=article,
            section=section,
            fields=fields,
            facts=_facts(article, portal),
            further=further,
            attachments=[
                {"url": quote(f"{folder}/{file.name}"), "name": file.name, "form": file.form, "size": size(file.size)}
                for file in article.attachments
            ],
            neighbours=[
                {"rel": rel, "label": label, "url": other.address, "title": other.title}
                for rel, label, other in around
                if other
            ],
            body=Markup(article.body),  # noqa: S704 - written by staff like any page by hand, and checked for code
            feeds=feeds_of(article.section, portal),
            json_ld=Markup(_described(article, portal)),  # noqa: S704 - made to be put into a page
        )
    )


def _facts(article: Article, portal: Portal) -> list[dict[str, object]]:
    """What is said of an article above its text: days, whose it is, and which lists it stands in."""
    fields = portal.articles.fields_of(article.section)
    facts: list[dict[str, object]] = [{"title": fields["date"].title, "value": article.date, "day": True}]
    if article.updated != article.date:
        facts.append({"title": fields["updated"].title, "value": article.updated, "day": True})
    if article.source:
        facts.append({"title": fields["source"].title, "value": article.source})
    if article.region:
        place = Listing(article.section, place=article.region).address()
        facts.append({"title": fields["region"].title, "value": place_names(portal)[article.region], "url": place})
    title = portal.articles.sections[article.section].types[article.type].title
    type_ = Listing(article.section, article.type).address()
    return [*facts, {"title": fields["type"].title, "value": title, "url": type_}]


def _described(article: Article, portal: Portal) -> str:
    """schema.org `NewsArticle`."""
    site = portal.site
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.date,
        "dateModified": article.updated,
        "inLanguage": "zh-CN",
        "articleSection": portal.articles.sections[article.section].title,
        "author": {"@type": "Organization", "name": article.source or site.organizer},
        "publisher": {"@type": "GovernmentOrganization", "name": site.organizer},
    }
    if site.address:
        document["mainEntityOfPage"] = site.address + article.address
    return json_ld(document)


def _fields_page(portal: Portal) -> str:
    rules = portal.articles
    sections = [
        {
            "id": id_,
            "section": section,
            "own": [(key, field, _form(field)) for key, field in section.fields.items()],
        }
        for id_, section in rules.sections.items()
    ]
    return (
        environment()
        .get_template("article_fields.md.j2")
        .render(
            shared=[(key, field, _form(field)) for key, field in rules.fields.items()],
            sections=sections,
            headline=rules.headline,
            files=rules.files,
        )
    )


def _form(field: ArticleField) -> str:
    """How a value is written, in words."""
    forms = {
        "text": "文字" + (f"，不超过 {field.longest} 个字" if field.longest else ""),
        "day": "日期，如 2023-12-01",
        "region": "区域名称或代码",
        "type": "本栏目的类型代号",
        "choice": "、".join(field.options) + " 之一",
        "files": "文件名，每行一个",
    }
    return forms[field.type]
