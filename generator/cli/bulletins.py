"""The command for bulletins: computed, issued, corrected, verified."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from generator.bulletin.archive import compile_bulletins
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.freezing import FreezingError, correct, freeze
from generator.bulletin.units import unit_histories
from generator.bulletin.verification import Told, verify_bulletins
from generator.cli.options import (
    MONTH,
    console,
    day_of,
    jobs_option,
    portal,
    published_of,
    with_root,
    with_today,
)
from generator.documents.files import document_files
from generator.intake.statistics import find_statistics
from generator.model.portal import load_portal
from generator.opendata.bulletins import bulletin_files
from generator.render.bulletins import FOLDER as BULLETINS
from generator.render.bulletins import bulletin_page
from generator.statistics.compiled import compile_statistics


@portal.command("bulletin")
@with_root
@with_today
@jobs_option
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="只算这一种通报（可重复；默认当月的全部种类）")
@click.option("--freeze", "freezing", is_flag=True, help="核对无误后定稿，写入 data/bulletins/，以后数字不再变动")
@click.option("--number", type=click.IntRange(min=1), help="定稿时编号：文号中的顺序号")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="把当月通报的文件写入此目录：Word、Excel、CSV、JSON"
)
@click.option("--correct", "reason", metavar="REASON", help="定稿后记录有变动的，写明原因，登记为更正")
@click.option("--verify", "verifying", is_flag=True, help="重新计算全部通报，列出不一致的地方；有则以退出码 1 结束")
@click.argument("month", type=MONTH, required=False)
def bulletin_command(
    root: Path,
    today: datetime | None,
    jobs: int,
    kinds: tuple[str, ...],
    freezing: bool,
    number: int | None,
    out: Path | None,
    reason: str | None,
    verifying: bool,
    month: datetime | None,
) -> None:
    """按记录计算某月通报，输出 Markdown；定稿、更正或者核对。"""
    if sum((month is not None and not freezing and reason is None, freezing, reason is not None, verifying)) != 1:
        raise click.UsageError("请给出月份（可加 --freeze 或者 --correct 原因），或者只写 --verify")
    if reason is not None and not reason.strip():
        raise click.UsageError("--correct 须写明更正的原因")
    if month is None and not verifying:
        raise click.UsageError("--freeze、--correct 须写明月份")
    if (number and not freezing) or (out and (freezing or reason is not None or verifying)):
        raise click.UsageError("--number 只与 --freeze 同用，--out 只与月份同用")
    declared, day = load_portal(root), day_of(root, today)
    rules = load_bulletin_rules(declared)
    if strange := sorted(set(kinds) - rules.kinds.keys()):
        raise click.UsageError(f"没有名为“{'、'.join(strange)}”的通报；现有：{'、'.join(rules.kinds)}")
    tallies = published_of(root, today, jobs).tallies
    tables, _ = find_statistics(declared)
    statistics = compile_statistics(declared, tables, tallies, day)
    asked = f"{month:%Y-%m}" if month else None
    every = compile_bulletins(declared, rules, statistics.tables, tallies, day, asked)
    bulletins = [entry for entry in every if not kinds or entry.kind.id in kinds]
    if verifying:
        _tell_verification(verify_bulletins(bulletins, unit_histories(declared, rules, bulletins)), len(bulletins))
        return
    of_month = [entry for entry in bulletins if entry.month == asked]
    if not of_month:
        raise click.UsageError(f"{asked} 没有通报")
    # What is frozen or has not changed stays as it is, if another bulletin of the month is meant.
    if freezing or reason is not None:
        of_month = [entry for entry in of_month if (not entry.frozen if freezing else entry.changes)] or of_month
    if number and len(of_month) > 1:
        raise click.UsageError("一个文号只用于一份通报，请用 --kind 指明")
    if out:
        for address, content in (*document_files(declared, of_month), *bulletin_files(of_month)):
            file = out / address.removeprefix(BULLETINS)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            click.echo(f"已写入 {file}")
        return
    try:
        for entry in of_month:
            if freezing:
                path = freeze(root, entry, day, number, every).relative_to(root).as_posix()
                click.echo(f"已写入 {path}（{entry.kind.name}）")
            elif reason is not None:
                path = correct(root, entry, reason.strip(), day).relative_to(root).as_posix()
                click.echo(f"已登记 {len(entry.changes)} 处更正到 {path}（{entry.kind.name}）")
            else:
                click.echo(bulletin_page(declared, entry, {}), nl=False)
    except FreezingError as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)


def _tell_verification(told: list[Told], count: int) -> None:
    """One line for each place; exit code 1 where one has to be put right."""
    for entry in told:
        click.echo(f"{'错误' if entry.fails else '照录'} {entry.file}：{entry.text}")
    faults = sum(entry.fails for entry in told)
    click.echo(f"共核对 {count} 期通报，{faults} 处不一致，原件本身有误而照录的 {len(told) - faults} 处。")
    if faults:
        sys.exit(1)
