"""The console script `portal`: turns words of the command line into calls, and faults into exit codes.

0 done; 1 faults found (`--strict`, `verify`, a fall in numbers); 2 wrong use or configuration.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from generator.cli import building, bulletins, checking, founding, staff
from generator.cli.options import portal

__all__ = ["building", "bulletins", "checking", "founding", "main", "portal", "staff"]


def main() -> None:
    """Entry point of the console script."""
    # The console of Windows knows the characters of one code page: what it cannot show is no reason to fail.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    portal()
