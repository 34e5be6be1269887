"""The last words of a command: what was done and what was not, and why."""

from __future__ import annotations

from generator.issues import rows_set_aside, summary
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.pack import Packing
from generator.pipeline import Built
from generator.report import less_common
from generator.statistics.freshness import Freshness, last_report_text
from generator.verified import Outcome


def build_summary(built: Built, portal: Portal) -> str:
    """Counts by kind, faults by code, who sends nothing, settings that are missing."""
    lines = [f"网站已生成：{built.out}（数据截至 {built.today}）"]
    lines += [f"  {kind.title}：{_counts(built, kind)}" for kind in portal.kinds.values()]
    if built.issues:
        lines.append("数据问题（详见 portal check）：")
        lines += [f"  {code}：{count:,} 处" for code, count in summary(built.issues)]
    if aside := rows_set_aside(built.issues).total():
        lines.append(f"不作为数据的行（表名、附注、合计等）：{aside:,} 行")
    if said := _reporting(built.reporting):
        lines += ["报送情况（详见网站“数据状态”页）：", *(f"  {line}" for line in said)]
    if built.receipts.is_dir():
        lines.append(f"各文件的回执（只供工作人员）：{built.receipts}")
    if missing := portal.site.missing():
        lines.append(f"data/site.yml 尚未填写：{'、'.join(missing)}")
    return "\n".join(lines)


def build_markdown(built: Built, portal: Portal) -> str:
    """The same for the page of a job: what somebody has to look at stands first, counts last."""
    lines = [f"## 网站已生成（数据截至 {built.today}）", ""]
    lines += ["### 报送情况", "", *_items(_reporting(built.reporting) or ["各单位、各类信息和统计数据都已按期报送"])]
    faults = [f"`{code}`：{count:,} 处" for code, count in summary(built.issues)]
    lines += ["### 数据问题", "", *_items([*faults, "详见 `portal check`"] if faults else ["没有"])]
    if missing := portal.site.missing():
        lines += ["### data/site.yml 尚未填写", "", *_items(missing)]
    counts = [f"{kind.title}：{_counts(built, kind)}" for kind in portal.kinds.values()]
    return "\n".join([*lines, "### 各类信息", "", *_items(counts)])


def _items(lines: list[str]) -> list[str]:
    return [*(f"- {line}" for line in lines), ""]


def _counts(built: Built, kind: Kind) -> str:
    """What became of the rows of a kind."""
    tallies = built.tallies.select(kind=kind.id)
    if not tallies.total():
        return "没有数据"
    return (
        f"公示 {tallies.published():,} 条，期满停止公示 {tallies.expired():,} 条，"
        f"撤下 {tallies.withdrawn():,} 条，依法不公示 {tallies.not_public():,} 条，"
        f"{less_common(tallies, '条')}"
        f"被后来报送替代 {tallies.superseded():,} 条，因错误未公示 {tallies.withheld():,} 行"
    )


def _reporting(found: Freshness) -> list[str]:
    """Who sent nothing for too long, which kinds have nothing, which statistics are out of date."""
    lines = []
    for expected in found.units:
        if late := [f"{entry.unit}（{entry.last.day or '从未报送'}）" for entry in expected.late]:
            head = f"{expected.expectation.title}：{len(late)} 个单位超过 {expected.expectation.days} 日没有报送"
            lines.append(f"{head}：{'、'.join(late)}")
    late_kinds = [entry for entry in found.kinds if entry.last.late]
    never = [entry.kind for entry in late_kinds if not entry.last.day]
    stale = [f"{entry.kind}（{last_report_text(entry.last)}）" for entry in late_kinds if entry.last.day]
    topics = [f"{topic.title}（{topic.newest or '没有数据'}）" for topic in found.topics if topic.late]
    said = {"没有数据的类别": never, "没有按期报送的类别": stale, "超期未更新的统计数据": topics}
    return [*lines, *(f"{head}：{'、'.join(names)}" for head, names in said.items() if names)]


def outcome_fault(outcome: Outcome, portal: Portal) -> str:
    """Why somebody has to look at a verified build; "" if all is well."""
    if outcome.built is None:
        return "没有可以发布的网站，原有网站未更新。"
    if outcome.left_out:
        titles = "、".join(portal.kinds[kind].title for kind in sorted(outcome.left_out))
        return f"以下类别验证未通过，已从网站中去掉：{titles}。其余内容照常更新，请尽快排除问题。"
    return ""


def outcome_markdown(outcome: Outcome, portal: Portal) -> str:
    """What came of a verified build for the page of a job, what is wrong first."""
    fault = outcome_fault(outcome, portal)
    verdicts = [f"```\n{verdict.text()}\n```\n" for verdict in outcome.verdicts]
    told = [build_markdown(outcome.built, portal)] if outcome.built else []
    return "\n".join([*([f"**{fault}**\n"] if fault else []), *told, *verdicts])


def packing_summary(done: Packing) -> str:
    """What went into a packed file, and what stayed where it is."""
    grown = f"，{done.bytes_before:,} 字节 → {done.bytes_after:,} 字节" if done.files else ""
    lines = [f"{done.pack}：收入 {done.files:,} 个文件 {done.rows:,} 行{grown}"]
    lines += [f"  未打包 {path}：{why}" for path, why in done.stayed]
    return "\n".join(lines)
