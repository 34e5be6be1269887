"""Has MkDocs (or Zensical) print the Markdown pages. They see ordinary files and know nothing of records."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import yaml

from generator.model.declaration import ConfigError, yaml_fault

Engine = Literal["mkdocs", "zensical"]


class _PythonName(str):
    """A value written `!!python/name:…` in mkdocs.yml: passed on, never looked up here."""


class _Loader(yaml.SafeLoader):
    pass


class _Dumper(yaml.SafeDumper):
    pass


_TAG = "tag:yaml.org,2002:python/name:"
_Loader.add_multi_constructor(_TAG, lambda loader, suffix, node: _PythonName(suffix))
_Dumper.add_representer(_PythonName, lambda dumper, name: dumper.represent_scalar(f"{_TAG}{name}", ""))


def write_pages(
    root: Path, pages: Mapping[str, str | bytes], build: Path, set_aside: frozenset[str] = frozenset()
) -> Path:
    """Lay out what the engine reads: content/, the generated pages, and files that pages link to. Returns the folder.

    The files are copied by the engine, which thus knows that the links lead somewhere. `set_aside`: paths below
    content/ that the engine does not get.
    """
    folder = build / "pages"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(root / "content", folder)
    for path in set_aside:
        (folder / path).unlink()
    for path, text in pages.items():
        target = folder / path
        if target.exists():
            raise ConfigError(root / "content" / path, None, "与生成的页面同名，请改名")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def write_config(
    root: Path, build: Path, name: str, address: str | None, extra: Mapping[str, Any], sections: Mapping[str, list[Any]]
) -> Path:
    """Write build/mkdocs.yml: the project's own with the site's name, what templates show, and generated sections.

    `sections`: path of a section's index page → navigation entries that follow it.
    """
    path = root / "mkdocs.yml"
    try:
        text = path.read_text(encoding="utf-8")
        config = yaml.load(text, _Loader)  # noqa: S506 - a SafeLoader with one more tag
    except FileNotFoundError as error:
        raise ConfigError(path, None, "文件不存在") from error
    except yaml.YAMLError as error:
        raise yaml_fault(path, error, text) from error
    for key, form in {"theme": dict, "nav": list}.items():
        if not isinstance(config, dict) or not isinstance(config.get(key), form):
            raise ConfigError(path, 1, f"应为键值表，并有 {key}（{'列表' if form is list else '键值表'}）")
    if "custom_dir" not in config["theme"]:
        raise ConfigError(path, 1, "theme 须写明 custom_dir")
    config |= {"site_name": name, "site_url": address or "", "docs_dir": "pages", "site_dir": "html"}
    config["theme"]["custom_dir"] = os.path.relpath(root / config["theme"]["custom_dir"], build)
    config["extra"] = {**config.get("extra", {}), **extra}
    config["nav"] = _with_sections(config["nav"], sections)
    target = build / "mkdocs.yml"
    target.write_text(yaml.dump(config, Dumper=_Dumper, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return target


def _with_sections(nav: list[Any], sections: Mapping[str, list[Any]]) -> list[Any]:
    found = []
    for entry in nav:
        if isinstance(entry, dict):
            entry = {
                title: _with_sections(below, sections) if isinstance(below, list) else below
                for title, below in entry.items()
            }
        found += [entry, *(sections.get(entry, []) if isinstance(entry, str) else [])]
    return found


@contextmanager
def printing(config: Path, engine: Engine, now: datetime) -> Iterator[Callable[[], Path]]:
    """Have the engine print while other work goes on. What is given waits for it and returns the folder of HTML; it
    raises ConfigError with the engine's own words if that failed.
    """
    html = config.parent / "html"
    shutil.rmtree(html, ignore_errors=True)
    command = {
        "mkdocs": [sys.executable, "-m", "mkdocs", "build", "-f", str(config)],
        "zensical": [sys.executable, "-m", "zensical", "build", "--clean", "-f", str(config)],
    }[engine]
    # Dates in the printed pages come from the build's own time, not from the clock.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(now.timestamp())), "NO_MKDOCS_2_WARNING": "1"}
    run = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )

    def printed() -> Path:
        told, wrong = run.communicate()
        if run.returncode != 0 or not html.is_dir():
            words = (wrong + told).strip().splitlines()
            raise ConfigError(config, None, f"{engine} 未能生成页面：{' / '.join(words[-8:])}")
        return html

    with run:
        try:
            yield printed
        finally:
            run.kill()
