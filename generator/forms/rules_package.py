"""The declarations of a portal as one file that anybody may have: by it a clerk's own machine checks like the portal.

It leaves out what is secret (the key of the record ids) and what may name somebody whose record has left the site
(registered false alarms and registered codes): for these few the answer at the desk is stricter.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import yaml

from generator.forms.form import FOLDER
from generator.model.portal import Portal

PACKAGE = "rules.zip"
ADDRESS = FOLDER + PACKAGE
"""Where the package is on the site."""
_NO_KEY = "0" * 16
_SITE = {"name", "description", "demo", "today", "address", "region", "organizer", "groups", "regions", "units"}
# Neither is needed to check records; indicators name topics of statistics, which are no part of the package.
_LEFT_OUT = ("indicators.yml", "codes.yml", "privacy.yml")
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def rules_package(portal: Portal) -> bytes:
    """The package as .zip. Equal declarations give equal bytes; it is not compressed, so that a proof can read it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for name, text in sorted(_parts(portal)):
            package.writestr(zipfile.ZipInfo(name, _ZIP_EPOCH), text)
    return content.getvalue()


def _parts(portal: Portal) -> Iterator[tuple[str, bytes]]:
    """Path → content."""
    site = portal.site.model_dump(mode="json", include=_SITE, exclude_defaults=True)
    yield "data/site.yml", _yaml({**site, "id_key": _NO_KEY})
    yield "data/rules/codes.yml", _yaml({"issued": []})
    privacy = portal.privacy.model_dump(mode="json", exclude={"allowed"}, exclude_none=True)
    yield "data/rules/privacy.yml", _yaml(privacy)
    data = portal.root / "data"
    for folder in ("kinds", "rules", "vocab"):
        for path in (data / folder).rglob("*.yml"):
            if not (folder == "rules" and path.name in _LEFT_OUT):
                yield path.relative_to(portal.root).as_posix(), path.read_bytes()


def _yaml(content: object) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()
