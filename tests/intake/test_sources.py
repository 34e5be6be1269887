"""Where data files lie says what they hold; a file that lies wrong is told and the others are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from portals import KNOWN_KINDS, LICENCES, admitted, csv_of, licence, told, workbook_of

Make = Callable[..., Path]


def misplaced(path: str) -> str:
    return (
        f"[错误] {path}：文件不在“类别/年-月/单位”文件夹中，未读取。"
        "请放到 data/records/<类别>/<年-月>/<单位>.csv 或 .xlsx（file-misplaced）"
    )


def test_files_in_the_wrong_folder_are_told_and_the_others_are_read(root: Make) -> None:
    places = [
        "licence/2023-1/scjgj.csv",
        "licence/2023-12-01/scjgj.csv",
        "licence/2023-12/旧/scjgj.csv",
        "licence/2023-13/scjgj.csv",
        "licence/202312/scjgj.csv",
        "licence/2023年12月/scjgj.csv",
        "licence/scjgj.csv",
        "scjgj.csv",
    ]
    paths = [f"data/records/{place}" for place in places]
    with admitted(root({**{path: [licence(1)] for path in paths}, LICENCES: [licence(2)]})) as found:
        assert found.lines() == [misplaced(path) for path in paths]
        assert found.counts()["published"] == 1


def test_a_folder_of_no_kind_is_told(root: Make) -> None:
    path = "data/records/licences/2023-12/scjgj.csv"
    assert told(root({path: [licence()]})) == [
        f"[错误] {path}：没有名为“licences”的记录类别。请核对文件夹名；现有类别：{KNOWN_KINDS}（file-kind-unknown）"
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("scjg", "；是否应为“scjgj”"), ("lushanxian", "；是否应为“lushan”"), ("市监局2023", "")],
)
def test_a_file_of_no_unit_is_told_with_the_one_it_may_have_meant(root: Make, name: str, nearest: str) -> None:
    path = f"data/records/licence/2023-12/{name}.csv"
    assert told(root({path: [licence()]})) == [
        f"[错误] {path}：文件名“{name}”不是 data/site.yml 所列单位。请用单位代号命名文件{nearest}（file-unit-unknown）"
    ]


def test_a_name_that_is_no_text_is_told_as_its_clerk_wrote_it(root: Make) -> None:
    portal = root()
    folder = portal / "data/records/licence/2023-12"
    folder.mkdir(parents=True)
    (folder / os.fsdecode("公安局.csv".encode("gbk"))).write_text(csv_of([licence()]), encoding="utf-8")
    assert told(portal) == [
        "[错误] data/records/licence/2023-12/公安局.csv：文件名不是 UTF-8 编码"
        "（多为在 Windows 上打包、在其他系统上解压所致），未读取。"
        "请把文件改名为单位代号后重新提交（file-name-strange）"
    ]


@pytest.mark.parametrize("name", ["scjgj", "市市场监管局", "平顶山市市场监督管理局"])
def test_a_file_may_bear_any_name_of_its_unit(root: Make, name: str) -> None:
    with admitted(root({f"data/records/licence/2023-12/{name}.csv": [licence()]})) as found:
        assert found.lines() == []
        assert found.counts()["published"] == 1


@pytest.mark.parametrize("suffix", [".et", ".doc", ".pdf", ".csv.bak", ".docx"])
def test_another_format_is_told(root: Make, suffix: str) -> None:
    path = f"data/records/licence/2023-12/scjgj{suffix}"
    said = "." + suffix.rsplit(".", 1)[1]
    assert told(root({path: b"x"})) == [
        f"[错误] {path}：不认识的文件格式“{said}”。请另存为 .csv 或 .xlsx（file-format-unknown）"
    ]


@pytest.mark.parametrize("suffix", [".CSV", ".Csv", ".XLSX"])
def test_the_ending_may_be_written_large(root: Make, suffix: str) -> None:
    content = workbook_of([licence()]) if suffix == ".XLSX" else csv_of([licence()])
    assert told(root({f"data/records/licence/2023-12/scjgj{suffix}": content})) == []


@pytest.mark.parametrize(
    "name", ["~$scjgj.xlsx", ".DS_Store", ".gitkeep", "Thumbs.db", "desktop.ini", "README.md", ".~lock.scjgj.xlsx#"]
)
def test_what_editors_leave_behind_is_no_data(root: Make, name: str) -> None:
    with admitted(root({f"data/records/licence/2023-12/{name}": b"\x00\xff", LICENCES: [licence()]})) as found:
        assert found.lines() == []
        assert found.counts()["published"] == 1


def test_a_portal_without_any_data_has_nothing_to_tell(root: Make) -> None:
    with admitted(root()) as found:
        assert found.lines() == []
        assert found.counts()["total"] == 0


def test_a_text_file_and_a_workbook_of_one_unit_are_both_read(root: Make) -> None:
    files = {LICENCES: [licence(1)], "data/records/licence/2023-12/scjgj.xlsx": [licence(2)]}
    with admitted(root(files)) as found:
        assert found.counts()["published"] == 2
