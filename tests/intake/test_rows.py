"""Rows of text files: what is told bears the number Excel shows, and a bad row never takes others with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from portals import LICENCES, PENALTIES, Content, admitted, csv_of, licence, penalty, person

Make = Callable[..., Path]
WIDTH = len(licence())


def look(root: Path, kind: str = "licence", number: str = "XK_WSH") -> tuple[list[str], list[str], dict[str, int]]:
    """What is told, the numbers of what may be seen, and the counts."""
    with admitted(root) as found:
        records = found.records(kind)
        shown = sorted(records[number]) if len(records) else []
        return found.lines(), shown, found.counts()


def width(row: int, found: int, path: str = LICENCES, expected: int = WIDTH) -> str:
    return (
        f"[错误] {path}，第 {row} 行：此行有 {found} 列，标题行有 {expected} 列。"
        "请检查是否多了或少了逗号；含逗号或换行的内容须加英文双引号（row-width）"
    )


def numbers(*wanted: int) -> list[str]:
    return [f"平市监许〔2023〕{number}号" for number in wanted]


def lines_of(*rows: dict[str, str]) -> list[str]:
    return csv_of(rows).splitlines()


def wrong_class(row: int) -> str:
    return (
        f"[错误] {LICENCES}，第 {row} 行：“许可类别”的值“甲类”不在规定的选项内。"
        "请填写：普通、特许、认可、核准、登记、其他-（写明类别）（choice-unknown）"
    )


def test_ragged_rows_are_withheld_with_their_numbers_and_the_others_published(root: Make) -> None:
    lines = lines_of(*(licence(number) for number in range(1, 6)))
    lines[2] += ",多余"
    lines[4] = lines[4].rsplit(",", 3)[0]
    told, shown, counts = look(root({LICENCES: "\n".join(lines)}))
    assert told == [width(3, WIDTH + 1), width(5, WIDTH - 3)]
    assert shown == numbers(1, 3, 5)
    assert counts == {"total": 5, "published": 3, "expired": 0, "superseded": 0, "withheld": 2}


AT_THE_END = {"XK_XDR_SYDW": "", "XK_XDR_SHZZ": ""}


def test_blank_cells_that_are_lacking_or_too_many_at_the_end_of_a_row_lose_nothing(root: Make) -> None:
    """Excel writes no commas for the blank cells at the end of a row, or more than there are headings."""
    lines = lines_of(*({**licence(number), **AT_THE_END} for number in range(1, 6)))
    assert all(line.endswith("2023/12/05,,") for line in lines[1:])
    lines[2] = lines[2].removesuffix(",,")
    lines[3] += ",,,"
    lines[4] = lines[4].removesuffix(",").replace("平市监许〔2023〕4号", '"平市监许〔2023〕4号"')
    told, shown, counts = look(root({LICENCES: "\n".join(lines)}))
    assert told == []
    assert shown == numbers(1, 2, 3, 4, 5)
    assert counts["withheld"] == 0


def test_a_row_that_lacks_a_cell_in_its_middle_or_has_one_more_is_told(root: Make) -> None:
    columns = len(licence()) + 2
    lines = lines_of(*({**licence(number), **AT_THE_END} for number in range(1, 4)))
    lines[1] = lines[1].replace(",普通,", ",").removesuffix(",,")
    lines[2] = lines[2].replace(",普通,", ",普,通,")
    told, shown, _ = look(root({LICENCES: "\n".join(lines)}))
    assert told[0] == width(2, columns - 3, expected=columns)
    assert told[1].startswith(f"[错误] {LICENCES}，第 3 行：")
    assert shown == numbers(3)


def test_a_file_with_nothing_but_ragged_rows_publishes_nothing_and_says_so(root: Make) -> None:
    told, shown, counts = look(root({LICENCES: f"{lines_of(licence())[0]}\na,b\nc\n"}))
    assert told == [width(2, 2), width(3, 1)]
    assert (shown, counts["total"], counts["withheld"]) == ([], 2, 2)


def test_line_breaks_and_commas_in_quotes_belong_to_their_cell_and_do_not_shift_numbers(root: Make) -> None:
    rows = [licence(1, XK_NR="一、甲，\n二、乙,\n三、“丙”"), licence(2, XK_XKLB="甲类"), licence(3, XK_NR='带"引号"')]
    told, shown, _ = look(root({LICENCES: csv_of(rows)}))
    assert told == [wrong_class(3)]
    assert shown == numbers(1, 3)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_blank_lines_are_no_data_but_count_for_the_numbers(root: Make, newline: str) -> None:
    lines = lines_of(licence(1), licence(2, XK_XKLB="甲类"))
    text = newline.join([lines[0], "", lines[1], "", "", lines[2], "", ""])
    told, shown, counts = look(root({LICENCES: text}))
    assert told == [wrong_class(6)]
    assert (shown, counts["total"]) == (numbers(1), 2)


def test_rows_of_commas_alone_are_no_data(root: Make) -> None:
    lines = lines_of(licence(1), licence(2, XK_XKLB="甲类"))
    blank = "," * (WIDTH - 1)
    told, shown, counts = look(root({LICENCES: "\n".join([lines[0], blank, lines[1], blank, lines[2], blank, blank])}))
    assert told == [wrong_class(5)]
    assert (shown, counts["total"]) == (numbers(1), 2)


def test_a_cell_of_a_million_characters_does_not_lose_the_file(root: Make) -> None:
    rows = [licence(1), licence(2, XK_NR="长" * 350_000), licence(3)]  # 1.05 MB in UTF-8
    told, shown, _ = look(root({LICENCES: csv_of(rows)}))
    assert told == [
        f"[提示] {LICENCES}，第 3 行：“许可内容”超过 4000 个字，现有 350000 个字。"
        "请精简，或把细节写入备注（text-too-long）"
    ]
    assert shown == numbers(1, 2, 3)


def test_a_line_of_a_million_characters_without_a_comma_does_not_lose_the_file(root: Make) -> None:
    lines = lines_of(licence(1), licence(2))
    told, shown, _ = look(root({LICENCES: "\n".join([*lines[:2], "x" * 1_000_000, lines[2]])}))
    assert told == [width(3, 1)]
    assert shown == numbers(1, 2)


def quote(row: int) -> str:
    return (
        f"[错误] {LICENCES}，第 {row} 行：此行的英文双引号没有成对。"
        "请补上或删去引号；内容里的英文双引号须写两个（row-quote）"
    )


@pytest.mark.parametrize("place", [0, 5, WIDTH - 1])
def test_a_quote_that_is_never_closed_costs_one_row_and_not_those_behind_it(root: Make, place: int) -> None:
    lines = lines_of(*(licence(number) for number in range(1, 5)))
    cells = lines[2].split(",")
    cells[place] = '"' + cells[place]
    lines[2] = ",".join(cells)
    told, shown, counts = look(root({LICENCES: "\n".join(lines) + "\n"}))
    assert told == [quote(3)]
    assert shown == numbers(1, 3, 4)
    assert (counts["total"], counts["withheld"]) == (4, 1)


def test_two_quotes_that_are_never_closed_lose_no_row_without_a_word(root: Make) -> None:
    lines = lines_of(*(licence(number) for number in range(1, 7)))
    for line in (2, 5):
        cells = lines[line].split(",")
        cells[-1] = '"' + cells[-1]
        lines[line] = ",".join(cells)
    told, shown, counts = look(root({LICENCES: "\n".join(lines) + "\n"}))
    assert told, "rows were swallowed silently"
    assert counts["total"] == 6
    assert set(numbers(1, 3, 4, 6)) <= set(shown)


def test_a_quote_inside_a_cell_is_text(root: Make) -> None:
    lines = lines_of(licence(1, XK_NR="甲"), licence(2, XK_NR="乙"))
    lines[1] = lines[1].replace("甲", '直径5"和3"的钢管')
    told, shown, _ = look(root({LICENCES: "\n".join(lines)}))
    assert told == []
    assert shown == numbers(1, 2)


def test_a_quote_opened_in_the_headings_of_a_big_file_is_told_and_stops_nothing(root: Make) -> None:
    lines = lines_of(*(licence(number) for number in range(1, 400)))
    lines[0] = '"' + lines[0]
    path = "data/records/penalty/2023-12/scjgj.csv"
    told, shown, _ = look(root({LICENCES: "\n".join(lines), path: [penalty()]}), "penalty", "CF_WSH")
    assert shown == ["平市监罚〔2023〕1号"]
    assert all(line.startswith(("[错误]", "[提示]")) for line in told)


def test_words_that_mean_nothing_to_computers_are_text(root: Make) -> None:
    rows = [licence(number, BZ=word) for number, word in enumerate(["NULL", "NA", "nan", "None", "N/A", "true"], 1)]
    with admitted(root({LICENCES: csv_of(rows)})) as found:
        assert sorted(found.records("licence")["BZ"]) == ["N/A", "NA", "NULL", "None", "nan", "true"]


def test_blanks_around_values_are_no_part_of_them(root: Make) -> None:
    row = licence(XK_XDR_MC="\u3000示例粮油有限公司 ", XK_XKLB=" 普通\t", XK_JDRQ=" 2023/12/01 ")
    with admitted(root({LICENCES: csv_of([row])})) as found:
        assert found.lines() == []
        record = found.records("licence").iloc[0]
    assert (record["XK_XDR_MC"], record["XK_XKLB"], record["XK_JDRQ"]) == ("示例粮油有限公司", "普通", "2023-12-01")


@pytest.mark.parametrize(
    "content",
    [b"not a csv \x00\x01\x02 at all", b"\x00" * 100, "行政相对人名称\n".encode() * 3, b'"', b'"\n"\n"', b",", b'""""'],
)
def test_no_content_of_a_file_stops_the_others(root: Make, content: Content) -> None:
    told, shown, _ = look(root({LICENCES: content, PENALTIES: [penalty()]}), "penalty", "CF_WSH")
    assert shown == ["平市监罚〔2023〕1号"]
    assert told


def test_faults_of_several_files_of_a_month_keep_to_their_own_file_and_row(root: Make) -> None:
    other = "data/records/licence/2023-12/zjj.csv"
    rows = [
        person(licence(number, XK_LYDW="市住建局", XK_LYDWDM="11410400DEMX00065J", XK_XKJGDM="11410400DEMX00065J"))
        for number in (1, 2)
    ]
    rows[1]["XK_XKLB"] = "甲类"
    told, shown, _ = look(root({LICENCES: [licence(1, XK_XKLB="甲类"), licence(2), licence(3)], other: rows}))
    assert told == [wrong_class(2), wrong_class(3).replace(LICENCES, other)]
    assert shown == numbers(1, 2, 3)
