"""A unit whose id has changed keeps its bulletins, and one that there is no more keeps its page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from issued import compiled, verified, with_histories
from portals import LICENCES, SITE, TODAY, Rows, licence, write

from generator.bulletin.freezing import correct, freeze
from generator.bulletin.prose import plain, with_units
from generator.model.declaration import ConfigError
from generator.model.site import load_site

Make = Callable[..., Path]
FILE = "data/bulletins/2023-12.yml"
MOVED = "data/records/licence/2023-12/jianguan.csv"


def rows() -> Rows:
    return [licence(1), licence(2, BSRQ="2023/12/13")]


@pytest.fixture
def portal(root: Make) -> Path:
    """A month is frozen, then 市市场监管局 becomes 市市监局 and jianguan in place of scjgj."""
    made = root({LICENCES: rows()})
    freeze(made, compiled(made)[0], TODAY)
    (made / LICENCES).unlink()
    write(made / MOVED, rows())
    return made


def rename(portal: Path, **more: Any) -> None:
    first, *others = SITE["units"]
    aliases = [first["name"], *first["aliases"]]
    unit = {**first, "id": "jianguan", "name": "市市监局", "aliases": aliases, **more}
    site = {**SITE, "units": [unit, *others]}
    (portal / "data/site.yml").write_text(yaml.safe_dump(site, allow_unicode=True), encoding="utf-8")


def told(portal: Path) -> list[str]:
    return [entry.text for entry in verified(portal) if "摘要" not in entry.text]


def test_its_frozen_months_belong_to_a_unit_that_names_its_former_id(portal: Path) -> None:
    rename(portal, former_ids=["scjgj"])
    assert told(portal) == []
    bulletins, histories = with_histories(portal)
    [history] = [entry for entry in histories if entry.unit.id == "jianguan"]
    assert [bulletin.period for bulletin, _ in history.entries] == ["2023-12"]
    # It is called as it was then.
    assert plain(history.text).startswith("2023年12月份，市市场监管局推送“双公示”信息2条")
    assert "{@late/jianguan=市市场监管局}（{reported/jianguan/late=1}条）" in bulletins[0].text
    assert [entry.unit.id for entry in histories] == ["jianguan", "zjj", "lushan", "jiaxian"]


def test_a_correction_under_the_new_id_leaves_the_file_as_it_was_issued(portal: Path) -> None:
    rename(portal, former_ids=["scjgj"])
    before = (portal / FILE).read_text(encoding="utf-8")
    write(portal / MOVED, rows()[:1])
    correct(portal, compiled(portal)[0], "重复录入", TODAY)
    assert (portal / FILE).read_text(encoding="utf-8").startswith(before)
    assert told(portal) == []


def test_without_a_former_id_the_message_names_the_unit_and_its_page_stays(portal: Path) -> None:
    rename(portal)
    assert told(portal)[:2] == [
        "2023-12，市市场监管局·报送量：发布时为2，现为0",
        "2023-12，市市场监管局·数据总量：发布时为2，现为0",
    ]
    assert "2023-12，市市监局·数据总量：发布时为0，现为2" in told(portal)
    histories = with_histories(portal)[1]
    assert [(entry.unit.id, entry.unit.name) for entry in histories][-1] == ("scjgj", "市市场监管局")


def test_units_that_were_merged_keep_their_own_months(portal: Path) -> None:
    rename(portal, former_ids=["scjgj", "gone"])
    path = portal / FILE
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "zjj: {" in line)
    path.write_text(text.replace(line, line.replace("zjj", "gone").replace("市住建局", "市原质监局")), encoding="utf-8")
    histories = with_histories(portal)[1]
    assert [entry.unit.name for entry in histories] == ["鲁山县", "郏县", "市市场监管局", "市原质监局"]


@pytest.mark.parametrize("former", ["zjj", "jianguan"])
def test_a_former_id_is_of_one_unit(portal: Path, former: str) -> None:
    rename(portal, former_ids=[former])
    with pytest.raises(ConfigError, match=f"{former} 已是另一单位的代号或者原代号"):
        load_site(portal / "data/site.yml")


def test_only_units_are_renamed_in_marks() -> None:
    text = "{period/late=12}{@late/late=甲局}{@late=甲局}{late/late/late=1}"
    assert with_units(text, {"late": "new"}) == "{period/late=12}{@late/new=甲局}{@new=甲局}{late/new/late=1}"
