"""Commands for those who send data: what is wrong with a file, and what became of it."""

from __future__ import annotations

import sys
from datetime import datetime
from itertools import count
from pathlib import Path

import click
from rich.console import Console

from generator.cli.options import (
    MONTH,
    SHANGHAI,
    console,
    jobs_option,
    portal,
    published_of,
    with_root,
    with_today,
)
from generator.desk import Said, declared_at
from generator.intake.file_names import readable
from generator.model.portal import Portal, load_portal
from generator.progress import ConsoleProgress, Progress
from generator.report import FORMATS, failing, report
from generator.report.handed_back import handed_back
from generator.report.receipts import receipts
from generator.report.text import show
from generator.report.wording import counts_line
from generator.review import Review, review

WORKBOOK = "xlsx"
"""Format of `portal check` that is no text: the clerk's workbooks with their faults marked."""


@portal.command("check")
@with_root
@with_today
@click.option("--strict", is_flag=True, help="有错误时以退出码 1 结束")
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, WORKBOOK]),
    default="text",
    show_default=True,
    help="报告格式；xlsx 为标出问题的表格",
)
@click.option("--out", type=click.Path(path_type=Path), help="写入文件；--format xlsx 时为文件夹")
@click.option("--summary", type=click.Path(dir_okay=False, path_type=Path), help="另将 Markdown 摘要追加到此文件")
@click.option("--since", metavar="REV", help="与此 Git 版本比较，报告从文件中消失的行和撤下登记")
@click.option(
    "--rules",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="规则包 rules.zip，从网站“报送指南”下载",
)
@click.option("--kind", help="单独一个文件的类别，如 licence（默认：按列名判断）")
@click.option("--unit", help="单独一个文件的单位代号（默认：按文件名或数据来源单位判断）")
@click.option("--month", type=MONTH, help="单独一个文件的报送月份（默认：按报送日期判断）")
@jobs_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_command(
    root: Path,
    today: datetime | None,
    strict: bool,
    form: str,
    out: Path | None,
    summary: Path | None,
    since: str | None,
    rules: Path | None,
    kind: str | None,
    unit: str | None,
    month: datetime | None,
    jobs: int,
    files: tuple[Path, ...],
) -> None:
    """核查数据文件，一次列出全部问题。不指明文件时核查全部；文件可以在任何位置，只要有规则包。"""
    with declared_at(root, rules, files) as place:
        declared = load_portal(place)
        said = _said(declared, kind, unit, month)
        day = today.date() if today else declared.site.today or datetime.now(SHANGHAI).date()
        found = review(declared, list(files), day, since, jobs, said, _progress())
        if form == WORKBOOK:
            written: set[Path] = set()
            for target, content in handed_back(found, declared):
                path = _not_among(written, out / target.name if out else target)
                written.add(path)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                click.echo(f"已写入 {readable(str(path))}")
            click.echo(counts_line(found))
        else:
            _tell(found, form, out)
    if summary:
        with summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(report(found, "markdown"))
    if strict and failing(found.issues):
        sys.exit(1)


def _not_among(written: set[Path], path: Path) -> Path:
    """A path that is none of those: files of one name lie in several folders, or differ in their endings."""
    others = (path.with_stem(f"{path.stem}（{number}）") for number in count(2))
    return path if path not in written else next(other for other in others if other not in written)


def _progress() -> Progress:
    """What is told while files are checked: on a terminal alone, as elsewhere the report is all that is read."""
    return ConsoleProgress(console) if console.is_terminal else Progress()


def _said(declared: Portal, kind: str | None, unit: str | None, month: datetime | None) -> Said:
    """What the clerk says of a file, if the portal knows it."""
    units = [entry.id for entry in declared.site.units]
    if kind and kind not in declared.forms:
        raise click.BadParameter(f"没有类别 {kind}；现有：{'、'.join(declared.forms)}", param_hint="--kind")
    if unit and unit not in units:
        raise click.BadParameter(f"没有单位 {unit}；现有：{'、'.join(units)}", param_hint="--unit")
    return Said(kind or "", unit or "", f"{month:%Y-%m}" if month else "")


def _tell(found: Review, form: str, out: Path | None) -> None:
    """A report to a file, to people at a terminal, or as UTF-8 to whoever reads the output."""
    if out:
        out.write_text(report(found, form), encoding="utf-8", newline="\n")
        click.echo(f"已写入 {out}")
    elif form == "text" and sys.stdout.isatty():
        show(found, Console(highlight=False))
    elif form == "text":
        click.echo(report(found, form), nl=False)
    else:
        click.echo(report(found, form).encode(), nl=False)


@portal.command("receipt")
@with_root
@with_today
@jobs_option
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipt_command(root: Path, today: datetime | None, jobs: int, files: tuple[Path, ...]) -> None:
    """列出各文件公示的结果：多少行已公示、在哪里，多少行没有公示、为什么。只供工作人员。"""
    published = published_of(root, today, jobs)
    wanted = {path.resolve() for path in files}
    outcomes = tuple(one for one in published.outcomes if not files or root / one.source.path in wanted)
    if strange := wanted - {root / one.source.path for one in outcomes}:
        raise click.UsageError(f"不是本站的数据文件：{'、'.join(sorted(path.name for path in strange))}")
    click.echo("\n".join(text for _, text in receipts(outcomes, published.issues, load_portal(root))), nl=False)
