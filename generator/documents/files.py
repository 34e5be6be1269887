"""The files for office programs by the endings of their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.bulletin.archive import Bulletin
from generator.documents.bulletins import Papers, bulletin_papers
from generator.documents.word import word_document
from generator.documents.workbook import tables_workbook
from generator.model.portal import Portal

FORMS: dict[str, Callable[[Papers], bytes]] = {
    "docx": lambda papers: word_document(papers.document),
    "xlsx": tables_workbook,
}


def document_files(portal: Portal, bulletins: Sequence[Bulletin]) -> Iterator[tuple[str, bytes]]:
    """Address and content of the files of some bulletins."""
    for papers in bulletin_papers(portal, bulletins, []):
        for ending, form in FORMS.items():
            yield f"{papers.address}.{ending}", form(papers)
