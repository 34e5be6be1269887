"""Tells in which encoding a text is, by evidence: nobody says it, and a wrong guess is mojibake on a public site.

Marks at the beginning go first, then the zero bytes of UTF-16, then what is valid UTF-8. What is left is GB18030
or Big5, whose bytes mostly are valid in both: there the share of everyday characters decides, and where it is low
in both the text is neither. Only Python's own library is imported, as in `cells.py`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache

_MARKS = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16 LE"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16 BE"),
    b"\x84\x31\x95\x33": ("gb18030", "GB18030"),
}
_SAMPLE = 1 << 18
_THREE_BYTES = re.compile(rb"[\xe0-\xff]")
_EVERYDAY = 0.7
"""So many of the characters beyond ASCII are everyday ones: 0.95 and more in real files, below 0.5 in mojibake."""
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）〔〕【】《》〈〉［］－—…·％￥＋×÷＝～　①②③④⑤⑥⑦⑧⑨⑩") | frozenset(
    map(chr, range(0xFF10, 0xFF5B))
)


@dataclass(frozen=True)
class Decoded:
    """A text, and how it was encoded."""

    content: bytes
    """In UTF-8."""
    codec: str
    """As Python knows it."""
    encoding: str
    """As people know it."""

    @property
    def text(self) -> str:
        """The same as Python has it."""
        return self.content.decode()


def decode(content: bytes) -> Decoded | None:
    """The text of a file, without the mark of its encoding; None where it is in none that is known."""
    for mark, (codec, encoding) in _MARKS.items():
        if content.startswith(mark):
            return _decoded(content if codec == "utf-8-sig" else content[len(mark) :], codec, encoding)
    if b"\0" in content[:_SAMPLE]:
        return _of_two_bytes(content)
    if (found := _decoded(content, "utf-8", "UTF-8")) is not None and not _only_two_bytes(content):
        return found
    ranked = sorted(
        (
            (_everyday(content, codec), codec, encoding)
            for codec, encoding in (("gb18030", "GB18030"), ("big5", "Big5"))
        ),
        key=lambda rank: -rank[0],
    )
    for share, codec, encoding in ranked:
        if share >= _EVERYDAY and (found := _decoded(content, codec, encoding)) is not None:
            return found
    return _decoded(content, "utf-8", "UTF-8")


def first_bad_line(content: bytes) -> int:
    """The line at which the encoding that gets furthest gives up."""
    furthest = 0
    for codec in ("utf-8-sig", "gb18030"):
        try:
            content.decode(codec)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    return content.count(b"\n", 0, furthest) + 1


def _decoded(content: bytes, codec: str, encoding: str) -> Decoded | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    known = {"utf-8": content, "utf-8-sig": content.removeprefix(codecs.BOM_UTF8)}
    return Decoded(known[codec] if codec in known else text.encode(), codec, encoding)


def _only_two_bytes(content: bytes) -> bool:
    """Whether a text has Latin, Greek or Cyrillic letters and not one Chinese character, if it is UTF-8: a few words
    in GB18030 look like that."""
    return not content.isascii() and not _THREE_BYTES.search(content)


def _of_two_bytes(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: what is ASCII in it has zeros in every second place, and a table has commas and ends of
    lines."""
    evens, odds = content[:_SAMPLE:2].count(0), content[1:_SAMPLE:2].count(0)
    codec, encoding = ("utf-16-le", "UTF-16 LE") if odds > evens else ("utf-16-be", "UTF-16 BE")
    found = _decoded(content, codec, encoding)
    both = _characters("gb18030") | _characters("big5")
    return found if found and _share(found.text[:_SAMPLE], both) >= _EVERYDAY else None


def _everyday(content: bytes, codec: str) -> float:
    """Share of everyday characters in the first lines of a file."""
    end = content.find(b"\n", _SAMPLE)
    return _share(content[: end if end >= 0 else None].decode(codec, "replace"), _characters(codec))


def _share(text: str, known: frozenset[str]) -> float:
    """Share of the known characters among those that are not ASCII."""
    beyond = [character for character in text if character > "\x7f"]
    return sum(character in known for character in beyond) / len(beyond) if beyond else 1.0


@cache
def _characters(codec: str) -> frozenset[str]:
    """The first level of a standard holds what is in everyday use: GB 2312 3,755 characters, Big5 5,401."""
    if codec == "gb18030":
        pairs = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
        return frozenset("".join(pair.decode("gb2312", "ignore") for pair in pairs)) | _PUNCTUATION
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    pairs = (bytes((row, cell)) for row in range(0xA4, 0xC7) for cell in trails)
    return frozenset("".join(pair.decode("big5", "ignore") for pair in pairs)) | _PUNCTUATION
