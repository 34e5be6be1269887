"""What holds of display whatever the rows say: it never gets longer, and what has left stays away."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

import yaml
from codes import identity_number
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from portals import ROOT, licence, penalty, person

from display.quick import Quick

GRADE_OF = {
    "警告": "轻微",
    "通报批评": "轻微",
    "罚款": "一般",
    "没收违法所得": "一般",
    "没收非法财物": "一般",
    "暂扣许可证件": "一般",
    "降低资质等级": "一般",
    "其他-责令改正": "一般",
    "吊销许可证件": "严重",
    "限制开展生产经营活动": "严重",
    "责令停产停业": "严重",
    "责令关闭": "严重",
    "限制从业": "严重",
    "行政拘留": "严重",
    "暂扣或者吊销许可证": "严重",
    "暂扣或者吊销执照": "严重",
}
"""domain.md §3.1, by hand."""

Row = dict[str, str]

days = st.dates(date(2018, 1, 1), date(2028, 12, 31))
month_ends = st.sampled_from(
    [date(2020, 2, 29), date(2024, 2, 29), date(2023, 4, 30), date(2023, 5, 1), date(2026, 3, 31), date(2026, 4, 1)]
)
categories = st.lists(st.sampled_from(sorted(GRADE_OF)), min_size=1, max_size=4, unique=True)


def later(day: date, months: int) -> date:
    """The same day so many months later; a day the month does not have is its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@st.composite
def penalties(draw: st.DrawFn, number: int = 1, since: date | None = None) -> Row:
    """A penalty of any sort that check accepts, decided within 400 days from `since` or on any day."""
    decided = draw(st.one_of(days, month_ends)) if since is None else since + timedelta(days=draw(st.integers(0, 400)))
    parts = draw(categories)
    staff = draw(st.one_of(st.just(""), st.just("2099-12-31"), st.integers(0, 1500).map(lambda n: str(n))))
    row = penalty(
        number,
        CF_CFLB="；".join(parts),
        CF_NR_FK="0.2" if "罚款" in parts else "",
        CF_NR_WFFF="0.2" if any(part.startswith("没收") for part in parts) else "",
        CF_NR_ZKDX="食品经营许可证" if any("暂扣" in part or "吊销" in part for part in parts) else "",
        CF_JDRQ=decided.isoformat(),
        CF_GSJZQ=(decided + timedelta(days=int(staff))).isoformat() if staff.isdigit() else staff,
        SXCD=draw(st.sampled_from(["", "轻微", "一般", "严重"])),
        ZFLY=draw(st.sampled_from(["", "食品", "消防", "其他-交通"])),
        CFCX=draw(st.sampled_from(["", "", "普通程序", "简易程序"])),
        BSRQ=(decided + timedelta(days=draw(st.integers(0, 20)))).isoformat(),
    )
    if draw(st.booleans()):
        age = draw(st.integers(15 * 365, 60 * 365))
        born = decided - timedelta(days=age)
        row = person(row, number=identity_number(f"410402{born:%Y%m%d}123"))
    return row


Scene = tuple[list[Row], date, date]
"""Rows, and two days on which they are looked at, the earlier one first."""


def _days_to_look(draw: st.DrawFn, since: date) -> tuple[date, date]:
    first = since + timedelta(days=draw(st.integers(0, 900)))
    return first, first + timedelta(days=draw(st.one_of(st.integers(0, 5), st.integers(0, 900))))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Penalties of different numbers decided within a year, and two days soon after."""
    since = draw(st.one_of(days, month_ends))
    rows = [draw(penalties(number, since)) for number in range(1, draw(st.integers(6, 14)) + 1)]
    return rows, *_days_to_look(draw, since)


@st.composite
def licence_scenes(draw: st.DrawFn) -> Scene:
    """The same with licences."""
    rows = []
    since = draw(st.one_of(days, month_ends))
    for number in range(1, draw(st.integers(4, 10)) + 1):
        decided = since + timedelta(days=draw(st.integers(0, 400)))
        until = decided + timedelta(days=draw(st.integers(0, 900)))
        rows.append(
            licence(
                number,
                XK_JDRQ=decided.isoformat(),
                XK_YXQZ=decided.isoformat(),
                XK_YXQZI=draw(st.sampled_from([until.isoformat(), "2099-12-31", ""])),
                XK_ZT=draw(st.sampled_from(["1", "2", ""])),
                BSRQ=decided.isoformat(),
            )
        )
    return rows, *_days_to_look(draw, since)


# No shrinking: an example takes half a second, and a failing one names its rows.
few = settings(max_examples=10, phases=[Phase.explicit, Phase.generate])
far = "9999-12-31"


def last_day(record: dict[str, Any]) -> str:
    """No end sorts behind all days."""
    return record["last_day"] or far


@few
@given(scene=scenes())
def test_nothing_is_shown_longer_than_the_longest_rule(portal: Quick, scene: Scene) -> None:
    rows, today, _ = scene
    found = portal.shown(rows, today)
    for row in rows:
        if (number := row["CF_WSH"]) not in found:
            continue
        record, decided = found.records[number], date.fromisoformat(row["CF_JDRQ"])
        assert last_day(record) >= today.isoformat()
        assert row["BSRQ"] <= today.isoformat()
        assert row["CFCX"] != "简易程序" or today < date(2023, 5, 1)
        if today >= date(2019, 7, 1):
            assert last_day(record) <= later(decided, 36).isoformat()
        if today >= date(2026, 4, 1):
            months = {"轻微": 3, "一般": 12, "严重": 36}[record["SXCD"]]
            assert last_day(record) <= later(decided, months).isoformat()
        if date(2019, 7, 1) <= today and decided <= date(2023, 4, 30) and record["SXCD"] != "严重":
            assert last_day(record) <= later(decided, 12).isoformat()


@few
@given(scene=scenes())
def test_a_day_given_by_staff_never_lengthens(portal: Quick, scene: Scene) -> None:
    rows, today, _ = scene
    with_day = portal.shown(rows, today)
    without = portal.shown([{**row, "CF_GSJZQ": ""} for row in rows], today)
    for row in rows:
        record = with_day.records.get(row["CF_WSH"])
        if record is None:
            continue
        if row["CF_GSJZQ"] not in ("", "2099-12-31"):
            assert last_day(record) <= row["CF_GSJZQ"]
        # 轻微 is the one case in which the law lets the day given by staff allow display at all: for three months.
        if record["SXCD"] == "轻微" and row["CF_WSH"] not in without:
            assert last_day(record) <= later(date.fromisoformat(row["CF_JDRQ"]), 3).isoformat()
        else:
            assert last_day(record) <= last_day(without.records[row["CF_WSH"]])


@few
@given(scene=scenes())
def test_a_later_day_never_shows_more_of_the_old_records(portal: Quick, scene: Scene) -> None:
    rows, first, second = scene
    old = [row for row in rows if row["BSRQ"] <= first.isoformat()]
    before, after = portal.shown(old, first), portal.shown(old, second)
    assert set(after.records) <= set(before.records)
    assert not after.gone & {record["id"] for record in after.records.values()}
    for number, record in after.records.items():
        assert last_day(record) <= last_day(before.records[number])
        assert record["id"] == before.records[number]["id"]


@few
@given(scene=licence_scenes())
def test_a_later_day_never_shows_more_of_the_old_licences(portal: Quick, scene: Scene) -> None:
    rows, first, second = scene
    old = [row for row in rows if row["BSRQ"] <= first.isoformat()]
    before, after = portal.shown(old, first), portal.shown(old, second)
    assert set(after.records) <= set(before.records)
    for row in old:
        number, until = row["XK_WSH"], row["XK_YXQZI"]
        if until in ("", "2099-12-31"):
            assert last_day(before.records[number]) == far
        else:
            end = later(date.fromisoformat(until), 12)
            assert (number in after) == (second <= end)


@few
@given(
    history=st.lists(penalties(), min_size=1, max_size=5),
    withdrawn=days,
    passed=st.integers(0, 800),
)
def test_a_withdrawal_is_final_whatever_rows_follow(
    portal: Quick, history: list[Row], withdrawn: date, passed: int
) -> None:
    """Same number, authority and subject; all else may change from row to row."""
    firm = {code: penalty()[code] for code in ("CF_XDR_MC", "CF_XDR_LB", "CF_XDR_SHXYM", "CF_FRDB", "CF_WSH")}
    nobody = {"CF_XDR_ZJLX": "", "CF_XDR_ZJHM": ""}
    rows = [{**row, **firm, **nobody} for row in history]
    [record] = portal.shown([penalty()], date(2023, 12, 6)).records.values()
    today = withdrawn + timedelta(days=passed)
    found = portal.shown(rows, today, withdrawals=[f"{record['id']},{withdrawn.isoformat()},修复,"])
    assert found.records == {}
    standing = [row for row in rows if row["BSRQ"] <= today.isoformat()]
    assert found.counts.get("withdrawn", 0) == (1 if standing else 0)


rule_sets = st.fixed_dictionaries(
    {
        "since": days,
        "lasts": st.one_of(st.none(), st.integers(0, 2000)),
        "cases": st.lists(
            st.fixed_dictionaries(
                {
                    "when": st.sampled_from(
                        [
                            [],
                            [{"field": "SXCD", "in": ["严重"]}],
                            [{"field": "CF_CFLB", "any_of": ["罚款"]}],
                            [{"field": "CF_XDR_LB", "in": ["自然人"]}, {"field": "ZFLY", "filled": False}],
                        ]
                    ),
                    "shown": st.sampled_from([True, True, True, False]),
                    "shortest": st.sampled_from([0, 3]),
                    "longest": st.sampled_from([None, 0, 1, 6, 24, 60, 600]),
                }
            ),
            min_size=1,
            max_size=3,
        ),
    }
)


@few
@given(scene=scenes(), added=rule_sets, first=st.booleans())
def test_a_further_rule_set_never_lengthens(portal: Quick, scene: Scene, added: dict[str, Any], first: bool) -> None:
    rows, today, _ = scene
    rules = yaml.safe_load((ROOT / "data" / "rules" / "display.yml").read_text(encoding="utf-8"))
    new: dict[str, Any] = {
        "id": "added",
        "title": "新增规定",
        "number": "测试",
        "source": "测试",
        "since": added["since"],
        "cases": {"penalty": added["cases"]},
    }
    if added["lasts"] is not None:
        new["until"] = added["since"] + timedelta(days=added["lasts"])
    rules["rules"].insert(0 if first else len(rules["rules"]), new)
    now = portal.shown(rows, today)
    then = portal.shown(rows, today, portal=portal.with_rules(yaml.safe_dump(rules, allow_unicode=True)))
    assert set(then.records) <= set(now.records)
    for number, record in then.records.items():
        assert last_day(record) <= last_day(now.records[number])


@few
@given(parts=st.lists(categories, min_size=1, max_size=12), given_grade=st.sampled_from(["轻微", "一般", "严重"]))
def test_a_suggested_grade_is_the_gravest_of_its_categories(
    portal: Quick, parts: list[list[str]], given_grade: str
) -> None:
    """On the last day of rules that show everything, so that every suggestion can be seen."""
    rows = []
    for number, chosen in enumerate(parts, 1):
        for grade in ("", given_grade):
            row = penalty(
                number,
                CF_WSH=f"{number}号{grade}",
                CF_CFLB="；".join(chosen),
                CF_JDRQ="2023-04-03",
                BSRQ="2023-04-10",
                SXCD=grade,
                CF_NR_FK="0.2" if "罚款" in chosen else "",
                CF_NR_WFFF="0.2" if any("没收" in part for part in chosen) else "",
                CF_NR_ZKDX="许可证",
            )
            rows.append(row)
    found = portal.shown(rows, date(2023, 4, 30))
    order = ["轻微", "一般", "严重"]
    for number, chosen in enumerate(parts, 1):
        gravest = max((GRADE_OF[part] for part in chosen), key=order.index)
        suggested, stated = found.records[f"{number}号"], found.records[f"{number}号{given_grade}"]
        assert (suggested["SXCD"], suggested["suggested"]) == (gravest, True)
        assert (stated["SXCD"], stated["suggested"]) == (given_grade, False)
        assert suggested["last_day"] == ("2026-04-03" if gravest == "严重" else "2024-04-03")


def test_every_category_of_the_vocabulary_has_a_grade() -> None:
    listed = yaml.safe_load((ROOT / "data" / "vocab" / "penalty_category.yml").read_text(encoding="utf-8"))["values"]
    assert set(listed) == {name for name in GRADE_OF if not name.startswith("其他")}
