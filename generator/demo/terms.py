"""Terms, as written in the wording: `30d`, `3m`, `5y`, `长期`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

NO_DAY = -1
"""Where there is no term there is no last day."""

_NO_END = int(np.datetime64("2099-12-31").astype(np.int64))
_TERM = re.compile(r"(\d+)([dmy])")


@dataclass(frozen=True)
class Term:
    """Days or months; neither for no term at all, `endless` for 长期."""

    days: int = 0
    months: int = 0
    endless: bool = False


def read_term(text: str) -> Term:
    """Read a written term; "" is none."""
    if text in {"", "长期"}:
        return Term(endless=bool(text))
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(f"not a term: {text!r}")
    number = int(found[1])
    return Term(days=number) if found[2] == "d" else Term(months=number * (12 if found[2] == "y" else 1))


def last_days(first: np.ndarray, terms: list[Term], which: np.ndarray) -> np.ndarray:
    """Last day of the term `which` from each first day on; days are counted from 1970-01-01."""
    days = np.array([term.days for term in terms])[which]
    months = np.array([term.months for term in terms])[which]
    endless = np.array([term.endless for term in terms])[which]
    month = first.astype("M8[D]").astype("M8[M]")
    day_of_month = first - month.astype("M8[D]").astype(np.int64)
    last = (month + months).astype("M8[D]").astype(np.int64) + day_of_month + days - 1
    return np.where(endless, _NO_END, np.where((days == 0) & (months == 0), NO_DAY, last))
