"""Text files as Excel, WPS and databases write them: the same rows come out, or one line says why not."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from portals import LICENCES, OFFICES, SITE, admitted, csv_of, licence, office, person, told

Make = Callable[..., Path]

ROWS = [licence(1, XK_NR="准予经营：乳制品，“常温”；\n冷藏"), person(licence(2)), licence(3)]


def seen(root: Path) -> list[tuple[str, str, str]]:
    """Number, name and content of what may be seen, by number."""
    with admitted(root) as found:
        assert found.lines() == []
        records = found.records("licence")
    return sorted(zip(records["XK_WSH"], records["XK_XDR_MC"], records["XK_NR"], strict=True))


EXPECTED = [
    ("平市监许〔2023〕1号", "示例粮油商贸第1有限公司", "准予经营：乳制品，“常温”；\n冷藏"),
    ("平市监许〔2023〕2号", "张**", "准予食品经营"),
    ("平市监许〔2023〕3号", "示例粮油商贸第3有限公司", "准予食品经营"),
]


def test_a_file_reads_the_same_in_every_usual_encoding_and_with_every_line_end(root: Make) -> None:
    forms = list(itertools.product(["utf-8", "utf-8-sig", "gb18030", "gbk"], ["\n", "\r\n", "\r"]))
    files = {}
    for place, (encoding, newline) in enumerate(forms):
        rows = [{**row, "XK_WSH": f"{place}之{row['XK_WSH']}"} for row in ROWS]
        files[office(place)] = csv_of(rows).replace("\n", newline).encode(encoding)
    expected = [(f"{place}之{number}", *others) for place in range(len(forms)) for number, *others in EXPECTED]
    assert seen(root(files, units=[*SITE["units"], *OFFICES])) == sorted(expected)


def test_the_last_line_needs_no_end(root: Make) -> None:
    assert seen(root({LICENCES: csv_of(ROWS).rstrip("\n")})) == EXPECTED


def test_characters_beyond_gbk_are_read(root: Make) -> None:
    row = licence(XK_XDR_MC="示例㙦𠮷商行有限公司")
    assert seen(root({LICENCES: csv_of([row]).encode("gb18030")}))[0][1] == "示例㙦𠮷商行有限公司"


def undecodable(line: int) -> list[str]:
    return [
        f"[错误] {LICENCES}：文件的文字编码无法识别（第 {line} 行起不是 UTF-8，也不是 GB18030）。"
        "请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重新提交（file-undecodable）"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("line", [1, 3, 4])
def test_bytes_that_are_no_text_are_told_with_their_line(root: Make, encoding: str, line: int) -> None:
    lines = csv_of([licence(1), licence(2), licence(3)]).encode(encoding).split(b"\n")
    lines[line - 1] += b",\xff\xff"
    portal = root({LICENCES: b"\n".join(lines), "data/records/licence/2023-12/zjj.csv": [OTHER_UNIT]})
    assert told(portal) == undecodable(line)
    with admitted(portal) as found:
        assert found.records("licence")["XK_WSH"].tolist() == ["平建许〔2023〕1号"]


OTHER_UNIT = licence(
    XK_WSH="平建许〔2023〕1号", XK_LYDW="市住建局", XK_LYDWDM="11410400DEMX00065J", XK_XKJGDM="11410400DEMX00065J"
)


def test_a_file_in_an_unusual_encoding_is_read_and_told(root: Make) -> None:
    assert told(root({LICENCES: csv_of(ROWS).encode("utf-16")})) == [
        f"[提示] {LICENCES}：文字编码是 UTF-16 LE，已按此读取。"
        "可不处理；建议另存为“CSV UTF-8（逗号分隔）”（file-encoding）"
    ]


def test_empty_files_are_told(root: Make) -> None:
    contents = [b"", b"\xef\xbb\xbf", b"\n", b" \r\n\r\n", "\u3000\n".encode()]
    files = {office(place): content for place, content in enumerate(contents)}
    assert told(root(files, units=[*SITE["units"], *OFFICES])) == [
        f"[错误] {path}：文件是空的，没有标题行。请按模板填写标题行和数据；"
        "本月没有数据的，在第一格写“本月无”（file-empty）"
        for path in files
    ]


def test_files_of_headings_alone_are_told(root: Make) -> None:
    ends = ["", "\n", "\n\n", "\n" + "," * (len(licence()) - 1) + "\n"]
    files = {office(place): ",".join(licence()) + end for place, end in enumerate(ends)}
    assert told(root(files, units=[*SITE["units"], *OFFICES])) == [
        f"[提示] {path}：文件只有标题行，没有数据。如本月确实没有数据，请在标题行下面写“本月无”（file-no-rows）"
        for path in files
    ]
