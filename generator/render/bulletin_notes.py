"""What the site says of a bulletin: where it is from, what contradicts itself in it, what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.bulletin.archive import Bulletin
from generator.bulletin.changes import restated
from generator.bulletin.frozen import DIGEST, Change
from generator.bulletin.verification import attached_differences, change_text

CORRECTIONS = "自发布以来的更正"


@dataclass(frozen=True)
class BulletinNote:
    """A remark on a bulletin."""

    title: str
    """"" for one that needs none."""
    text: str
    entries: tuple[str, ...] = ()
    """Single places, each a sentence."""


@dataclass(frozen=True)
class CorrectionNote:
    """What has changed since a bulletin was issued."""

    day: str
    """ISO day; "" for what nobody accounted for yet."""
    reason: str
    changes: tuple[str, ...]
    """Each a sentence."""


def notes_of(bulletin: Bulletin) -> list[BulletinNote]:
    """Whether it is fictional, imported or a draft, and what contradicts itself in it."""
    found = []
    fictional = bulletin.frozen is not None and bulletin.frozen.fictional
    if fictional:
        found.append(BulletinNote("", "本期的数字是为演示编造的，不反映任何地区的实际情况。"))
    elif bulletin.frozen and bulletin.imported:
        text = f"本通报按印发时的原文和原表刊登，数字不由本站记录计算。来源：{bulletin.frozen.source}。"
        found.append(BulletinNote("", text))
    if bulletin.frozen is None:
        found.append(BulletinNote("", "本期尚未定稿，文字和数字随数据更新；发布以后不再改动，变动列为更正。"))
    if bulletin.discrepancies:
        text = "下列数字与计算结果不一致。"
        if bulletin.imported:
            text = "原文的下列数字与逐项计算的结果不一致，按原文照录，不作改动。"
        found.append(BulletinNote("数字说明", text, _sentences(entry.text() for entry in bulletin.discrepancies)))
    if attached := attached_differences(bulletin):
        text = "原件另附的表前后不一致，按原件照录，见文后“原件另附的表”；不影响本期数字。"
        found.append(BulletinNote("原件说明", text, _sentences(entry.text() for entry in attached)))
    return found


def corrections_of(bulletin: Bulletin) -> list[CorrectionNote]:
    """What has changed since the bulletin was issued, newest first; what nobody accounted for yet stands on top.

    After the counts of each correction stand the rates and sums that follow from them.
    """
    registered = bulletin.frozen.corrections if bulletin.frozen else ()
    steps = [(entry.date.isoformat(), f"原因：{entry.reason}", entry.changes) for entry in registered]
    if bulletin.changes:
        steps.append(("", "原因待说明：现有记录与发布时不一致", bulletin.changes))
    found: list[CorrectionNote] = []
    before: list[Change] = []
    for day, reason, changes in steps:
        following = restated(bulletin.figures, bulletin.present, before, changes)
        found.insert(0, CorrectionNote(day, reason, _told(bulletin, [*changes, *following])))
        before += changes
    return found


def _told(bulletin: Bulletin, changes: Sequence[Change]) -> tuple[str, ...]:
    """Where a count has changed, it goes without saying that the records are others."""
    counted = {change.line for change in changes if change.column != DIGEST}
    telling = [change for change in changes if change.column != DIGEST or change.line not in counted]
    return _sentences(change_text(bulletin, change) for change in telling)


def _sentences(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{text}。" for text in texts)
