"""Codes that were issued with a wrong check character, as declared in data/rules/codes.yml."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field as Setting

from generator.model.declaration import Declared, read_declaration


class IssuedCode(Declared):
    """A code as it stands on the certificate."""

    code: str = Setting(min_length=18, max_length=18)
    source: str
    """Who compared it with what."""


class _IssuedCodes(Declared):
    """data/rules/codes.yml."""

    issued: tuple[IssuedCode, ...] = ()


def load_issued_codes(path: Path) -> frozenset[str]:
    """The codes that stand although their check character is wrong."""
    return frozenset(entry.code.upper() for entry in read_declaration(path, _IssuedCodes).issued)
