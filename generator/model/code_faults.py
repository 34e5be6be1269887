"""What can be wrong with unified social credit codes over all records, in words: generator/codes.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from generator.model.declaration import Declared, read_declaration

FORM, CHECK, NAMES, CODES = "form", "check", "names", "codes"
"""Not formed as a code is; wrong check character; one code with several names; one name with several codes."""
FAULTS = (FORM, CHECK, NAMES, CODES)


class CodeFault(Declared):
    """One fault in words."""

    title: str
    remedy: str


class _CodeFaults(Declared):
    """codes.yml."""

    faults: dict[str, CodeFault]


@cache
def code_fault_words() -> dict[str, CodeFault]:
    """Each of FAULTS → its words."""
    return read_declaration(Path(__file__).parents[1] / "codes.yml", _CodeFaults).faults
