"""Reads the two registers that act on single records: withdrawals and objections."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from generator.intake.names import Names
from generator.intake.tables import read_tables
from generator.issues import Issue, masked
from generator.model.portal import Portal
from generator.model.record_id import ALPHABET, LENGTH
from generator.model.services import OUTCOMES, REASONS
from generator.model.values import VALUE_TYPES

WITHDRAWALS = "data/withdrawals.csv"
OBJECTIONS = "data/objections.csv"
WITHDRAWAL_HEADINGS = ("公示编号", "撤下日期", "原因", "说明")
OBJECTION_HEADINGS = ("公示编号", "受理日期", "办结日期", "说明", "结果")
_NEEDED = 3
"""So many of the first headings have to be there; the others may be left out."""

UNDATED, UNSTATED = "0001-01-01", "未注明"
"""Day and reason of a withdrawal whose line does not say them: in force at once."""

# A hash has 64 bits, so the first of 13 characters of five bits is one of the first sixteen.
_ID = re.compile(f"[{ALPHABET[:16]}][{ALPHABET}]{{{LENGTH - 1}}}")


def is_id(text: str) -> bool:
    """Whether a text has the form of a record's id."""
    return _ID.fullmatch(text) is not None


@dataclass(frozen=True)
class Registers:
    """Both registers, faulty lines left out."""

    withdrawals: pd.DataFrame
    """id (text), day (ISO), reason, row (int). Lines of the future are kept; who uses them compares the day."""
    objections: pd.DataFrame
    """id (text), accepted (ISO), closed (ISO or ""), outcome (of the vocabulary, or ""), row (int)."""
    issues: list[Issue]

    def withdrawals_by_month(self, today: date) -> list[tuple[str, str, int]]:
        """Month, reason and number of withdrawals up to a day, newest month first. No names."""
        due = self.withdrawals[self.withdrawals["day"] <= today.isoformat()].drop_duplicates("id")
        counts = Counter(zip(due["day"].str.slice(0, 7), due["reason"], strict=True))
        return sorted(((month, reason, count) for (month, reason), count in counts.items()), reverse=True)

    def withdrawn(self, today: date) -> dict[str, str]:
        """Ids withdrawn on or before a day → ISO day of the first withdrawal. Final: nothing brings a record back.

        One without a readable day counts as of the day that is asked for: it is told anew until its line is mended.
        """
        due = self.withdrawals[self.withdrawals["day"] <= today.isoformat()]
        days = due["day"].where(due["day"] != UNDATED, today.isoformat())
        return dict(days.groupby(due["id"]).min())

    def under_objection(self, today: date) -> set[str]:
        """Ids with an objection accepted and not yet closed on a day."""
        now = today.isoformat()
        frame = self.objections
        return set(frame.loc[(frame["accepted"] <= now) & ((frame["closed"] == "") | (frame["closed"] > now)), "id"])


def read_registers(portal: Portal) -> Registers:
    """Read both files; a portal without one has no entries."""
    issues: list[Issue] = []
    withdrawals = _read(portal.root, WITHDRAWALS, WITHDRAWAL_HEADINGS, issues)
    reasons = VALUE_TYPES["choice"].read(withdrawals["原因"], portal.vocabularies[REASONS])
    known = "、".join(portal.vocabularies[REASONS].values)
    withdrawals["原因"] = reasons.values
    unknown = reasons.faults[0].rows | (reasons.values == "").to_numpy(dtype=bool)
    for row, value in _lines(withdrawals, unknown, "原因"):
        issues.append(_issue(WITHDRAWALS, row, "register-reason", value, known=known))
    for row, value in _bad_days(withdrawals, "撤下日期", required=True):
        issues.append(_issue(WITHDRAWALS, row, "register-day", value, column="撤下日期"))
    objections = _read(portal.root, OBJECTIONS, OBJECTION_HEADINGS, issues)
    for column, required in (("受理日期", True), ("办结日期", False)):
        for row, value in _bad_days(objections, column, required):
            issues.append(_issue(OBJECTIONS, row, "register-day", value, column=column))
    outcomes = VALUE_TYPES["choice"].read(objections["结果"], portal.vocabularies[OUTCOMES])
    options = "、".join(portal.vocabularies[OUTCOMES].values)
    for row, value in _lines(objections, outcomes.faults[0].rows, "结果"):
        issues.append(_issue(OBJECTIONS, row, "register-outcome", value, options=options))
    loose = _ids_of_unread_lines(portal.root / WITHDRAWALS, set(withdrawals["公示编号"]))
    return Registers(
        # A withdrawal with a faulty day or reason still takes the record down, at once: in doubt nothing is shown.
        withdrawals=pd.DataFrame(
            {
                "id": withdrawals["公示编号"],
                "day": withdrawals["撤下日期"].where(_is_day(withdrawals["撤下日期"]), UNDATED),
                # Whatever else stands there may be a name, and the reason is counted in public.
                "reason": withdrawals["原因"].where(~unknown, UNSTATED),
                "row": withdrawals["row"],
            }
        ).pipe(_with_ids, loose),
        objections=pd.DataFrame(
            {
                "id": objections["公示编号"],
                "accepted": objections["受理日期"],
                "closed": objections["办结日期"].where(_is_day(objections["办结日期"]), ""),
                "outcome": outcomes.values.where(~outcomes.faults[0].rows, ""),
                "row": objections["row"],
            }
        ),
        issues=issues,
    )


def _ids_of_unread_lines(path: Path, read: set[str]) -> list[str]:
    """Every id in the lines of a register that could not be read: a takedown does not depend on a comma.

    A line that was read names its record; another id in its note is only mentioned.
    """
    if not path.exists():
        return []
    # Without the zeros of UTF-16, ids are the same bytes in every encoding that Excel writes.
    text = path.read_bytes().replace(b"\0", b"").decode("latin-1").lower()
    found: set[str] = set()
    for line in re.split(r"[\r\n]+", text):
        ids = set(re.findall(rf"(?<![0-9a-z]){_ID.pattern}(?![0-9a-z])", line))
        if not ids & read:
            found |= ids
    return sorted(found)


def _with_ids(withdrawals: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """The withdrawals, and those whose line says nothing else that can be read: in force at once."""
    more = pd.DataFrame({"id": pd.Series(ids, dtype="str"), "day": UNDATED, "reason": UNSTATED, "row": 0})
    return pd.concat([withdrawals, more], ignore_index=True) if ids else withdrawals


def _read(root: Path, name: str, headings: tuple[str, ...], issues: list[Issue]) -> pd.DataFrame:
    """The lines of a register with a well-formed id, days in normal form."""
    blank = pd.DataFrame({**{heading: pd.Series(dtype="str") for heading in headings}, "row": pd.Series(dtype="int32")})
    path = root / name
    if not path.exists():
        return blank
    read = read_tables(path, name, Names.of(headings))
    if isinstance(read, Issue):
        issues.append(read)
        return blank
    sheet = read[0]
    issues += sheet.issues
    for heading in headings[:_NEEDED]:
        if heading not in sheet.headings:
            issues.append(Issue(name, column=heading, code="heading-missing", details=(("code", heading),)))
    columns = {
        heading: pd.Series(pd.array(column, dtype="str"))
        for heading, column in zip(sheet.headings, sheet.columns, strict=True)
    }
    nothing = pd.Series("", index=range(len(sheet.rows)), dtype="str")
    frame = pd.DataFrame({heading: columns.get(heading, nothing) for heading in headings}).assign(row=sheet.rows)
    frame = frame[(frame[list(headings)] != "").any(axis=1)].reset_index(drop=True)
    frame["公示编号"] = frame["公示编号"].str.lower()
    well_formed = frame["公示编号"].str.fullmatch(_ID.pattern).to_numpy(dtype=bool)
    for row, value in _lines(frame, ~well_formed, "公示编号"):
        issues.append(_issue(name, row, "register-id", value))
    frame = frame[well_formed].reset_index(drop=True)
    for heading in headings:
        if heading.endswith("日期"):
            frame[heading] = VALUE_TYPES["day"].read(frame[heading], None).values
    return frame


def _bad_days(frame: pd.DataFrame, column: str, required: bool) -> list[tuple[int, str]]:
    bad = ~_is_day(frame[column])
    return _lines(frame, bad if required else bad & (frame[column] != "").to_numpy(dtype=bool), column)


def _lines(frame: pd.DataFrame, wanted: np.ndarray, column: str) -> list[tuple[int, str]]:
    """Row and value of the wanted lines."""
    return [(int(row), str(value)) for row, value in frame.loc[wanted, ["row", column]].itertuples(index=False)]


def _is_day(column: pd.Series) -> np.ndarray:
    return column.str.fullmatch(r"\d{4}-\d{2}-\d{2}").to_numpy(dtype=bool, copy=True)


def _issue(name: str, row: int, code: str, value: str, column: str = "", **words: str) -> Issue:
    return Issue(name, row=row, column=column, code=code, value=masked(value), details=tuple(words.items()))
