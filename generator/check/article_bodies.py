"""Checks the text of articles for what would break a page, lead nowhere, or may not be said in public.

The printer is strict: a link that leads nowhere stops the whole site. So an article is left out before it gets there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote

import pyarrow as pa
from markdown.extensions.toc import slugify_unicode

from generator.intake.articles import CONTENT, ArticleFile, ArticleFolder
from generator.issues import Issue, masked
from generator.model.portal import Portal

GENERATED = (
    "index.md",
    "notices/index.md",
    "bulletins/index.md",
    "statistics/index.md",
    "services/repair.md",
    "services/objection.md",
    "data/index.md",
    "status.md",
    "about/rules.md",
)
"""Pages that the generator writes for every site and that articles may link to, beside those of the sections."""

_LINK = re.compile(
    r"(?P<picture>!?)\[[^\]]*\]\(\s*<?(?P<target>[^)\s>]*)>?[^)]*\)|^ {0,3}\[[^\]]+\]:\s*<?(?P<named>[^\s>]+)"
)
_CODE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)`*~*\s*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|style|iframe|object|embed|form|link|meta|base|img|video|audio|svg)\b|<[^>]*\s(?:on\w+|style)\s*=|javascript:",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_OWN_ANCHOR = re.compile(r"\{:?\s*#([\w-]+)|\bid=[\"']([\w-]+)")
_ELSEWHERE = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


def check_bodies(found: ArticleFolder, portal: Portal, left_out: set[str]) -> list[Issue]:
    """Faults of the texts. `left_out`: paths of what is not published anyway; links to it lead nowhere."""
    issues = [
        issue for article in found.articles for issue in (*_check_text(article), *_check_privacy(article, portal))
    ]
    left_out = {*left_out, *found.unread, *(issue.file for issue in issues)}
    known = _Targets(portal, found)
    # An article that links to one that is left out is left out as well, and so on.
    pending = [article for article in found.articles if article.path not in left_out]
    while broken := [issue for article in pending for issue in known.broken(article, left_out)]:
        issues += broken
        left_out |= {issue.file for issue in broken}
        pending = [article for article in pending if article.path not in left_out]
    return issues


def pictures(article: ArticleFile) -> list[str]:
    """Names of the files in its own folder that an article shows or links to in its text."""
    targets = (unquote(target) for _, _, target in _links(article))
    return [target for target in targets if "/" not in target and not target.endswith(".md") and "#" not in target]


def _lines(article: ArticleFile) -> list[tuple[int, str]]:
    """Lines of the file with what is no code in them."""
    text = _CODE.sub(lambda match: "\n" * match[0].count("\n"), article.body)
    return list(enumerate(text.split("\n"), article.body_line))


def _links(article: ArticleFile) -> Iterator[tuple[int, bool, str]]:
    """Line, whether it is a picture, target."""
    for number, line in _lines(article):
        for match in _LINK.finditer(line):
            yield number, bool(match["picture"]), match["target"] or match["named"] or ""


def _check_text(article: ArticleFile) -> Iterator[Issue]:
    for number, line in _lines(article):
        if match := _MARKUP.search(line):
            yield Issue(article.path, row=number, code="article-markup", value=match[0])
        if (heading := _HEADING.match(line)) and heading[1] == "#":
            yield Issue(article.path, row=number, code="article-heading", value=heading[2])


def _check_privacy(article: ArticleFile, portal: Portal) -> Iterator[Issue]:
    """What not even an office may say of a person: a page that says it would stop the whole site."""
    rules = portal.privacy
    never = {detector.name for detector in rules.detectors if not detector.offices_publish}
    head = [(article.lines[key], str(value)) for key, value in article.head.items()]
    numbers, lines = zip(*head, *enumerate(article.body.split("\n"), article.body_line), strict=True)
    for place, name in rules.found_in(pa.array(lines, pa.large_string())):
        if name in never:
            yield Issue(article.path, row=numbers[place], code="article-privacy", details=(("what", name),))


class _Targets:
    """What articles may link to."""

    def __init__(self, portal: Portal, found: ArticleFolder) -> None:
        self._content = portal.root / CONTENT
        sections = portal.articles.sections
        self._generated = {
            f"{CONTENT}/{name}" for name in (*GENERATED, *(f"{section}/index.md" for section in sections))
        }
        self._folders = tuple(f"{CONTENT}/{section}/" for section in sections)
        self._endings = {*portal.articles.files.attached, *portal.articles.files.shown}
        self._articles = {article.path for article in found.articles}
        self._beside = found.beside

    def broken(self, article: ArticleFile, left_out: set[str]) -> Iterator[Issue]:
        """An issue for each link that leads nowhere."""
        for line, picture, target in _links(article):
            if not (self._is_picture(article, target) if picture else self._leads(article, unquote(target), left_out)):
                yield Issue(article.path, row=line, code="article-link", value=masked(target))

    def _is_picture(self, article: ArticleFile, target: str) -> bool:
        path = PurePosixPath(article.path).parent / unquote(target)
        ending = path.suffix.lower().removeprefix(".")
        return "/" not in target and path.as_posix() in self._beside and ending in self._endings

    def _leads(self, article: ArticleFile, target: str, left_out: set[str]) -> bool:
        if _ELSEWHERE.match(target):
            return True
        path, _, anchor = target.partition("#")
        if not path:
            return anchor in _anchors(article.body)
        reached = normpath((PurePosixPath(article.path).parent / path).as_posix())
        if path.startswith("/") or reached in left_out:
            return False
        if reached in self._generated:
            return not anchor
        if not reached.endswith(".md"):
            return self._is_picture(article, path) and not anchor
        # Within the folders of the sections only articles are pages.
        if reached not in self._articles and reached.startswith(self._folders):
            return False
        page = Path(self._content.parent, reached)
        if not reached.startswith(f"{CONTENT}/") or not page.is_file():
            return False
        return not anchor or anchor in _anchors(page.read_text(encoding="utf-8"))


def _anchors(text: str) -> set[str]:
    headings = [heading[2] for line in text.split("\n") if (heading := _HEADING.match(line))]
    own = {first or second for first, second in _OWN_ANCHOR.findall(text)}
    return own | {slugify_unicode(re.sub(r"\s*\{[^}]*\}$", "", heading), "-") for heading in headings}
