"""Receipts: what a unit is told of its file after publication."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from portals import ADDRESS, LICENCES, NOW, PENALTIES, TODAY, csv_of, licence, penalty, run

from generator.pipeline import build

Make = Callable[..., Path]


def test_a_receipt_says_what_is_live_where_and_what_is_not_and_why(root: Make) -> None:
    rows = [
        licence(1),
        licence(2, XK_JDRQ="2023/11/30", XK_YXQZ="2023/11/30"),
        licence(3, XK_JDRQ="2023/11/01", XK_YXQZ="2023/11/01"),
        licence(4, XK_XKLB="甲类"),
        licence(5, XK_XKLB="乙类", XK_JDRQ="昨天"),
        licence(6, XK_XDR_MC="【示例】某某公司（此行是示例，请删去）"),
    ]
    portal = root({LICENCES: csv_of(rows) + "甲,乙\n"}, address=ADDRESS)
    assert run(portal, "receipt").stdout == (
        f"回执：{LICENCES}（行政许可，市市场监管局）\n"
        "共 7 行：3 行已公示，3 行未公示，1 行不是数据。\n"
        "已公示的见：\n"
        f"  2023年12月决定的 1 行：{ADDRESS}notices/licence/archive/2023-12/\n"
        f"  2023年11月决定的 2 行：{ADDRESS}notices/licence/archive/2023-11/\n"
        f"  本单位报送的全部：{ADDRESS}notices/licence/?unit=scjgj\n"
        "1 行迟报：第 4 行。\n"
        "3 行未公示，因为有错误，改正后重新报送即公示（一行有几个错误的分别列出）：\n"
        "  第 5、6 行：“许可类别”的值“…”不在规定的选项内。"
        "请填写：普通、特许、认可、核准、登记、其他-（写明类别）（choice-unknown）\n"
        "  第 6 行：“许可决定日期”不是有效日期。请按 2023/12/01 的格式填写（day-unreadable）\n"
        "  第 8 行：此行有 2 列，标题行有 22 列。"
        "请检查是否多了或少了逗号；含逗号或换行的内容须加英文双引号（row-width）\n"
    )


def test_what_the_law_ends_is_no_fault_and_is_told_by_its_reason(root: Make) -> None:
    rows = [penalty(1), penalty(2, CF_JDRQ="2020/12/01"), penalty(1, BSRQ="2023/12/06")]
    said = run(root({PENALTIES: rows}), "receipt").stdout.splitlines()
    assert said[1] == "共 3 行：1 行已公示，2 行未公示，0 行不是数据。"
    assert said[-3:] == ["1 行迟报：第 3 行。", "1 行未公示，因为被后来报送替代。", "1 行未公示，因为公示期满。"]


def test_a_file_that_cannot_be_read_is_told_so(root: Make) -> None:
    said = run(root({LICENCES: ""}), "receipt").stdout
    assert said == (
        f"回执：{LICENCES}（行政许可，市市场监管局）\n"
        "没有读到数据行。\n"
        "  整个文件：文件是空的，没有标题行。"
        "请按模板填写标题行和数据；本月没有数据的，在第一格写“本月无”（file-empty）\n"
    )


def test_the_word_that_there_is_nothing_is_received(root: Make) -> None:
    said = run(root({PENALTIES: "本月无\n"}), "receipt").stdout
    assert said == f"回执：{PENALTIES}（行政处罚，市市场监管局）\n收到“本月无”：本月没有此类数据。\n"


def test_receipts_of_some_files_only(root: Make, tmp_path: Path) -> None:
    portal = root({LICENCES: [licence()], PENALTIES: [penalty()]})
    said = run(portal, "receipt", str(portal / PENALTIES)).stdout
    assert said.startswith(f"回执：{PENALTIES}（行政处罚，市市场监管局）\n共 1 行：1 行已公示")
    assert LICENCES not in said
    stranger = tmp_path / "stranger.csv"
    stranger.touch()
    assert run(portal, "receipt", str(stranger)).exit_code == 2


def test_a_build_leaves_receipts_for_staff_beside_the_site_and_none_in_it(root: Make) -> None:
    portal = root({LICENCES: [licence(1), licence(2, XK_XKLB="甲")]}, pages=True)
    built = build(portal, portal / "site", today=TODAY, now=NOW)
    receipt = portal / "build/receipts/licence/2023-12/scjgj.csv.txt"
    assert receipt.read_text(encoding="utf-8").splitlines()[1] == "共 2 行：1 行已公示，1 行未公示，0 行不是数据。"
    assert built.receipts == portal / "build/receipts"
    pages = [path.read_bytes() for path in (portal / "site").rglob("*") if path.is_file()]
    assert not [page for page in pages if "1 行已公示，1 行未公示".encode() in page]


def test_of_a_kind_that_was_left_out_of_the_site_no_row_is_said_to_be_live(root: Make) -> None:
    portal = root({LICENCES: [licence(1)]}, pages=True)
    build(portal, portal / "site", today=TODAY, now=NOW, without=frozenset({"licence"}))
    receipt = (portal / "build/receipts/licence/2023-12/scjgj.csv.txt").read_text(encoding="utf-8")
    assert receipt.splitlines()[1] == "共 1 行。此类信息验证未通过，暂时全部没有公示，已通知运行维护人员。"
