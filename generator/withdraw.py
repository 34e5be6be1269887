"""`portal withdraw`: adds lines to the register of withdrawals; the next build drops the records everywhere."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from generator.check.keys import row_keys
from generator.intake.encoding import decode
from generator.intake.registers import WITHDRAWAL_HEADINGS, WITHDRAWALS, is_id
from generator.intake.sources import find_sources
from generator.model.portal import Portal
from generator.model.record_id import from_text
from generator.model.services import REASONS


class WithdrawalError(Exception):
    """An id or reason that cannot be entered. Exit code 2."""


def withdraw(portal: Portal, ids: Iterable[str], reason: str, note: str, today: date, force: bool = False) -> Path:
    """Append a line for each id. Raises WithdrawalError before anything is written.

    An id that no row of the data has is refused unless forced: it may be mistyped, and then the record stays on show.
    """
    reasons = portal.vocabularies[REASONS].spellings()
    if reason not in reasons:
        raise WithdrawalError(f"原因“{reason}”不在规定的选项内：{'、'.join(portal.vocabularies[REASONS].values)}")
    wanted = [entry.strip().lower() for entry in ids]
    for entry in wanted:
        if not is_id(entry):
            raise WithdrawalError(f"公示编号“{entry}”不正确：应为13位数字和小写字母，请从公示页面复制")
    if not force and (strange := _unknown(portal, wanted, today)):
        named = "、".join(strange)
        raise WithdrawalError(
            f"现有数据中没有公示编号“{named}”，未登记任何一条：请从公示页面复制编号；确需登记的，加 --force"
        )
    path = portal.root / WITHDRAWALS
    headings, encoding, text = _present(path)
    cells = [
        dict(zip(WITHDRAWAL_HEADINGS, (entry, today.isoformat(), reasons[reason], note), strict=True))
        for entry in wanted
    ]
    with path.open("a", encoding=encoding, newline="") as file:
        if text and not text.endswith("\n"):
            file.write("\n")
        writer = csv.DictWriter(file, headings, extrasaction="ignore", lineterminator="\n")
        if not text:
            writer.writeheader()
        writer.writerows(cells)
    return path


def _unknown(portal: Portal, wanted: list[str], today: date) -> list[str]:
    """Those ids that no row of any file has, faulty rows included."""
    sought = {int(from_text([entry])[0]): entry for entry in wanted}
    # The newest files first: most of what is withdrawn is not old.
    for source in sorted(find_sources(portal)[0], key=lambda source: source.month, reverse=True):
        if not sought:
            break
        for found in sought.keys() & set(row_keys(source, portal, today)["id"].tolist()):
            del sought[found]
    return list(sought.values())


def _present(path: Path) -> tuple[Sequence[str], str, str]:
    """Headings, encoding and text of the register as it is; of a new one, what Excel reads well."""
    content = path.read_bytes() if path.exists() else b""
    decoded = decode(content)
    if decoded is None:
        raise WithdrawalError(f"{WITHDRAWALS} 的文字编码无法识别，请另存为“CSV UTF-8（逗号分隔）”")
    if not decoded.text.strip():
        return WITHDRAWAL_HEADINGS, "utf-8-sig", ""
    headings = next(csv.reader([decoded.text.splitlines()[0]]))
    if not {*WITHDRAWAL_HEADINGS[:3]} <= set(headings):
        raise WithdrawalError(f"{WITHDRAWALS} 的标题行应为：{'、'.join(WITHDRAWAL_HEADINGS)}")
    # A mark of the encoding stands at the beginning alone.
    return headings, decoded.codec.removesuffix("-sig"), decoded.text
