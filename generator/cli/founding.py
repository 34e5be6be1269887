"""Commands that begin something: a kind of record, a portal, a made-up city."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.options import (
    jobs_option,
    portal,
    with_root,
)
from generator.demo import write_demo
from generator.scaffold.kind import new_kind
from generator.scaffold.portal import found_portal


@portal.command("new")
@with_root
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
@with_root
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
@with_root
@click.option("--records", type=click.IntRange(min=1), help="记录数（不给则写出 2023 年 12 月的演示数据）")
@click.option("--months", type=click.IntRange(min=1), help="分布在多少个月（给出记录数时；默认见演示数据的声明）")
@click.option("--seed", type=int, help="随机种子：相同种子写出相同文件（默认用演示数据的种子）")
@jobs_option
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def demo_command(
    root: Path, records: int | None, months: int | None, seed: int | None, jobs: int, folder: Path
) -> None:
    """在 FOLDER 写出一座虚构的城市，供演示、测试和性能测量。"""
    if months and not records:
        raise click.UsageError("--months 要与 --records 一起给出")
    count = write_demo(folder.resolve(), source=root, records=records, months=months, seed=seed, jobs=jobs)
    click.echo(f"已在 {folder} 写入 {count:,} 条虚构记录")
