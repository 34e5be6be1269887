"""Finds hand-written pages that name a subject whose records have all left the site; staff decide about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import ahocorasick

from generator.issues import Issue
from generator.model.portal import Portal
from generator.publish.publish import Published

_MIN_LENGTH = 4
"""Shorter names are words that any text may contain."""


def articles_naming_removed(portal: Portal, published: Published) -> Iterator[Issue]:
    """An issue for each page under content/; it says how many names, not which."""
    removed: set[str] = set()
    for kind in portal.kinds.values():
        names = [kind.roles.subject, *filter(None, [kind.roles.subject_code])]
        for values in published.hidden.values(kind, names):
            removed.update(value for value in values if len(value) >= _MIN_LENGTH)
    if not removed:
        return
    for kind in portal.kinds.values():
        names = [kind.roles.subject, *filter(None, [kind.roles.subject_code])]
        for values in published.view.distinct(kind, names):
            removed.difference_update(values)
    searcher = ahocorasick.Automaton()
    for name in removed:
        searcher.add_word(name, name)
    searcher.make_automaton()
    for path in sorted((portal.root / "content").rglob("*.md")) if removed else []:
        found = Counter(name for _, name in searcher.iter(path.read_text(encoding="utf-8")))
        if found:
            name = path.relative_to(portal.root).as_posix()
            yield Issue(name, code="article-names-removed", details=(("count", str(found.total())),))
