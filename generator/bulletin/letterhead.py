"""What a bulletin says on paper beside title, sentences and annexes: who sends it, its number, who gets copies."""

from __future__ import annotations

from pydantic import Field as Setting

from generator.model.declaration import Declared

_NAMES = r"^([^{}]|\{organizer\})+$"


class LetterheadRules(Declared):
    """`letterhead` of a kind of bulletin: {organizer} stands for the organizer of data/site.yml."""

    head: str = Setting("{organizer}", pattern=_NAMES)
    """发文机关标志, the red head."""
    signer: str = Setting("{organizer}", pattern=_NAMES)
    """署名."""
    number: str = Setting("", pattern=r"^([^{}〔〕]+〔\{year\}〕\{number\}号)?$")
    """文号: {year} of the issue and the {number} in it. Without it the bulletins have none."""
    copies: tuple[str, ...] = ()
    """抄送."""
    printer: str = Setting("", pattern=_NAMES.replace("+$", "*$"))
    """印发机关; without it nothing is said of the printing."""


class Letterhead(Declared):
    """The same of one bulletin, as it was issued."""

    head: str = Setting(min_length=1)
    signer: str = Setting(min_length=1)
    number: str = Setting("", pattern=r"^([^〔〕]+〔\d{4}〕[1-9]\d*号)?$")
    copies: tuple[str, ...] = ()
    printer: str = ""


def letterhead_of(rules: LetterheadRules, organizer: str) -> Letterhead:
    """What a bulletin without a number would say today."""
    head, signer, printer = (
        text.replace("{organizer}", organizer) for text in (rules.head, rules.signer, rules.printer)
    )
    return Letterhead(head=head, signer=signer, copies=rules.copies, printer=printer)


def numbered(letterhead: Letterhead, rules: LetterheadRules, year: int, number: int) -> Letterhead:
    """With the number it was given, such as 平信用〔2021〕1号."""
    return letterhead.model_copy(update={"number": rules.number.format(year=year, number=number)})
