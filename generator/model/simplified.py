"""Traditional characters as the simplified ones that headings, code lists and remarks are declared in.

A file in Big5 can have no others. What an authority wrote into running text stays as it is.
"""

from __future__ import annotations

from functools import cache

from opencc import OpenCC


def simplified(text: str) -> str:
    """A text in simplified characters."""
    return text if text.isascii() else str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
