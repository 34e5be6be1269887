"""How long a record is shown, as declared in data/rules/display.yml.

Rule sets are dated documents; each has, for a kind, cases of which the first that fits applies.
A record's last day is the earliest that any rule set in force between the decision and `today`
gives, and one that says "not shown" is enough: a change of the law never shows a record longer
than its stricter reading. A last day is still a day of display.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from pydantic import Field as Setting
from pydantic import model_validator

from generator.model.condition import holds
from generator.model.declaration import ConfigError, Declared, PlacedError, line_of, read_declaration
from generator.model.distinct import each_once
from generator.model.kind import Condition, Kind
from generator.model.kinds import unknown_values
from generator.model.values import NO_END, VALUE_TYPES
from generator.model.vocabulary import Vocabulary

STAFF = "staff"
"""Stands in place of a rule set's id where staff gave an earlier last day."""


class Case(Declared):
    """What a rule set says of the records that meet all its conditions."""

    when: tuple[Condition, ...] = ()
    shown: bool = True
    from_: str | None = Setting(None, alias="from")
    """Field the period runs from; the day of the decision if not given. A day without end has no end."""
    shortest: int = Setting(0, ge=0)
    """Months until repair may be applied for."""
    longest: int | None = Setting(None, ge=0)
    """Months after which display stops by itself; none: this rule set sets no end."""


class RuleSet(Declared):
    """A legal document (or the site's own rule) and the days it is in force."""

    id: str
    title: str
    number: str
    """Number of the document or article."""
    since: date
    until: date | None = None
    """Last day in force; none while it is in force."""
    source: str
    cases: dict[str, tuple[Case, ...]]
    """Kind → cases, in order."""


class Suggestion(Declared):
    """Fills in a field that staff left blank, from another field of several choices: the gravest applies."""

    field: str
    from_: str = Setting(alias="from")
    gravest_last: tuple[str, ...]
    values: dict[str, str]
    otherwise: str
    source: str

    @model_validator(mode="after")
    def _known(self) -> Suggestion:
        for name, value in {**self.values, "otherwise": self.otherwise}.items():
            if value not in self.gravest_last:
                raise PlacedError(f"{value} 未在 gravest_last 中列出", "values", name)
        return self


@dataclass(frozen=True)
class Display:
    """What the rules say of each row; arrays of one entry a row."""

    shown: np.ndarray
    """Boolean: False where a rule set forbids display altogether."""
    last_day: pd.Series
    """ISO day or "" where nothing ends the display."""
    rule: pd.Series
    """Id of the rule set that gives the last day (or forbids display), "" where none does."""
    repair_from: pd.Series
    """First day on which repair may be applied for, by the rules in force today; "" where there is none."""
    over_from: pd.Series
    """ISO day from which on a row is not shown, "" where nothing ends the display: the day after the last one that a
    rule set gives, or the day that set came into force if that was later."""


class DisplayRules(Declared):
    """data/rules/display.yml."""

    suggestions: dict[str, Suggestion] = Setting(default_factory=dict)
    rules: tuple[RuleSet, ...] = Setting(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> DisplayRules:
        ids = [STAFF, *(rule.id for rule in self.rules)]
        for place, rule in enumerate(self.rules):
            if rule.id in ids[: place + 1]:
                raise PlacedError(f"规定代号 {rule.id} 重复", "rules", place, "id")
            if rule.until and rule.until < rule.since:
                raise PlacedError("早于 since", "rules", place, "until")
        return self

    def citations(self) -> dict[str, str]:
        """Id of a rule set → how it is cited. STAFF is the day staff gave."""
        return {
            **{rule.id: f"《{rule.title}》（{rule.number}）" for rule in self.rules},
            STAFF: "报送单位填写的公示截止期",
        }

    def in_force(self, day: date) -> tuple[tuple[str, bool], ...]:
        """Id of each rule set that has begun by a day, and whether it is over. What the rules say of a record changes
        with these alone, not with the days between."""
        return tuple((rule.id, rule.until is not None and rule.until < day) for rule in self.rules if rule.since <= day)

    def last_begun(self, kind: Kind) -> date:
        """The day from which on all rule sets for a kind have begun: whether a record is shown, and how long, is the
        same on every later day."""
        return max((rule.since for rule in self.rules if kind.id in rule.cases), default=date.min)

    def suggest(self, frame: pd.DataFrame, kind: Kind) -> tuple[pd.DataFrame, np.ndarray]:
        """The frame with the suggested field filled in, and where that was done (boolean)."""
        rule = self.suggestions.get(kind.id)
        if rule is None:
            return frame, np.zeros(len(frame), dtype=bool)
        blank = (frame[rule.field] == "").to_numpy(dtype=bool)
        suggested = each_once(frame[rule.from_], lambda different: _gravest(rule, different, kind))
        return frame.assign(**{rule.field: frame[rule.field].where(~blank, suggested)}), blank

    def display(self, frame: pd.DataFrame, kind: Kind, on: pd.Series) -> Display:
        """What the rule sets say of each row of a kind, on a day for each row (ISO).

        Suggestions have to be filled in before.
        """
        rows = len(frame)
        decided = frame[kind.roles.decided]
        shown = np.ones(rows, dtype=bool)
        last = pd.Series("", index=frame.index, dtype="str")
        ruling, repair, over = last.copy(), last.copy(), last.copy()
        for rule in self.rules:
            if kind.id not in rule.cases:
                continue
            # In force at some time between the decision and the day: begun by then, and not over at the decision.
            open_rows = (on >= rule.since.isoformat()).to_numpy(dtype=bool)
            if rule.until:
                open_rows = open_rows & (decided <= rule.until.isoformat()).to_numpy(dtype=bool)
            for case in rule.cases[kind.id]:
                fits = open_rows.copy()
                for condition in case.when:
                    fits = fits & holds(condition, frame, kind)
                open_rows = open_rows & ~fits
                if not fits.any():
                    continue
                if not case.shown:
                    ruling = ruling.where(~(fits & shown), rule.id)
                    shown = shown & ~fits
                    over = _earliest(over, pd.Series(rule.since.isoformat(), index=over.index, dtype="str"), fits)
                    continue
                if case.longest is not None:
                    ends = _ends(frame[case.from_] if case.from_ else decided, case.longest)
                    earlier = fits & (ends != "").to_numpy(bool) & ((last == "") | (ends < last)).to_numpy(bool)
                    last = last.where(~earlier, ends)
                    ruling = ruling.where(~(earlier & shown), rule.id)
                    after = day_after(ends)
                    over = _earliest(
                        over,
                        after.where(after > rule.since.isoformat(), rule.since.isoformat()),
                        fits & (ends != "").to_numpy(bool),
                    )
                if case.shortest:
                    still = fits if rule.until is None else fits & (on <= rule.until.isoformat()).to_numpy(dtype=bool)
                    repair = repair.where(~still, add_months(decided, case.shortest))
        return Display(shown, last, ruling, repair, over)


def _gravest(rule: Suggestion, column: pd.Series, kind: Kind) -> pd.Series:
    """The value that a rule suggests for each value of the column it goes by."""
    order = {value: place for place, value in enumerate(rule.gravest_last)}
    gravest = np.full(len(column), -1)
    for part in VALUE_TYPES[kind.fields[rule.from_].type].parts(column):
        grades = part.map({name: order[value] for name, value in rule.values.items()}).fillna(order[rule.otherwise])
        gravest = np.maximum(gravest, np.where(part != "", grades, -1).astype(int))
    gravest = np.where(gravest < 0, order[rule.otherwise], gravest)
    return pd.Series(np.array(rule.gravest_last, dtype=object)[gravest], dtype="str")


def _earliest(days: pd.Series, others: pd.Series, where: np.ndarray) -> pd.Series:
    """The earlier of two days in the rows of `where`; a day that is "" is none."""
    return days.where(~(where & ((days == "") | (others < days)).to_numpy(dtype=bool)), others)


def _ends(start: pd.Series, months: int) -> pd.Series:
    """Last days of periods; "" where the start is not given or has no end."""
    limited = (start != "") & (start < NO_END)
    return add_months(start.where(limited, ""), months)


def add_months(days: pd.Series, months: int) -> pd.Series:
    """The day `months` later for a column of ISO days; a day the month does not have becomes its last; "" stays."""
    return each_once(days, lambda different: _moved(different, pd.DateOffset(months=months)))


def day_after(days: pd.Series) -> pd.Series:
    """The next day for a column of ISO days; "" stays."""
    return each_once(days, lambda different: _moved(different, pd.DateOffset(days=1)))


def _moved(days: pd.Series, by: pd.DateOffset) -> pd.Series:
    later = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce") + by
    return later.dt.strftime("%Y-%m-%d").fillna("").astype("str")


def load_display_rules(path: Path, kinds: dict[str, Kind], vocabularies: dict[str, Vocabulary]) -> DisplayRules:
    """Read data/rules/display.yml. Raises ConfigError for a kind, field or value that is not declared."""
    rules = read_declaration(path, DisplayRules)
    for kind, suggestion in rules.suggestions.items():
        _known_kind(path, kind, kinds, "suggestions", kind)
        for name, code in (("field", suggestion.field), ("from", suggestion.from_)):
            _known_field(path, code, kinds[kind], "suggestions", kind, name)
        for code, named in ((suggestion.field, suggestion.gravest_last), (suggestion.from_, tuple(suggestion.values))):
            _known_values(path, code, named, kinds[kind], vocabularies, "suggestions", kind)
    for place, rule in enumerate(rules.rules):
        for kind, cases in rule.cases.items():
            _known_kind(path, kind, kinds, "rules", place, "cases", kind)
            for number, case in enumerate(cases):
                for code in [*(condition.field for condition in case.when), *filter(None, [case.from_])]:
                    _known_field(path, code, kinds[kind], "rules", place, "cases", kind, number)
                for condition in case.when:
                    if strange := unknown_values(condition, kinds[kind], vocabularies):
                        line = line_of(path, "rules", place, "cases", kind, number)
                        raise ConfigError(path, line, f"{condition.field} 的代码表中没有“{'、'.join(strange)}”")
    return rules


def _known_values(
    path: Path,
    code: str,
    named: tuple[str, ...],
    kind: Kind,
    vocabularies: dict[str, Vocabulary],
    *place: str | int,
) -> None:
    condition = Condition.model_validate({"field": code, "in": named})
    if strange := unknown_values(condition, kind, vocabularies):
        raise ConfigError(path, line_of(path, *place), f"{code} 的代码表中没有“{'、'.join(strange)}”")


def _known_kind(path: Path, kind: str, kinds: dict[str, Kind], *place: str | int) -> None:
    if kind not in kinds:
        raise ConfigError(path, line_of(path, *place), f"没有名为 {kind} 的记录类别（data/kinds/{kind}/kind.yml）")


def _known_field(path: Path, code: str, kind: Kind, *place: str | int) -> None:
    if code not in kind.fields:
        raise ConfigError(path, line_of(path, *place), f"{kind.title}没有名为 {code} 的字段")
