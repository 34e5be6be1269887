"""What came of repairs and objections, counted from the registers by month. No name and no id gets out of here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from generator.intake.registers import Registers
from generator.model.calendar import WorkingDays
from generator.model.services import ObjectionGuide
from generator.publish.tallies import Tallies


@dataclass(frozen=True)
class ObjectionMonth:
    """The objections that were accepted in a month, as they stand on a day."""

    month: str
    """2023-12."""
    received: int
    upheld: int
    dismissed: int
    unstated: int
    """Closed, and no outcome was entered."""
    pending: int
    overdue: int
    """Pending, and the last working day for the answer has passed."""
    late: int
    """Closed after that day."""
    undetermined: int
    """Of which the calendar cannot tell that day."""
    per_100000: Decimal | None
    """Valid objections per 100,000 records reported up to the end of the month, two decimals, half up; None without
    records."""


@dataclass(frozen=True)
class Objections:
    """All objections, by month and on the whole."""

    months: list[ObjectionMonth]
    """Newest first."""
    next_deadline: date | None
    """The earliest last day for an answer that has not passed yet."""
    days_left: int | None
    """Working days until then, the present one not counted."""
    mean_days: Decimal | None
    """Working days from acceptance to answer, on the average of those that were closed; two decimals, half up."""

    def total(self, column: str) -> int:
        """Sum of one of the counts over all months."""
        return sum(getattr(month, column) for month in self.months)


def repairs_by_month(registers: Registers, reason: str, today: date) -> list[tuple[str, int]]:
    """Month and number of records that were repaired up to a day, newest month first."""
    counts = Counter({month: count for month, found, count in registers.withdrawals_by_month(today) if found == reason})
    return sorted(counts.items(), reverse=True)


def objections(
    registers: Registers, guide: ObjectionGuide, calendar: WorkingDays, tallies: Tallies, today: date
) -> Objections:
    """Count the objections accepted up to a day. Lines without a readable day of acceptance are reported, not counted.

    One that was closed without an outcome is upheld if its record was withdrawn for that reason.
    """
    now = today.isoformat()
    frame = registers.objections
    frame = frame[frame["accepted"].str.fullmatch(r"\d{4}-\d{2}-\d{2}") & (frame["accepted"] <= now)]
    frame = frame.drop_duplicates(["id", "accepted"], keep="last").reset_index(drop=True)
    withdrawn = registers.withdrawals
    given_way = withdrawn.loc[(withdrawn["reason"] == guide.reason) & (withdrawn["day"] <= now), "id"]
    closed = (frame["closed"] != "") & (frame["closed"] <= now)
    outcome = frame["outcome"].where((frame["outcome"] != "") | ~frame["id"].isin(given_way), guide.upheld)
    last = guide.answer.deadlines(frame["accepted"], calendar)
    marks = pd.DataFrame(
        {
            "received": True,
            "upheld": closed & (outcome == guide.upheld),
            "dismissed": closed & (outcome != guide.upheld) & (outcome != ""),
            "unstated": closed & (outcome == ""),
            "pending": ~closed,
            "overdue": ~closed & (last != "") & (last < now),
            "late": closed & (last != "") & (frame["closed"] > last),
            "undetermined": last == "",
        },
        index=frame.index,
    )
    counts = marks.groupby(frame["accepted"].str.slice(0, 7)).sum().sort_index(ascending=False)
    reported = tallies.records().counts
    months = [
        ObjectionMonth(
            month=str(month),
            **{str(name): int(count) for name, count in line.items()},
            per_100000=_ratio(int(line["upheld"]), int(reported.loc[reported["month"] <= month, "count"].sum())),
        )
        for month, line in counts.iterrows()
    ]
    ahead = last[~closed & (last >= now)]
    following = date.fromisoformat(ahead.min()) if len(ahead) else None
    days = [
        calendar.between(date.fromisoformat(start), date.fromisoformat(end))
        for start, end in frame.loc[closed, ["accepted", "closed"]].itertuples(index=False)
    ]
    known = [day for day in days if day is not None]
    return Objections(
        months=months,
        next_deadline=following,
        days_left=calendar.between(today, following) if following else None,
        mean_days=_rounded(Decimal(sum(known)) / len(known)) if known else None,
    )


def _ratio(upheld: int, records: int) -> Decimal | None:
    return _rounded(Decimal(upheld) * 100_000 / records) if records else None


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
