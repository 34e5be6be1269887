"""The feeds of changes: what they tell, since when, and that they tell no names."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from display.city import id_of
from display.quick import HEADINGS, Quick, quick
from portals import (
    ADDRESS,
    LICENCES,
    PENALTIES,
    SITE,
    TODAY,
    build_site,
    licence,
    make_portal,
    offer,
    penalty,
    person,
    write,
)
from printed import document

from generator.model.portal import load_portal

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def publisher() -> Iterator[Quick]:
    with quick() as made:
        yield made


# The day a record left, worked out by hand from data/rules/display.yml


def decided(day: str, **changes: str) -> dict[str, str]:
    """Decided on a day and reported on the next."""
    return {"CF_JDRQ": day, "BSRQ": (date.fromisoformat(day) + timedelta(days=1)).isoformat(), **changes}


LEFT = {
    # name: (changes of a penalty decided and reported as said, day of withdrawal, today, first day without it)
    "day after the one staff gave": ({"CF_GSJZQ": "2024-01-04"}, "", "2024-01-05", "2024-01-05"),
    "still told a year later": ({"CF_GSJZQ": "2024-02-29"}, "", "2025-02-28", "2024-03-01"),
    "withdrawn": ({}, "2024-01-02", "2024-01-05", "2024-01-02"),
    "withdrawn before the day staff gave": ({"CF_GSJZQ": "2024-01-04"}, "2024-01-03", "2024-01-05", "2024-01-03"),
    "withdrawn after it was over anyway": ({"CF_GSJZQ": "2024-01-02"}, "2024-01-04", "2024-01-05", "2024-01-03"),
    "withdrawn on a day nobody can read": ({}, "昨天", "2024-01-05", "2024-01-05"),
    "a year by 527号": (
        decided("2020-12-01", SXCD="一般"),
        "",
        "2024-01-05",
        "2021-12-02",
    ),
    "58号令 forbids it": (
        decided("2023-03-01", CFCX="简易程序"),
        "",
        "2024-01-05",
        "2023-05-01",
    ),
    "36号令 shortens it": (
        decided("2024-06-03", SXCD="一般"),
        "",
        "2026-05-01",
        "2026-04-01",
    ),
    "36号令 gives a later end": (
        decided("2025-06-03", SXCD="一般"),
        "",
        "2026-07-01",
        "2026-06-04",
    ),
    "36号令 forbids it": (
        decided("2026-02-02", SXCD="轻微"),
        "",
        "2026-04-01",
        "2026-04-01",
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_the_first_day_without_a_record_is_told(publisher: Quick, name: str) -> None:
    changes, withdrawn, today, left = LEFT[name]
    row = penalty(1, **changes)
    record = id_of(row, publisher.portal.kinds["penalty"], SITE["id_key"])
    lines = [f"{record},{withdrawn},修复,"] if withdrawn else []
    assert publisher.shown([row], date.fromisoformat(today), withdrawals=lines).gone_on == {record: left}


ENDED = {
    # name: (what the correction of 2024-01-03 says, first day without the record)
    "the day staff gave then": ({"CF_GSJZQ": "2024-01-04"}, "2024-01-05"),
    "a day that was over by then": ({"CF_GSJZQ": "2024-01-01"}, "2024-01-03"),
    "a procedure that is not public": ({"CFCX": "简易程序"}, "2024-01-03"),
}


@pytest.mark.parametrize("name", ENDED)
def test_a_correction_that_ends_the_display_is_told_with_its_day(publisher: Quick, name: str) -> None:
    changes, left = ENDED[name]
    record = id_of(penalty(1), publisher.portal.kinds["penalty"], SITE["id_key"])
    later = [penalty(1, BSRQ="2024-01-03", **changes)]
    assert publisher.shown([penalty(1)], date(2024, 1, 5), _2024_01=later).gone_on == {record: left}


# The feeds of a site


FIRM, FINED, EXPIRED, CORRECTED, PERSON, OLD = (
    licence(1),
    penalty(1),
    penalty(2, CF_GSJZQ="2023-12-31"),
    licence(2),
    person(licence(3)),
    licence(4, XK_JDRQ="2023/10/30", XK_YXQZ="2023/10/30", BSRQ="2023/11/02"),
)
REMOVED = licence(5)


class Fed:
    """A small site and what its feeds say."""

    def __init__(self, root: Path) -> None:
        kinds = load_portal(root).kinds
        self.id = lambda row: id_of(row, kinds["licence" if "XK_WSH" in row else "penalty"], SITE["id_key"])
        write(root / "data/withdrawals.csv", f"{HEADINGS}\n{self.id(REMOVED)},2023-11-20,撤销,\n")
        self.site = build_site(root)
        self.items: list[dict[str, Any]] = document(self.site, "data/changes.json")["items"]

    def changes(self) -> list[tuple[str, str, str]]:
        return [(item["_change"]["day"], item["_change"]["change"], item["_change"]["id"]) for item in self.items]

    def month(self, month: str) -> list[tuple[str, ...]]:
        columns = json.loads(gzip.decompress((self.site / f"data/changes/{month}.json.gz").read_bytes()))
        return list(zip(*(columns[name] for name in ("day", "change", "id", "kind", "month")), strict=True))


def files() -> dict[str, list[dict[str, str]]]:
    return {
        LICENCES: [FIRM, CORRECTED, PERSON, OLD, REMOVED],
        "data/records/licence/2024-01/scjgj.csv": [{**CORRECTED, "XK_NR": "更正", "BSRQ": "2024/01/03"}],
        PENALTIES: [FINED, EXPIRED],
    }


@pytest.fixture(scope="module")
def fed(tmp_path_factory: pytest.TempPathFactory) -> Fed:
    return Fed(make_portal(tmp_path_factory.mktemp("fed") / "portal", files(), pages=True, address=ADDRESS))


def test_the_feed_tells_thirty_days_newest_first(fed: Fed) -> None:
    """2023-12-07 to 2024-01-05; the penalty is not offered and so not told as new, but its end is."""
    assert fed.changes() == [("2024-01-03", "corrected", fed.id(CORRECTED)), ("2024-01-01", "gone", fed.id(EXPIRED))]


@pytest.mark.parametrize("when", ["2023-12-07", "2023-12-06"])
def test_the_first_of_the_thirty_days_is_told_and_the_day_before_is_not(tmp_path: Path, when: str) -> None:
    row = licence(1, BSRQ=when)
    fed = Fed(make_portal(tmp_path / "portal", {LICENCES: [row, REMOVED]}, pages=True))
    assert fed.changes() == ([(when, "new", fed.id(row))] if when == "2023-12-07" else [])


def test_what_is_over_says_id_day_and_link_and_nothing_else(fed: Fed) -> None:
    [item] = [item for item in fed.items if item["_change"]["change"] == "gone"]
    record = fed.id(EXPIRED)
    assert item["_change"] == {"day": "2024-01-01", "change": "gone", "id": record}
    assert item["url"] == f"{ADDRESS}notice/?id={record}"
    assert item["title"] == f"停止公示：{record}"
    assert item["date_published"] == "2024-01-01T00:00:00+08:00"


def test_no_feed_names_anybody(fed: Fed) -> None:
    paths = [fed.site / "data/changes.json", fed.site / "data/changes.atom", *(fed.site / "data/changes").iterdir()]
    assert len(paths) == 4
    for path in paths:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
        for row in (FIRM, FINED, EXPIRED, CORRECTED, PERSON, REMOVED):
            for value in (row.get("XK_XDR_MC") or row["CF_XDR_MC"], row.get("XK_WSH") or row["CF_WSH"], "张**"):
                assert value not in text, path.name


def test_corrections_and_ends_of_all_times_lie_by_month(fed: Fed) -> None:
    index = document(fed.site, "data/index.json")
    assert [entry["path"] for entry in index["changes"]] == ["changes/2024-01.json.gz", "changes/2023-11.json.gz"]
    assert fed.month("2024-01") == [
        ("2024-01-03", "corrected", fed.id(CORRECTED), "licence", "2023-12"),
        ("2024-01-01", "gone", fed.id(EXPIRED), "", ""),
    ]
    assert fed.month("2023-11") == [("2023-11-20", "gone", fed.id(REMOVED), "", "")]


def test_atom_tells_the_same_as_json(fed: Fed) -> None:
    feed = ElementTree.parse(fed.site / "data/changes.atom").getroot()
    entries = feed.findall(f"{ATOM}entry")
    told = [
        (entry.findtext(f"{ATOM}updated"), entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))  # type: ignore[union-attr]
        for entry in entries
    ]
    assert told == [(item["date_published"], item["title"], item["url"]) for item in fed.items]
    # RFC 4287 asks these of every feed and entry.
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "示例市信用办"
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)


def test_where_the_feed_is_full_new_records_give_way_and_it_says_so(tmp_path: Path) -> None:
    rows = [licence(number, BSRQ="2024/01/04") for number in range(10, 15)]
    root = make_portal(tmp_path / "portal", files(), pages=True)
    write(root / "data/records/licence/2024-01/lushan.csv", [{**row, "XK_LYDW": "鲁山县公安局"} for row in rows])
    rules = (root / "data/rules/open-data.yml").read_text(encoding="utf-8")
    write(root / "data/rules/open-data.yml", rules.replace("entries: 500", "entries: 4"))
    fed = Fed(root)
    assert [(day, change) for day, change, _ in fed.changes()] == [
        ("2024-01-04", "new"),
        ("2024-01-04", "new"),
        ("2024-01-03", "corrected"),
        ("2024-01-01", "gone"),
    ]
    feed = document(fed.site, "data/changes.json")
    assert feed["_changes"] == {"as_of": TODAY.isoformat(), "total": 7, "listed": 4}
    assert "共7条变化，本源收录其中4条" in feed["description"]


Make = Callable[..., Path]


def test_a_kind_that_is_offered_is_told_as_new(root: Make) -> None:
    row = penalty(1, BSRQ="2024/01/04", CF_JDRQ="2024/01/02")
    portal = root({"data/records/penalty/2024-01/scjgj.csv": [row]}, pages=True)
    offer(portal, "penalty")
    [item] = document(build_site(portal), "data/changes.json")["items"]
    record = id_of(row, load_portal(portal).kinds["penalty"], SITE["id_key"])
    assert item["_change"] == {
        "day": "2024-01-04",
        "change": "new",
        "id": record,
        "kind": "penalty",
        "month": "2024-01",
    }
    assert item["content_text"] == f"行政处罚，2024年1月作出决定，公示编号{record}，2024-01-04起公示。"
