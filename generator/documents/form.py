"""The empty document of the standard, and the pieces that python-docx has no words for.

`form/` mirrors the parts of a .docx: fonts, styles, grid of characters, numbers of pages. It is made once; what a
document says is then put into a copy.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.parser import parse_xml
from jinja2 import Environment, PackageLoader, StrictUndefined

from generator.documents.paper import CHARACTER, CHARACTER_SPACE, LINE, PORTRAIT, TRACKING, twips

_FORM, _PIECES, _TEMPLATE = "form", "pieces", ".j2"


def empty_document() -> DocumentFile:
    """A document without any text."""
    return Document(io.BytesIO(_form()))


def add_piece(document: DocumentFile, name: str, **words: object) -> None:
    """Put a piece of `pieces/` at the end of a document. Whatever comes from data is escaped."""
    piece = parse_xml(_environment(_PIECES).get_template(f"{name}.xml{_TEMPLATE}").render(**words))
    document.element.body.insert_element_before(piece, "w:sectPr")


@lru_cache(maxsize=1)
def _form() -> bytes:
    written = io.BytesIO()
    words = {"page": PORTRAIT, "line": LINE, "character": CHARACTER, "character_space": CHARACTER_SPACE}
    parts = _environment(_FORM)
    with zipfile.ZipFile(written, "w") as package:
        for name in parts.list_templates():
            package.writestr(
                name.removesuffix(_TEMPLATE), parts.get_template(name).render(**words, tracking=TRACKING, twips=twips)
            )
    return written.getvalue()


@lru_cache(maxsize=2)
def _environment(folder: str) -> Environment:
    return Environment(
        loader=PackageLoader("generator.documents", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
