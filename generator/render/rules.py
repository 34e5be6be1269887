"""The page 公示规则: generated from the rule files, with their sources, so that anybody can read what applies."""

from __future__ import annotations

from typing import Any

from generator.model.condition import explain_condition
from generator.model.display import Case
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.render.templates import environment


def periods(portal: Portal) -> list[dict[str, Any]]:
    """The rules of display in words, for periods.md.j2."""
    rules = []
    for rule in portal.display.rules:
        cases = [
            {"kind": portal.kinds[kind].title, **_case(case, portal.kinds[kind], first=place == 0)}
            for kind, cases in rule.cases.items()
            for place, case in enumerate(cases)
        ]
        rules.append({"rule": rule, "cases": cases})
    return rules


def rules_page(portal: Portal) -> str:
    """Markdown of the page."""
    suggestions = [
        {"kind": portal.kinds[kind], "field": portal.kinds[kind].fields[suggestion.field].title, "rule": suggestion}
        for kind, suggestion in portal.display.suggestions.items()
    ]
    masked = [
        {"kind": kind.title, "field": field.title, "when": explain_condition(field.mask.when, kind), "mask": field.mask}
        for kind in portal.kinds.values()
        for field in kind.fields.values()
        if field.mask
    ]
    private = {kind.title: [field.title for field in kind.private_fields.values()] for kind in portal.kinds.values()}
    return (
        environment()
        .get_template("rules.md.j2")
        .render(
            rules=periods(portal),
            suggestions=suggestions,
            limits=portal.reporting_limits.limits,
            calendar=portal.working_days,
            detectors=portal.privacy.detectors,
            masked=masked,
            private=private,
            reasons=portal.vocabularies["withdrawal_reason"],
        )
    )


def _case(case: Case, kind: Kind, first: bool) -> dict[str, str]:
    """A case in words."""
    conditions = "，且".join(explain_condition(condition, kind) for condition in case.when)
    start = kind.fields[case.from_].title if case.from_ else kind.fields[kind.roles.decided].title
    if not case.shown:
        period = "不公示"
    elif case.longest is None:
        period = "不限"
    else:
        period = f"自{start}起最长 {case.longest} 个月"
    return {
        "when": conditions or ("全部" if first else "其他"),
        "period": period,
        "shortest": f"{case.shortest} 个月" if case.shown and case.shortest else "—",
    }
