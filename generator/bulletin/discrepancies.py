"""What does not hold in a bulletin, with its place in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.bulletin.declaration import ALL, BulletinKind
from generator.bulletin.figures import Figures


@dataclass(frozen=True)
class Discrepancy:
    """A figure, a name or a day that is not what it has to be."""

    where: str
    """Place in words."""
    said: str
    found: str
    """What it should be; "" where nothing gives it."""
    rule: str
    """By what, in words."""
    figures: str = ""
    """The set of figures that it lies in; "" for what a text says."""

    @property
    def difference(self) -> str:
        """How far the two are apart; "" where they are no numbers."""
        try:
            return f"{abs(Decimal(self.said) - Decimal(self.found)):f}"
        except InvalidOperation:
            return ""

    def text(self) -> str:
        """In one line."""
        if not self.found:
            return f"{self.where}：{self.said}{self.rule}"
        apart = f"，相差{self.difference}" if self.difference else ""
        return f"{self.where}：写作{self.said}，{self.rule}为{self.found}{apart}"


def place_in_words(
    kind: BulletinKind, name: str, key: str, column: str, figures: Figures, present: Figures | None = None
) -> str:
    """What a figure is, as a clerk would say it. `present`: where units stand that were not there yet."""
    names = {line.key: line.name for of in (present, figures) if of for line in of.lines} | {ALL: "合计"}
    captions = {rules.group: rules.caption for rules in kind.tables.values() if rules.figures == name}
    if key in figures.rules.sums:
        head = f"{_untimed(captions.get(figures.rules.sums[key], key))}合计"
    else:
        head = names.get(key) or kind.name
    return f"{head}·{figures.rules.columns[column].title}" if column in figures.rules.columns else head


def _untimed(caption: str) -> str:
    """A caption without the places where the period is filled in."""
    return caption.replace("{year}年", "").replace("{number}月份", "")
