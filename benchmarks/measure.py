"""Wall seconds and peak memory of a command, and Markdown tables of what was measured."""

from __future__ import annotations

import subprocess
import sys

PORTAL = [sys.executable, "-m", "generator"]


# A process of its own for each command, as the kernel keeps one maximum for all children of a process. It takes in
# those that the command leaves behind: workers are children of a server that ends a moment after it.
_TIMER = """
import ctypes, os, resource, subprocess, sys, time
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
took = time.perf_counter() - start
try:
    while True:
        os.wait()
except ChildProcessError:
    print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; wall seconds, and the peak memory in GB of its largest process."""
    run = subprocess.run([sys.executable, "-c", _TIMER, *command], check=True, stdout=subprocess.PIPE, text=True)
    seconds, kilobytes = run.stdout.split()
    return float(seconds), int(kilobytes) / 1024**2


def table(head: list[str], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
