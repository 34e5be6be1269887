"""Takes the engine's pages into the site, and the files every site has."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import orjson

from generator import __version__
from generator.assemble.frame import FRAME_FOLDER
from generator.assemble.security import with_policy
from generator.assemble.staging import BUILD_FILE, Staging

# What the engine writes beside pages: frames, its own sitemap and object inventory, its search for words, source maps.
_LEFT_OUT = (
    f"{FRAME_FOLDER}/",
    "sitemap.xml",
    "objects.inv",
    "search.json",
    "search/search_index.json",
    "assets/javascripts/lunr/",
    "assets/javascripts/workers/",
)


def take_pages(html: Path, staging: Staging) -> None:
    """Copy the engine's output; every page gets its security policy."""
    for path in sorted(html.rglob("*")):
        name = path.relative_to(html).as_posix()
        if path.is_dir() or name.startswith(_LEFT_OUT) or name.endswith(".map"):
            continue
        if path.suffix == ".html":
            staging.write(name, with_policy(path.read_text(encoding="utf-8")))
        else:
            target = staging.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def write_build_file(staging: Staging, today: date, now: datetime) -> None:
    """build.json: the only file that holds the time of the build."""
    document = {"built": now.isoformat(timespec="seconds"), "as_of": today.isoformat(), "generator": __version__}
    staging.write(BUILD_FILE, orjson.dumps(document, option=orjson.OPT_INDENT_2))
