"""Personal information that may not stand in public text, as declared in data/rules/privacy.yml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from pydantic import model_validator

from generator.model.declaration import Declared, PlacedError, read_declaration
from generator.model.folding import half_width
from generator.model.values import VALUE_TYPES


def is_identity_number(text: str) -> bool:
    """Form, day of birth and check character of GB 11643."""
    reading = VALUE_TYPES["identity_number"].read(pd.Series([text], dtype="str"), None)
    return not any(fault.rows.any() for fault in reading.faults)


def is_bank_card(text: str) -> bool:
    """Luhn's check digit, ISO/IEC 7812."""
    digits = [int(digit) for digit in reversed(text)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_old_identity_number(text: str) -> bool:
    """A day of birth in the last century, and no registration number, which has fifteen digits too."""
    column = pd.Series([text], dtype="str")
    born = pd.to_datetime("19" + column.str.slice(6, 12), format="%Y%m%d", errors="coerce").notna().all()
    registration = VALUE_TYPES["registration_number"].read(column, None)
    return bool(born) and any(fault.rows.any() for fault in registration.faults)


# Characters without width come along when text is copied out of a chat.
_NO_WIDTH = r"[\x{200b}-\x{200f}\x{2060}\x{feff}]"
_BETWEEN = r"(\d)[\s\-–—―~]+(\d)"


def _joined(text: Any) -> Any:
    """An Arrow array of text without blanks and hyphens between digits."""
    text = pc.replace_substring_regex(text, _NO_WIDTH, "")
    # Twice, because neighbours of a match are not looked at again: 1 2 3 would keep its second blank.
    for _ in range(2):
        text = pc.replace_substring_regex(text, _BETWEEN, r"\1\2")
    return text


CHECKS: dict[str, Callable[[str], bool]] = {
    "identity": is_identity_number,
    "identity_old": is_old_identity_number,
    "bank_card": is_bank_card,
}


_BESIDE = {"words": "0-9A-Za-z", "digits": "0-9", "nothing": ""}


class Detector(Declared):
    """One kind of personal information."""

    name: str
    pattern: str
    """RE2, which Python's `re` reads as well."""
    bounded: Literal["words", "digits", "nothing"] = "words"
    """What right before or behind makes it something else: digits and letters, digits alone, or nothing."""
    offices_publish: bool = False
    """Whether the site's own pages may say such things of an office: a telephone number, the word for an address."""
    check: Literal["identity", "identity_old", "bank_card"] | None = None
    source: str

    @model_validator(mode="after")
    def _compiles(self) -> Detector:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise PlacedError(f"不是有效的正则：{error}", "pattern") from error
        return self


class Allowed(Declared):
    """A false alarm: this text is something else."""

    text: str
    reason: str


class PrivacyRules(Declared):
    """data/rules/privacy.yml."""

    detectors: tuple[Detector, ...]
    allowed: tuple[Allowed, ...] = ()

    @property
    def screen(self) -> str:
        """One RE2 pattern that matches wherever any detector might: most text is done with after it."""
        return "|".join(
            f"(?:^|[^{beside}])(?:{detector.pattern})(?:$|[^{beside}])"
            if (beside := _BESIDE[detector.bounded])
            else detector.pattern
            for detector in self.detectors
        )

    def found_in(self, texts: Any) -> Iterator[tuple[int, str]]:
        """Place of a text and name of each finding in it, in order. `texts`: an Arrow array; they are read in half
        width, and without blanks and hyphens between digits."""
        texts = half_width(texts)
        # One look is enough for most: nothing in them that might be found, or has to be left out before.
        looked_at = pc.match_substring_regex(texts, f"{_NO_WIDTH}|{_BETWEEN}|{self.screen}")
        read = _joined(texts.filter(looked_at))
        likely = pc.match_substring_regex(read, self.screen)
        places = np.flatnonzero(looked_at)[np.asarray(likely)]
        for place, text in zip(places.tolist(), read.filter(likely).to_pylist(), strict=True):
            for name in dict.fromkeys(name for name, _ in self.find(text)):
                yield place, name

    def find(self, text: str) -> list[tuple[str, str]]:
        """Names and findings of what stands in a text, allowed ones left out."""
        allowed = {entry.text for entry in self.allowed}
        found = []
        for detector in self.detectors:
            pattern, beside = f"(?:{detector.pattern})", _BESIDE[detector.bounded]
            for match in re.finditer(rf"(?<![{beside}]){pattern}(?![{beside}])" if beside else pattern, text):
                right = detector.check is None or CHECKS[detector.check](match[0].upper())
                if right and match[0] not in allowed:
                    found.append((detector.name, match[0]))
        return found


def load_privacy_rules(path: Path) -> PrivacyRules:
    """Read data/rules/privacy.yml."""
    return read_declaration(path, PrivacyRules)
