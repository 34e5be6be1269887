"""版记: who gets copies, who printed a document and when, at the foot of its last page (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from docx.document import Document as DocumentFile

from generator.documents.form import add_piece
from generator.documents.official import OfficialDocument
from generator.documents.paper import LINE, Paper, ems

_CHARACTER = 14 * 20
"""四号, in twips."""
_COPIES = "抄送："


@dataclass(frozen=True)
class _Entry:
    """Between two rules."""

    parts: tuple[str, ...]
    """From the left edge and from the right one."""
    hanging: int
    """How far lines after the first are set in, in twips."""
    lines: int

    @property
    def height(self) -> int:
        """In twips."""
        return self.lines * LINE


def add_imprint(document: DocumentFile, content: OfficialDocument, day: str, paper: Paper) -> None:
    """Put it at the foot of the present page, as far as it is declared. `day`: that of the document, in words."""
    entries = []
    if content.copies:
        entries.append(_entry((f"{_COPIES}{'，'.join(content.copies)}。",), ems(_COPIES), paper))
    if content.printer:
        entries.append(_entry((content.printer, f"{day}印发"), 0, paper))
    if entries:
        top = paper.height - paper.bottom - sum(entry.height for entry in entries)
        for entry in entries:
            first, last = entry is entries[0], entry is entries[-1]
            add_piece(document, "imprint", entry=entry, first=first, last=last, top=top, paper=paper)
            top += entry.height
        document.add_paragraph(style="占位")


def _entry(parts: tuple[str, ...], hanging: float, paper: Paper) -> _Entry:
    # A character is left free at both edges, and one between the parts.
    room = paper.text_width / _CHARACTER - 2
    width = sum(map(ems, parts)) + len(parts) - 1
    lines = 1 + max(0, math.ceil((width - room) / (room - hanging)))
    return _Entry(("　" + parts[0], *parts[1:]), round((hanging + 1) * _CHARACTER), lines)
