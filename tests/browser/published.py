"""What the built site publishes, read from its own files: the truth that scenarios compare the pages with."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Notice:
    """What lists show of a record."""

    id: str
    kind: str
    unit: str
    subject: str
    code: str
    number: str
    decided: str
    state: str


@dataclass(frozen=True)
class PublishedSite:
    """A built site on disk."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / "store/manifest.json").read_bytes())

    def kind(self, kind_id: str) -> dict[str, Any]:
        return next(kind for kind in self.manifest["kinds"] if kind["id"] == kind_id)

    @cached_property
    def notices(self) -> list[Notice]:
        """All records; those of one kind newest first."""
        return [
            notice
            for kind in self.manifest["kinds"]
            if kind["count"]
            for path in self.shards(kind["id"])
            for notice in self._read(kind, path)
        ]

    def shards(self, kind_id: str) -> list[str]:
        """Paths of the shards of a kind, newest first."""
        directory = self._unpack(f"store/{kind_id}/directory.json.gz")
        return [f"store/{kind_id}/{name}.json.gz" for name in directory["slice"]]

    def record(self, record_id: str) -> dict[str, Any]:
        """All public fields of a record, by code."""
        return self._records[record_id]

    @cached_property
    def _records(self) -> dict[str, dict[str, Any]]:
        found = {}
        for path in (self.folder / "store/records").iterdir():
            page = json.loads(gzip.decompress(path.read_bytes()))
            page.pop("gone", None)
            for columns in page.values():
                for row in zip(*columns.values(), strict=True):
                    values = dict(zip(columns, row, strict=True))
                    found[values["id"]] = values
        return found

    def of_kind(self, kind_id: str) -> list[Notice]:
        return [notice for notice in self.notices if notice.kind == kind_id]

    def unpacked(self, url: str, instead: dict[str, str] | None = None) -> str:
        """The JSON of a gzip file of the site, by its address; `instead`: what a column shall hold in every row."""
        columns = self._unpack(url.split("/portal/")[1])
        for code, text in (instead or {}).items():
            columns[code] = [text] * len(columns[code])
        return json.dumps(columns)

    def archive_page(self) -> str:
        """Address of an archive page that has neighbours on both sides."""
        kind = max(self.manifest["kinds"], key=lambda kind: kind["count"])
        month = max(kind["months"], key=lambda month: month["count"])
        folder = self.folder / "notices" / kind["id"] / "archive" / month["month"]
        for page in sorted(folder.glob("*/index.html")):
            text = page.read_text(encoding="utf-8")
            if 'rel="prev"' in text and 'rel="next"' in text:
                return f"{page.parent.relative_to(self.folder).as_posix()}/"
        raise AssertionError("no month has three pages")

    def _unpack(self, path: str) -> dict[str, Any]:
        return json.loads(gzip.decompress((self.folder / path).read_bytes()))  # type: ignore[no-any-return]

    def _read(self, kind: dict[str, Any], path: str) -> Iterator[Notice]:
        columns = self._unpack(path)
        roles = kind["roles"]
        fields = [columns[roles[role]] for role in ("subject", "subject_code", "number", "decided")]
        for record_id, unit, state, *values in zip(
            columns["id"], columns["unit"], columns["state"], *fields, strict=True
        ):
            yield Notice(record_id, kind["id"], self.manifest["units"][unit]["name"], *values, state)


def bare(text: str) -> str:
    """A text as a careless reader types it: without brackets, punctuation and spaces."""
    return re.sub(r"[\W_]+", "", text)
