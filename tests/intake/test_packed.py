"""`portal pack`: months that are closed become one Parquet a year, and nothing else changes for anyone."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from nasty import NASTY
from portals import (
    OFFICES,
    ROOT,
    SITE,
    TODAY,
    admitted,
    build_site,
    csv_of,
    licence,
    make_portal,
    office,
    penalty,
    run,
    told,
    workbook_of,
    write,
)
from printed import tree

from generator.intake.packed import packed_files, read_packed
from generator.intake.packing import write_pack
from generator.model.portal import load_portal
from generator.model.record_id import as_text

Make = Callable[..., Path]

MARCH, MAY = "data/records/licence/2023-03/scjgj.csv", "data/records/licence/2023-05/scjgj.csv"
PACK = "data/records/licence/2023.parquet"
DAYS = {"XK_JDRQ": "2023/03/01", "XK_YXQZ": "2023/03/01", "BSRQ": "2023/03/06"}


def early(number: int, **changes: str) -> dict[str, str]:
    """A licence of March 2023."""
    return licence(number, **{**DAYS, **changes})


def pack(root: Path, *words: str, today: str = "2024-03-01") -> list[str]:
    """The lines that `portal pack` prints."""
    result = run(root, "pack", "--today", today, *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout.splitlines()


def records(root: Path) -> set[str]:
    folder = root / "data/records"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def case(name: str, folder: Path) -> tuple[Path, date]:
    """The portal of a golden case, and its day."""
    settings = yaml.safe_load((ROOT / "tests/cases" / name / "case.yml").read_text(encoding="utf-8"))
    root = make_portal(folder / "portal", pages=True, **settings)
    shutil.copytree(ROOT / "tests/cases" / name / "data", root / "data", dirs_exist_ok=True)
    return root, date.fromisoformat(settings["today"])


def report(root: Path, today: date) -> str:
    with admitted(root, today) as found:
        return found.told()


@pytest.mark.parametrize("name", ["clean-month", "correction", "gb18030-and-xlsx"])
def test_the_report_of_packed_files_is_that_of_the_files(tmp_path: Path, name: str) -> None:
    root, today = case(name, tmp_path)
    before = report(root, today)
    pack(root, "2023")
    assert records(root) == {"licence/2023.parquet", "penalty/2023.parquet"}
    assert report(root, today) == before


ODD = (
    "page-of-a-system",
    "begins-below-and-right",
    "total-and-footnotes",
    "merged-down",
    "utf-16-of-excel",
    "really-xls",
    "two-forms-on-a-sheet",
    "a-slip-in-headings-far-below",
)


def test_what_is_told_of_reading_a_file_is_told_of_it_packed(root: Make) -> None:
    files = {office(place, suffix=NASTY[name].suffix[1:]): NASTY[name].content for place, name in enumerate(ODD)}
    portal = root(files, units=[*SITE["units"], *OFFICES])
    before = report(portal, TODAY)
    assert all(path in before for path in files)
    # 13 records, and the four lines below those of 合计, which are read and then set aside; four and a note; 72.
    assert pack(portal, "2023", "--kind", "licence")[0].startswith(f"{PACK}：收入 8 个文件 94 行")
    assert records(portal) == {"licence/2023.parquet"}
    assert report(portal, TODAY) == before


def test_a_site_of_packed_files_with_every_fault_is_byte_for_byte_that_of_the_files(tmp_path: Path) -> None:
    root, today = case("every-fault", tmp_path)
    files, before = records(root), report(root, today)
    site = tree(build_site(root, today=today))
    pack(root, "2026", today="2027-03-01")
    # What lies wrong, is unreadable or has lines that cannot be laid out in columns is not packed.
    stayed = {"scjgj.csv", "permit/2026-12/scjgj.csv", "penalty/2026-12/scjgj.csv", "penalty/2026-12/鲁山县.csv"}
    stayed |= {f"licence/2026-12/{name}" for name in ("jiaxian.csv", "lushan.xlsx", "scjg.csv", "scjgj.doc", "zjj.csv")}
    packed = {f"{kind}/2026.parquet" for kind in ("licence", "penalty", "performance", "serious-discredit")}
    assert records(root) == stayed | packed
    assert len(files - stayed) == 10
    assert report(root, today) == before
    assert tree(build_site(root, today=today)) == site
    assert run(root, "verify", str(root / "site"), "--today", today.isoformat()).exit_code == 0


def test_a_fault_in_a_packed_row_is_told_by_the_file_and_row_the_clerk_knows(root: Make) -> None:
    portal = root({MARCH: "\n" + csv_of([early(1), early(2, XK_XKLB="甲类")])})
    [line] = told(portal)
    # An empty line, the headings, a row, and then this one.
    assert line.startswith(f"[错误] {MARCH}，第 4 行：“许可类别”的值“甲类”不在规定的选项内")
    pack(portal, "2023")
    assert told(portal) == [line]
    result = run(portal, "check", "--format", "lines", str(portal / PACK))
    assert line in result.stdout
    assert "共核查 1 个文件 2 行" in result.stdout


def test_cells_and_headings_of_every_form_of_file_are_kept_as_they_stood(root: Make) -> None:
    odd = csv_of([{**early(1), "经办": "示例，“一”", "row": "7", "line": "8"}], newline="\r\n").encode("gb18030")
    other = "data/records/licence/2023-03/lushan.xlsx"
    book = workbook_of([early(2), early(3)], sheet="三月", above=2)
    portal = root({MARCH: odd, other: book, "data/records/licence/2023-04/zjj.csv": csv_of([early(4)])[:-1]})
    lines = told(portal)
    # 经办, row and line are no columns of a licence; three rows name another unit, one another month.
    assert len(lines) == 7
    [said] = pack(portal, "2023", "--kind", "licence")
    assert said.startswith(f"{PACK}：收入 3 个文件 4 行，")
    assert told(portal) == lines
    table = pq.read_table(portal / PACK)
    assert table.column("file").to_pylist() == [
        "2023-03/lushan.xlsx",
        "2023-03/lushan.xlsx",
        "2023-03/scjgj.csv",
        "2023-04/zjj.csv",
    ]
    assert table.column("sheet").to_pylist() == ["三月", "三月", "", ""]
    assert table.column("row").to_pylist() == [4, 5, 2, 2]
    assert table.column("经办").to_pylist() == [None, None, "示例，“一”", None]
    assert table.column("XK_WSH").to_pylist() == [f"平市监许〔2023〕{number}号" for number in (2, 3, 1, 4)]


def test_a_file_that_comes_later_is_read_beside_the_packed_ones_and_packed_with_them(root: Make) -> None:
    portal = root({MARCH: [early(1)], MAY: [early(2)]})
    pack(portal, "2023")
    # Under a name that was packed, and under a new one.
    write(portal / MARCH, [early(1), early(3)])
    write(portal / "data/records/licence/2023-03/市市场监管局.xlsx", [early(4)])
    with admitted(portal) as found:
        assert sorted(found.records("licence")["XK_WSH"]) == [f"平市监许〔2023〕{number}号" for number in (1, 2, 3, 4)]
        assert found.counts() == {"total": 5, "published": 4, "expired": 0, "superseded": 1, "withheld": 0}
        before = found.told()
    assert pack(portal, "2023")[0].startswith(f"{PACK}：收入 2 个文件 3 行，")
    assert records(portal) == {"licence/2023.parquet"}
    assert report(portal, date(2024, 1, 5)) == before
    content = (portal / PACK).read_bytes()
    assert pack(portal, "2023")[0] == f"{PACK}：收入 0 个文件 0 行"
    assert (portal / PACK).read_bytes() == content


@pytest.mark.parametrize(("today", "packed"), [("2023-04-30", False), ("2023-05-01", True)])
def test_a_month_is_packed_when_another_one_has_passed(root: Make, today: str, packed: bool) -> None:
    portal = root({MARCH: [early(1)], "data/records/licence/2023-02/scjgj.csv": [early(2)]}, today=None)
    lines = pack(portal, "2023", "--kind", "licence", today=today)
    refused = "  未打包 data/records/licence/2023-03：尚未结束，当月和上月的文件不打包"
    assert lines[1:] == ([] if packed else [refused])
    assert (portal / MARCH).exists() != packed
    assert not (portal / "data/records/licence/2023-02").exists()


def test_a_year_without_a_closed_month_and_an_unknown_kind_are_refused(root: Make) -> None:
    portal = root({MARCH: [early(1)]})
    result = run(portal, "pack", "2023", "2024", "--today", "2024-02-29")
    assert result.exit_code == 2
    assert "2024 年还没有已结束的月份：当月和上月的文件不打包（今天是 2024-02-29）" in result.stderr
    assert run(portal, "pack", "2023", "--kind", "permit").exit_code == 2
    assert records(portal) == {"licence/2023-03/scjgj.csv"}


def test_what_is_no_table_or_cannot_be_read_stays_and_is_told(root: Make) -> None:
    broken = csv_of([early(1), early(2)]).rstrip("\n") + ",一列太多\n"
    folder = "data/records/licence/2023-03"
    portal = root({f"{folder}/.gitkeep": "", f"{folder}/README.md": "x", f"{folder}/zjj.csv": broken})
    write(portal / folder / "scjgj.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook")
    write(portal / folder / "lushan.csv", [early(3)])
    before = told(portal)
    assert pack(portal, "2023", "--kind", "licence")[1:] == [
        f"  未打包 {folder}/.gitkeep：不是数据文件",
        f"  未打包 {folder}/README.md：不是数据文件",
        f"  未打包 {folder}/scjgj.xlsx：文件无法打开：不是 Excel 工作簿，或者已损坏",
        f"  未打包 {folder}/zjj.csv：有 1 行不能分列，请先按 portal check 的提示改正",
    ]
    left = {f"licence/2023-03/{name}" for name in (".gitkeep", "README.md", "scjgj.xlsx", "zjj.csv")}
    assert records(portal) == left | {"licence/2023.parquet"}
    assert told(portal) == before


def test_a_file_that_is_not_read_back_as_it_was_stays(root: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = root({MARCH: [early(1)]})
    monkeypatch.setattr("generator.pack.equal_sheets", lambda some, others: False)
    result = run(portal, "pack", "2023", "--today", "2024-03-01")
    assert result.exit_code == 1
    assert "读回核对不一致" in result.stderr
    assert records(portal) == {"licence/2023-03/scjgj.csv"}


def test_packing_that_is_interrupted_loses_nothing_and_is_finished_by_the_next_run(
    root: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal = root({MARCH: [early(1)], MAY: [early(2, XK_XKLB="甲类")]})
    before = report(portal, date(2024, 1, 5))

    def stop(*words: object) -> None:
        raise KeyboardInterrupt

    for place, left in (
        ("write_pack", {"licence/2023-03/scjgj.csv", "licence/2023-05/scjgj.csv"}),
        ("_remove", {"licence/2023-03/scjgj.csv", "licence/2023-05/scjgj.csv", "licence/2023.parquet"}),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(f"generator.pack.{place}", stop)
            run(portal, "pack", "2023", "--today", "2024-03-01")
        assert records(portal) == left
        assert report(portal, date(2024, 1, 5)) == before
    pack(portal, "2023")
    assert records(portal) == {"licence/2023.parquet"}
    assert report(portal, date(2024, 1, 5)) == before


def test_a_damaged_packed_file_is_told_and_the_others_are_read(root: Make) -> None:
    portal = root({MARCH: [early(1)], "data/records/penalty/2023-12/scjgj.csv": [penalty()]})
    pack(portal, "2023", "--kind", "licence")
    content = (portal / PACK).read_bytes()
    (portal / PACK).write_bytes(content[: len(content) // 2])
    with admitted(portal) as found:
        assert found.lines() == [
            f"[错误] {PACK}：文件无法打开：不是 portal pack 写出的文件，或者已损坏。"
            "请确认文件没有损坏、没有设密码，另存为 .xlsx 或 .csv 后重新提交（file-unreadable）"
        ]
        assert found.counts()["published"] == 1
    assert run(portal, "pack", "2023", "--today", "2024-03-01").exit_code == 1
    # A page that is damaged is seen by its checksum.
    place = content.rindex(b"\x28\xb5\x2f\xfd") + 12
    (portal / PACK).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    [line] = told(portal)
    assert line.startswith(f"[错误] {MARCH}：文件无法打开：打包文件 {PACK} 已损坏")


def test_a_packed_record_can_be_withdrawn(root: Make) -> None:
    portal = root({MARCH: [early(1), early(2)]})
    with admitted(portal) as found:
        [entry, _] = as_text(found.records("licence")["id"].to_numpy())
    pack(portal, "2023")
    result = run(portal, "withdraw", entry, "--reason", "修复")
    assert result.exit_code == 0, result.stderr
    with admitted(portal) as found:
        assert found.counts()["published"] == 1


def git(folder: Path, *words: str, day: str = "2023-03-10") -> None:
    moment = {"GIT_COMMITTER_DATE": f"{day}T12:00:00+08:00", "GIT_AUTHOR_DATE": f"{day}T12:00:00+08:00"}
    name = ["-c", "user.name=t", "-c", "user.email=t@example.cn"]
    subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **moment})


def commit(folder: Path, day: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x", day=day)


def vanished(root: Path, since: str = "HEAD") -> list[str]:
    result = run(root, "check", "--format", "lines", "--since", since)
    assert result.exit_code == 0, result.stderr
    return [line.strip() for line in result.stdout.splitlines() if line.endswith("（row-vanished）")]


def test_packed_rows_have_not_vanished_and_a_row_that_left_a_packed_file_has(root: Make) -> None:
    portal = root({MARCH: [early(1), early(2)], MAY: [early(3)]})
    git(portal, "init", "-q")
    commit(portal, "2023-05-10")
    pack(portal, "2023")
    assert vanished(portal) == []
    commit(portal, "2023-08-01")
    assert vanished(portal, "HEAD~1") == []
    write(portal / MARCH, [early(4)])
    commit(portal, "2023-09-01")
    pack(portal, "2023")
    assert vanished(portal) == []
    # A packed file that says to be the same and lacks a row: everything but the second licence.
    files = [read_packed(portal / PACK, *name) for name in packed_files(portal / PACK)]
    sheet = files[0].sheets[0]
    first = [column.slice(0, 1) for column in sheet.columns]
    files[0].sheets[0] = replace(sheet, columns=first, rows=sheet.rows[:1], lines=sheet.lines[:1])
    write_pack(portal / PACK, load_portal(portal).kinds["licence"], files)
    [line] = vanished(portal, "HEAD~2")
    assert line.startswith(
        f"[错误] {MARCH}，第 3 行：原有的一行已从文件中消失（行政许可决定文书号：平市监许〔2023〕2号）"
    )


def test_rows_that_state_no_day_of_report_keep_the_day_their_file_came_in(root: Make) -> None:
    def undated(number: int) -> dict[str, str]:
        row = early(number)
        del row["BSRQ"]
        return row

    def days() -> dict[str, str]:
        with admitted(portal) as found:
            shown = found.records("licence")
        return dict(zip(shown["XK_WSH"], shown["BSRQ"], strict=True))

    portal = root({MARCH: [undated(1)]})
    git(portal, "init", "-q")
    commit(portal, "2023-03-10")
    pack(portal, "2023")
    commit(portal, "2023-08-01")
    write(portal / MARCH, [undated(2)])
    commit(portal, "2023-09-12")
    expected = {"平市监许〔2023〕1号": "2023-03-10", "平市监许〔2023〕2号": "2023-09-12"}
    assert days() == expected
    pack(portal, "2023")
    commit(portal, "2023-12-01")
    assert days() == expected
    # Also where the history does not reach back.
    shutil.rmtree(portal / ".git")
    assert days() == expected
