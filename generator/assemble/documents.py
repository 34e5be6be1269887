"""Writes the files of bulletins for office programs: each anew only if it says something else than before."""

from __future__ import annotations

from collections.abc import Iterable

from generator.assemble.staging import Staging
from generator.documents.bulletins import Papers
from generator.documents.files import FORMS


def write_documents(papers: Iterable[Papers], staging: Staging) -> None:
    """The files of each."""
    for of_one in papers:
        for ending, form in FORMS.items():
            path = f"{of_one.address}.{ending}"
            if key := staging.take(path, repr(of_one)):
                staging.write(path, form(of_one), key)
