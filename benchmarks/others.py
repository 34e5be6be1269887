"""Other searches over the same records: Pagefind, and the lunr of MkDocs Material. Each is asked by its own scripts."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from benchmarks.searching import Scan


@dataclass(frozen=True)
class Search:
    """A search whose index lies on a disk, ready to be asked."""

    name: str
    seconds: float
    """What making the index took."""
    site: Path
    """What a host would serve."""
    index: list[Path]
    """The files that are there for the search alone."""
    script: str
    """`async ([query, shown]) => ids`, run in an empty page of the site: all that was found, best first.

    `shown`: only as many are wanted, with all that a list of them shows; null: all, without that.
    """
    records: dict[str, str] = field(default_factory=dict)
    """Records by the ids that the script gives, where those are its own."""


def files_of(path: Path) -> list[Path]:
    """A file itself, or all files below a folder."""
    return [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]


_PAGEFIND = """async ([query, shown]) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location));
  const { results } = await pagefind.search(query);
  await Promise.all(results.slice(0, shown ?? 0).map((result) => result.data()));
  return results.map(({ id }) => id);
}"""
_PAGEFIND_MARK = b"pagefind_dcd"
_LUNR = """async ([query]) => {
  const setUp = async () => {
    const { config, docs } = await (await fetch("search/search_index.json")).json();
    const worker = new Worker("assets/javascripts/workers/WORKER");
    const ask = (message) => new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data.data);
      worker.onerror = reject;
      worker.postMessage(message);
    });
    await ask({ type: 0, data: { config, docs, options: {} } });
    return ask;
  };
  globalThis.asking ??= setUp();
  const { items } = await (await asking)({ type: 2, data: query });
  // A page is named with its sections; only those that matched have a score.
  return items.flat().filter(({ score }) => score).map(({ location }) => location.split("#")[1]).filter(Boolean);
}"""
_PAGE = 100
"""Records on a page of Material's site, a section each."""


def pagefind(scan: Scan, site: Path) -> Search:
    """Pagefind's index of a site with a page a record. Raises CalledProcessError."""
    site.mkdir(parents=True)
    for row in scan.rows:
        (site / f"{row.id}.html").write_text(
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><h1>{escape(row.subject)}</h1>'
            f"<p>{escape(row.code)}</p><p>{escape(row.number)}</p></html>",
            encoding="utf-8",
        )
    seconds = _run("pagefind", "--silent", "--site", str(site))
    records = {}
    for path in site.rglob("*.pf_fragment"):
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_PAGEFIND_MARK))
        records[path.stem] = fragment["url"].strip("/").removesuffix(".html")
    return Search("Pagefind", seconds, site, files_of(site / "pagefind"), _PAGEFIND, records)


def material(scan: Scan, site: Path) -> Search:
    """A site of MkDocs Material with its search, a section a record. Raises CalledProcessError."""
    source = site.with_name(f"{site.name}-source")
    (source / "docs").mkdir(parents=True)
    for start in range(0, len(scan.rows), _PAGE):
        sections = (
            f'<h2 id="{row.id}">{escape(row.subject)}</h2><p>{escape(row.code)} {escape(row.number)}</p>'
            for row in scan.rows[start : start + _PAGE]
        )
        page = source / "docs" / ("index.md" if not start else f"{start}.md")
        page.write_text("\n".join(sections), encoding="utf-8")
    theme = {"name": "material", "language": "zh", "font": False}
    config = {"site_name": "示例", "theme": theme, "plugins": ["search"], "site_dir": str(site.resolve())}
    (source / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")
    seconds = _run("mkdocs", "build", "--quiet", "-f", str(source / "mkdocs.yml"))
    worker = next((site / "assets/javascripts/workers").glob("search.*.js"))
    words = "with" if importlib.util.find_spec("jieba") else "without"
    script = _LUNR.replace("WORKER", worker.name)
    return Search(f"Material's lunr, {words} jieba", seconds, site, files_of(site / "search"), script)


OTHERS: dict[str, Callable[[Scan, Path], Search]] = {"Pagefind": pagefind, "Material's lunr": material}


def _run(*module: str) -> float:
    """Seconds that a Python module takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", *module], check=True, capture_output=True)
    return time.perf_counter() - start
