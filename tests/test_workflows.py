"""The workflows and what operators copy from the guide: safe by the rules of others, and pointing at what is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import portal

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".github/workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
HOSTING = (ROOT / "content/staff/hosting.md").read_text(encoding="utf-8")
NAMES = [path.name for path in WORKFLOWS]


def tool(name: str) -> str:
    """A program that came with the requirements of the tests."""
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert found, f"{name} is not installed: make test installs it"
    return found


def run(*words: str | Path, **options: Any) -> str:
    done = subprocess.run(
        list(map(str, words)), capture_output=True, text=True, encoding="utf-8", check=False, **options
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def block(language: str, after: str = "") -> str:
    """What the operators' page has them copy: the first block of a language behind some words."""
    return (
        HOSTING.partition(after)[2].partition(f"```{language}\n")[2].partition("```\n")[0]
        if after
        else (HOSTING.partition(f"```{language}\n")[2].partition("```\n")[0])
    )


def jobs(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]


def test_zizmor_finds_nothing_that_a_pull_request_or_an_action_could_abuse() -> None:
    assert run(tool("zizmor"), "--offline", "--quiet", "--no-progress", FOLDER) == ""


def test_workflows_are_as_github_and_gitlab_describe_them(tmp_path: Path) -> None:
    check = tool("check-jsonschema")
    assert run(check, "--builtin-schema", "vendor.github-workflows", *WORKFLOWS) == ""
    (tmp_path / "gitlab-ci.yml").write_text(block("yaml"), encoding="utf-8")
    assert run(check, "--builtin-schema", "vendor.gitlab-ci", tmp_path / "gitlab-ci.yml") == ""


def scripts() -> dict[str, str]:
    """Every shell script: those of steps, of GitLab's jobs, of the page's set-up, and of tools/."""
    found = {
        f"{path.name}-{job}-{place}": step["run"]
        for path in WORKFLOWS
        for job, declared in jobs(path).items()
        if not declared["runs-on"].startswith("windows")
        for place, step in enumerate(declared["steps"])
        if "run" in step
    }
    gitlab = yaml.safe_load(block("yaml"))
    found |= {f"gitlab-{name}": "\n".join(job["script"]) for name, job in gitlab.items() if "script" in job}
    return found | {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "tools").glob("*.sh")}


def test_shellcheck_finds_nothing_in_any_script(tmp_path: Path) -> None:
    files = []
    for name, text in scripts().items():
        files.append(tmp_path / f"{name}.sh")
        files[-1].write_text(text if text.startswith("#!") else f"#!/bin/bash -e\n{text}", encoding="utf-8")
    assert run(tool("shellcheck"), *files) == ""


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_what_a_job_asks_of_others_is_there(path: Path) -> None:
    declared = jobs(path)
    for job in declared.values():
        needs = job.get("needs", [])
        needs = [needs] if isinstance(needs, str) else needs
        assert set(needs) <= declared.keys()
        text = yaml.safe_dump(job, allow_unicode=True)
        for other, output in re.findall(r"needs\.([\w-]+)\.outputs\.([\w-]+)", text):
            assert other in needs
            assert output in declared[other]["outputs"]
        steps = {step.get("id") for step in job["steps"]}
        assert set(re.findall(r"steps\.([\w-]+)\.", text)) <= steps


@pytest.mark.parametrize("path", WORKFLOWS, ids=NAMES)
def test_what_may_write_runs_nothing_that_was_checked_out(path: Path) -> None:
    for name, job in jobs(path).items():
        if not {"contents", "pull-requests", "actions"} & {
            right for right, level in job["permissions"].items() if level == "write"
        }:
            continue
        run_by_it = "\n".join(step.get("run", "") for step in job["steps"])
        assert not re.search(r"\b(make|portal (?!check -->)|python|pip|\.venv|tools/)", run_by_it), name


def test_no_workflow_uses_a_secret_and_every_portal_command_is_one() -> None:
    for text in [*(path.read_text(encoding="utf-8") for path in WORKFLOWS), HOSTING]:
        assert "secrets." not in text
        assert set(re.findall(r"(?:bin/|`)portal ([a-z]+)", text)) <= portal.commands.keys()


def test_the_night_is_before_morning_in_shanghai_and_the_bulletin_is_drafted_on_the_first() -> None:
    crons = {
        path.name: re.findall(r'cron: "(.+)"', path.read_text(encoding="utf-8"))
        for path in WORKFLOWS
        if "schedule:" in path.read_text(encoding="utf-8")
    }
    # Minute and hour of UTC; Shanghai is eight hours ahead: 02:30 every day, 09:00 on the 1st.
    assert crons == {"site.yml": ["30 18 * * *"], "bulletin.yml": ["0 1 1 * *"]}


def test_all_scheduled_workflows_are_kept_awake() -> None:
    [step] = jobs(FOLDER / "site.yml")["awake"]["steps"]
    scheduled = {path.name for path in WORKFLOWS if "schedule:" in path.read_text(encoding="utf-8")}
    assert set(re.findall(r"\w+\.yml", step["run"])) == scheduled


def test_the_server_of_the_guide_shows_the_link_that_the_nightly_script_changes_and_forbids_frames() -> None:
    server = block("nginx")
    assert "root /srv/portal/web/current;" in server
    assert "/srv/portal/data/tools/nightly.sh /srv/portal/web" in block("ini")
    assert "frame-ancestors 'none'" in server
    # A location with a header of its own would lose all of these.
    assert "add_header" not in server.partition("location /")[2]
