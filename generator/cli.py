"""The console script `portal`: turns words of the command line into calls, and faults into exit codes.

0 done; 1 faults found (`--strict`, `verify`, a fall in numbers); 2 wrong use or configuration.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from generator import __version__, gap_report
from generator.assertions import CountsFellError, write_assertions
from generator.bulletin.archive import compile_bulletins
from generator.bulletin.declaration import load_bulletin_rules
from generator.bulletin.freezing import FreezingError, correct, freeze
from generator.bulletin.units import unit_histories
from generator.bulletin.verification import Told, verify_bulletins
from generator.code_report import FORMS, faulty_codes, is_published
from generator.demo import write_demo
from generator.desk import Said, UnplacedError, declared_at
from generator.documents.files import document_files
from generator.forms.form import form_csv, form_workbook
from generator.intake.statistics import find_statistics
from generator.model.declaration import ConfigError
from generator.model.portal import Portal, load_portal
from generator.opendata.bulletins import bulletin_files
from generator.pack import PackError, is_closed, pack_year
from generator.pipeline import admitted_records, build, executor_of
from generator.profile import Profile
from generator.progress import ConsoleProgress, Progress
from generator.publish.publish import Published
from generator.render.bulletins import FOLDER as BULLETINS
from generator.render.bulletins import bulletin_page
from generator.report import FORMATS, failing, report
from generator.report.handed_back import handed_back
from generator.report.receipts import receipts
from generator.report.text import show
from generator.report.wording import counts_line
from generator.review import Review, review
from generator.scaffold.kind import new_kind
from generator.scaffold.portal import found_portal
from generator.serve import serve_folder, watch
from generator.statistics.compiled import compile_statistics
from generator.summary import build_markdown, build_summary, outcome_fault, outcome_markdown, packing_summary
from generator.verified import build_verified, verify
from generator.withdraw import WithdrawalError, withdraw

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Days of the portal are days there."""

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_MONTH = click.DateTime(formats=["%Y-%m"])

WORKBOOK = "xlsx"
"""Format of `portal check` that is no text: the clerk's workbooks with their faults marked."""

console = Console(stderr=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def portal() -> None:
    """信用网站生成器：核查数据、生成网站、验证网站。"""


def _with_root(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --root, and tell it of faults in configuration with one line and exit code 2."""

    @click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        default=".",
        help="信用网站的根目录（默认为当前目录）",
    )
    @wraps(command)
    def told(root: Path, **words: Any) -> None:
        try:
            command(root=root.resolve(), **words)
        except ConfigError as error:
            console.print(
                f"配置有误：{_below(error, root)}", style="red", markup=False, highlight=False, soft_wrap=True
            )
            sys.exit(2)
        except CountsFellError as error:
            console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
            sys.exit(1)

    return told


def _below(error: ConfigError, root: Path) -> str:
    """The fault with its path as seen from the root, which is shorter and gives away nothing of the machine."""
    return str(error).replace(f"{root.resolve()}{os.sep}", "")


def _with_today(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--today", type=_DAY, help="按哪一天生成（默认：data/site.yml 的 today，没有则为今天）")(
        command
    )


_jobs = click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="处理器数", help="并行进程数"
)


def _day(root: Path, today: datetime | None) -> date:
    """The day a site is built for: as told, as the site fixes it, or the present one in Shanghai."""
    return today.date() if today else load_portal(root).site.today or datetime.now(SHANGHAI).date()


@portal.command("check")
@_with_root
@_with_today
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
@click.option("--month", type=_MONTH, help="单独一个文件的报送月份（默认：按报送日期判断）")
@_jobs
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
        try:
            found = review(declared, list(files), day, since, jobs, said, _progress())
        except UnplacedError as error:
            raise click.UsageError(str(error)) from error
        if form == WORKBOOK:
            for target, content in handed_back(found, declared):
                path = out / target.name if out else target
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                click.echo(f"已写入 {path}")
            click.echo(counts_line(found))
        else:
            _tell(found, form, out)
    if summary:
        with summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(report(found, "markdown"))
    if strict and failing(found.issues):
        sys.exit(1)


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
@_with_root
@_with_today
@_jobs
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def receipt_command(root: Path, today: datetime | None, jobs: int, files: tuple[Path, ...]) -> None:
    """列出各文件公示的结果：多少行已公示、在哪里，多少行没有公示、为什么。只供工作人员。"""
    published = _published(root, today, jobs)
    wanted = {path.resolve() for path in files}
    outcomes = tuple(one for one in published.outcomes if not files or root / one.source.path in wanted)
    if strange := wanted - {root / one.source.path for one in outcomes}:
        raise click.UsageError(f"不是本站的数据文件：{'、'.join(sorted(path.name for path in strange))}")
    click.echo("\n".join(text for _, text in receipts(outcomes, published.issues, load_portal(root))), nl=False)


@portal.command("build")
@_with_root
@_with_today
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="网站目录（默认：根目录下的 site）")
@click.option("--now", help="生成时间，ISO 8601 格式（默认：此刻）")
@click.option(
    "--engine", type=click.Choice(["mkdocs", "zensical"]), default="mkdocs", show_default=True, help="页面引擎"
)
@click.option(
    "--verified", is_flag=True, help="验证通过才更新网站；某类别不通过的，去掉该类别后再更新，以退出码 1 结束"
)
@click.option("--fresh", is_flag=True, help="全部重新生成，不使用上次生成时保留的结果")
@click.option("--profile", is_flag=True, help="结束时列出各阶段所用的时间和内存")
@click.option("--summary", type=click.Path(dir_okay=False, path_type=Path), help="另将 Markdown 小结追加到此文件")
@_jobs
def build_command(
    root: Path,
    today: datetime | None,
    out: Path | None,
    now: str | None,
    engine: Any,
    verified: bool,
    fresh: bool,
    profile: bool,
    summary: Path | None,
    jobs: int,
) -> None:
    """生成整个网站。"""
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(SHANGHAI)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise click.BadParameter(
            f"{now} 不是 ISO 8601 时间，如 2024-01-05T02:30:00+08:00", param_hint="--now"
        ) from error
    measured = Profile() if profile else None
    words = {
        "today": _day(root, today),
        "now": moment,
        "jobs": jobs,
        "engine": engine,
        "fresh": fresh,
        "profile": measured,
    }
    site = (out or root / "site").resolve()
    progress = ConsoleProgress(console)
    if not verified:
        built = build(root, site, **words, progress=progress)
        click.echo(build_summary(built, load_portal(root)))
        if measured:
            click.echo(measured.text())
        _append(summary, build_markdown(built, load_portal(root)))
        return
    outcome = build_verified(root, site, **words, progress=progress)
    for verdict in outcome.verdicts:
        click.echo(verdict.text())
    if measured:
        click.echo(measured.text())
    if outcome.built:
        click.echo(build_summary(outcome.built, load_portal(root)))
    if fault := outcome_fault(outcome, load_portal(root)):
        click.echo(fault)
    _append(summary, outcome_markdown(outcome, load_portal(root)))
    if fault:
        sys.exit(1)


def _append(summary: Path | None, text: str) -> None:
    """Add Markdown to the file that the page of a job is made of."""
    if summary:
        with summary.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


@portal.command("verify")
@_with_root
@_with_today
@_jobs
@click.argument("site", type=click.Path(file_okay=False, exists=True, path_type=Path))
def verify_command(root: Path, today: datetime | None, jobs: int, site: Path) -> None:
    """验证网站：该公示的都在，不公示的一个字节也没有。"""
    verdict = verify(site, load_portal(root), _day(root, today), jobs, ConsoleProgress(console))
    click.echo(verdict.text())
    if verdict.faults:
        sys.exit(1)


def _published(root: Path, today: datetime | None, jobs: int) -> Published:
    """What the present data publish, without a site. The view is gone when this returns; its tallies are not."""
    with tempfile.TemporaryDirectory() as folder, executor_of(jobs) as executor:
        progress = ConsoleProgress(console)
        return admitted_records(load_portal(root), _day(root, today), Path(folder), executor, progress)


@portal.command("withdraw")
@_with_root
@_with_today
@click.option("--reason", required=True, help="原因：修复、撤销、变更、异议成立、不予公示")
@click.option("--note", default="", help="说明，不公开")
@click.option("--force", is_flag=True, help="现有数据中没有的公示编号也登记")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def withdraw_command(
    root: Path, today: datetime | None, reason: str, note: str, force: bool, ids: tuple[str, ...]
) -> None:
    """登记撤下：下次生成网站时，这些公示编号的信息从网站各处消失。"""
    try:
        path = withdraw(load_portal(root), ids, reason, note, _day(root, today), force)
    except WithdrawalError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"已登记 {len(ids)} 条到 {path.relative_to(root).as_posix()}，下次生成网站时撤下")


@portal.command("bulletin")
@_with_root
@_with_today
@_jobs
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="只算这一种通报（可重复；默认当月的全部种类）")
@click.option("--freeze", "freezing", is_flag=True, help="核对无误后定稿，写入 data/bulletins/，以后数字不再变动")
@click.option("--number", type=click.IntRange(min=1), help="定稿时编号：文号中的顺序号")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="把当月通报的文件写入此目录：Word、Excel、CSV、JSON"
)
@click.option("--correct", "reason", metavar="REASON", help="定稿后记录有变动的，写明原因，登记为更正")
@click.option("--verify", "verifying", is_flag=True, help="重新计算全部通报，列出不一致的地方；有则以退出码 1 结束")
@click.argument("month", type=_MONTH, required=False)
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
    if month is None and not verifying:
        raise click.UsageError("--freeze、--correct 须写明月份")
    if (number and not freezing) or (out and (freezing or reason is not None or verifying)):
        raise click.UsageError("--number 只与 --freeze 同用，--out 只与月份同用")
    declared, day = load_portal(root), _day(root, today)
    rules = load_bulletin_rules(declared)
    if strange := sorted(set(kinds) - rules.kinds.keys()):
        raise click.UsageError(f"没有名为“{'、'.join(strange)}”的通报；现有：{'、'.join(rules.kinds)}")
    tallies = _published(root, today, jobs).tallies
    tables, _ = find_statistics(declared)
    statistics = compile_statistics(declared, tables, tallies, day)
    asked = f"{month:%Y-%m}" if month else None
    bulletins = compile_bulletins(declared, rules, statistics.tables, tallies, day, asked)
    bulletins = [entry for entry in bulletins if not kinds or entry.kind.id in kinds]
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
                click.echo(
                    f"已写入 {freeze(root, entry, day, number).relative_to(root).as_posix()}（{entry.kind.name}）"
                )
            elif reason is not None:
                path = correct(root, entry, reason, day).relative_to(root).as_posix()
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


@portal.command("codes")
@_with_root
@_with_today
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True, help="报告格式")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件（默认：输出到屏幕）")
@_jobs
def codes_command(root: Path, today: datetime | None, form: str, out: Path | None, jobs: int) -> None:
    """逐行列出统一社会信用代码的错码、重码，供工作人员核对，不得公开。"""
    _check_staff_file(out, root)
    _hand_over(FORMS[form](faulty_codes(load_portal(root), _day(root, today), jobs)), out)


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
@_with_root
@_with_today
@click.option(
    "--format", "form", type=click.Choice(list(gap_report.FORMS)), default="text", show_default=True, help="报告格式"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件（默认：输出到屏幕）")
@_jobs
def gaps_command(root: Path, today: datetime | None, form: str, out: Path | None, jobs: int) -> None:
    """列出各单位文号序列中的缺号，供工作人员核对有无漏报、瞒报，不得公开。"""
    if form == "xlsx" and not out:
        raise click.UsageError("xlsx 格式须用 --out 指明文件")
    _check_staff_file(out, root)
    _hand_over(gap_report.FORMS[form](gap_report.find_gaps(load_portal(root), _day(root, today), jobs)), out)


@portal.command("assertions")
@_with_root
@_with_today
@_jobs
def assertions_command(root: Path, today: datetime | None, jobs: int) -> None:
    """把现有记录数写入 data/assertions.yml，作为以后防止误删的依据。"""
    path = write_assertions(load_portal(root), _published(root, today, jobs).tallies)
    click.echo(f"已写入 {path.relative_to(root).as_posix()}")


@portal.command("serve")
@_with_root
@_with_today
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
@_jobs
def serve_command(root: Path, today: datetime | None, port: int, jobs: int) -> None:
    """生成网站并在本机浏览，文件有改动时重新生成。"""

    def rebuild() -> None:
        built = build(
            root,
            root / "site",
            today=_day(root, today),
            now=datetime.now(SHANGHAI),
            jobs=jobs,
            progress=ConsoleProgress(console),
        )
        click.echo(build_summary(built, load_portal(root)))

    rebuild()
    with watch(root, rebuild, console):
        serve_folder(root / "site", port, console)


@portal.command("pack")
@_with_root
@_with_today
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="只打包这一类别（可重复；默认全部类别）")
@click.argument("years", nargs=-1, required=True, type=click.IntRange(1000, 9999), metavar="YEAR...")
def pack_command(root: Path, today: datetime | None, kinds: tuple[str, ...], years: tuple[int, ...]) -> None:
    """把某年已结束月份的数据文件打包成 Parquet，逐格核对无误后删去原文件。"""
    declared, day = load_portal(root), _day(root, today)
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
@_with_root
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


@portal.command("new")
@_with_root
@click.option("--title", required=True, help="类别名称，如 排污许可")
@click.option(
    "--from",
    "table",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="已有的表格（.csv 或 .xlsx）：按它的列拟出字段、类型和作用",
)
@click.argument("kind")
def new_command(root: Path, title: str, table: Path | None, kind: str) -> None:
    """建立新的记录类别 KIND：data/kinds/KIND/ 中的声明和填报说明。"""
    path = new_kind(root, kind, title, table)
    click.echo(f"已写入 {path.relative_to(root).as_posix()}，请按其中的说明补充")


@portal.command("init")
@_with_root
@click.option("--name", required=True, help="网站名称，如 信用西平")
@click.option("--region", required=True, metavar="CODE", help="行政区划代码（GB/T 2260），如 411721")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init_command(root: Path, name: str, region: str, folder: Path) -> None:
    """在空目录 FOLDER 建立一个没有数据的新网站。"""
    foreign = found_portal(folder.resolve(), root, name, region)
    click.echo(f"已在 {folder} 建立“{name.strip()}”。下一步见其中的 README.md。")
    if foreign:
        click.echo(f"这些规则提到了外地，请核对是否适用：{'、'.join(foreign)}")


@portal.command("demo")
@_with_root
@click.option("--records", type=click.IntRange(min=1), help="记录数（不给则写出 2023 年 12 月的演示数据）")
@click.option("--months", type=click.IntRange(min=1), help="分布在多少个月（给出记录数时；默认见演示数据的声明）")
@click.option("--seed", type=int, help="随机种子：相同种子写出相同文件（默认用演示数据的种子）")
@_jobs
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def demo_command(
    root: Path, records: int | None, months: int | None, seed: int | None, jobs: int, folder: Path
) -> None:
    """在 FOLDER 写出一座虚构的城市，供演示、测试和性能测量。"""
    if months and not records:
        raise click.UsageError("--months 要与 --records 一起给出")
    count = write_demo(folder.resolve(), source=root, records=records, months=months, seed=seed, jobs=jobs)
    click.echo(f"已在 {folder} 写入 {count:,} 条虚构记录")


def main() -> None:
    """Entry point of the console script."""
    # The console of Windows knows the characters of one code page: what it cannot show is no reason to fail.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    portal()
