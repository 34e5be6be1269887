"""A new portal: all of another one but its records, its city and what only concerns the making of the generator."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

import generator
from generator.bulletin.declaration import FOLDER
from generator.model.articles import ArticleRules
from generator.model.declaration import ConfigError, Declared, read_declaration
from generator.model.portal import load_portal
from generator.scaffold.divisions import Divisions, load_divisions
from generator.scaffold.root import copy_declarations, replace
from generator.scaffold.templates import render

_TOOLS = (
    "Makefile",
    "pyproject.toml",
    "requirements.txt",
    "requirements-dev.txt",
    "tools",
    ".github",
    ".gitignore",
    ".gitattributes",
    ".editorconfig",
    "LICENSE",
)
_DEVELOPERS = re.compile(r"^ *# developers: from here\n.*?^ *# developers: to here\n", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---$", re.MULTILINE | re.DOTALL)
_DATED = re.compile(r"^date:", re.MULTILINE)
_ENTRY = re.compile(r"^- .*\n(?:[ \t]+\S.*\n)*", re.MULTILINE)
"""An entry of a Markdown list with the lines that belong to it."""


class _Levels(Declared):
    """levels.yml."""

    below: dict[str, str]
    groups: dict[str, str]
    wording: dict[str, str]


def found_portal(root: Path, source: Path, name: str, region: str) -> list[str]:
    """Make `root` a portal without records for a region, from the portal under `source`.

    Returns the files below data/ that name a place the new region does not lie in: they have to be looked at.
    Raises ConfigError for a folder that is not empty and for a code that GB/T 2260 does not have.
    """
    former = load_portal(source)
    divisions = load_divisions(source / "data" / "vocab" / "division.csv")
    if region not in divisions.names:
        raise ConfigError(root, None, f"行政区划代码表（GB/T 2260）中没有 {region}，请核对 --region")
    if not name.strip():
        raise ConfigError(root, None, "网站名称（--name）不能为空")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ConfigError(root, None, "目录不为空，请换一个目录")
    copy_declarations(source, root)
    replace(Path(generator.__file__).parent, root / "generator")
    for tool in _TOOLS:
        replace(source / tool, root / tool)
    _leave_out_articles(root / "content", former.articles)
    elsewhere = _elsewhere(former.site.region, region, divisions)
    _leave_out_developers(root)
    _leave_out_elsewhere(root / "content", elsewhere)
    _speak_as(root, region, divisions)
    (root / "data" / "records").mkdir()
    (root / "data" / "records" / ".gitkeep").touch()
    place = divisions.names[region]
    below = {code: divisions.names[code] for code in divisions.below(region)}
    settings = render(
        "site.yml.j2",
        name=name.strip(),
        place=place,
        region=region,
        key=secrets.token_hex(8),
        groups=_groups(region, divisions),
        below=below,
    )
    (root / "data" / "site.yml").write_text(settings, encoding="utf-8")
    foreign = sorted(_naming(root / "data", elsewhere))
    (root / "README.md").write_text(
        render("README.md.j2", name=name.strip(), place=place, foreign=foreign), encoding="utf-8"
    )
    load_portal(root)
    return foreign


def _leave_out_articles(content: Path, rules: ArticleRules) -> None:
    """Articles lie with their attachments in a folder for each year of a section."""
    for section in rules.sections:
        for year in (content / section).glob("[0-9]" * 4):
            shutil.rmtree(year)


def _levels() -> _Levels:
    return read_declaration(Path(__file__).with_name("levels.yml"), _Levels)


def _spoken(region: str, divisions: Divisions) -> dict[str, str]:
    return {"own": divisions.names[region][-1], "below": _levels().below[divisions.level(region)]}


def _groups(region: str, divisions: Divisions) -> dict[str, str]:
    words = _spoken(region, divisions)
    return {group: title.format(**words) for group, title in _levels().groups.items()}


def _speak_as(root: Path, region: str, divisions: Divisions) -> None:
    """Bulletins of a county do not speak of the whole city; what their comments cite stays as it is."""
    words = _spoken(region, divisions)
    wording = {said: instead.format(**words) for said, instead in _levels().wording.items()}
    either = re.compile("|".join(map(re.escape, wording)))
    for path in (root / FOLDER).rglob("*.*"):
        comment = "#" if path.suffix == ".yml" else ()  # in sentences it begins a heading
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        said = [line if line.startswith(comment) else either.sub(lambda of: wording[of[0]], line) for line in lines]
        path.write_text("".join(said), encoding="utf-8")


def _elsewhere(former: str, region: str, divisions: Divisions) -> re.Pattern[str]:
    """What the former portal's texts call its region and those around it, where the new one lies in none of them."""
    around = set(divisions.lineage(region))
    words = [divisions.word(code) for code in divisions.lineage(former) if code not in around]
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _leave_out_developers(root: Path) -> None:
    """What only those need who change the generator: it refers to tests that a portal does not have."""
    for path in (root / "Makefile", *(root / ".github").rglob("*.yml")):
        if path.is_file():
            path.write_text(_DEVELOPERS.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")


def _leave_out_elsewhere(content: Path, elsewhere: re.Pattern[str]) -> None:
    """Articles are news of the former city; in the other pages, list entries that name it are about it."""
    for path in content.rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        head = _FRONT_MATTER.match(text)
        if head and _DATED.search(head[1]):
            path.unlink()
        else:
            kept = _ENTRY.sub(lambda entry: "" if elsewhere.search(entry[0]) else entry[0], text)
            path.write_text(kept, encoding="utf-8")


def _naming(data: Path, elsewhere: re.Pattern[str]) -> Iterable[str]:
    for path in data.rglob("*.yml"):
        lines = path.read_text(encoding="utf-8").splitlines()
        if any(elsewhere.search(line) for line in lines if not line.lstrip().startswith("#")):
            yield path.relative_to(data.parent).as_posix()
