"""What holds for the repository as a whole: its locks, its workflows, and what no file of it may say."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

# What make and its tools leave in a working copy and nobody commits. Not asked of git, which a source
# archive does not have.
NOT_OURS = re.compile(r"\.git|\.venv|build|site|__pycache__|\..+_cache|\.hypothesis|.+\.egg-info")

# In parts, or this file would name them itself.
INDEX_HOSTS = re.compile(r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(?:org|com)")


def our_files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if not NOT_OURS.fullmatch(path.name):
            if path.is_dir():
                yield from our_files(path)
            else:
                yield path


def test_no_file_names_a_package_index_or_a_path_of_the_machine_it_was_written_on() -> None:
    here = {f"{ROOT}/", f"{Path.home()}/"} - {"//"}
    for path in our_files():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        assert not INDEX_HOSTS.search(text), path
        assert not [place for place in here if place in text], path


def test_the_locks_hold_what_the_project_asks_for_with_hashes_for_everything() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = project["project"]["dependencies"] + project["build-system"]["requires"]
    for lock, asked in {
        "requirements.txt": run,
        "requirements-dev.txt": run + project["project"]["optional-dependencies"]["dev"],
    }.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        locked = re.findall(r"^([\w-]+)==.*(?:\\\n    --hash=sha256:\w{64} ?)+$", text, re.MULTILINE)
        assert len(locked) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)), lock
        names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in asked}
        assert names <= set(locked), lock


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_only_the_rights_its_jobs_name_and_runs_only_pinned_actions(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action)
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"]
        # Text from outside reaches a shell through the environment only.
        assert not [step for step in job["steps"] if "${{" in step.get("run", "")]


def test_a_vendored_module_is_byte_for_byte_what_its_authors_published() -> None:
    folder = ROOT / "theme_overrides/assets/vendor"
    listed = re.findall(
        r"^\| `(\S+)` .*, `(\S+)` \| .* \| `(\w{64})` \|$", (folder / "README.md").read_text("utf-8"), re.M
    )
    for name, licence, digest in listed:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
        assert "Permission is hereby granted" in (folder / licence).read_text("utf-8")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.js")} == {name for name, _, _ in listed}
