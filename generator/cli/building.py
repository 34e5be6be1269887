"""Commands that make a site, prove it, and show it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from generator.assertions import write_assertions
from generator.cli.options import (
    SHANGHAI,
    console,
    day_of,
    jobs_option,
    portal,
    published_of,
    with_root,
    with_today,
)
from generator.model.portal import load_portal
from generator.pipeline import build
from generator.profile import MEASURES, Profile
from generator.progress import ConsoleProgress
from generator.serve import serve_folder, watch
from generator.summary import build_markdown, build_summary, outcome_fault, outcome_markdown
from generator.verified import build_verified, verify


@portal.command("build")
@with_root
@with_today
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
@jobs_option
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
    if profile and not MEASURES:
        raise click.UsageError("此系统不提供进程所用的时间和内存，不能使用 --profile")
    measured = Profile() if profile else None
    words = {
        "today": day_of(root, today),
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
@with_root
@with_today
@jobs_option
@click.argument("site", type=click.Path(file_okay=False, exists=True, path_type=Path))
def verify_command(root: Path, today: datetime | None, jobs: int, site: Path) -> None:
    """验证网站：该公示的都在，不公示的一个字节也没有。"""
    verdict = verify(site, load_portal(root), day_of(root, today), jobs, ConsoleProgress(console))
    click.echo(verdict.text())
    if verdict.faults:
        sys.exit(1)


@portal.command("serve")
@with_root
@with_today
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
@jobs_option
def serve_command(root: Path, today: datetime | None, port: int, jobs: int) -> None:
    """生成网站并在本机浏览，文件有改动时重新生成。"""

    def rebuild() -> None:
        built = build(
            root,
            root / "site",
            today=day_of(root, today),
            now=datetime.now(SHANGHAI),
            jobs=jobs,
            progress=ConsoleProgress(console),
        )
        click.echo(build_summary(built, load_portal(root)))

    rebuild()
    with watch(root, rebuild, console):
        serve_folder(root / "site", port, console)


@portal.command("assertions")
@with_root
@with_today
@jobs_option
def assertions_command(root: Path, today: datetime | None, jobs: int) -> None:
    """把现有记录数写入 data/assertions.yml，作为以后防止误删的依据。"""
    path = write_assertions(load_portal(root), published_of(root, today, jobs).tallies)
    click.echo(f"已写入 {path.relative_to(root).as_posix()}")
