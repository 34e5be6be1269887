"""Who publishes: name, contacts, assigned codes, regions and units, as declared in data/site.yml."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, model_validator
from pydantic import Field as Setting

from generator.model.declaration import Declared, PlacedError, read_declaration


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        whole = parts.scheme in {"http", "https"} and parts.hostname and not any(map(str.isspace, text))
    except ValueError:  # brackets that hold no IPv6 address
        whole = False
    if not whole:
        raise ValueError(f"应为完整的网址，如 https://www.example.gov.cn/，现为 {text!r}")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
"""A full address that pages link to: http or https, nothing that a browser would run."""


class Region(Declared):
    """A county or district; `local` marks areas that GB/T 2260 does not know (开发区, 示范区)."""

    code: str
    name: str
    local: bool = False
    aliases: tuple[str, ...] = ()


class Unit(Declared):
    """A department or county that reports records. Its folder and file names carry its id."""

    id: str
    name: str
    group: str
    region: str
    code: str | None = None
    """Unified social credit code."""
    url: WebAddress | None = None
    """Its own site, linked from the notices it reported."""
    aliases: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """Beginnings of the names of authorities that report through this unit."""
    former_ids: tuple[str, ...] = ()
    """Ids it had before: bulletins that were issued under these are its own."""

    def names(self) -> tuple[str, ...]:
        """Every name the unit is written by."""
        return (self.name, *self.aliases)

    def is_source(self, name: str, code: str) -> bool:
        """Whether an authority of this name and code reports through the unit."""
        return name in self.names() or name.startswith(self.covers or ("\0",)) or (code != "" and code == self.code)


class Contact(Declared):
    """How the public reaches the operator."""

    phone: str | None = None
    email: str | None = None
    address: str | None = None
    hours: str | None = None


class Identifiers(Declared):
    """Numbers assigned by authorities. Never invented: an empty one is left out and warned about."""

    icp: str | None = None
    police: str | None = None
    site_code: str | None = None


class Link(Declared):
    """A link of the footer."""

    title: str
    url: WebAddress


class Enterprises(Declared):
    """How many enterprises the place has, individually-owned businesses included: what some ratios are made of."""

    count: int = Setting(gt=0)
    as_of: date
    source: str


class Site(Declared):
    """data/site.yml."""

    name: str
    description: str
    demo: bool = False
    """Every page says that its records are fictional."""
    today: date | None = None
    """Fixes the day the site is built for; only for demonstrations."""
    address: str | None = Setting(None, pattern=r"^https?://.+/$")
    """Full address of the published site, ending in a slash; canonical links and the sitemap need it."""
    region: str
    id_key: str = Setting(min_length=16, max_length=16)
    """Key of the record ids."""
    organizer: str
    operator: str | None = None
    contact: Contact = Contact()
    identifiers: Identifiers = Identifiers()
    links: tuple[Link, ...] = ()
    enterprises: Enterprises | None = None
    groups: dict[str, str]
    regions: tuple[Region, ...]
    units: tuple[Unit, ...]

    @model_validator(mode="after")
    def _references(self) -> Site:
        regions = {region.code for region in self.regions}
        seen: set[str] = set()
        for place, unit in enumerate(self.units):
            if unit.group not in self.groups:
                raise PlacedError(f"{unit.id} 的 group {unit.group} 未在 groups 中列出", "units", place, "group")
            if unit.region not in regions:
                raise PlacedError(f"{unit.id} 的 region {unit.region} 未在 regions 中列出", "units", place, "region")
            if unit.id in seen:
                raise PlacedError(f"单位代号 {unit.id} 重复", "units", place, "id")
            seen.add(unit.id)
        former: set[str] = set()
        for place, unit in enumerate(self.units):
            for old in unit.former_ids:
                if old in seen or old in former:
                    raise PlacedError(f"{old} 已是另一单位的代号或者原代号", "units", place, "former_ids")
                former.add(old)
        if self.region not in regions:
            raise PlacedError(f"{self.region} 未在 regions 中列出", "region")
        if len(self.id_key.encode()) != 16:
            raise PlacedError("应为16个英文字符", "id_key")
        return self

    def region_of(self, written: str) -> Region | None:
        """The region of a code, a name or an alias."""
        named = (region for region in self.regions if written in (region.code, region.name, *region.aliases))
        return next(named, None)

    def unit_index(self) -> dict[str, int]:
        """Unit id → place in `units`; records carry the place."""
        return {unit.id: place for place, unit in enumerate(self.units)}

    def former_ids(self) -> dict[str, str]:
        """Former id of a unit → its present one."""
        return {old: unit.id for unit in self.units for old in unit.former_ids}

    def missing(self) -> list[str]:
        """Names of the settings a government site has to show and this one leaves empty."""
        shown = {
            "address（网站地址）": self.address,
            "contact.phone（联系电话）": self.contact.phone,
            "contact.email（电子邮箱）": self.contact.email,
            "contact.address（联系地址）": self.contact.address,
            "identifiers.icp（ICP备案号）": self.identifiers.icp,
            "identifiers.police（公安备案号）": self.identifiers.police,
            "identifiers.site_code（网站标识码）": self.identifiers.site_code,
        }
        return [name for name, value in shown.items() if not value]


def load_site(path: Path) -> Site:
    """Read data/site.yml."""
    return read_declaration(path, Site)
