"""The words that all reports share: levels, places, sums."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from generator.issues import Issue
from generator.publish import ledger as book
from generator.publish.outcomes import FileOutcome
from generator.publish.tallies import Tallies
from generator.review import Review

LEVELS = {"error": "错误", "warning": "提示"}

UNSEEN = {
    book.WITHHELD: "因错误",
    book.SUPERSEDED: "被后来报送替代",
    book.EXPIRED: "公示期满",
    book.WITHDRAWN: "已撤下",
    book.NOT_PUBLIC: "依法不公示",
    book.EXITED: "已移出名单",
    book.RESTRICTED: "按公开类型不公开",
    book.COUNTED: "只公布数量",
    book.ADDED: "补充已报信息",
}
"""State of a row that is not shown by itself → why."""


def column_words(issue: Issue) -> str:
    """The column by its letter, as the clerk sees it in Excel; "" where the fault is in none."""
    return f"{get_column_letter(issue.column_number)} 列" if issue.column_number else ""


def where(issue: Issue) -> str:
    """File, sheet, row and column."""
    return "，".join(filter(None, (issue.place, column_words(issue))))


def sum_words(outcome: FileOutcome) -> str:
    """What became of the rows of a file; both sides of the equation."""
    said = (
        f"{outcome.rows:,} 行 = 可公示 {outcome.published:,} 行 + 未公示 {withheld_words(outcome, ' 行')}"
        f" + 不是数据 {outcome.not_data:,} 行"
    )
    return f"本月无，{said}" if outcome.nothing else said


def withheld_words(outcome: FileOutcome, unit: str = "") -> str:
    """How many rows are not shown, and why."""
    reasons = [f"{why} {outcome.states[state]:,}" for state, why in UNSEEN.items() if outcome.states.get(state)]
    return f"{outcome.withheld:,}{unit}" + (f"（{'、'.join(reasons)}）" if reasons else "")


def catalogue_address(review: Review, code: str) -> str:
    """Where the staff guide explains a fault; from the site's root where the site has no address."""
    return f"{review.address or '/'}staff/faults/#{code}"


def less_common(tallies: Tallies, unit: str) -> str:
    """What is said of rows in states that only some kinds know, where there are any."""
    states = {"只公布数量": tallies.only_counted(), "移出名单": tallies.exited()}
    states |= {"按公开类型不公开": tallies.restricted(), "补充已报信息": tallies.added()}
    return "".join(f"{name} {count:,} {unit}，" for name, count in states.items() if count)


def counts_line(review: Review) -> str:
    """The sum of it all."""
    tallies = review.tallies
    errors = sum(issue.level == "error" for issue in review.issues)
    return (
        f"共核查 {review.files} 个文件 {tallies.total():,} 行：可公示 {tallies.published():,} 行，"
        f"期满 {tallies.expired():,} 行，撤下 {tallies.withdrawn():,} 行，依法不公示 {tallies.not_public():,} 行，"
        f"{less_common(tallies, '行')}被后来报送替代 {tallies.superseded():,} 行，"
        f"因错误不公示 {tallies.withheld():,} 行。错误 {errors:,} 处，提示 {len(review.issues) - errors:,} 处。"
    )
