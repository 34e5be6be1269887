"""The guides of repair and objection, from data/rules/services.yml, and what came of both, without a name."""

from __future__ import annotations

from datetime import date
from typing import Any

from generator.bulletin.outcomes import objections, repairs_by_month
from generator.intake.registers import Registers
from generator.model.display import RuleSet
from generator.model.portal import Portal
from generator.model.services import Edition, Guide
from generator.publish.tallies import Tallies
from generator.render.rules import periods
from generator.render.templates import environment


def service_pages(portal: Portal, registers: Registers, tallies: Tallies, today: date) -> dict[str, str]:
    """Path below the pages folder → Markdown."""
    services = portal.services
    counted = objections(registers, services.objection, portal.working_days, tallies, today)
    answer = services.objection.answer.limits
    repair = environment().get_template("repair.md.j2")
    objection = environment().get_template("objection.md.j2")
    return {
        "services/repair.md": repair.render(
            today=today,
            rules=[entry for entry in periods(portal) if _allows_repair(entry["rule"])],
            repairs=repairs_by_month(registers, services.repair.reason, today),
            sources=services.sources,
            **_told(services.repair, today),
        ),
        "services/objection.md": objection.render(
            today=today,
            objections=counted,
            unstated=counted.total("unstated"),
            undetermined=counted.total("undetermined"),
            limit=[limit for limit in answer if limit.since <= today or limit is answer[0]][-1],
            target=services.objection.target_per_100000,
            target_source=services.objection.target_source,
            sources=services.sources,
            **_told(services.objection, today),
        ),
    }


def _allows_repair(rule: RuleSet) -> bool:
    """Whether a rule set says when repair may be applied for."""
    return any(case.shortest for cases in rule.cases.values() for case in cases)


def _told(guide: Guide, today: date) -> dict[str, Any]:
    """The editions with their state on a day, and the ids of the sources they name, in the order of the page."""
    editions = [
        {"edition": edition, "state": _state(edition, today), "terms": edition.terms} for edition in guide.editions
    ]
    cited = list(dict.fromkeys(line.source for edition in guide.editions for line in edition.lines()))
    return {"editions": editions, "cited": cited}


def _state(edition: Edition, today: date) -> str:
    if today < edition.since:
        return "尚未施行"
    return "现行" if edition.until is None or today <= edition.until else "已经停止施行"
