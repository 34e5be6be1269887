"""Looks at a built site without the generator: its files, its pages, and what readers see in them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def tree(site: Path) -> dict[str, bytes]:
    """Path below the site's root → bytes."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def unpacked(content: bytes) -> bytes:
    """Bytes as a reader gets them."""
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


def document(site: Path, path: str) -> Any:
    """A JSON file of the site, packed or not."""
    return json.loads(unpacked((site / path).read_bytes()))


@dataclass
class Element:
    """One element of a page."""

    name: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        """Everything a reader sees in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def all(self, name: str = "", **attributes: str) -> list[Element]:
        """Elements below it, by name and attributes (`class_` for class)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        found = []
        for child in self.children:
            if isinstance(child, Element):
                has = all(value in child.attributes.get(key, "").split() for key, value in wanted.items())
                if (not name or child.name == name) and has:
                    found.append(child)
                found += child.all(name, **attributes)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Element("", {})
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].name == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def page(html: bytes | str) -> Element:
    """A page, parsed."""
    reader = _Reader()
    reader.feed(html.decode() if isinstance(html, bytes) else html)
    return reader.top


def pages(site: Path) -> dict[str, Element]:
    """Every page of a site, parsed."""
    return {path.relative_to(site).as_posix(): page(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
