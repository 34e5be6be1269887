"""Pours archive pages into the theme's frame.

The engine renders one empty page at the depth of the archive, because the theme writes
depth-relative addresses into attributes and inline scripts; thousands of pages are poured into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape

from generator.assemble.security import with_policy

FRAME_FOLDER = "frame"
NOINDEX = '<meta name="robots" content="noindex">'
_CANONICAL = re.compile(r'<link rel="(?:canonical|prev|next)"[^>]*>')
_TITLE, _CONTENT, _HEAD = "@@title@@", "@@content@@", "<!--@@head@@-->"


def frame_source(depth: int) -> tuple[str, str]:
    """Path and text of the empty page for a depth (number of path segments of the address)."""
    segments = "/".join([FRAME_FOLDER, *(str(level) for level in range(2, depth + 1))])
    text = f'---\ntitle: "{_TITLE}"\nframe: true\nsection: notices/\nhide: [navigation, toc, path]\n---\n'
    return f"{segments}.md", text


@dataclass(frozen=True)
class Frame:
    """A rendered empty page."""

    html: str
    address: str | None

    @classmethod
    def load(cls, html_folder: Path, depth: int, address: str | None) -> Frame:
        """Take the frame of a depth out of the engine's output."""
        path = html_folder.joinpath(FRAME_FOLDER, *(str(level) for level in range(2, depth + 1)), "index.html")
        html = path.read_text(encoding="utf-8")
        for mark in (_TITLE, _CONTENT):
            if mark not in html:
                raise ValueError(f"the frame has no {mark}: theme_overrides/main.html has to keep it")
        # The theme names the frame's own address; each page poured into it has another.
        return cls(with_policy(_CANONICAL.sub("", html)), address)

    @property
    def made_of(self) -> str:
        """What every page poured into it says beside its own content."""
        return f"{self.address}\n{self.html}"

    def pour(self, path: str, title: str, content: str, indexed: bool) -> str:
        """A whole page: title and canonical address replaced, content poured in."""
        head = "" if indexed else NOINDEX
        if self.address:
            head += f'<link rel="canonical" href="{escape(self.address + path.removesuffix("index.html"))}">'
        html = self.html.replace(_HEAD, head, 1).replace(_TITLE, str(escape(title)))
        return html.replace(_CONTENT, content, 1)
