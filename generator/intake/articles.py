"""Finds the articles of the declared sections and reads their front matter; only what cannot be read is a fault."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import yaml

from generator.intake.sources import is_leftover
from generator.issues import Issue
from generator.model.portal import Portal

CONTENT = "content"

_PLACE = re.compile(r"(?P<year>[12]\d{3})/(?P<name>[a-z0-9][a-z0-9-]*)\.md")

Value = str | list[str]


@dataclass(frozen=True)
class ArticleFile:
    """An article as it lies on the disk. Its name is its id: links and feeds keep it when it moves."""

    path: str
    """Below the portal's root."""
    section: str
    year: str
    name: str
    head: dict[str, Value]
    """Front matter: every value as it is written."""
    lines: dict[str, int]
    """Key → line of the file."""
    body: str
    body_line: int
    """Line of the file on which the body begins."""


@dataclass(frozen=True)
class ArticleFolder:
    """All that lies in the folders of the sections. Paths are below the portal's root."""

    articles: list[ArticleFile] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    """Files that are no articles."""
    unread: list[str] = field(default_factory=list)
    """What is neither: articles in the wrong place, what cannot be read, and what editors leave behind."""
    issues: list[Issue] = field(default_factory=list)


def read_articles(portal: Portal) -> ArticleFolder:
    """Read the folders of all sections, in the order of their paths."""
    found = ArticleFolder()
    for section in portal.articles.sections:
        folder = portal.root / CONTENT / section
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = path.relative_to(portal.root).as_posix()
            if is_leftover(path.name):
                found.unread.append(name)
                continue
            if path.suffix.lower() != ".md":
                found.beside.add(name)
                continue
            article = _read(path, name, section, PurePosixPath(name).relative_to(f"{CONTENT}/{section}").as_posix())
            if isinstance(article, Issue):
                found.issues.append(article)
                found.unread.append(name)
            else:
                found.articles.append(article)
    return found


def _read(path: Path, name: str, section: str, place: str) -> ArticleFile | Issue:
    matched = _PLACE.fullmatch(place)
    if not matched:
        return Issue(name, code="article-misplaced", details=(("section", section),))
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return _unreadable(name, 0, "不是 UTF-8 编码")
    if not lines or lines[0].rstrip() != "---" or "---" not in map(str.rstrip, lines[1:]):
        return _unreadable(name, 1, "开头没有用两行 --- 括起来的填写项")
    end = next(place for place, line in enumerate(lines[1:], 1) if line.rstrip() == "---")
    head = _head("\n".join(lines[1:end]))
    if isinstance(head, tuple):
        return _unreadable(name, *head)
    return ArticleFile(
        path=name,
        section=section,
        year=matched["year"],
        name=matched["name"],
        head={key: value for key, (_, value) in head.items()},
        lines={key: line for key, (line, _) in head.items()},
        body="\n".join(lines[end + 1 :]).strip("\n") + "\n",
        body_line=end + 2 + _blank_lines(lines[end + 1 :]),
    )


def _blank_lines(lines: list[str]) -> int:
    return next((place for place, line in enumerate(lines) if line), 0)


def _head(text: str) -> dict[str, tuple[int, Value]] | tuple[int, str]:
    """Key → line of the file and value; or line and what is wrong. A value is text, whatever YAML might see in it."""
    try:
        document = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return (mark.line + 2 if mark else 1), "写法有误，请检查冒号后的空格、引号和缩进；内容里有冒号的加英文双引号"
    if not isinstance(document, yaml.MappingNode):
        return 2, "填写项应为每行“键: 值”"
    found: dict[str, tuple[int, Value]] = {}
    for key, value in document.value:
        line = key.start_mark.line + 2
        if key.value in found:
            return line, f"{key.value} 写了两次"
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not all(isinstance(item, yaml.ScalarNode) for item in items):
            return line, f"{key.value} 应为一行文字，或者每行一项的列表"
        texts = [item.value.strip() for item in items]
        found[str(key.value)] = line, texts if isinstance(value, yaml.SequenceNode) else texts[0]
    return found


def _unreadable(name: str, line: int, reason: str) -> Issue:
    return Issue(name, row=line, code="article-unreadable", details=(("reason", reason),))
