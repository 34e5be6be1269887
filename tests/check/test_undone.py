"""`portal check --since`: a withdrawal is final, so a line that left the register is told."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from portals import run, write

Make = Callable[..., Path]
REGISTER = "data/withdrawals.csv"
HEADINGS = "公示编号,撤下日期,原因,说明"
FIRST, SECOND = "0123456789abc", "0123456789abd"
WITHDRAWN = f"{FIRST},2024-01-04,修复,"


@pytest.fixture
def portal(root: Make) -> Path:
    """A portal with a committed register of two lines."""
    made = root({REGISTER: f"{HEADINGS}\n{WITHDRAWN}\n{SECOND},2024-01-04,撤销,\n"})
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        name = ["-c", "user.name=t", "-c", "user.email=t@example.cn"]
        subprocess.run(["git", *name, *words], cwd=made, check=True)
    return made


def undone(portal: Path) -> list[str]:
    """What is said of withdrawals; the command fails exactly when something is."""
    result = run(portal, "check", "--format", "lines", "--since", "HEAD", "--strict", "--today", "2024-01-05")
    lines = [line.strip() for line in result.stdout.splitlines() if line.endswith("（withdrawal-undone）")]
    assert result.exit_code == bool(lines), result.output
    return lines


def told(record: str, row: int) -> str:
    return (
        f"[错误] {REGISTER}，第 {row} 行：公示编号“{record}”的撤下登记已被删去，或者推迟到以后。"
        "撤下不可撤回，请恢复原来的一行（withdrawal-undone）"
    )


@pytest.mark.parametrize(
    "register",
    [
        f"{HEADINGS}\n{WITHDRAWN}\n{SECOND},2024-01-04,撤销,\n{'0' * 13},2024-01-05,修复,\n",
        f"{HEADINGS}\n{SECOND},2024-01-03,变更,改了原因和日期\n{WITHDRAWN}\n",
        f"公示编号,撤下日期\n{WITHDRAWN},,,,\n{SECOND.upper()};2024\n",
    ],
    ids=["more", "other order and reason", "broken lines"],
)
def test_as_long_as_every_id_stays_nothing_is_said(portal: Path, register: str) -> None:
    write(portal / REGISTER, register)
    result = run(portal, "check", "--format", "lines", "--since", "HEAD", "--today", "2024-01-05")
    assert "withdrawal-undone" not in result.stdout


def test_a_line_that_was_removed_is_told_with_the_row_it_stood_in(portal: Path) -> None:
    assert undone(portal) == []
    write(portal / REGISTER, f"{HEADINGS}\n{WITHDRAWN}\n")
    assert undone(portal) == [told(SECOND, 3)]


def test_so_is_every_line_of_a_register_that_was_deleted(portal: Path) -> None:
    (portal / REGISTER).unlink()
    assert undone(portal) == [told(FIRST, 2), told(SECOND, 3)]


def test_so_is_one_that_was_in_force_and_is_put_off(portal: Path) -> None:
    write(portal / REGISTER, f"{HEADINGS}\n{FIRST},2024-01-06,修复,\n{SECOND},2024-01-04,撤销,\n")
    assert undone(portal) == [told(FIRST, 2)]
