"""tools/nightly.sh: a server of one's own shows the old site or the new one, and never half of one."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
from pathlib import Path
from threading import Event, Thread

import pytest

SCRIPT = Path(__file__).parents[1] / "tools/nightly.sh"
# Builds a site of two files that say the same word, slowly, as a build does.
STUB = """#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --out ] && out=$2; [ "$1" = --root ] && root=$2; shift; done
word=$(cat "$root/word")
[ "$word" = broken ] && exit 2
mkdir -p "$out"
echo "$word" > "$out/page"
echo "{\\"word\\": \\"$word\\"}" > "$out/build.json"
[ "$word" = tainted ] && exit 1
exit 0
"""


@pytest.fixture
def server(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "portal").write_text(STUB, encoding="utf-8")
    (tmp_path / "portal").chmod(0o755)
    return tmp_path


def night(server: Path, word: str) -> int:
    """Run the script with data that say a word; its exit code."""
    (server / "data/word").write_text(word, encoding="utf-8")
    environment = {**os.environ, "PORTAL": str(server / "portal")}
    words = [str(SCRIPT), str(server / "web"), str(server / "data")]
    return subprocess.run(words, env=environment, capture_output=True, check=False).returncode


def shown(server: Path) -> str:
    return json.loads((server / "web/current/build.json").read_text(encoding="utf-8"))["word"]


def sites(server: Path) -> int:
    return len(list((server / "web/sites").iterdir()))


def test_a_night_shows_the_new_site_and_removes_the_former_one(server: Path) -> None:
    assert night(server, "first") == 0
    assert night(server, "second") == 0
    assert (server / "web/current").is_symlink()
    assert (shown(server), sites(server)) == ("second", 1)


def test_a_build_that_fails_leaves_the_site_as_it_was(server: Path) -> None:
    night(server, "first")
    assert night(server, "broken") == 1
    assert (shown(server), sites(server)) == ("first", 1)


def test_a_first_night_that_fails_shows_nothing(server: Path) -> None:
    assert night(server, "broken") == 1
    assert not (server / "web/current").exists()


def test_a_site_without_the_kinds_that_taint_it_is_shown_and_somebody_has_to_look(server: Path) -> None:
    night(server, "first")
    assert night(server, "tainted") == 1
    assert shown(server) == "tainted"


def test_a_visitor_never_meets_a_night_without_a_site(server: Path) -> None:
    night(server, "0")
    over, met = Event(), []

    def visit() -> None:
        while not over.is_set():
            # One look at the link, as one request is: what it leads to is a whole site.
            folder = os.open(server / "web/current", os.O_RDONLY)
            met.append(str(Path(f"/proc/self/fd/{folder}").readlink()))
            os.close(folder)

    visitor = Thread(target=visit)
    visitor.start()
    for word in "123456":
        assert night(server, word) == 0
    over.set()
    visitor.join()
    assert len(set(met)) > 1
    assert shown(server) == "6"


def test_two_nights_do_not_run_at_once(server: Path) -> None:
    night(server, "first")
    with (server / "web/.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert night(server, "second") == 75
    assert shown(server) == "first"


def test_without_fresh_data_the_old_are_built_again_so_that_records_expire(server: Path) -> None:
    data = server / "data"

    def git(*words: str) -> None:
        who = ["-c", "user.name=示例", "-c", "user.email=a@example.cn", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *who, *words], cwd=data, check=True, capture_output=True)

    git("init", "--bare", str(server / "remote"))
    git("init")
    git("commit", "--allow-empty", "--message", "first")
    git("remote", "add", "origin", str(server / "remote"))
    git("push", "--set-upstream", "origin", "main")
    assert night(server, "with remote") == 0
    (server / "remote").rename(server / "gone")
    assert night(server, "without remote") == 1
    assert shown(server) == "without remote"


def test_what_a_night_that_was_killed_left_behind_is_removed(server: Path) -> None:
    for name in ("20240101T023000-1", ".20240101T023000-1.candidate"):
        (server / "web/sites" / name).mkdir(parents=True)
    assert night(server, "first") == 0
    assert sites(server) == 1


def test_a_folder_in_the_place_of_the_link_is_not_overwritten(server: Path) -> None:
    (server / "web/current").mkdir(parents=True)
    assert night(server, "first") != 0
    assert (server / "web/current").is_dir()
    assert not (server / "web/current").is_symlink()
