"""Writes what is offered for download: tables as the partitions go by, then what describes them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import orjson
import pandas as pd

from generator.assemble.kept import Content
from generator.assemble.staging import Staging
from generator.model.kind import Kind
from generator.model.portal import Portal
from generator.opendata.changes import all_changes, feed_entries, first_day, lasting, partition_changes
from generator.opendata.feeds import ATOM, JSON, Feed, atom, json_feed, month_file, month_path
from generator.opendata.files import FOLDER, FORMATS, DataFile, contents, data_path, described, offered
from generator.opendata.package import CHECKSUMS, INDEX, PACKAGE, checksums, data_package, index
from generator.opendata.page import MARK, catalogue, file_list
from generator.opendata.schema import schema_path, table_schema
from generator.publish.view import PublicView


@dataclass(frozen=True)
class Offered:
    """What a partition adds to the open data."""

    files: list[DataFile]
    changes: pd.DataFrame


def write_tables(
    records: pd.DataFrame, kind: Kind, month: str, portal: Portal, staging: Staging, today: date
) -> Offered:
    """Write the tables of a partition. Runs in a worker."""
    rows = offered(records)
    files = []
    if len(rows):
        content = Content(rows).of(0, len(rows))
        paths = {form: FOLDER + data_path(kind.id, month, form) for form in FORMATS}
        keys = {form: staging.take(path, content) for form, path in paths.items()}
        if any(keys.values()):
            for form, packed in contents(rows, kind, portal).items():
                if keys[form]:
                    staging.write(paths[form], packed, keys[form])
        files = [
            described(kind, month, form, len(rows), (staging.folder / path).read_bytes())
            for form, path in paths.items()
        ]
    return Offered(files, partition_changes(records, kind, month, first_day(today, portal.open_data.feed.days)))


def write_descriptions(
    portal: Portal, view: PublicView, partitions: Iterable[Offered], staging: Staging, today: date
) -> None:
    """Write index, package, schemas, checksums and feeds, and pour the list of files into the printed page."""
    of_all = list(partitions)
    files = sorted((file for each in of_all for file in each.files), key=lambda file: file.path)
    rules = portal.open_data.feed
    changes = all_changes((each.changes for each in of_all), view)
    entries, total = feed_entries(changes, first_day(today, rules.days), rules.entries)
    feed = Feed(portal, today, entries, total)
    months = {month_path(month): (lines, month_file(lines)) for month, lines in lasting(changes).items()}
    written = {
        **{path: content for path, (_, content) in months.items()},
        **{
            schema_path(kind.id): orjson.dumps(table_schema(kind, portal), option=orjson.OPT_INDENT_2)
            for kind in portal.kinds.values()
            if kind.downloads
        },
        INDEX: index(portal, files, months, today),
        PACKAGE: data_package(portal, files, today),
        CHECKSUMS: checksums(files),
        ATOM: atom(feed),
        JSON: json_feed(feed),
    }
    for path, content in written.items():
        staging.write(FOLDER + path, content)
    _pour(staging.folder / FOLDER / "index.html", file_list(portal, files) + catalogue(portal, files, today))


def _pour(page: Path, html: str) -> None:
    """Fill the printed page: sizes and checksums are known only when the tables are written."""
    text = page.read_text(encoding="utf-8")
    if text.count(MARK) != 1:
        raise ValueError(f"the page of downloads has to say {MARK} once")
    page.write_text(text.replace(MARK, html), encoding="utf-8")
