"""Where the time and the memory of a build go: `portal build --profile`."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import Any

try:
    import resource
except ImportError:  # Windows
    MEASURES = False
else:
    MEASURES = True
"""Whether this system tells what its processes took."""

_KILO = 1024
"""Linux tells the peak in kilobytes."""


@dataclass
class Stage:
    """The work that one function did in all workers."""

    tasks: int = 0
    seconds: float = 0.0
    """From the start of its first task to the end of its last, on the clock."""
    cpu: float = 0.0
    """CPU seconds of all tasks."""
    peak: int = 0
    """Bytes: the largest that a worker had been by the end of a task."""
    first: float = field(default=float("inf"), repr=False)
    last: float = field(default=0.0, repr=False)


class Profile:
    """Measures the tasks that pass through an executor."""

    def __init__(self) -> None:
        self.stages: dict[str, Stage] = {}
        self._began = time.monotonic()

    def measured(self, executor: Executor) -> Executor:
        """The executor, with each of its tasks measured where it runs."""
        return _Measured(executor, self)

    def add(self, name: str, began: float, ended: float, cpu: float, peak: int) -> None:
        """A task that is done."""
        stage = self.stages.setdefault(name, Stage())
        stage.tasks += 1
        stage.cpu += cpu
        stage.peak = max(stage.peak, peak)
        stage.first, stage.last = min(stage.first, began), max(stage.last, ended)
        stage.seconds = stage.last - stage.first

    def text(self) -> str:
        """A table: stages in the order of their beginning, then the process that hands out the work."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        printer = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = time.monotonic() - self._began
        lines = [_line("阶段", "任务", "历时（秒）", "处理器（秒）", "峰值内存（MB）")]
        lines += [
            _line(name, stage.tasks, f"{stage.seconds:.1f}", f"{stage.cpu:.1f}", f"{stage.peak / _KILO**2:,.0f}")
            for name, stage in sorted(self.stages.items(), key=lambda entry: entry[1].first)
        ]
        cpu = own.ru_utime + own.ru_stime
        lines.append(_line("主进程", "", f"{took:.1f}", f"{cpu:.1f}", f"{own.ru_maxrss / _KILO:,.0f}"))
        # Workers are no children of this process but of a server, see `workers.py`.
        spent = printer.ru_utime + printer.ru_stime
        lines.append(_line("页面引擎", "", "", f"{spent:.1f}", f"{printer.ru_maxrss / _KILO:,.0f}"))
        return "\n".join(lines)


def _line(name: str, *cells: object) -> str:
    wide = sum(ord(letter) > 0x2E80 for letter in name)
    return name.ljust(28 - wide) + "".join(
        str(cell).rjust(16 - sum(ord(letter) > 0x2E80 for letter in str(cell))) for cell in cells
    )


class _Measured(Executor):
    def __init__(self, executor: Executor, profile: Profile) -> None:
        self._executor, self._profile = executor, profile

    def submit(self, work: Callable[..., Any], /, *words: Any, **named: Any) -> Future[Any]:
        """Submit a task that brings its figures along; they are taken off before anybody sees its result."""
        inner = self._executor.submit(_timed, work, *words, **named)
        outer: Future[Any] = Future()

        def done(finished: Future[Any]) -> None:
            if error := finished.exception():
                outer.set_exception(error)
                return
            result, *figures = finished.result()
            self._profile.add(getattr(work, "func", work).__name__.strip("_"), *figures)
            outer.set_result(result)

        inner.add_done_callback(done)
        return outer


def _timed(work: Callable[..., Any], *words: Any, **named: Any) -> tuple[Any, float, float, float, int]:
    began, cpu = time.monotonic(), time.process_time()
    result = work(*words, **named)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILO
    return result, began, time.monotonic(), time.process_time() - cpu, peak
