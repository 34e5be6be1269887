"""What was written otherwise than prescribed and safely read all the same: listed, so that nothing changes unseen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.issues import shorten
from generator.model.declaration import Declared, read_declaration


class _Ways(Declared):
    """mendings.yml."""

    ways: dict[str, str]


@cache
def ways() -> dict[str, str]:
    """Code of a way of mending → what was done, in words."""
    return read_declaration(Path(__file__).with_name("mendings.yml"), _Ways).ways


@dataclass(frozen=True, order=True)
class Mending:
    """What was mended in one way in one column of a table. Sorts by place."""

    file: str
    """Path below the portal's root."""
    sheet: str
    column: str
    """Heading of the column."""
    way: str
    count: int
    """Rows."""
    row: int
    """The first of them, as Excel counts."""
    written: str
    """What stands there, as it may be shown; "" where the column is private."""
    read: str
    """What it was read as; "" for nothing, and where the column is private."""

    @property
    def text(self) -> str:
        """The whole of it in one line, without the file."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        example = f"“{shorten(self.written)}”" if self.written else ""
        example += f"读作“{shorten(self.read)}”" if self.written and self.read else ""
        return f"{sheet}“{self.column}”：{ways()[self.way]}，{self.count:,} 处（如第 {self.row} 行{example}）"
