"""Wall seconds and peak memory of a command, and Markdown tables of what was measured."""

from __future__ import annotations

import subprocess
import sys

PORTAL = [sys.executable, "-m", "generator"]


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; wall seconds, and the peak memory in GB of its largest process."""
    # A child of its own for each command: the kernel keeps one maximum for all children of a process.
    script = (
        "import resource, subprocess, sys, time; start = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", script, *command], check=True, stdout=subprocess.PIPE, text=True)
    seconds, kilobytes = run.stdout.split()
    return float(seconds), int(kilobytes) / 1024**2


def table(head: list[str], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
