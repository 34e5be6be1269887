"""What is poured into the printed page of downloads once the files are written: their list, and what machines read."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from generator.model.portal import Portal
from generator.opendata.files import FOLDER, FORMATS, DataFile
from generator.opendata.package import PACKAGE
from generator.render.templates import environment, json_ld, size

MARK = "<!--@@files@@-->"
"""Where the printed page takes the list of files."""


def file_list(portal: Portal, files: list[DataFile]) -> str:
    """HTML of the tables of files, by kind and year."""
    kinds = [
        {"kind": kind, "years": _years([file for file in files if file.kind == kind.id])}
        for kind in portal.kinds.values()
    ]
    return environment().get_template("data_files.html.j2").render(kinds=kinds, formats=FORMATS)


def _years(files: list[DataFile]) -> list[dict[str, Any]]:
    """Years of a kind, newest first, with their months and the files of each by format."""
    found = []
    ordered = sorted(files, key=lambda file: file.month, reverse=True)
    for year, of_year in groupby(ordered, key=lambda file: file.month[:4]):
        months = [
            {"month": month, "files": {file.format: {"file": file, "size": size(file.bytes)} for file in of_month}}
            for month, of_month in groupby(of_year, key=lambda file: file.month)
        ]
        found.append({"year": year, "months": months})
    return found


def catalogue(portal: Portal, files: list[DataFile], today: date) -> str:
    """schema.org `DataCatalog` with a `Dataset` for each kind that is offered, as a script element of data."""
    site = portal.site
    own = f"{site.address or '../'}{FOLDER}"
    region = next(region.name for region in site.regions if region.code == site.region)
    terms = f"{own}#terms"
    publisher = {"@type": "GovernmentOrganization", "name": site.organizer}
    datasets = []
    for kind in portal.kinds.values():
        of_kind = [file for file in files if file.kind == kind.id]
        if not of_kind:
            continue
        months = sorted({file.month for file in of_kind})
        datasets.append(
            {
                "@type": "Dataset",
                "@id": f"{own}#kind-{kind.id}",
                "name": f"{region}{kind.title}公示信息",
                "description": kind.summary,
                "url": f"{own}#kind-{kind.id}",
                "inLanguage": "zh-CN",
                "isAccessibleForFree": True,
                "license": terms,
                "creator": publisher,
                "publisher": publisher,
                "dateModified": today.isoformat(),
                "temporalCoverage": f"{months[0]}/{months[-1]}",
                "spatialCoverage": {"@type": "AdministrativeArea", "name": region},
                "keywords": [kind.title, "信用信息公示"],
                # All files are in the descriptor; here the newest month stands for them.
                "distribution": [
                    {"@type": "DataDownload", "contentUrl": own + PACKAGE, "encodingFormat": "application/json"},
                    *(
                        {
                            "@type": "DataDownload",
                            "name": f"{kind.title} {file.month}",
                            "contentUrl": own + file.path,
                            "encodingFormat": {"csv": "text/csv"}.get(file.format, "application/vnd.apache.parquet"),
                            "contentSize": f"{file.bytes} B",
                        }
                        for file in of_kind
                        if file.month == months[-1]
                    ),
                ],
            }
        )
    document = {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "@id": own,
        "name": f"{site.name}开放数据",
        "url": own,
        "license": terms,
        "publisher": publisher,
        "dataset": datasets,
    }
    return json_ld(document)
