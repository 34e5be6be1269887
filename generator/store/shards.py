"""Shards: what tables and search need of the records of one kind and month of decision."""

from __future__ import annotations

import pandas as pd

from generator.model.kind import Kind
from generator.model.record_id import as_text
from generator.model.site import Site
from generator.store.columnar import pack


def shard_path(kind: str, month: str) -> str:
    """Address of a shard, below the site's root."""
    return f"store/{kind}/{month}.json.gz"


def shard_fields(kind: Kind) -> list[str]:
    """Fields a shard carries: those of tables, and those that search looks at or shows."""
    roles = kind.roles
    wanted = [*kind.list, roles.subject, roles.subject_code, roles.number, roles.decided]
    return list(dict.fromkeys(code for code in wanted if code is not None))


def shard(records: pd.DataFrame, kind: Kind, site: Site) -> bytes:
    """The shard of a partition, in the order of `records`."""
    # The last day goes along, so that scripts drop a record on the day after it though no new site was built.
    own = {**own_columns(records, site), "last_day": records["last_day"].tolist(), "state": records["state"].tolist()}
    return pack({**own, **{code: records[code].tolist() for code in shard_fields(kind)}})


def own_columns(records: pd.DataFrame, site: Site) -> dict[str, list[object]]:
    """Id, unit and region of records: the latter two as places in the manifest's lists."""
    regions = {region.code: place for place, region in enumerate(site.regions)}
    region_of_unit = [regions[unit.region] for unit in site.units]
    units = records["unit"].tolist()
    return {
        "id": as_text(records["id"].to_numpy()).tolist(),
        "unit": units,
        "region": [region_of_unit[unit] for unit in units],
    }
