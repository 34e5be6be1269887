"""The root of a made-up city without its records: declarations and pages, copied from a portal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np

from generator.model.declaration import ConfigError
from generator.model.portal import Portal
from generator.scaffold.root import copy_declarations

RECORDS = Path("data") / "records"

_KEY = "demo-key-not-so-"
_DEMO = re.compile(r"^demo: true\b", re.MULTILINE)


def prepare_root(root: Path, portal: Portal, last_month: str) -> None:
    """Make `root` a portal without records, built for the days after `last_month`.

    Raises ConfigError where that would remove anything but a demonstration.
    """
    if root.resolve() == portal.root.resolve():
        if not portal.site.demo:
            raise ConfigError(
                root / "data" / "site.yml", None, "不是演示网站（demo 不为 true），不能用演示数据替换其记录"
            )
    else:
        if root.exists() and not _may_be_replaced(root):
            raise ConfigError(root, None, "目录不为空，也不是演示网站；请换一个目录")
        _copy(root, portal, last_month)
    shutil.rmtree(root / RECORDS, ignore_errors=True)
    (root / RECORDS).mkdir(parents=True)


def _may_be_replaced(root: Path) -> bool:
    settings = root / "data" / "site.yml"
    if settings.is_file():
        return _DEMO.search(settings.read_text(encoding="utf-8-sig")) is not None
    return root.is_dir() and not any(root.iterdir())


def _copy(root: Path, portal: Portal, last_month: str) -> None:
    copy_declarations(portal.root, root)
    settings = root / "data" / "site.yml"
    text = settings.read_text(encoding="utf-8-sig")
    # The fifth of the next month: the bulletin of the last one is out.
    today = f"{np.datetime64(last_month, 'M') + 1}-05"
    for key, value in {"demo": "true", "today": today, "id_key": _KEY}.items():
        line = re.compile(rf"^{key}:.*$", re.MULTILINE)
        text = line.sub(f"{key}: {value}", text) if line.search(text) else f"{key}: {value}\n{text}"
    settings.write_text(text, encoding="utf-8")
