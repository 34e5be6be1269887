"""cases.csv as real record files, and what publish makes of each case.

Every case is a unit with one file of one row, so that the tallies tell the state of each.
"""

from __future__ import annotations

import atexit
import csv
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from codes import identity_number
from portals import SITE, admitted, licence, make_portal, penalty, person, write

from generator.model.record_id import as_text

Case = dict[str, str]
"""A line of cases.csv: heading → value."""

NO_END = "长期"

with Path(__file__).with_name("cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES: list[Case] = list(csv.DictReader(_file))

_UNITS = [
    {"id": case["case"], "name": f"单位{case['case']}", "group": "department", "region": "410400"} for case in CASES
]
_PLACES = {case["case"]: place for place, case in enumerate(CASES)}


@dataclass(frozen=True)
class Outcome:
    """What became of a case's row."""

    state: str
    record: dict[str, Any] | None
    """The record as publish hands it on, with its id as text; None if it may not be seen."""


def outcomes(today: date, cases: Iterable[Case], register: dict[str, str] | None = None) -> dict[str, Outcome]:
    """Case → outcome on a day. `register`: id → day of withdrawal, written to data/withdrawals.csv."""
    chosen = list(cases)
    files: dict[str, Any] = {path_of(case): [row_of(case)] for case in chosen}
    if register:
        lines = [f"{record},{day},修复,测试" for record, day in register.items()]
        files["data/withdrawals.csv"] = "\n".join(["公示编号,撤下日期,原因,说明", *lines, ""])
    root = _emptied()
    for path, content in files.items():
        write(root / path, content)
    with admitted(root, today) as found:
        return {case["case"]: _outcome(found, case) for case in chosen}


def _emptied() -> Path:
    """The portal of all cases' units, without a record."""
    root = _portal()
    shutil.rmtree(root / "data" / "records")
    (root / "data" / "records").mkdir()
    (root / "data" / "withdrawals.csv").unlink(missing_ok=True)
    return root


@cache
def _portal() -> Path:
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    return make_portal(Path(folder.name) / "portal", units=[*SITE["units"], *_UNITS])


def _outcome(found: Any, case: Case) -> Outcome:
    place = _PLACES[case["case"]] + len(SITE["units"])
    [state] = found.published.tallies.select(unit=place).counts["state"].tolist()
    records = found.records(case["kind"])
    own = records[records["unit"] == place] if len(records) else records
    if own.empty:
        return Outcome(state, None)
    [record] = own.assign(id=as_text(own["id"].to_numpy()).to_numpy()).to_dict("records")
    return Outcome(state, record)


def on_day(today: date) -> dict[str, Outcome]:
    """The outcomes of all cases that are told for a day."""
    return _on_day(today)


@cache
def _on_day(today: date) -> dict[str, Outcome]:
    cases = [case for case in CASES if case["today"] == today.isoformat()]
    return outcomes(today, cases, {record_id(case): case["withdrawn"] for case in cases if case["withdrawn"]})


@cache
def _first_days(today: date) -> dict[str, Outcome]:
    return outcomes(today, [case for case in CASES if case["withdrawn"] and case["first_day"] == today.isoformat()])


def record_id(case: Case) -> str:
    """Id of a case's record, as a reader finds it on the first day."""
    record = _first_days(date.fromisoformat(case["first_day"]))[case["case"]].record
    assert record is not None, "a record that is to be withdrawn has to be shown first"
    return str(record["id"])


def path_of(case: Case) -> str:
    """Where the file of a case lies."""
    return f"data/records/{case['kind']}/{case['reported'][:7]}/{case['case']}.csv"


def row_of(case: Case) -> dict[str, str]:
    """The row a clerk would have written."""
    row = _licence(case) if case["kind"] == "licence" else _penalty(case)
    if case["subject"] == "自然人":
        row = person(row, number=identity_number(f"410402{case['born'].replace('-', '')}123"))
    return row


def _penalty(case: Case) -> dict[str, str]:
    categories = case["categories"]
    return penalty(
        1 + _PLACES[case["case"]],
        CF_XDR_LB=case["subject"],
        CF_WSH=f"平市监罚〔{case['decided'][:4]}〕{case['case']}号",
        SXCD=case["grade"],
        CF_CFLB=categories,
        CFCX=case["procedure"],
        ZFLY=case["field"],
        CF_NR_FK="0.2" if "罚款" in categories else "",
        CF_NR_WFFF="0.3" if "没收" in categories else "",
        CF_NR_ZKDX="食品经营许可证" if "暂扣" in categories or "吊销" in categories else "",
        CF_JDRQ=case["decided"],
        CF_GSJZQ=case["staff"],
        CF_SJLY=f"单位{case['case']}",
        BSRQ=case["reported"],
    )


def _licence(case: Case) -> dict[str, str]:
    return licence(
        1 + _PLACES[case["case"]],
        XK_XDR_LB=case["subject"],
        XK_WSH=f"平市监许〔{case['decided'][:4]}〕{case['case']}号",
        XK_JDRQ=case["decided"],
        XK_YXQZ=case["decided"],
        XK_YXQZI=case["valid_until"],
        XK_ZT=case["licence_state"],
        XK_LYDW=f"单位{case['case']}",
        BSRQ=case["reported"],
    )


def day(text: str) -> date:
    """A day of the table."""
    return date.fromisoformat(text)


def before(text: str) -> date:
    """The day before a day of the table."""
    return day(text) - timedelta(days=1)


def after(text: str) -> date:
    """The day after a day of the table."""
    return day(text) + timedelta(days=1)
