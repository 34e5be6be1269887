"""Progress of long work: bars on a terminal, a line per stage elsewhere, silence in tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

T = TypeVar("T")


class Progress:
    """Silent progress; the base of the one people see."""

    def track(self, stage: str, work: Iterable[T], total: int) -> Iterator[T]:
        """Pass the items of a stage on, one by one."""
        yield from work


class ConsoleProgress(Progress):
    """Progress on standard error."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def track(self, stage: str, work: Iterable[T], total: int) -> Iterator[T]:
        """Show a bar on a terminal, else one line when the stage is done."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bars(*columns, console=self._console, disable=not self._console.is_terminal) as bars:
            yield from bars.track(work, total=total, description=stage)
        if total and not self._console.is_terminal:
            self._console.print(f"{stage}：{total}", highlight=False)
