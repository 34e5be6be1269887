"""A fictional city built and verified, beside DuckDB reading the same CSV files and writing zstd Parquet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.measure import PORTAL, table, timed

_REFERENCE = """
import duckdb, sys
from pathlib import Path
city = Path(sys.argv[1])
for kind in sorted(path.name for path in (city / "data" / "records").iterdir()):
    files = sorted(str(path) for path in (city / "data" / "records" / kind).rglob("*.csv"))
    duckdb.sql(f"COPY (SELECT * FROM read_csv({files!r}, all_varchar=true, union_by_name=true)) "
               f"TO '{city}/{kind}.parquet' (FORMAT parquet, COMPRESSION zstd)")
"""


def measure(city: Path, root: Path, records: int) -> str:
    """Write the city, read it with DuckDB, build it, verify it. Returns the results as Markdown."""
    demo = timed([*PORTAL, "demo", "--root", str(root), "--records", str(records), str(city)])
    reference = timed([sys.executable, "-c", _REFERENCE, str(city)])
    build = timed([*PORTAL, "build", "--root", str(city)])
    verify = timed([*PORTAL, "verify", "--root", str(city), str(city / "site")])
    named = {"DuckDB: CSV → Parquet (reference)": reference, "portal demo": demo}
    named |= {"portal build": build, "portal verify": verify}
    head = ["command", "seconds", "× reference", "peak memory, GB (largest process)"]
    rows = [(name, f"{took:.1f}", f"{took / reference[0]:.1f}", f"{peak:.2f}") for name, (took, peak) in named.items()]
    return f"{table(head, rows)}\n\n{_size(city / 'site')}"


def _size(site: Path) -> str:
    """How many files and bytes a site has, by its folders."""
    kinds = json.loads((site / "store/manifest.json").read_bytes())["kinds"]
    published = sum(kind["count"] for kind in kinds)
    folders: dict[str, list[int]] = {}
    for path in site.rglob("*"):
        if path.is_file():
            parts = path.relative_to(site).parts
            own = parts[0] == "store" and len(parts) > 2
            name = "/".join(parts[:2]) if own else parts[0] if len(parts) > 1 else "."
            name = "store/<kind>" if own and parts[1] in {kind["id"] for kind in kinds} else name
            folders.setdefault(name, []).append(path.stat().st_size)
    rows: list[tuple[object, ...]] = [
        (name, f"{len(sizes):,}", f"{sum(sizes) / 1024**2:,.1f}", f"{sum(sizes) / published:,.0f}")
        for name, sizes in [*sorted(folders.items()), ("all", [size for of in folders.values() for size in of])]
    ]
    return f"{published:,} records published.\n\n" + table(["folder", "files", "MB", "bytes a record"], rows)
