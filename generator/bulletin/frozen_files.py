"""Reads data/bulletins/: what a file says has to be declared, or nothing is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from generator.bulletin.declaration import BulletinKind
from generator.bulletin.frozen import DIGEST, FROZEN, Change, Frozen, FrozenMonth
from generator.model.declaration import ConfigError, line_of, read_declaration
from generator.model.portal import Portal
from generator.model.site import Site


def load_frozen(portal: Portal, kinds: Mapping[str, BulletinKind]) -> dict[tuple[str, str], Frozen]:
    """Frozen bulletins by kind and period. Raises ConfigError for what is not declared or lies under another month."""
    found = {}
    for path in sorted((portal.root / FROZEN).glob("*.yml")):
        for name, frozen in read_declaration(path, FrozenMonth).bulletins.items():
            if name not in kinds:
                raise ConfigError(path, line_of(path, "bulletins", name), f"没有名为 {name} 的通报种类")
            _check_period(frozen.period, kinds[name], path)
            _check_figures(frozen, kinds[name], path)
            _check_rankings(frozen, kinds[name], path)
            _check_corrections(frozen, kinds[name], portal.site, path)
            found[name, frozen.period] = frozen
    return found


def _check_period(period: str, kind: BulletinKind, path: Path) -> None:
    form = "2023-12" if kind.period == "month" else "2023-12-31"
    if len(period) != len(form) or not _is_day(f"{period}-01"[:10]):
        fault = f"期次 {period} 应写作 {form} 的形式"
    elif period[:7] != path.stem:
        fault = f"期次 {period} 应放在 {period[:7]}.yml"
    else:
        return
    raise ConfigError(path, line_of(path, "bulletins", kind.id, "period"), fault)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_figures(frozen: Frozen, kind: BulletinKind, path: Path) -> None:
    for key, of in frozen.figures.items():
        place = ("bulletins", kind.id, "figures", key)
        rules = kind.figures.get(key)
        if rules is None or (strange := [column for column in of.columns if column not in rules.columns]):
            raise ConfigError(
                path, line_of(path, *place), f"{key}：{strange[0] if rules else key} 在通报种类中没有声明"
            )
        if strange := [sum_name for sum_name in of.sums if sum_name != "all" and sum_name not in rules.sums]:
            raise ConfigError(path, line_of(path, *place, "sums", strange[0]), "没有这一合计")
        rows = {("lines", line): entry.values for line, entry in of.lines.items()}
        for row, values in {**rows, **{("sums", line): values for line, values in of.sums.items()}}.items():
            if len(values) != len(of.columns) or not all(_is_figure(value) for value in values):
                raise ConfigError(path, line_of(path, *place, *row), f"应为 {len(of.columns)} 个数字，没有的写 null")


def _is_figure(value: int | str | None) -> bool:
    try:
        return value is None or Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _check_rankings(frozen: Frozen, kind: BulletinKind, path: Path) -> None:
    for key, rule in frozen.rankings.items():
        if rule.figures not in kind.figures or rule.column not in kind.figures[rule.figures].columns:
            line = line_of(path, "bulletins", kind.id, "rankings", key)
            raise ConfigError(path, line, f"{rule.figures} 的 {rule.column} 在通报种类中没有声明")


def _check_corrections(frozen: Frozen, kind: BulletinKind, site: Site, path: Path) -> None:
    known = {"", *site.former_ids(), *(unit.id for unit in site.units), *(region.code for region in site.regions)}
    for number, correction in enumerate(frozen.corrections):
        for place, change in enumerate(correction.changes):
            if fault := _fault_of(change, frozen, kind, known):
                line = line_of(path, "bulletins", kind.id, "corrections", number, "changes", place)
                raise ConfigError(path, line, f"更正 {change.place}：{fault}")


def _fault_of(change: Change, frozen: Frozen, kind: BulletinKind, known: set[str]) -> str:
    """What is wrong with a change, "" where nothing is. A unit that came later is not among the frozen lines."""
    name, key, column = change.place.split("/")
    rules = kind.figures.get(name)
    if rules is None:
        return f"通报种类中没有名为 {name} 的 figures"
    if key not in known and not (name in frozen.figures and key in frozen.figures[name].lines):
        return f"没有代号为 {key} 的单位"
    if column == DIGEST:
        return ""
    if column not in rules.columns or rules.columns[column].is_rate:
        return f"{name} 没有名为 {column} 的计数列"
    return "" if change.was.isdecimal() and change.now.isdecimal() else "was 和 now 应为数字"
