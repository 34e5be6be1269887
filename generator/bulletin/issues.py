"""What a build and a check tell of bulletins: warnings, for their pages show the same and nothing is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from generator.bulletin.archive import Bulletin
from generator.bulletin.units import UnitHistory
from generator.bulletin.verification import verify_bulletins
from generator.issues import Issue


def bulletin_issues(bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]) -> list[Issue]:
    """One for each place: what has to be put right, and what imported bulletins say wrongly."""
    return [
        Issue(
            told.file, code="bulletin-differs" if told.fails else "bulletin-as-issued", details=(("text", told.text),)
        )
        for told in verify_bulletins(bulletins, histories)
    ]
