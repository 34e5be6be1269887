"""What a rule gives for its inputs. Reckoned in fractions: a threshold is met exactly or not at all.

Points are rounded once, half up to hundredths, and a total adds up the rounded points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.model.scoring import (
    AssessedRule,
    BandsRule,
    CasesRule,
    DeductRule,
    GrantedRule,
    LinearRule,
    Measure,
    MonthsRule,
    RankRule,
    ReachedRule,
    Rule,
)
from generator.statistics.inputs import Known


@dataclass(frozen=True)
class Outcome:
    """Points and how they came about."""

    points: Decimal | None
    """None where an input is lacking, or the rule does not foresee the case."""
    formula: str


def rounded(points: Fraction) -> Decimal:
    """Hundredths, half up; points are never below 0."""
    return Decimal((points * 200 + 1) // 2) / 100


def number(value: Fraction) -> str:
    """A number in a formula: at most four decimals."""
    return f"{_shown(value):,.4f}".rstrip("0").rstrip(".")


def _gives(value: Fraction) -> str:
    """A result in a formula, with ≈ where four decimals are not all of it."""
    return f"{'＝' if _shown(value) == value else '≈'}{number(value)}"


def _shown(value: Fraction) -> Decimal:
    return Decimal((value * 20000 + 1) // 2) / 10000


def outcome(rule: Rule, weight: Decimal, inputs: Mapping[str, Known], months: list[str]) -> Outcome:
    """Score one indicator."""
    if isinstance(rule, MonthsRule):
        return _months(rule, inputs, months)
    if isinstance(rule, ReachedRule):
        return _reached(rule, inputs)
    if isinstance(rule, AssessedRule):
        return _summed(
            [min(value, Fraction(rule.each)) for name in rule.of if (value := inputs[name].value) is not None]
        )
    if isinstance(rule, GrantedRule):
        answers = [(inputs[name].value, points) for name, points in rule.points.items()]
        return _summed([Fraction(points if value else 0) for value, points in answers if value is not None])
    return _measured(rule, Fraction(weight), inputs)


def _summed(parts: list[Fraction]) -> Outcome:
    """Points that stand side by side. What was not delivered gives none and is not among them."""
    if not parts:
        return Outcome(None, "")
    total = sum(parts, Fraction(0))
    return Outcome(rounded(total), f"{'＋'.join(map(number, parts))}{_gives(total)}")


def _reached(rule: ReachedRule, inputs: Mapping[str, Known]) -> Outcome:
    known = [value for name in rule.of if (value := inputs[name].value) is not None]
    if not known:
        return Outcome(None, "")
    reached = sum(value >= Fraction(rule.at_least) for value in known)
    least, points = number(Fraction(rule.at_least)), Fraction(rule.points)
    earned = points * reached
    return Outcome(rounded(earned), f"{reached}类达到{least}；{reached}×{number(points)}{_gives(earned)}")


def _months(rule: MonthsRule, inputs: Mapping[str, Known], months: list[str]) -> Outcome:
    """A month that was not reported earns nothing, and the formula says how many were."""
    known = [inputs[name].months[month] for name in rule.of for month in months if month in inputs[name].months]
    if not known:
        return Outcome(None, "")
    points = Fraction(rule.points)
    met = sum(value == Fraction(rule.equals) for value in known)
    asked = len(rule.of) * len(months)
    lacking = f"，{asked - len(known)}项未报送" if len(known) < asked else ""
    earned = points * met
    return Outcome(rounded(earned), f"{asked}项中{met}项达标{lacking}；{met}×{number(points)}{_gives(earned)}")


def _measured(rule: Measure, weight: Fraction, inputs: Mapping[str, Known]) -> Outcome:
    if isinstance(rule, BandsRule) and rule.only:
        limited = inputs[rule.only.input].value
        if limited is None:
            return Outcome(None, "")
        if limited >= Fraction(rule.only.below):
            limit = number(Fraction(rule.only.below))
            return Outcome(None, f"{inputs[rule.only.input].title}不少于{limit}，评分标准未作规定")
    parts = [value for name in rule.of if (value := inputs[name].value) is not None]
    # Of several the largest is known as soon as one is; a sum needs them all.
    if not parts or (rule.take == "sum" and len(parts) < len(rule.of)):
        return Outcome(None, "")
    value = max(parts) if rule.take == "largest" else sum(parts, Fraction(0))
    said = ""
    if rule.per:
        whole = inputs[rule.per].value
        if whole is None:
            return Outcome(None, "")
        if whole == 0:
            return Outcome(None, f"{inputs[rule.per].title}为0，无法计算")
        said = f"{number(value)}÷{number(whole)}{_gives(value * 100 / whole)}%；"
        value = value * 100 / whole
    points, how = _points(rule, weight, value)
    return Outcome(rounded(points), said + how)


def _points(rule: Measure, weight: Fraction, value: Fraction) -> tuple[Fraction, str]:
    """Points for a measured value, and the formula."""
    full, shown = number(weight), number(value)
    if isinstance(rule, RankRule):
        if value > rule.none_beyond:
            return Fraction(0), f"{shown}低于第{rule.none_beyond}名，不得分"
        # A step that is begun counts: rank 11 is no longer among the first ten.
        steps = max(0, -((Fraction(rule.full_to) - value) // Fraction(rule.every)))
        points = max(Fraction(0), weight - steps * Fraction(rule.minus))
        return points, f"{full}−{steps}×{rule.minus}{_gives(points)}"
    if isinstance(rule, DeductRule):
        cases = value if rule.target is None else max(Fraction(0), Fraction(rule.target) - value)
        points = max(Fraction(0), weight - cases * Fraction(rule.minus))
        return points, f"{full}−{number(cases)}×{rule.minus}" + ("，扣完为止" if not points else f"{_gives(points)}")
    if isinstance(rule, LinearRule):
        share = (value - Fraction(rule.none)) / (Fraction(rule.full) - Fraction(rule.none))
        if share >= 1 or share <= 0:
            return (weight, f"满分{full}") if share >= 1 else (Fraction(0), "不得分")
        return share * weight, f"({shown}−{rule.none})÷({rule.full}−{rule.none})×{full}{_gives(share * weight)}"
    if isinstance(rule, BandsRule):
        band = next((band for band in rule.bands if value > band.over), None)
        if band is None:
            return Fraction(0), f"未超过{number(Fraction(rule.bands[-1].over))}，不得分"
        return Fraction(band.points), f"超过{number(Fraction(band.over))}，{band.points}"
    if isinstance(rule, CasesRule):
        points = min(weight, value * Fraction(rule.points))
        return points, f"{shown}×{rule.points}，最高{full}{_gives(points)}"
    raise TypeError(f"no such rule: {type(rule).__name__}")
