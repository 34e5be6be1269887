"""What monthly bulletins say month after month: totals, lateness, what each unit sent. No record is looked at again.

The figures are those of the bulletins: as issued, or of a month that is not frozen yet as the tallies count it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from generator.bulletin.archive import Bulletin
from generator.bulletin.declaration import ALL, BulletinKind, FigureRules
from generator.bulletin.figures import Line, Values, summed
from generator.model.indicators import Span

MONTHS = 12
"""How many months dashboards show."""


@dataclass(frozen=True)
class Course:
    """The figures that a kind of bulletin counts from records, over the months."""

    kind: BulletinKind
    figures: str
    """Name of the set of figures."""
    rules: FigureRules
    months: tuple[str, ...]
    """Every month up to the last one that is over, the oldest first; none before the first bulletin."""
    bulletins: Mapping[str, Bulletin]
    """Month → its bulletin, of earlier months too; a month without is not there."""
    records: str
    """The column that counts all accepted records."""

    def column(self, count: str) -> str | None:
        """The column that counts this of all kinds of record of the figures, if there is one."""
        return _column(self.rules, count)

    def whole(self, month: str) -> Values | None:
        """The sum of a month; None without a bulletin."""
        bulletin = self.bulletins.get(month)
        return bulletin.figures[self.figures].sums[ALL] if bulletin else None

    def units(self) -> list[tuple[Line, dict[str, Values], Values]]:
        """Every unit as it was last called: with its figures by month, and those of all months.

        In the order of the newest bulletin; units that are no longer in it come last, for the totals hold them too.
        """
        by_month = {
            month: {line.key: line for line in self.bulletins[month].figures[self.figures].lines}
            for month in self.months
            if month in self.bulletins
        }
        units: dict[str, Line] = {}
        for lines in reversed(by_month.values()):
            units = units | {key: line for key, line in lines.items() if key not in units}
        found = []
        for key, line in units.items():
            of_unit = {month: lines[key].values for month, lines in by_month.items() if key in lines}
            found.append((line, of_unit, summed(of_unit.values(), self.rules)))
        return found

    def together(self) -> Values:
        """The sum of all its months."""
        return summed((values for month in self.months if (values := self.whole(month)) is not None), self.rules)

    def on_time(self, values: Values) -> Decimal | None:
        """Per cent of the records that were reported in time (及时率), not rounded; None without any.

        Records whose limit is not known are left out, as nobody can say of them that they were in time.
        """
        late = values.get(self.column("late") or "")
        if late is None or self.records not in values:
            return None
        known = values[self.records] - values.get(self.column("undetermined") or "", Decimal(0))
        return (known - late) * 100 / known if known > 0 else None


def courses(bulletins: Sequence[Bulletin], today: date) -> list[Course]:
    """A course for each set of figures that monthly bulletins count from records; none of a kind without a bulletin."""
    last = month_before(today)
    found: list[Course] = []
    for kind in {entry.kind.id: entry.kind for entry in bulletins if entry.kind.period == "month"}.values():
        of_kind = {entry.month: entry for entry in bulletins if entry.kind.id == kind.id and entry.month <= last}
        if of_kind:
            months = last_months(min(of_kind), last)
            for name, of in kind.figures.items():
                if records := _column(of, "records"):
                    found.append(Course(kind, name, of, months, of_kind, records))
    return found


def _column(rules: FigureRules, count: str) -> str | None:
    return next((name for name, of in rules.columns.items() if of.count == count and not of.kinds), None)


def month_before(today: date) -> str:
    """The last month that is over."""
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def last_months(first: str, last: str, most: int = MONTHS) -> tuple[str, ...]:
    """The months up to the last one, so many at most and none before the first, the oldest first."""
    return tuple(Span(first=first, last=last).months()[-most:])
