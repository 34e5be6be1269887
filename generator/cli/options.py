"""What all commands share: the group they belong to, --root, --today and --jobs, and how faults become exit codes."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from generator import __version__
from generator.assertions import CountsFellError
from generator.model.declaration import ConfigError
from generator.model.portal import load_portal
from generator.pipeline import admitted_records
from generator.progress import ConsoleProgress
from generator.publish.publish import Published
from generator.workers import workers

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""Days of the portal are days there."""

DAY = click.DateTime(formats=["%Y-%m-%d"])
MONTH = click.DateTime(formats=["%Y-%m"])

console = Console(stderr=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def portal() -> None:
    """信用网站生成器：核查数据、生成网站、验证网站。"""


def with_root(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --root, and tell of faults in configuration and of lost workers with one line and exit code 2."""

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
        except BrokenExecutor:
            lost = "有一个工作进程意外结束，多为内存不足；网站没有改动。请重新运行，仍然如此的加 --jobs 1"
            console.print(lost, style="red", markup=False, highlight=False, soft_wrap=True)
            sys.exit(2)

    return told


def _below(error: ConfigError, root: Path) -> str:
    """The fault with its path as seen from the root, which is shorter and gives away nothing of the machine."""
    return str(error).replace(f"{root.resolve()}{os.sep}", "")


def with_today(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --today; `day_of` says which day is meant."""
    return click.option("--today", type=DAY, help="按哪一天生成（默认：data/site.yml 的 today，没有则为今天）")(command)


jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="处理器数", help="并行进程数"
)


def day_of(root: Path, today: datetime | None) -> date:
    """The day a site is built for: as told, as the site fixes it, or the present one in Shanghai."""
    return today.date() if today else load_portal(root).site.today or datetime.now(SHANGHAI).date()


def published_of(root: Path, today: datetime | None, jobs: int) -> Published:
    """What the present data publish, without a site. The view is gone when this returns; its tallies are not."""
    with tempfile.TemporaryDirectory() as folder, workers(jobs) as executor:
        progress = ConsoleProgress(console)
        return admitted_records(load_portal(root), day_of(root, today), Path(folder), executor, progress)
