"""Files of an earlier revision of the data's git repository."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from generator.model.declaration import ConfigError
from generator.model.portal import Portal


def check_revision(portal: Portal, since: str) -> None:
    """Refuse what git would take for an option, and what it does not know. Raises ConfigError."""
    if since.startswith("-"):
        raise ConfigError(portal.root, None, f"--since 不是 Git 版本：{since}")
    git(portal, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}")


def restore(portal: Portal, since: str, path: str, folder: Path) -> None:
    """Lay the file of a revision under another root; a file that was not there then is left out."""
    try:
        content = git(portal, "show", f"{since}:./{path}")
    except ConfigError:
        return
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def git(portal: Portal, *words: str) -> bytes:
    """What a git command prints, run in the portal's root. Raises ConfigError with git's own words if it fails."""
    program = shutil.which("git")
    if program is None:
        raise ConfigError(portal.root, None, "--since 需要安装 git")
    run = subprocess.run([program, *words], cwd=portal.root, capture_output=True, check=False)  # noqa: S603
    if run.returncode != 0:
        words_of_git = run.stderr.decode(errors="replace").strip().splitlines()
        raise ConfigError(portal.root, None, f"git 未能比较版本：{words_of_git[0] if words_of_git else '未知原因'}")
    return run.stdout
