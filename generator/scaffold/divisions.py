"""Administrative divisions from the county upwards, GB/T 2260, as data/vocab/division.csv has them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from generator.model.declaration import ConfigError

Level = Literal["province", "city", "county"]

_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "省", "市", "县", "区", "旗", "盟", "地区")


@dataclass(frozen=True)
class Divisions:
    """Code → name."""

    names: dict[str, str]

    def level(self, code: str) -> Level:
        """What a code stands for; municipalities directly under the government count as provinces."""
        return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"

    def lineage(self, code: str) -> list[str]:
        """A division and those it lies in, the smallest first."""
        return list(dict.fromkeys(part for part in (code, f"{code[:4]}00", f"{code[:2]}0000") if part in self.names))

    def below(self, code: str) -> list[str]:
        """The divisions right below one."""
        return self._below.get(code, [])

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self.names:
            for above in self.lineage(code)[1:2]:
                found.setdefault(above, []).append(code)
        return found

    def word(self, code: str) -> str:
        """The name as texts say it in passing: 平顶山 for 平顶山市."""
        name = self.names[code]
        suffix = next((end for end in _SUFFIXES if name.endswith(end)), "")
        return name.removesuffix(suffix) if len(name) - len(suffix) > 1 else name


def load_divisions(path: Path) -> Divisions:
    """Read 代码,名称 below lines of source that begin with #. Raises ConfigError where the file is missing."""
    if not path.is_file():
        raise ConfigError(path, None, "没有行政区划代码表")
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return Divisions({row["代码"]: row["名称"] for row in csv.DictReader(lines)})
