"""What a build and a check tell of bulletins: warnings, for their pages show the same and nothing is withheld."""

from __future__ import annotations

from collections.abc import Sequence

from generator.bulletin.archive import Bulletin
from generator.bulletin.units import UnitHistory
from generator.bulletin.verification import verify_bulletins
from generator.issues import Issue


def bulletin_issues(bulletins: Sequence[Bulletin], histories: Sequence[UnitHistory]) -> list[Issue]:
    """One for each place that has to be put right; what imported bulletins say wrongly is told on their pages alone."""
    return [
        Issue(told.file, code="bulletin-differs", details=(("text", told.text),))
        for told in verify_bulletins(bulletins, histories)
        if told.fails
    ]
