"""Commands for those who keep the data: withdrawals, reports, packed years, forms."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from generator import gap_report
from generator.cli.options import (
    console,
    day_of,
    jobs_option,
    portal,
    with_root,
    with_today,
)
from generator.code_report import FORMS, faulty_codes, is_published
from generator.forms.form import form_csv, form_workbook
from generator.model.portal import load_portal
from generator.pack import PackError, is_closed, pack_year
from generator.summary import packing_summary
from generator.withdraw import WithdrawalError, withdraw


@portal.command("withdraw")
@with_root
@with_today
@click.option("--reason", required=True, help="原因：修复、撤销、变更、异议成立、不予公示")
@click.option("--note", default="", help="说明，不公开")
@click.option("--force", is_flag=True, help="现有数据中没有的公示编号也登记")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def withdraw_command(
    root: Path, today: datetime | None, reason: str, note: str, force: bool, ids: tuple[str, ...]
) -> None:
    """登记撤下：下次生成网站时，这些公示编号的信息从网站各处消失。"""
    try:
        path = withdraw(load_portal(root), ids, reason, note, day_of(root, today), force)
    except WithdrawalError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"已登记 {len(ids)} 条到 {path.relative_to(root).as_posix()}，下次生成网站时撤下")


@portal.command("codes")
@with_root
@with_today
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="报告格式")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件（默认：输出到屏幕）")
@jobs_option
def codes_command(root: Path, today: datetime | None, form: str, out: Path | None, jobs: int) -> None:
    """逐行列出统一社会信用代码的错码、重码，供工作人员核对，不得公开。"""
    _check_staff_file(out, root)
    _hand_over(FORMS[form](faulty_codes(load_portal(root), day_of(root, today), jobs)), out)


def _check_staff_file(out: Path | None, root: Path) -> None:
    """Refuse to write a report for staff where the public would get it."""
    if out and is_published(out.resolve(), root):
        raise click.BadParameter("这个文件夹的内容会公开，请换一个位置", param_hint="--out")


def _hand_over(told: bytes, out: Path | None) -> None:
    """Write a report for staff into its file, or onto the screen."""
    if out:
        out.write_bytes(told)
        click.echo(f"已写入 {out}，只供工作人员核对，不得公开")
    else:
        click.echo(told, nl=False)


@portal.command("gaps")
@with_root
@with_today
@click.option(
    "--format", "form", type=click.Choice(list(gap_report.FORMS)), default="text", show_default=True, help="报告格式"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件（默认：输出到屏幕）")
@jobs_option
def gaps_command(root: Path, today: datetime | None, form: str, out: Path | None, jobs: int) -> None:
    """列出各单位文号序列中的缺号，供工作人员核对有无漏报、瞒报，不得公开。"""
    if form == "xlsx" and not out:
        raise click.UsageError("xlsx 格式须用 --out 指明文件")
    _check_staff_file(out, root)
    _hand_over(gap_report.FORMS[form](gap_report.find_gaps(load_portal(root), day_of(root, today), jobs)), out)


@portal.command("pack")
@with_root
@with_today
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="只打包这一类别（可重复；默认全部类别）")
@click.argument("years", nargs=-1, required=True, type=click.IntRange(1000, 9999), metavar="YEAR...")
def pack_command(root: Path, today: datetime | None, kinds: tuple[str, ...], years: tuple[int, ...]) -> None:
    """把某年已结束月份的数据文件打包成 Parquet，逐格核对无误后删去原文件。"""
    declared, day = load_portal(root), day_of(root, today)
    if strange := sorted(set(kinds) - declared.forms.keys()):
        raise click.UsageError(f"没有名为“{'、'.join(strange)}”的记录类别；现有类别：{'、'.join(declared.forms)}")
    if early := [year for year in sorted(years) if not is_closed(f"{year}-01", day)]:
        raise click.UsageError(f"{early[0]} 年还没有已结束的月份：当月和上月的文件不打包（今天是 {day}）")
    for year in sorted(set(years)):
        for kind in kinds or declared.forms:
            try:
                click.echo(packing_summary(pack_year(declared, declared.forms[kind], year, day)))
            except PackError as error:
                console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
                sys.exit(1)


@portal.command("template")
@with_root
@click.argument("kind")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def template_command(root: Path, kind: str, file: Path) -> None:
    """把类别 KIND 的填报模板写入 FILE（.xlsx 或 .csv）。"""
    declared = load_portal(root)
    if kind not in declared.forms:
        raise click.BadParameter(f"没有类别 {kind}；现有：{'、'.join(declared.forms)}", param_hint="KIND")
    suffix = file.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise click.BadParameter("文件名应以 .xlsx 或 .csv 结尾", param_hint="FILE")
    if file.exists():
        raise click.BadParameter(f"{file} 已存在，请换一个文件名", param_hint="FILE")
    blank = declared.forms[kind]
    file.write_bytes(form_csv(blank) if suffix == ".csv" else form_workbook(blank, declared))
    click.echo(f"已写入 {file}")
