"""The last words of a command: what was done and what was not, and why."""

from __future__ import annotations

from generator.issues import summary
from generator.model.portal import Portal
from generator.pack import Packing
from generator.pipeline import Built
from generator.report import less_common


def build_summary(built: Built, portal: Portal) -> str:
    """Counts by kind, faults by code, settings that are missing."""
    lines = [f"网站已生成：{built.out}（数据截至 {built.today}）"]
    for kind in portal.kinds.values():
        tallies = built.tallies.select(kind=kind.id)
        if not tallies.total():
            lines.append(f"  {kind.title}：没有数据")
            continue
        lines.append(
            f"  {kind.title}：公示 {tallies.published():,} 条，期满停止公示 {tallies.expired():,} 条，"
            f"撤下 {tallies.withdrawn():,} 条，依法不公示 {tallies.not_public():,} 条，"
            f"{less_common(tallies, '条')}"
            f"被后来报送替代 {tallies.superseded():,} 条，因错误未公示 {tallies.withheld():,} 行"
        )
    if built.issues:
        lines.append("数据问题（详见 portal check）：")
        lines += [f"  {code}：{count:,} 处" for code, count in summary(built.issues)]
    if built.receipts.is_dir():
        lines.append(f"各文件的回执（只供工作人员）：{built.receipts}")
    if missing := portal.site.missing():
        lines.append(f"data/site.yml 尚未填写：{'、'.join(missing)}")
    return "\n".join(lines)


def packing_summary(done: Packing) -> str:
    """What went into a packed file, and what stayed where it is."""
    grown = f"，{done.bytes_before:,} 字节 → {done.bytes_after:,} 字节" if done.files else ""
    lines = [f"{done.pack}：收入 {done.files:,} 个文件 {done.rows:,} 行{grown}"]
    lines += [f"  未打包 {path}：{why}" for path, why in done.stayed]
    return "\n".join(lines)
