"""The index finds every record that a scan finds: its files read as a page script reads them, but written anew here."""

from __future__ import annotations

import itertools
import json
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from portals import build_site, make_portal
from printed import document

from generator.assemble import index as assembled
from generator.demo import write_demo
from generator.index import layout, subjects

ROOT = Path(__file__).parent.parent.parent
WORDS = {"name": 2, "number": 4}


def unify(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper().replace("郟", "郏")


def plain(text: str) -> str:
    return "".join(letter for letter in text if unicodedata.category(letter)[0] not in "PSZC")


def number_forms(text: str) -> set[str]:
    def short(text: str) -> str:
        return plain(re.sub(r"([^0-9A-Z])0+(?=[1-9])", r"\1", ordinal(text)))

    def ordinal(text: str) -> str:
        return re.sub(r"第(?=[^\w]*[0-9])", " ", text)

    text = unify(text)
    return {short(text), plain(ordinal(text)), short(re.sub(r"[〔\[【({](?:19|20)\d\d年?[〕\]】)}]", "", text))}


def gram_hash(gram: str) -> int:
    value = 0x811C9DC5
    for letter in gram:
        value = (value ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    value ^= value >> 15
    value = value * 0x2C1B3C6D & 0xFFFFFFFF
    value ^= value >> 12
    value = value * 0x297A2D39 & 0xFFFFFFFF
    return value ^ value >> 15


class Index:
    """What a page script can read."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.manifest = document(site, "store/manifest.json")
        self.layout = self.manifest["index"]
        self.long = document(site, "store/index.json.gz")

    def postings(self, table: str, gram: str) -> list[tuple[int, int, int]]:
        """Day, kind and slot of a gram, in the order of the file."""
        value, bits = gram_hash(gram), self.layout[f"{table[:-1]}_bits"]
        if str(value) in self.long[table]["long"]:
            parts = self.parts(f"store/{table}/{bits}/long/{value}")
            columns = {name: [x for part in parts for x in part[name]] for name in ("day", "kind", "slot")}
            assert len(columns["slot"]) == self.long[table]["long"][str(value)]
            return list(zip(columns["day"], columns["kind"], columns["slot"], strict=True))
        file = document(self.site, f"store/{table}/{bits}/{value >> (32 - bits)}.json.gz")
        if value not in file["gram"]:
            return []
        place = file["gram"].index(value)
        start = sum(file["size"][:place])
        rows = slice(start, start + file["size"][place])
        return list(zip(file["day"][rows], file["kind"][rows], file["slot"][rows], strict=True))

    def parts(self, path: str) -> list[Any]:
        """The files of a long list."""
        files = (f"{path}-{number}.json.gz" for number in itertools.count())
        return [
            document(self.site, file) for file in itertools.takewhile(lambda file: (self.site / file).exists(), files)
        ]

    def facet(self, path: str) -> dict[str, list[int]]:
        """Days and slots of a facet."""
        parts = self.parts(path)
        return {name: [x for part in parts for x in part[name]] for name in ("day", "slot")}

    def subjects(self, slot: int) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
        """Name, code and records of the subjects of a slot."""
        bits = self.layout["block_bits"]
        number = slot >> (self.layout["slot_bits"] - bits)
        block = document(self.site, f"store/subjects/{bits}/{number}.json.gz")
        starts = [0, *itertools.accumulate(block["records"])]
        names = ("id", "kind", "day", "unit", "state", "number", "last")
        for place, found in enumerate(block["slot"]):
            if found == slot:
                columns = {name: block[name][starts[place] : starts[place + 1]] for name in names}
                for chunk in range(block["more"][place]):
                    more = document(self.site, f"store/subjects/{bits}/{number}-{place}-{chunk}.json.gz")
                    columns = {name: columns[name] + more[name] for name in names}
                rows = [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True)]
                yield block["name"][place], block["code"][place], rows

    def find(self, table: str, query: str) -> set[str]:
        """Ids of the records whose name, or code or document number, contains a folded query."""
        length = 2 if table == "names" else 4
        grams = [query[at : at + length] for at in range(len(query) - length + 1)]
        lists = [self.postings(table, gram) for gram in grams]
        for found in lists:
            assert found == sorted(found, key=lambda posting: (-posting[0], posting[1], posting[2]))
        slots = set.intersection(*({slot for _, _, slot in found} for found in lists))
        ids = set()
        for name, code, records in (subject for slot in slots for subject in self.subjects(slot)):
            days = [(-row["day"], row["kind"], row["id"]) for row in records]
            assert days == sorted(days)
            for row in records:
                forms = {plain(unify(name))} if table == "names" else {plain(unify(code)), *number_forms(row["number"])}
                if any(query in form for form in forms):
                    ids.add(row["id"])
        return ids


def rows_of(site: Path) -> list[dict[str, str]]:
    """Id, name, code and number of every public record, out of the shards."""
    rows = []
    for kind in _shown(document(site, "store/manifest.json")):
        for name in document(site, f"store/{kind['id']}/directory.json.gz")["slice"]:
            shard = document(site, f"store/{kind['id']}/{name}.json.gz")
            wanted = [shard["id"], *(shard[kind["roles"][role]] for role in ("subject", "subject_code", "number"))]
            rows += [dict(zip(("id", "name", "code", "number"), row, strict=True)) for row in zip(*wanted, strict=True)]
    return rows


def _shown(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds with records: others have no files."""
    return [kind for kind in manifest["kinds"] if kind["count"]]


@pytest.fixture(scope="module", params=["as it is", "with long lists and full blocks"])
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("city")
    # Few records are enough where lists and blocks are made small.
    records = 4_000 if request.param == "as it is" else 1_500
    write_demo(root, source=ROOT, records=records, months=3, last_month="2023-12")
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "as it is":
            patch.setattr(layout, "CHUNK", 40)
            patch.setattr(subjects, "RECORDS_IN_BLOCK", 3)
            patch.setattr(subjects, "RECORDS_IN_CHUNK", 2)
            patch.setattr(assembled, "_RECORDS_A_RANGE", 700)
            patch.setattr(assembled, "_POSTINGS_A_TASK", 500)
        yield build_site(root)


@pytest.mark.parametrize("table", ["names", "numbers"])
def test_it_finds_what_a_scan_finds(city: Path, table: str) -> None:
    index, rows, draw = Index(city), rows_of(city), random.Random(7)
    length = 2 if table == "names" else 4
    forms = {
        row["id"]: {plain(unify(row["name"]))}
        if table == "names"
        else {plain(unify(row["code"])), *number_forms(row["number"])}
        for row in rows
    }
    texts = [form for of in forms.values() for form in of if len(form) >= length]
    for _ in range(60):
        text = draw.choice(texts)
        start = draw.randrange(len(text) - length + 1)
        query = text[start : draw.randint(start + length, len(text))]
        expected = {id_ for id_, of in forms.items() if any(query in form for form in of)}
        assert index.find(table, query) == expected, query


def test_nothing_is_found_that_nobody_is_called(city: Path) -> None:
    assert Index(city).find("names", "龘龘") == set()


def test_a_masked_person_is_found_by_number_only(city: Path) -> None:
    index, rows = Index(city), rows_of(city)
    person = next(row for row in rows if row["name"].endswith("**"))
    assert person["id"] in index.find("numbers", plain(unify(person["number"])))
    for path in (city / "store/names").rglob("*.json.gz"):
        assert "**" not in json.dumps(document(city, path.relative_to(city).as_posix()))


def test_facets_lead_to_all_records_of_a_unit_and_of_a_month(city: Path) -> None:
    index = Index(city)
    for kind in _shown(index.manifest):
        place = index.manifest["kinds"].index(kind)
        folder = f"store/facets/{index.layout['slot_bits']}/{kind['id']}"
        units = {unit["id"]: number for number, unit in enumerate(index.manifest["units"])}
        of_units = document(city, f"{folder}/unit.json.gz")
        count = 0
        for unit, size in of_units.items():
            facet = index.facet(f"{folder}/unit-{unit}")
            assert len(facet["slot"]) == size
            found = {
                row["id"]
                for slot in facet["slot"]
                for _, _, records in index.subjects(slot)
                for row in records
                if (row["kind"], row["unit"]) == (place, units[unit])
            }
            count += len(found)
        assert count == kind["count"]
        of_months = document(city, f"{folder}/month.json.gz")
        assert set(of_months) == {month["month"] for month in kind["months"]}
        for month, size in of_months.items():
            facet = index.facet(f"{folder}/month-{month}")
            assert facet["day"] == sorted(facet["day"], reverse=True)
            found = set(zip(facet["day"], facet["slot"], strict=True))
            assert len(found) == len(facet["slot"]) == size
            assert found == {
                (row["day"], slot)
                for slot in facet["slot"]
                for _, _, records in index.subjects(slot)
                for row in records
                if row["kind"] == place and (date(1970, 1, 1) + timedelta(row["day"])).isoformat()[:7] == month
            }


def test_a_long_list_lies_in_files_that_grow_as_the_manifest_says(city: Path) -> None:
    index = Index(city)
    chunk = index.layout["chunk"]
    kind = index.manifest["kinds"][0]
    folder = f"store/facets/{index.layout['slot_bits']}/{kind['id']}"
    for month, size in document(city, f"{folder}/month.json.gz").items():
        files = [len(part["slot"]) for part in index.parts(f"{folder}/month-{month}")]
        assert sum(files) == size
        assert files[:-1] == [chunk * 2**number for number in range(len(files) - 1)]
        assert files[-1] <= chunk * 2 ** (len(files) - 1)


def test_a_portal_without_records_has_an_empty_index(tmp_path: Path) -> None:
    site = build_site(make_portal(tmp_path / "portal", pages=True))
    assert Index(site).postings("names", "示例") == []
    assert Index(site).postings("numbers", "2023") == []
