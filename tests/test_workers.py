"""Where work is done: processes that begin clean, so that none dies of what another thread was doing."""

from __future__ import annotations

import os
import sys
from concurrent.futures import Executor
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli.options import with_root
from generator.workers import workers

_begun: list[int] = []


def _begin(number: int) -> None:
    _begun.append(number)


def _told(number: int) -> tuple[int, list[int]]:
    return os.getppid(), [*_begun, number]


@pytest.fixture
def two() -> Executor:
    return workers(2, _begin, (7,))


@pytest.mark.skipif(sys.platform == "win32", reason="there every process is started anew")
def test_a_worker_is_not_forked_from_the_process_that_hands_out_the_work(two: Executor) -> None:
    with two as executor:
        parents = {parent for parent, _ in executor.map(_told, range(4))}
    assert os.getpid() not in parents


def test_a_worker_begins_before_it_works(two: Executor) -> None:
    with two as executor:
        assert [said for _, said in executor.map(_told, [1, 2])] == [[7, 1], [7, 2]]


def test_one_job_is_done_in_this_process_when_its_result_is_asked_for() -> None:
    done: list[int] = []
    with workers(1) as executor:
        results = executor.map(done.append, [1, 2])
        assert (next(results), done) == (None, [1])
        assert executor.submit(os.getpid).result() == os.getpid()


def test_a_fault_in_one_job_reaches_who_asked_for_it() -> None:
    with workers(1) as executor, pytest.raises(ZeroDivisionError):
        executor.submit(divmod, 1, 0).result()


def test_a_lost_worker_is_told_in_one_line() -> None:
    @with_root
    def command(root: Path) -> None:
        with workers(2) as executor:
            executor.submit(os._exit, 1).result()

    result = CliRunner().invoke(click.command(command))
    assert (result.exit_code, result.stderr) == (
        2,
        "有一个工作进程意外结束，多为内存不足；网站没有改动。请重新运行，仍然如此的加 --jobs 1\n",
    )
