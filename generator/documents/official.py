"""What a document of an authority says, whatever file it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.render.bulletin_notes import BulletinNote


@dataclass(frozen=True)
class Table:
    """A table as it is printed: every cell a text."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    """Which columns hold figures."""
    total: tuple[str, ...] = ()
    unit: str = ""
    """Of the counts."""
    note: str = ""


@dataclass(frozen=True)
class OfficialDocument:
    """The parts of a document in the order of GB/T 9704-2012; what is empty is not printed."""

    head: str
    """发文机关标志."""
    number: str
    """发文字号, such as 平信用〔2021〕1号."""
    title: str
    marks: tuple[str, ...]
    """What every page says at its head: 未定稿."""
    is_draft: bool
    text: str
    """Paragraphs between blank lines, `## ` before a heading."""
    annexes: tuple[Table, ...]
    signer: str
    day: date
    """成文日期; of a draft the last day that it counts, which is not printed."""
    copies: tuple[str, ...]
    """抄送."""
    printer: str
    """印发机关."""
    notes: tuple[BulletinNote, ...]
    """What the site has to say of it and is no part of it."""
    attached: tuple[Table, ...]
    """Tables that notes speak of."""
