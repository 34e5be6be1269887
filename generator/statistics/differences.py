"""Where a source contradicts its own figures: both are told, with their difference; neither is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from generator.check.statistics import Cells, Delivered, Key
from generator.model.statistics import Topic
from generator.statistics.rows import Figures, Row


@dataclass(frozen=True)
class Difference:
    """A figure that somebody states, and what it is by the single figures."""

    what: str
    """Row and column in words."""
    stated: Decimal
    found: Decimal
    words: str
    """Where it is stated: the words of the source, or what kind of statement it is."""
    basis: str = "逐项相加"
    """What the single figures are."""

    @property
    def difference(self) -> Decimal:
        """How far the two are apart."""
        return abs(self.found - self.stated)


def differences(
    topic: Topic,
    period: str,
    delivered: Delivered | None,
    counted: Cells,
    rows: Mapping[Key, Row],
    total: Figures,
    stated_sums: Mapping[tuple[Key, str], Decimal],
) -> list[Difference]:
    """Cross-foot a table: totals that its source states in words, its row 合计, its columns of sums, its records."""
    stated = [
        *_stated_totals(topic, period, total),
        *_rows_of_totals(topic, delivered, total),
        *(
            Difference(_where(rows[key], topic, name), figure, rows[key].figures[name], "来源表格此行的合计")
            for (key, name), figure in stated_sums.items()
        ),
        *(
            Difference(
                _where(rows[key], topic, name), given, counted[key][name], "单位报送，页面按此显示", "按本站记录计算"
            )
            for key, cells in (delivered.cells if delivered else {}).items()
            for name, given in cells.items()
            if name in counted.get(key, {})
        ),
    ]
    return [entry for entry in stated if entry.difference != 0]


def _stated_totals(topic: Topic, period: str, total: Figures) -> Iterator[Difference]:
    known = topic.periods.get(period)
    for stated in known.stated if known else ():
        if stated.column in total:
            title = topic.columns[stated.column].title
            yield Difference(f"合计·{title}", stated.figure, total[stated.column], stated.words)


def _rows_of_totals(topic: Topic, delivered: Delivered | None, total: Figures) -> Iterator[Difference]:
    for name, figure in (delivered.totals if delivered else {}).items():
        if name in total:
            yield Difference(f"合计·{topic.columns[name].title}", figure, total[name], "来源表格的合计行")


def _where(row: Row, topic: Topic, name: str) -> str:
    return f"{'，'.join(row.names)}·{topic.columns[name].title}"
