"""The descriptions of the downloads are true, and a reader gets a month in the one line that the README shows."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pytest
from portals import ADDRESS, LICENCES, PENALTIES, ROOT, build_site, licence, make_portal, offer, penalty, person
from printed import Element, document, page

NAME = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of downloads of a site with both kinds on offer."""
    files = {
        LICENCES: [
            *(licence(number) for number in range(1, 6)),
            licence(6, XK_JDRQ="2023/11/29", XK_YXQZ="2023/11/29"),
            licence(7, XK_YXQZI="2099/12/31", XK_XKLB="其他-补办"),
            person(licence(8)),
        ],
        PENALTIES: [penalty(1), penalty(2, CF_CFLB="罚款;没收违法所得", CF_NR_WFFF="1.25", SXCD="严重")],
    }
    root = make_portal(tmp_path_factory.mktemp("data") / "portal", files, pages=True, address=ADDRESS, organizer=NAME)
    offer(root, "penalty")
    return build_site(root) / "data"


def test_the_index_lists_every_table_with_its_rows_bytes_and_digest(data: Path) -> None:
    index = document(data, "index.json")
    tables = {path.relative_to(data).as_posix() for path in data.glob("*/*.*") if path.suffix in (".csv", ".parquet")}
    assert (
        {entry["path"] for entry in index["files"]}
        == tables
        == {
            "licence/2023-11.csv",
            "licence/2023-11.parquet",
            "licence/2023-12.csv",
            "licence/2023-12.parquet",
            "penalty/2023-12.csv",
            "penalty/2023-12.parquet",
        }
    )
    for entry in index["files"]:
        content = (data / entry["path"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), sha256(content).hexdigest())
        assert entry["path"] == f"{entry['kind']}/{entry['month']}.{entry['format']}"
    assert {entry["path"]: entry["rows"] for entry in index["files"] if entry["format"] == "csv"} == {
        "licence/2023-11.csv": 1,
        "licence/2023-12.csv": 6,
        "penalty/2023-12.csv": 2,
    }
    assert index["as_of"] == "2024-01-05"
    assert (data / index["build"]).resolve().is_file()
    listed = "".join(f"{entry['sha256']}  {entry['path']}\n" for entry in index["files"])
    assert (data / "sha256sums.txt").read_text(encoding="utf-8") == listed


def test_the_package_describes_the_same_files_in_the_terms_of_the_standard(data: Path) -> None:
    package = document(data, "datapackage.json")
    files = {entry["path"]: entry for entry in document(data, "index.json")["files"]}
    assert {resource["path"] for resource in package["resources"]} == set(files)
    for resource in package["resources"]:
        entry = files[resource["path"]]
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        assert (resource["bytes"], resource["hash"]) == (entry["bytes"], f"sha256:{entry['sha256']}")
        assert (data / resource["schema"]).is_file()
    assert len({resource["name"] for resource in package["resources"]}) == len(files)
    [terms] = package["licenses"]
    assert terms["path"] == f"{ADDRESS}data/#terms"
    assert "变化订阅源" in package["description"]


TYPES = {
    "string": str,
    "date": date.fromisoformat,
    "number": Decimal,
    "boolean": {"true": True, "false": False}.__getitem__,
}


@pytest.mark.parametrize("path", ["licence/2023-12.csv", "licence/2023-11.csv", "penalty/2023-12.csv"])
def test_every_row_keeps_to_the_schema(data: Path, path: str) -> None:
    schema = document(data, f"{path.partition('/')[0]}/schema.json")
    rows = list(csv.DictReader(io.StringIO((data / path).read_text(encoding="utf-8-sig"), newline="")))
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(rows[0]) == list(fields)
    for name, field in fields.items():
        constraints = field.get("constraints", {})
        for row in rows:
            if row[name] in schema["missingValues"]:
                assert not constraints.get("required"), name
                continue
            TYPES[field["type"]](row[name])
            assert row[name] in constraints.get("enum", [row[name]]), name
    assert schema["primaryKey"] == ["id"]
    assert len({row["id"] for row in rows}) == len(rows)


def test_a_schema_says_title_unit_options_and_what_must_be_there(data: Path) -> None:
    fields = {field["name"]: field for field in document(data, "penalty/schema.json")["fields"]}
    assert fields["CF_NR_FK"] == {
        "name": "CF_NR_FK",
        "title": "罚款金额（万元）",
        "type": "number",
        "format": "default",
        "description": "单位：万元",
    }
    assert fields["CF_XDR_LB"]["constraints"] == {
        "required": True,
        "enum": ["法人及非法人组织", "自然人", "个体工商户"],
    }
    # A list that is open at its end, and one of which several may be chosen, are no enumerations.
    assert fields["CF_CFLB"]["constraints"] == {"required": True}
    assert "；" in fields["CF_CFLB"]["description"]
    assert not [name for name in fields if name.endswith(("_ZJHM", "_ZJLX"))]


@pytest.fixture(scope="module")
def read(data: Path) -> Element:
    return page((data / "index.html").read_bytes())


def test_the_page_lists_every_file_and_its_links_lead_to_them(data: Path, read: Element) -> None:
    links = {link.attributes["href"] for link in read.all("a")}
    assert {entry["path"] for entry in document(data, "index.json")["files"]} <= links
    assert {"index.json", "datapackage.json", "sha256sums.txt", "changes.atom", "changes.json"} <= links
    assert {"licence/schema.json", "penalty/schema.json"} <= links
    assert "不包含行政相对人为自然人的信息" in read.text()
    assert "应当及时从自己的副本和产品中删除" in read.text()


def test_the_page_describes_its_data_sets_for_machines_and_nothing_gets_out_of_the_description(read: Element) -> None:
    [script] = read.all("script", type="application/ld+json")
    catalogue: dict[str, Any] = json.loads(script.text())
    assert catalogue["@type"] == "DataCatalog"
    assert catalogue["publisher"]["name"] == NAME
    assert [entry["name"] for entry in catalogue["dataset"]] == ["平顶山市行政许可公示信息", "平顶山市行政处罚公示信息"]
    licences = catalogue["dataset"][0]
    assert licences["@type"] == "Dataset"
    assert licences["license"] == f"{ADDRESS}data/#terms"
    assert (licences["dateModified"], licences["temporalCoverage"]) == ("2024-01-05", "2023-11/2023-12")
    assert [entry["contentUrl"].removeprefix(ADDRESS) for entry in licences["distribution"]] == [
        "data/datapackage.json",
        "data/licence/2023-12.csv",
        "data/licence/2023-12.parquet",
    ]
    # What it refers to is on the page.
    anchors = {element.attributes.get("id") for element in read.all()}
    assert {entry["url"].partition("#")[2] for entry in catalogue["dataset"]} | {"terms"} <= anchors


def test_the_lines_of_the_readme_read_a_month_and_a_year(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = readme.partition("## Open data")[2].partition("```python")[2].partition("```")[0].strip().splitlines()
    assert [line.split("(")[0] for line in lines] == ["pandas.read_parquet", "duckdb.sql", "pandas.read_csv"]
    monkeypatch.chdir(data.parent.parent)  # where the site lies in site/
    names = {"pandas": pandas, "duckdb": duckdb}
    month, year, sheet = (eval(line.partition("  #")[0], names) for line in lines)
    assert len(month) == 6
    assert month["XK_YXQZI"].map(str).max() == "2099-12-31"
    assert len(year.fetchall()) == 7
    assert set(sheet["XK_WSH"]) == set(month["XK_WSH"])
    assert set(sheet["XK_XDR_SHXYM"]) == set(month["XK_XDR_SHXYM"])
