"""`portal check --since`: a row that vanished from its file is told; one that moved is not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from portals import LICENCES, PENALTIES, PERSON, Rows, csv_of, licence, penalty, person, run, write

Make = Callable[..., Path]


def git(folder: Path, *words: str) -> str:
    name = ["-c", "user.name=t", "-c", "user.email=t@example.cn", "-c", "core.quotepath=off"]
    return subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(root: Make) -> Callable[[dict[str, Rows]], Path]:
    """A portal whose files are committed."""

    def make(files: dict[str, Rows]) -> Path:
        portal = root(files)
        git(portal, "init", "-q")
        commit(portal)
        return portal

    return make


def commit(portal: Path) -> None:
    git(portal, "add", "-A")
    git(portal, "commit", "-q", "-m", "x", "--allow-empty")


def gone(portal: Path, since: str = "HEAD") -> list[str]:
    result = run(portal, "check", "--format", "lines", "--since", since)
    assert result.exit_code == 0, result.stderr
    return [line.strip() for line in result.stdout.splitlines() if line.endswith("（row-vanished）")]


def told(path: str, row: int, number: str, title: str = "行政许可决定文书号") -> str:
    return (
        f"[错误] {path}，第 {row} 行：原有的一行已从文件中消失（{title}：{number}）。"
        "需要停止公示的请办理撤下手续，不要删行；误删的请恢复（row-vanished）"
    )


THREE = [licence(1), licence(2), licence(3)]


def test_nothing_changed_nothing_vanished(repository: Callable[..., Path]) -> None:
    assert gone(repository({LICENCES: THREE})) == []


@pytest.mark.parametrize("committed", [False, True])
def test_a_row_that_vanished_is_told_with_the_row_it_stood_in(repository: Callable[..., Path], committed: bool) -> None:
    portal = repository({LICENCES: THREE})
    write(portal / LICENCES, [licence(1), licence(3)])
    if committed:
        commit(portal)
    assert gone(portal, "HEAD~1" if committed else "HEAD") == [told(LICENCES, 3, "平市监许〔2023〕2号")]


def test_every_row_of_a_file_that_vanished_is_told(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: THREE, PENALTIES: [penalty()]})
    (portal / PENALTIES).unlink()
    assert gone(portal) == [told(PENALTIES, 2, "平市监罚〔2023〕1号", "行政处罚决定书文号")]


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize(
    "target", ["data/records/licence/2024-01/scjgj.csv", "data/records/licence/2023-12/市市场监管局.csv"]
)
def test_a_row_that_moved_to_another_file_has_not_vanished(
    repository: Callable[..., Path], target: str, committed: bool
) -> None:
    portal = repository({LICENCES: THREE})
    write(portal / LICENCES, [licence(1), licence(3)])
    write(portal / target, [licence(2)])
    if committed:
        commit(portal)
    assert gone(portal, "HEAD~1" if committed else "HEAD") == []


def test_a_row_that_moved_into_a_file_that_was_there_has_not_vanished(repository: Callable[..., Path]) -> None:
    other = "data/records/licence/2023-11/scjgj.csv"
    portal = repository({LICENCES: THREE, other: [licence(9)]})
    write(portal / LICENCES, [licence(1), licence(3)])
    write(portal / other, [licence(9), licence(2)])
    assert gone(portal) == []


def test_a_copy_that_stood_elsewhere_before_keeps_the_row_alive(repository: Callable[..., Path]) -> None:
    other = "data/records/licence/2023-11/scjgj.csv"
    portal = repository({LICENCES: THREE, other: [licence(2)]})
    write(portal / LICENCES, [licence(1), licence(3)])
    assert gone(portal) == []


def test_a_file_that_became_a_workbook_has_lost_nothing(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: THREE})
    (portal / LICENCES).unlink()
    write((portal / LICENCES).with_suffix(".xlsx"), THREE)
    commit(portal)
    assert gone(portal, "HEAD~1") == []


def test_a_corrected_row_has_not_vanished(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: THREE})
    changed = licence(2, XK_WSH="平市监许[2023] 2号", XK_NR="更正后的内容", BSRQ="2023/12/20")
    write(portal / LICENCES, [licence(3), licence(1), changed])
    assert gone(portal) == []


def test_a_file_saved_in_another_encoding_has_lost_nothing(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: THREE})
    write(portal / LICENCES, csv_of(THREE).replace("\n", "\r\n").encode("gb18030"))
    assert gone(portal) == []


def test_a_faulty_row_that_vanished_is_told_too(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: [licence(1), licence(2, XK_XKLB="甲类")]})
    write(portal / LICENCES, [licence(1)])
    assert gone(portal) == [told(LICENCES, 3, "平市监许〔2023〕2号")]


def test_a_new_row_and_a_new_file_are_nothing_that_vanished(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: THREE})
    write(portal / LICENCES, [*THREE, licence(4)])
    write(portal / PENALTIES, [penalty()])
    commit(portal)
    assert gone(portal, "HEAD~1") == []


def test_one_of_two_equal_rows_may_go(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: [licence(1), licence(1)]})
    write(portal / LICENCES, [licence(1)])
    assert gone(portal) == []


def test_a_vanished_person_is_told_without_name_and_number(repository: Callable[..., Path]) -> None:
    portal = repository({LICENCES: [licence(1), person(licence(2))]})
    write(portal / LICENCES, [licence(1)])
    [line] = gone(portal)
    assert "张示例" not in line
    assert PERSON not in line


def test_a_portal_below_the_root_of_its_repository_is_compared_too(root: Make, tmp_path: Path) -> None:
    portal = root({LICENCES: THREE})
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    write(portal / LICENCES, THREE[:2])
    assert gone(portal) == [told(LICENCES, 4, "平市监许〔2023〕3号")]


@pytest.mark.parametrize("since", ["no-such-revision", "--output=x"])
def test_a_revision_that_does_not_exist_is_told_and_exit_code_2(repository: Callable[..., Path], since: str) -> None:
    portal = repository({LICENCES: THREE})
    result = run(portal, "check", "--format", "lines", f"--since={since}")
    assert result.exit_code == 2
    assert result.stderr.startswith("配置有误：")
    assert len(result.stderr.splitlines()) == 1
    assert not (portal / "x").exists()


def test_a_portal_outside_any_repository_is_told_and_exit_code_2(root: Make) -> None:
    result = run(root({LICENCES: THREE}), "check", "--since", "HEAD")
    assert result.exit_code == 2
    assert "git 未能比较版本" in result.stderr
