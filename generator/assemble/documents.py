"""Writes the files of bulletins for office programs: each anew only if it says something else than before."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from functools import partial

from generator.assemble.staging import Staging
from generator.documents.bulletins import Papers
from generator.documents.files import FORMS


def write_documents(papers: Iterable[Papers], staging: Staging, executor: Executor) -> None:
    """The files of each."""
    for _ in executor.map(partial(_write_files, staging), papers, chunksize=_A_TASK):
        pass


_A_TASK = 4


def _write_files(staging: Staging, papers: Papers) -> None:
    """Write the files of one bulletin. Runs in a worker."""
    for ending, form in FORMS.items():
        path = f"{papers.address}.{ending}"
        if key := staging.take(path, repr(papers)):
            staging.write(path, form(papers), key)
