"""Publishes rows without building a site: what is shown of them, by the number of the decision."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portals import make_portal, write

from generator.issues import Issue
from generator.model.portal import Portal, load_portal
from generator.model.record_id import as_text
from generator.pipeline import admitted_records
from generator.progress import Progress
from generator.workers import InProcess

HEADINGS = "公示编号,撤下日期,原因,说明"


@dataclass(frozen=True)
class Shown:
    """What publish hands on of one kind."""

    records: dict[str, dict[str, Any]]
    """Number of the decision → record, with its id as text."""
    gone: set[str]
    gone_on: dict[str, str]
    """Id → first day without the record."""
    issues: list[Issue]
    counts: dict[str, int]
    """State → number of rows."""

    def __contains__(self, number: str) -> bool:
        return number in self.records


class Quick:
    """A portal whose records and registers change from call to call; its declarations are read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.portal = load_portal(root)

    def shown(
        self,
        rows: Sequence[Mapping[str, str]],
        today: date,
        *,
        withdrawals: Sequence[str] = (),
        register: str | bytes | None = None,
        portal: Portal | None = None,
        **files: Sequence[Mapping[str, str]],
    ) -> Shown:
        """What is shown on a day.

        `rows` are of one kind and lie in one file; `files`: month such as _2024_01 → rows of a later
        file. `withdrawals`: lines below the register's headings; `register`: its whole content.
        """
        declared = portal or self.portal
        kind = "licence" if rows and "XK_WSH" in rows[0] else "penalty"
        shutil.rmtree(self.root / "data" / "records")
        for month, content in {"2023_12": rows, **files}.items():
            write(self.root / f"data/records/{kind}/{month.strip('_').replace('_', '-')}/scjgj.csv", content)
        (self.root / "data" / "withdrawals.csv").unlink(missing_ok=True)
        if withdrawals or register is not None:
            text = "\n".join([HEADINGS, *withdrawals, ""]) if register is None else register
            write(self.root / "data" / "withdrawals.csv", text)
        number = declared.kinds[kind].roles.number
        assert number is not None
        with TemporaryDirectory() as folder:
            published = admitted_records(declared, today, Path(folder), InProcess(), Progress())
            records = {}
            for partition in published.view.partitions(kind):
                frame = published.view.read(partition, declared.kinds[kind])
                frame["id"] = as_text(frame["id"].to_numpy()).to_numpy()
                records.update({record[number]: record for record in frame.to_dict("records")})
            tallies = published.tallies.counts.groupby("state")["count"].sum().to_dict()
            gone = as_text(published.view.gone).tolist()
            days = [f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" for day in published.view.gone_on.tolist()]
            return Shown(records, set(gone), dict(zip(gone, days, strict=True)), published.issues, tallies)

    def with_rules(self, display: str) -> Portal:
        """The same portal under another display.yml."""
        path = self.root / "data" / "rules" / "display.yml"
        kept = path.read_text(encoding="utf-8")
        try:
            path.write_text(display, encoding="utf-8")
            return replace(self.portal, display=load_portal(self.root).display)
        finally:
            path.write_text(kept, encoding="utf-8")


@contextmanager
def quick() -> Any:
    """A portal in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        yield Quick(make_portal(Path(folder) / "portal"))
