"""`make bench`: writes a fictional city and measures on it; results are printed as Markdown.

Machines differ and are noisy: ratios to the reference, taken in the same run, say more than seconds.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import tempfile
from pathlib import Path

from benchmarks import building, checking, comparing, night, searching

ROOT = Path(__file__).resolve().parent.parent
_COMPARED = 10_000
"""Records at most for the searches side by side: the others grow with each record."""
_PARTS = ("building", "checking", "searching", "night", "comparing")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", choices=_PARTS, default=_PARTS)
    parser.add_argument("--queries", type=int, default=500, help="for the recall of each kind of query")
    parser.add_argument("--city", type=Path, help="write the city here and keep it; one that is there is taken")
    arguments = parser.parse_args()
    city = arguments.city or Path(tempfile.mkdtemp(prefix="portal-bench-"))
    print(f"{arguments.records:,} records, Python {platform.python_version()}\n")
    if "building" in arguments.only:
        print(f"## Building\n\n{building.measure(city, ROOT, arguments.records)}\n", flush=True)
    if "checking" in arguments.only:
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            checked = checking.measure(Path(folder), ROOT, arguments.records)
        print(f"## Checking\n\n{checked}\n", flush=True)
    if "searching" in arguments.only:
        print(f"## Searching\n\n{searching.measure(city, arguments.queries)}\n", flush=True)
    if "night" in arguments.only:
        print(f"## Nights\n\n{night.measure(city)}\n", flush=True)
    if "comparing" in arguments.only:
        records = min(arguments.records, _COMPARED)
        with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
            compared = comparing.measure(Path(folder), ROOT, records)
        print(f"## Beside other searches\n\n{compared}\n", flush=True)
    if not arguments.city:
        shutil.rmtree(city)


if __name__ == "__main__":
    main()
