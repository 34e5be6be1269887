"""Cross-footing: lines to sums, parts to wholes, rates to their parts. Every place is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.bulletin.declaration import BulletinKind, Reconciliation
from generator.bulletin.discrepancies import Discrepancy, place_in_words
from generator.bulletin.figures import Figures, rate_of


def reconcile(kind: BulletinKind, figures: Mapping[str, Figures]) -> list[Discrepancy]:
    """All places where figures of a bulletin contradict each other."""
    found = [entry for name, of in figures.items() for entry in (*_sums(kind, name, of), *_rates(kind, name, of))]
    for rule in kind.reconciliations:
        found += _sum_rule(kind, rule, figures) if rule.equals else _part_rule(kind, rule, figures)
    return found


def _sums(kind: BulletinKind, name: str, figures: Figures) -> Iterator[Discrepancy]:
    for key, values in figures.stated.items():
        for column, value in values.items():
            if figures.rules.columns[column].is_rate:
                continue
            added = figures.added_up.get(key, {}).get(column, Decimal(0))
            if value != added:
                where = place_in_words(kind, name, key, column, figures)
                yield Discrepancy(where, str(value), str(added), "逐行相加", name)


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
                    where, str(said or "-"), str(expected or "-"), "按分子、分母计算（保留两位小数，四舍五入）", name
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
            yield Discrepancy(where, str(whole), str(added), f"{rule.says}，应", name)


def _part_rule(kind: BulletinKind, rule: Reconciliation, figures: Mapping[str, Figures]) -> Iterator[Discrepancy]:
    for name, key, column in _places(str(rule.part), figures):
        part = figures[name].values()[key].get(column)
        whole = _value(str(rule.whole), key, column, figures)
        if part is not None and whole is not None and part > whole:
            where = place_in_words(kind, name, key, column, figures[name])
            yield Discrepancy(where, str(part), str(whole), f"{rule.says}，至多", name)


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
