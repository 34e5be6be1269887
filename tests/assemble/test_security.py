"""The security policy of every page, and that nothing comes from another host."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from printed import Element, pages, tree


@pytest.fixture(scope="module")
def read(site: Path) -> dict[str, Element]:
    return pages(site)


def policy(content: Element) -> dict[str, list[str]]:
    [meta] = [meta for meta in content.all("meta") if meta.attributes.get("http-equiv") == "Content-Security-Policy"]
    parts = [part.split() for part in meta.attributes["content"].split(";")]
    return {name: values for name, *values in parts}


def test_every_page_has_one_policy_without_loopholes(read: dict[str, Element]) -> None:
    assert len(read) > 20
    for path, content in read.items():
        rules = policy(content)
        assert rules["default-src"] == ["'self'"], path
        assert rules["style-src"] == ["'self'"], path
        assert rules["object-src"] == ["'none'"], path
        assert rules["base-uri"] == ["'self'"], path
        assert rules["form-action"] == ["'self'"], path
        assert rules["img-src"] == ["'self'", "data:"], path
        assert rules["script-src"][0] == "'self'", path
        assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", value) for value in rules["script-src"][1:]), path


def test_the_policy_stands_before_anything_it_has_to_hold_for(site: Path) -> None:
    for path, content in tree(site).items():
        if path.endswith(".html"):
            place = content.index(b"Content-Security-Policy")
            assert not re.search(rb"<(script|link|style|img)\b", content[:place]), path


def test_the_hashes_of_a_policy_are_those_of_the_pages_inline_scripts(read: dict[str, Element]) -> None:
    for path, content in read.items():
        inline = [
            script.text()
            for script in content.all("script")
            if "src" not in script.attributes and "json" not in script.attributes.get("type", "")
        ]
        digests = {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline}
        assert set(policy(content)["script-src"][1:]) == digests, path


def test_no_page_has_inline_styles_or_handlers(read: dict[str, Element]) -> None:
    for path, content in read.items():
        assert not content.all("style"), path
        for element in content.all():
            assert "style" not in element.attributes, f"{path}: {element.name} {element.attributes}"
            assert not [name for name in element.attributes if name.startswith("on")], path


def test_nothing_is_fetched_from_another_host(site: Path, read: dict[str, Element]) -> None:
    fetching = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
    for path, content in read.items():
        for element in content.all():
            address = element.attributes.get(fetching.get(element.name, ""), "")
            if element.name == "link" and element.attributes.get("rel") not in {
                "canonical",
                "prev",
                "next",
                "alternate",
            }:
                address = element.attributes["href"]
            assert not re.match(r"(https?:)?//", address), f"{path}: {address}"
    for path, content in tree(site).items():
        if path.endswith(".css"):
            addresses = re.findall(rb"url\(\s*['\"]?([^)'\"]*)", content) + re.findall(
                rb"@import\s+['\"]([^'\"]*)", content
            )
            assert not [address for address in addresses if re.match(rb"(https?:)?//", address)], path


def test_our_own_scripts_name_no_other_host(site: Path) -> None:
    for path, content in tree(site).items():
        if path.startswith("assets/portal/") and path.endswith(".js"):
            assert not re.search(rb"https?://(?!www\.w3\.org/)", content), path
            assert not re.search(
                rb"\beval\(|new Function\(|\.innerHTML\s*=|insertAdjacentHTML|document\.write", content
            ), path


def test_addresses_in_pages_are_relative_so_that_any_sub_path_will_do(read: dict[str, Element]) -> None:
    for path, content in read.items():
        if path == "404.html":
            continue
        for element in content.all():
            for name in ("href", "src", "action"):
                assert not re.match(r"/(?!/)", element.attributes.get(name, "")), f"{path}: {element.attributes[name]}"
        [root] = [meta for meta in content.all("meta") if meta.attributes.get("name") == "portal-root"]
        depth = path.count("/")
        assert root.attributes["content"].rstrip("/") == ("/".join([".."] * depth) or "."), path
