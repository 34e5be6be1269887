"""The files the page scripts read: the manifest, the shards and the record pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from codes import credit_code
from portals import EVIL_SEEN
from printed import document, tree

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LICENCE_LIST = ["XK_XDR_MC", "XK_WSH", "XK_XKLB", "XK_JDRQ", "XK_XKJG"]


@pytest.fixture(scope="module")
def manifest(site: Path) -> dict:  # type: ignore[type-arg]
    return document(site, "store/manifest.json")


def record_pages(site: Path) -> Iterator[tuple[str, str, dict[str, list[object]]]]:
    """Name of a record page, kind, and its columns."""
    for path in sorted((site / "store/records").iterdir()):
        for kind, columns in document(site, f"store/records/{path.name}").items():
            if kind != "gone":  # ids of records that are no longer shown
                yield path.name, kind, columns


def records_of(site: Path) -> dict[str, dict[str, dict[str, object]]]:
    """Kind → id → fields, out of all record pages."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for _, kind, columns in record_pages(site):
        for place, record in enumerate(columns["id"]):
            assert record not in found.setdefault(kind, {})
            found[kind][record] = {name: values[place] for name, values in columns.items()}
    return found


def test_the_manifest_says_what_there_is(manifest: dict) -> None:  # type: ignore[type-arg]
    assert manifest["as_of"] == "2024-01-05"
    assert manifest["groups"] == {"department": "市直部门", "county": "县（市、区）"}
    assert manifest["units"][0] == {"id": "scjgj", "name": "市市场监管局", "group": "department", "region": 0}
    assert [region["name"] for region in manifest["regions"]] == ["平顶山市", "鲁山县", "郏县"]
    licence, penalty, *_ = manifest["kinds"]
    assert (licence["id"], licence["title"], licence["count"]) == ("licence", "行政许可", 139)
    assert (penalty["id"], penalty["title"], penalty["count"]) == ("penalty", "行政处罚", 18)
    assert licence["list"] == LICENCE_LIST
    assert licence["months"] == [
        {"month": "2024-01", "count": 1},
        {"month": "2023-12", "count": 135},
        {"month": "2023-11", "count": 3},
    ]
    assert {"code": "CF_NR_FK", "label": "罚款金额（万元）", "type": "money", "unit": "万元"} in penalty["fields"]


def test_the_manifest_names_no_private_field(manifest: dict) -> None:  # type: ignore[type-arg]
    for kind in manifest["kinds"]:
        codes = [field["code"] for field in kind["fields"]]
        assert not [code for code in codes if code.endswith(("_ZJHM", "_ZJLX"))]
        assert set(kind["list"]) <= set(codes)
        assert set(kind["roles"].values()) <= set(codes)


def test_a_shard_has_what_a_table_needs_newest_first(site: Path, manifest: dict) -> None:  # type: ignore[type-arg]
    for kind in [kind for kind in manifest["kinds"] if kind["count"]]:
        listed = document(site, f"store/{kind['id']}/directory.json.gz")
        searched = [kind["roles"][role] for role in ("subject", "subject_code", "number", "decided")]
        days: list[str] = []
        for place, name in enumerate(listed["slice"]):
            shard = document(site, f"store/{kind['id']}/{name}.json.gz")
            assert set(shard) == {"id", "unit", "last_day", "state", "reported_after", *kind["list"], *searched}
            assert {len(values) for values in shard.values()} == {listed["count"][place]}
            decided = shard[kind["roles"]["decided"]]
            assert {listed["first"][place] <= day <= listed["last"][place] for day in decided} == {True}
            units = listed["units"][place]
            counted = zip(zip(units[::3], units[1::3], strict=True), units[2::3], strict=True)
            assert dict(counted) == Counter(zip(shard["unit"], shard["reported_after"], strict=True))
            states = listed["states"][place]
            named = {kind["states"][state]: count for state, count in zip(states[::2], states[1::2], strict=True)}
            assert named == Counter(state for state in shard["state"] if state)
            days += decided
        assert days == sorted(days, reverse=True)
        assert Counter(day[:7] for day in days) == {month["month"]: month["count"] for month in kind["months"]}


def test_a_shard_tells_the_months_from_a_decision_to_its_first_report(site: Path) -> None:
    def months(name: str) -> dict[str, int]:
        shard = document(site, f"store/licence/{name}.json.gz")
        return dict(zip(shard["XK_WSH"], shard["reported_after"], strict=True))

    assert months("2023-11-1") == {f"平市监许〔2023〕{number}号": 1 for number in (131, 132, 133)}
    assert months("2023-12-1")["平市监许〔2023〕1号"] == 0
    assert months("2024-01-1") == {"平市监许〔2023〕400号": 0}


def test_units_are_places_in_the_manifest_and_know_their_region(site: Path, manifest: dict) -> None:  # type: ignore[type-arg]
    shard = document(site, "store/penalty/2023-12-1.json.gz")
    names = {
        number: manifest["units"][shard["unit"][shard["CF_WSH"].index(number)]]
        for number in ("平市监罚〔2023〕300号", "平市监罚〔2023〕1号")
    }
    assert [unit["name"] for unit in names.values()] == ["鲁山县", "市市场监管局"]
    assert [manifest["regions"][unit["region"]]["name"] for unit in names.values()] == ["鲁山县", "平顶山市"]


def test_every_record_lies_in_the_page_that_its_id_names(site: Path, manifest: dict) -> None:  # type: ignore[type-arg]
    bits = manifest["record_bits"]
    counts: dict[str, int] = {}
    for name, kind, columns in record_pages(site):
        counts[kind] = counts.get(kind, 0) + len(columns["id"])
        for record in columns["id"]:
            number = 0
            for character in str(record)[:4]:
                number = number * 32 + ALPHABET.index(character)
            assert f"{number >> (20 - bits)}.json.gz" == name
    assert counts == {"licence": 139, "penalty": 18}


def test_a_record_page_has_every_public_field_of_its_records(site: Path) -> None:
    records = records_of(site)["penalty"].values()
    record = next(record for record in records if record["CF_WSH"] == "平市监罚〔2023〕1号")
    shown = {
        "CF_XDR_MC": "示例百货第1有限公司",
        "CF_XDR_SHXYM": credit_code("91410400MA9E00001"),
        "CF_NR_FK": "0.2",
        "CF_YXQ": "2099-12-31",
        "CF_JDRQ": "2023-12-01",
        "BSRQ": "2023-12-05",
        "last_day": "2026-12-01",
        "unit": 0,
        "region": 0,
    }
    assert {name: record[name] for name in shown} == shown
    assert not [name for name in record if name.endswith(("_ZJHM", "_ZJLX"))]


def test_the_store_holds_values_as_they_are(site: Path) -> None:
    names = document(site, "store/penalty/2023-12-1.json.gz")["CF_XDR_MC"]
    assert set(EVIL_SEEN) <= set(names)


def test_packed_files_say_nothing_of_when_and_how_they_were_packed(site: Path) -> None:
    packed = {path: content for path, content in tree(site).items() if path.endswith(".gz")}
    assert packed
    for path, content in packed.items():
        assert content[:2] == b"\x1f\x8b", path
        assert content[4:8] == b"\x00\x00\x00\x00", path  # time stamp
        assert not content[3] & 0b00011000, path  # no file name, no comment
