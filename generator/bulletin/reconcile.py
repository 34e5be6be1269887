"""Cross-footing: lines to sums, parts to wholes, rates to their parts, sentences to figures. Every place is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from generator.bulletin.declaration import ALL, BulletinKind, Reconciliation
from generator.bulletin.figures import Figures, rate_of
from generator.bulletin.prose import untraced


@dataclass(frozen=True)
class Discrepancy:
    """A figure that is not what it has to be."""

    where: str
    """Place in words."""
    said: str
    found: str
    """What it should be; "" where nothing gives it."""
    rule: str
    """By what, in words."""

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


def reconcile(
    kind: BulletinKind, period: str, figures: Mapping[str, Figures], text: str, quoted: Sequence[str]
) -> list[Discrepancy]:
    """All places where figures and sentences of a bulletin contradict each other."""
    found = [entry for name, of in figures.items() for entry in (*_sums(kind, name, of), *_rates(kind, name, of))]
    for rule in kind.reconciliations:
        found += _sum_rule(kind, rule, figures) if rule.equals else _part_rule(kind, rule, figures)
    return [*found, *_sentences(kind, period, figures, text, quoted)]


def place_in_words(kind: BulletinKind, name: str, key: str, column: str, figures: Figures) -> str:
    """What a figure is, as a clerk would say it."""
    names = {line.key: line.name for line in figures.lines} | {ALL: "合计"}
    captions = {rules.group: rules.caption for rules in kind.tables.values() if rules.figures == name}
    if key in figures.rules.sums:
        head = f"{_untimed(captions.get(figures.rules.sums[key], key))}合计"
    else:
        head = names.get(key) or kind.name
    return f"{head}·{figures.rules.columns[column].title}" if column in figures.rules.columns else head


def _untimed(caption: str) -> str:
    """A caption without the places where the period is filled in."""
    return caption.replace("{year}年", "").replace("{number}月份", "")


def _sums(kind: BulletinKind, name: str, figures: Figures) -> Iterator[Discrepancy]:
    for key, values in figures.stated.items():
        for column, value in values.items():
            if figures.rules.columns[column].is_rate:
                continue
            added = figures.added_up.get(key, {}).get(column, Decimal(0))
            if value != added:
                where = place_in_words(kind, name, key, column, figures)
                yield Discrepancy(where, str(value), str(added), "逐行相加")


def _rates(kind: BulletinKind, name: str, figures: Figures) -> Iterator[Discrepancy]:
    for key, values in figures.values().items():
        for column, declared in figures.rules.columns.items():
            if not declared.is_rate:
                continue
            counts = {part: value for part, value in values.items() if not figures.rules.columns[part].is_rate}
            expected = rate_of(declared, counts)
            said = values.get(column)
            if (expected is None) != (said is None) or (expected is not None and str(expected) != str(said)):
                where = place_in_words(kind, name, key, column, figures)
                yield Discrepancy(
                    where, str(said or "-"), str(expected or "-"), "按分子、分母计算（保留两位小数，四舍五入）"
                )


def _sum_rule(kind: BulletinKind, rule: Reconciliation, figures: Mapping[str, Figures]) -> Iterator[Discrepancy]:
    for name, key, column in _places(str(rule.equals), figures):
        of = figures[name]
        whole = of.values()[key].get(column)
        if whole is None or of.rules.columns[column].is_rate:
            continue
        parts = [_value(part, key, column, figures) for part in rule.sum]
        known = [part for part in parts if part is not None]
        added = sum(known, Decimal(0))
        if added != whole:
            where = place_in_words(kind, name, key, column, of)
            yield Discrepancy(where, str(whole), str(added), f"{rule.says}，应")


def _part_rule(kind: BulletinKind, rule: Reconciliation, figures: Mapping[str, Figures]) -> Iterator[Discrepancy]:
    for name, key, column in _places(str(rule.part), figures):
        part = figures[name].values()[key].get(column)
        whole = _value(str(rule.whole), key, column, figures)
        if part is not None and whole is not None and part > whole:
            where = place_in_words(kind, name, key, column, figures[name])
            yield Discrepancy(where, str(part), str(whole), f"{rule.says}，至多")


def _places(written: str, figures: Mapping[str, Figures]) -> Iterator[tuple[str, str, str]]:
    """The single places that a written one with `*` stands for."""
    name, key, column = written.split("/")
    of = figures[name]
    for each in of.values() if key == "*" else [key]:
        for one in of.rules.columns if column == "*" else [column]:
            yield name, each, one


def _value(written: str, key: str, column: str, figures: Mapping[str, Figures]) -> Decimal | None:
    """The figure of a place; its `*` are the line and column of the other side."""
    name, own_key, own_column = written.split("/")
    values = figures[name].values().get(key if own_key == "*" else own_key, {})
    return values.get(column if own_column == "*" else own_column)


def _sentences(
    kind: BulletinKind, period: str, figures: Mapping[str, Figures], text: str, quoted: Sequence[str]
) -> Iterator[Discrepancy]:
    for entry in untraced(text, period, figures, quoted):
        if entry.found is None:
            yield Discrepancy(entry.where, entry.said, "", "在本期统计数字中没有出处")
        else:
            name, _, rest = entry.place.partition("/")
            key, _, column = rest.rpartition("/")
            said = place_in_words(kind, name, key, column, figures[name]) if name in figures else "期次"
            yield Discrepancy(f"{entry.where}中的{said}", entry.said, entry.found, "统计表中")
