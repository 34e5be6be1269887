"""Tells rows that are no records: totals, footnotes, who filled the form in, examples, the numbers of columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from generator.model.simplified import simplified

TOTAL, NOTE, EXAMPLE, COLUMN_NUMBERS = "合计", "填表说明、附注和签署", "示例", "栏次和填写要求"
ABOVE, HEADINGS_AGAIN, NUMBER_ALONE = "标题行上方的表名和说明", "重复的标题行", "只有序号"

_TOTAL = re.compile(r"(本页|本表|本月|全市|全县|以上)?(合计|总计|小计|共计|累计|总数)([:：(（].*)?")
_NOTE = re.compile(
    r"(注|备注|附注|说明|注意|注意事项|填[表报写](说明|须知|要求)|填[表报写制](人员?|单位|部门|日期|时间)|制表(人|单位|日期)?|报送(人|单位|日期|时间)"
    r"|审[核批](人|领导)?|复核人?|校对人?|(单位)?负责人|分管领导|主管领导|经办人|联系(人|电话|方式)|电话|日期|单位)(\(.{1,6}\))?:.*"
    r"|填[表报写](说明|须知|要求).*|注意事项|单位\(?(盖章|公章)\)?.*|[-—(]*以下(无正文|空白|无内容)[-—)]*"
    r"|第\d+页.*|共\d+(页|条|户|家|件|笔|项|个|人|行).*"
)
_EXAMPLE = re.compile(r"(填[写报表])?(示例|样例|范例|例如?)[:：]?\d{0,2}")
_DEMAND = re.compile(r"(必填|选填|非必填|必录|选录)项?")


def remark(cells: Sequence[str], after_note: bool = False) -> str | None:
    """Why a row is no record, of its cells in order; None for what is to be taken for one.

    `after_note`: the row above is a note, which may go on here. Nothing is a remark that only some of the fields of
    a record could not be: a subject may be called anything, but no record consists of a total alone.
    """
    filled = [_squeezed(cell) for cell in cells if cell.strip()]
    if not filled:
        return None
    head = filled[1] if len(filled) > 1 and filled[0].isdigit() else filled[0]
    if _TOTAL.fullmatch(head) and 2 * len(filled) <= max(len(cells), 4):
        return TOTAL
    if all(_NOTE.fullmatch(text) for text in filled) or (after_note and len(filled) == 1):
        return NOTE
    if len(filled) == 1 and len(cells) > 1 and _NOTE.match(filled[0]):
        return NOTE
    if _EXAMPLE.fullmatch(filled[0]) and len(filled) > 1:
        return EXAMPLE
    if len(filled) > 1 and (all(_DEMAND.fullmatch(text) for text in filled) or _counts_up(filled)):
        return COLUMN_NUMBERS
    return None


def may_be_record(cells: Sequence[str]) -> bool:
    """Whether a row says more than a title, which is one cell over all columns, or a remark."""
    return sum(map(bool, cells)) > 1 and remark(cells) is None


def _counts_up(filled: Sequence[str]) -> bool:
    """Whether the cells number the columns: 1, 2, 3 …"""
    digits = [text.strip("()") for text in filled]
    return len(digits) > 2 and all(text == str(number) for number, text in enumerate(digits, 1))


def _squeezed(cell: str) -> str:
    """A text without blanks, in half width and simplified characters."""
    return re.sub(r"\s", "", simplified(unicodedata.normalize("NFKC", cell[:200])))
