"""The descriptions of all files together: index.json, datapackage.json and the list of checksums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

import orjson
import pandas as pd

from generator.model.portal import Portal
from generator.opendata.feeds import ATOM, JSON
from generator.opendata.files import FOLDER, DataFile
from generator.opendata.schema import schema_path

INDEX, PACKAGE, CHECKSUMS = "index.json", "datapackage.json", "sha256sums.txt"
"""Addresses below the folder of downloads."""
PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def index(
    portal: Portal, files: list[DataFile], months: Mapping[str, tuple[pd.DataFrame, bytes]], today: date
) -> bytes:
    """What there is, for programs. `months`: address of a file of changes → its lines and its content."""
    document = {
        "name": portal.site.name,
        "as_of": today.isoformat(),
        # The time of the build stands in one file alone, so that equal data give equal bytes.
        "build": "../build.json",
        "terms": {"title": portal.open_data.terms.title, "page": "./#terms"},
        "datapackage": PACKAGE,
        "checksums": CHECKSUMS,
        "feeds": {"atom": ATOM, "json": JSON},
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title,
                "downloads": kind.downloads,
                "rows": sum(file.rows for file in files if file.kind == kind.id and file.format == "parquet"),
                "schema": schema_path(kind.id) if kind.downloads else None,
            }
            for kind in portal.kinds.values()
        ],
        "files": [{"path": file.path, **asdict(file)} for file in files],
        "changes": [
            {"path": path, "rows": len(lines), "bytes": len(content), "sha256": sha256(content).hexdigest()}
            for path, (lines, content) in sorted(months.items(), reverse=True)
        ],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def data_package(portal: Portal, files: list[DataFile], today: date) -> bytes:
    """The descriptor of the standard (Data Package 2.0); each kind's schema is a file of its own beside its tables."""
    site = portal.site
    terms = portal.open_data.terms
    document: dict[str, Any] = {
        "$schema": PACKAGE_PROFILE,
        "name": "credit-portal",
        "title": f"{site.name}开放数据",
        "description": "\n".join(f"{place}. {article}" for place, article in enumerate(terms.articles, 1)),
        "homepage": f"{site.address}{FOLDER}" if site.address else None,
        "version": today.isoformat(),
        "licenses": [{"title": terms.title, "path": f"{site.address}{FOLDER}#terms" if site.address else "index.html"}],
        "contributors": [{"title": site.organizer, "roles": ["publisher"]}],
        "keywords": [kind.title for kind in portal.kinds.values() if kind.downloads],
        "resources": [_resource(file, portal) for file in files],
    }
    return orjson.dumps(
        {name: value for name, value in document.items() if value is not None}, option=orjson.OPT_INDENT_2
    )


def _resource(file: DataFile, portal: Portal) -> dict[str, Any]:
    encoding = {"encoding": "utf-8"} if file.format == "csv" else {}
    return {
        "name": f"{file.kind}-{file.month}-{file.format}",
        "title": f"{portal.kinds[file.kind].title} {file.month}",
        "type": "table",
        "path": file.path,
        "format": file.format,
        "mediatype": _MEDIA_TYPES[file.format],
        **encoding,
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "schema": schema_path(file.kind),
    }


def checksums(files: list[DataFile]) -> bytes:
    """A line for each file, in the form that `sha256sum -c` reads."""
    return "".join(f"{file.sha256}  {file.path}\n" for file in files).encode()
