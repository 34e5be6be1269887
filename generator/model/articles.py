"""Which articles a portal has: their sections, types and front matter, as declared in data/rules/articles.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import StringConstraints, model_validator

from generator.model.declaration import Declared, PlacedError, read_declaration

FieldType = Literal["text", "day", "region", "type", "choice", "files"]

COMMON: dict[str, FieldType] = {
    "title": "text",
    "date": "day",
    "updated": "day",
    "source": "text",
    "region": "region",
    "type": "type",
    "summary": "text",
    "attachments": "files",
}
"""What every article may say of itself, by the keys that pages and feeds ask for; titles and demands are declared."""

EVERYTHING = "all"
"""Stands for the type in the address of a list that is not limited to one, so no type is called that."""

ALWAYS = ("title", "date", "type")
"""What no article can do without, whatever is declared."""

# The address of a list is /<section>/<type>/<place>/<page>/, that of an article /<section>/<year>/<name>/: words for
# sections and types, digits for years and pages.
_Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]*$")]


class ArticleField(Declared):
    """One key of the front matter."""

    title: str
    type: FieldType = "text"
    required: bool = False
    longest: int | None = Setting(None, gt=0)
    """Characters; a longer text is reported, and shown all the same."""
    options: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _options(self) -> ArticleField:
        if (self.type == "choice") != bool(self.options):
            raise PlacedError("类型为 choice 的须列出 options，其他类型不列", "options")
        return self


class ArticleType(Declared):
    """A type within a section."""

    title: str
    headline: Literal["place"] | None = None
    """place: the headline begins with the name of the region."""


class InForce(Declared):
    """Days of a document, by which a list says whether it is in force."""

    since: str
    until: str


class Section(Declared):
    """A column of the site: a folder of articles below content/."""

    title: str
    summary: str
    column_type: str
    """What the meta tag ColumnType says (国办发〔2017〕47号)."""
    page_length: int = Setting(20, gt=0)
    sorted_by: str = "date"
    """Field of days; articles are listed newest first."""
    on_home: bool = False
    types: dict[_Word, ArticleType] = Setting(min_length=1)
    fields: dict[str, ArticleField] = Setting(default={})
    """Further keys, or other demands on a common one."""
    listed: tuple[str, ...] = ()
    """Fields that lists show beside title, day and place."""
    in_force: InForce | None = None


class Attachments(Declared):
    """Which files may lie beside articles: ending → what a reader is told."""

    attached: dict[str, str]
    shown: tuple[str, ...]
    """Endings of pictures."""


class Headline(Declared):
    """Why headlines of some types begin with a place."""

    source: str


class ArticleRules(Declared):
    """data/rules/articles.yml."""

    feed_entries: int = Setting(gt=0)
    headline: Headline
    files: Attachments
    fields: dict[str, ArticleField]
    sections: dict[_Word, Section]

    @model_validator(mode="after")
    def _references(self) -> ArticleRules:
        for name, type_ in COMMON.items():
            if name not in self.fields:
                raise PlacedError(f"缺少 {name}", "fields")
            if self.fields[name].type != type_:
                raise PlacedError(f"应为 {type_}", "fields", name, "type")
        for name in self.fields.keys() - COMMON.keys():
            raise PlacedError("各栏目共有的键只有 " + "、".join(COMMON), "fields", name)
        for id_, section in self.sections.items():
            fields = self.fields_of(id_)
            if EVERYTHING in section.types:
                raise PlacedError("是全部类型的代号，请换一个", "sections", id_, "types", EVERYTHING)
            for name, field in section.fields.items():
                if name in COMMON and field.type != COMMON[name]:
                    raise PlacedError(f"应为 {COMMON[name]}", "sections", id_, "fields", name, "type")
            for name in ALWAYS:
                if not fields[name].required:
                    raise PlacedError(f"{name} 须为必填", "sections", id_)
            for name in section.listed:
                if name not in fields:
                    raise PlacedError(f"没有名为 {name} 的键", "sections", id_, "listed")
            days = {"sorted_by": section.sorted_by}
            if section.in_force:
                days |= section.in_force.model_dump()
            for key, name in days.items():
                if name not in fields or fields[name].type != "day":
                    raise PlacedError(f"{name} 不是日期", "sections", id_, *(["in_force"] * (key != "sorted_by")), key)
        return self

    def fields_of(self, section: str) -> dict[str, ArticleField]:
        """Every key an article of the section may have, in the order of the staff guide."""
        own = self.sections[section].fields
        return {**{name: own.get(name, field) for name, field in self.fields.items()}, **own}


def load_article_rules(path: Path) -> ArticleRules:
    """Read data/rules/articles.yml."""
    return read_declaration(path, ArticleRules)
