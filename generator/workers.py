"""Where partitions are worked on: in processes of their own, or in this one.

A process that is forked while others of its threads are at work inherits their locks and their memory half changed, and
Arrow has threads in every process that has read a table: now and then such a child crashed. So workers are
forked from a server that has never done anything but import libraries.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")

_LIBRARIES = [
    "numpy",
    "orjson",
    "pandas",
    "pyarrow",
    "pyarrow.compute",
    "pyarrow.csv",
    "pyarrow.feather",
    "pyarrow.parquet",
    "pydantic",
    "yaml",
]
"""What every worker needs and the server has ready. Not this package: the server would take one of the same name
from the folder it was started in."""


def workers(jobs: int, begin: Callable[..., None] | None = None, words: tuple[Any, ...] = ()) -> Executor:
    """An executor with so many processes; with one job, the work is done at once in this one.

    `begin(*words)` is called where work is going to be done, before any of it. Any other `concurrent.futures`
    executor can take its place.
    """
    if jobs == 1:
        if begin:
            begin(*words)
        return InProcess()
    # Windows can only start processes anew.
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload(_LIBRARIES)
    return ProcessPoolExecutor(jobs, context, begin, words)


class InProcess(Executor):
    """Does the work at once, where it is handed in."""

    def submit(self, work: Callable[..., Result], /, *words: Any, **named: Any) -> Future[Result]:
        """The result, as a future that is done."""
        done: Future[Result] = Future()
        done.set_result(work(*words, **named))
        return done

    def map(
        self, work: Callable[..., Result], *items: Iterable[Any], timeout: float | None = None, chunksize: int = 1
    ) -> Iterator[Result]:
        """One result after the other, each worked out when it is asked for, so that progress can be seen."""
        return map(work, *items)
