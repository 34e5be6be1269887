"""What the public may see of the files: which rows, which columns, whose names, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from codes import credit_code, registration_number
from portals import CHIEF, LICENCES, PENALTIES, PERSON, admitted, licence, penalty, person

from generator.model.record_id import as_text

Make = Callable[..., Path]
PLACEHOLDER = "0" * 17 + "X"
MIXED = {
    LICENCES: [
        licence(1),
        licence(2, XK_XKLB="甲类"),
        licence(1, BSRQ="2023/12/06"),
        person(licence(3)),
        licence(4, XK_JDRQ="昨天", XK_YXQZ=""),
    ],
    PENALTIES: [
        penalty(1),
        penalty(2, CF_JDRQ="2020/11/02", CF_YXQ="2099/12/31"),
        penalty(3, CF_GSJZQ="2024/01/04"),
        penalty(1),
        penalty(4, CF_NR_FK=""),
    ],
}


def test_every_row_of_the_files_is_published_expired_superseded_or_withheld(root: Make) -> None:
    with admitted(root(MIXED)) as found:
        counts = found.counts()
        assert counts == {"total": 10, "published": 3, "expired": 2, "superseded": 2, "withheld": 3}
        assert counts["total"] == sum(value for name, value in counts.items() if name != "total")
        assert sorted(found.records("licence")["XK_WSH"]) == ["平市监许〔2023〕1号", "平市监许〔2023〕3号"]
        assert found.records("penalty")["CF_WSH"].tolist() == ["平市监罚〔2023〕1号"]


def test_the_view_counts_and_lists_the_same_records_in_every_way_it_is_read(root: Make) -> None:
    with admitted(root(MIXED)) as found:
        view = found.published.view
        for kind in ("licence", "penalty"):
            records = found.records(kind)
            assert sum(view.counts([kind])[kind].values()) == len(records)
            assert sorted(view.ids(kind)) == sorted(records["id"])
            everything = view.read_range(found.portal.kinds[kind], 0, 2**64 - 1)
            assert everything["id"].tolist() == sorted(records["id"])
            low, high = everything["id"].iloc[0], everything["id"].iloc[-1]
            assert len(view.read_range(found.portal.kinds[kind], int(low), int(high))) == len(records)


def test_no_private_column_and_no_private_value_is_behind_the_door(root: Make) -> None:
    rows = [licence(1), person(licence(2)), person(licence(3), number="E12345678") | {"XK_XDR_ZJLX": "护照"}]
    with admitted(root({LICENCES: rows, PENALTIES: [person(penalty(4))]})) as found:
        assert found.lines() == []
        for name in ("licence", "penalty"):
            kind = found.portal.kinds[name]
            records = found.records(name)
            assert set(kind.public_fields) <= set(records.columns)
            assert not set(records.columns) & set(kind.private_fields)
            text = records.to_csv()
            for secret in (PERSON, CHIEF, "E12345678", "张示例", "身份证"):
                assert secret not in text
        for paths in found.published.view.parts.values():
            for path, _ in paths:
                content = path.read_bytes()
                for secret in (PERSON, CHIEF, "E12345678", "张示例"):
                    assert secret.encode() not in content
        tallies = found.published.tallies.counts
    columns = {"kind", "unit", "region", "month", "state", "timeliness", "counted", "list_class", "count", "content"}
    assert set(tallies.columns) == columns


def test_a_natural_person_is_shown_by_the_first_character_only(root: Make) -> None:
    names = {
        "张示例": "张**",
        "欧阳示例": "欧**",
        "李": "李**",
        "阿依古丽·示例": "阿**",
        "Zhang San": "Z**",
        "𠮷田示例": "𠮷**",
    }
    rows = [person(licence(number), name=name) for number, name in enumerate(names)]
    with admitted(root({LICENCES: rows})) as found:
        assert found.lines() == []
        shown = found.records("licence").set_index("XK_WSH")["XK_XDR_MC"]
    assert [shown[row["XK_WSH"]] for row in rows] == list(names.values())


def test_the_operator_of_an_individual_business_is_a_person_and_the_chief_of_a_firm_is_not(root: Make) -> None:
    classes = {"法人及非法人组织": "钱示例", "企业": "钱示例", "个体工商户": "钱**", "个体": "钱**"}
    rows = [licence(number, XK_XDR_LB=name, XK_XDR_MC="示例餐饮店") for number, name in enumerate(classes)]
    for number, row in enumerate(rows):
        if row["XK_XDR_LB"].startswith("个体"):
            row["XK_XDR_SHXYM"] = credit_code(f"92410400MA9D{number:05}")
    with admitted(root({LICENCES: rows})) as found:
        assert found.lines() == []
        records = found.records("licence").set_index("XK_WSH")
    assert set(records["XK_XDR_MC"]) == {"示例餐饮店"}
    assert [records["XK_FRDB"][row["XK_WSH"]] for row in rows] == list(classes.values())


def test_a_business_without_operators_name_shows_none(root: Make) -> None:
    row = licence(XK_XDR_LB="个体工商户", XK_FRDB="", XK_XDR_SHXYM=PLACEHOLDER)
    row["XK_XDR_GSZC"] = registration_number("41040060000001")
    with admitted(root({LICENCES: [row]})) as found:
        assert found.records("licence")["XK_FRDB"].tolist() == [""]


def test_staff_may_shorten_the_display_and_never_lengthen_it(root: Make) -> None:
    given = {
        "": "2026-12-01",
        "2024/06/30": "2024-06-30",  # shortened
        "2026/12/01": "2026-12-01",
        "2026/12/02": "2026-12-01",  # never lengthened
        "2030/01/01": "2026-12-01",
        "2099/12/31": "2026-12-01",
        "2099/01/31": "2026-12-01",
        "2024/01/05": "2024-01-05",  # a last day is still a day of display
    }
    rows = [penalty(number, CF_GSJZQ=day) for number, day in enumerate(given)]
    with admitted(root({PENALTIES: rows})) as found:
        shown = found.records("penalty").set_index("CF_WSH")["last_day"]
    assert [shown[row["CF_WSH"]] for row in rows] == list(given.values())


@pytest.mark.parametrize(
    ("decided", "today", "seen"),
    [
        ("2021/01/05", "2024-01-05", True),
        ("2021/01/04", "2024-01-05", False),
        ("2020/02/29", "2023-02-28", True),
        ("2020/02/29", "2023-03-01", False),
    ],
)
def test_a_penalty_leaves_on_the_day_after_its_last(root: Make, decided: str, today: str, seen: bool) -> None:
    day = date.fromisoformat(today)
    row = penalty(CF_JDRQ=decided, BSRQ=f"{day:%Y/%m/%d}", SXCD="严重")  # three years by every rule set
    with admitted(root({f"data/records/penalty/{day:%Y-%m}/scjgj.csv": [row]}), day) as found:
        assert found.lines() == []
        assert found.counts()["published"] == int(seen)
        assert found.counts()["expired"] == int(not seen)
        assert len(found.published.view.ids("penalty")) == int(seen)


def test_a_licence_is_shown_for_a_year_after_it_ran_out(root: Make) -> None:
    until = {"2023/01/05": True, "2023/01/04": False, "2099/12/31": True, "2099/01/31": True}
    old = {"XK_JDRQ": "2015/03/02", "XK_YXQZ": "2015/03/02"}
    rows = [licence(number, XK_YXQZI=day, **old) for number, day in enumerate(until)]
    with admitted(root({LICENCES: rows})) as found:
        shown = set(found.records("licence")["XK_WSH"])
    assert [row["XK_WSH"] in shown for row in rows] == list(until.values())


def test_records_are_ordered_by_the_day_of_the_decision_newest_first(root: Make) -> None:
    days = ["2023/11/30", "2023/12/04", "2023/12/01", "2023/12/04", "2023/10/09"]
    rows = [licence(number, XK_JDRQ=day) for number, day in enumerate(days)]
    with admitted(root({LICENCES: rows})) as found:
        records = found.records("licence")
        assert records["XK_JDRQ"].tolist() == ["2023-12-04", "2023-12-04", "2023-12-01", "2023-11-30", "2023-10-09"]
        assert found.published.view.counts(["licence"])["licence"] == {"2023-12": 3, "2023-11": 1, "2023-10": 1}
        same_day = records[records["XK_JDRQ"] == "2023-12-04"]
        assert same_day["id"].is_monotonic_increasing


def test_a_record_bears_the_unit_of_its_file(root: Make) -> None:
    county = licence(2, XK_LYDW="鲁山县市场监督管理局", XK_LYDWDM="11410423DEMX010175")
    files = {"data/records/licence/2023-12/lushan.csv": [county], LICENCES: [licence(1)]}
    with admitted(root(files)) as found:
        records = found.records("licence").set_index("XK_WSH")["unit"]
        units = found.portal.site.units
    assert {number: units[place].id for number, place in records.items()} == {
        "平市监许〔2023〕1号": "scjgj",
        "平市监许〔2023〕2号": "lushan",
    }


@pytest.mark.parametrize("rows", [[], [licence(XK_XKLB="甲类")]])
def test_files_of_which_nothing_may_be_seen_stop_nothing(root: Make, rows: list[dict[str, str]]) -> None:
    with admitted(root({LICENCES: rows or "", PENALTIES: [penalty()]})) as found:
        assert found.records("licence").empty
        assert len(found.records("penalty")) == 1


def test_all_rows_of_all_files_may_be_faulty(root: Make) -> None:
    with admitted(root({LICENCES: [licence(XK_XKLB="甲类")], PENALTIES: [penalty(CF_JDRQ="2020/01/02")]})) as found:
        assert found.counts() == {"total": 2, "published": 0, "expired": 1, "superseded": 0, "withheld": 1}
        assert found.published.view.counts(["licence", "penalty"]) == {"licence": {}, "penalty": {}}
        assert as_text(found.published.view.ids("licence")).tolist() == []
