"""`make bench`: writes a fictional city, builds it, and sets the figures beside a reference run.

The reference is DuckDB reading the same CSV files and writing zstd Parquet, in the same run on the
same machine: machines differ and are noisy, ratios less so. Results are printed as Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; wall seconds, and the peak memory in GB of its largest process."""
    # A child of its own for each command: the kernel keeps one maximum for all children of a process.
    script = (
        "import resource, subprocess, sys, time; start = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
        "print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    run = subprocess.run([sys.executable, "-c", script, *command], check=True, capture_output=True, text=True)
    seconds, kilobytes = run.stdout.split()
    return float(seconds), int(kilobytes) / 1024**2


REFERENCE = """
import duckdb, sys
from pathlib import Path
city = Path(sys.argv[1])
for kind in sorted(path.name for path in (city / "data" / "records").iterdir()):
    files = sorted(str(path) for path in (city / "data" / "records" / kind).rglob("*.csv"))
    duckdb.sql(f"COPY (SELECT * FROM read_csv({files!r}, all_varchar=true, union_by_name=true)) "
               f"TO '{city}/{kind}.parquet' (FORMAT parquet, COMPRESSION zstd)")
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="write the city here and keep it")
    arguments = parser.parse_args()
    city = arguments.keep or Path(tempfile.mkdtemp(prefix="portal-bench-"))
    portal = [sys.executable, "-m", "generator"]
    rows = [
        ("portal demo", *timed([*portal, "demo", "--root", str(ROOT), "--records", str(arguments.records), str(city)])),
        ("DuckDB: CSV → Parquet (reference)", *timed([sys.executable, "-c", REFERENCE, str(city)])),
        ("portal build", *timed([*portal, "build", "--root", str(city)])),
        ("portal verify", *timed([*portal, "verify", "--root", str(city), str(city / "site")])),
    ]
    reference = rows[1][1]
    print(f"{arguments.records:,} records, Python {sys.version.split()[0]}\n")
    print("| command | seconds | × reference | peak memory, GB (largest process) |")
    print("| --- | ---: | ---: | ---: |")
    for name, seconds, memory in rows:
        print(f"| {name} | {seconds:.1f} | {seconds / reference:.1f} | {memory:.2f} |")
    files = [path for path in (city / "site").rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"\nSite: {len(files):,} files, {size / 1024**2:,.0f} MB, {size / arguments.records:,.0f} bytes a record")
    if not arguments.keep:
        shutil.rmtree(city)


if __name__ == "__main__":
    main()
