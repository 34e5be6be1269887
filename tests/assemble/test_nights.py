"""Nights: a build that takes over what has not changed gives what a build from nothing gives, byte for byte.

The portal goes through a week of nights, each with another change; every site is set beside one made anew.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from portals import (
    ADDRESS,
    LICENCES,
    PENALTIES,
    TODAY,
    build_site,
    crowd,
    licence,
    make_portal,
    penalty,
    run,
    write,
)
from printed import tree

from generator.pipeline import KEPT
from generator.profile import Profile

ENDS = date(2024, 1, 8)
"""Last day of validity of one licence and last day of display of one penalty."""
JANUARY = "data/records/licence/2024-01/scjgj.csv"

Change = Callable[[Path], None]


def _lines(root: Path, path: str, *lines: str) -> None:
    target = root / path
    old = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(old + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def _first_id(root: Path, kind: str) -> str:
    """Id of a record as its archive page says it."""
    page = sorted((root / "site" / "notices" / kind / "archive").glob("*/*/index.html"))[0]
    return page.read_text(encoding="utf-8").split('<tbody id="')[1].split('"')[0]


def _withdraw(root: Path) -> None:
    words = ("withdraw", "--today", "2024-01-07", "--reason", "修复", _first_id(root, "penalty"))
    assert run(root, *words).exit_code == 0


def _object(root: Path) -> None:
    _lines(root, "data/objections.csv", "公示编号,受理日期,办结日期,说明", f"{_first_id(root, 'licence')},2024-01-06,,")


def _come(root: Path) -> None:
    rows = [licence(501, XK_JDRQ="2024/01/02", BSRQ="2024/01/03"), licence(2, XK_NR="后来更正", BSRQ="2024/01/05")]
    write(root / JANUARY, rows)


def _much(root: Path) -> None:
    _withdraw(root)
    _object(root)
    _come(root)


def _go(root: Path) -> None:
    (root / JANUARY).unlink()


def _label(root: Path) -> None:
    kind = root / "data/kinds/licence/kind.yml"
    kind.write_text(kind.read_text(encoding="utf-8").replace("许可内容\n", "许可的内容\n", 1), encoding="utf-8")


NIGHTS: dict[str, tuple[int, Change]] = {
    "nothing but the day": (1, lambda root: None),
    "one withdrawn, one objected to, one new, one corrected, two over": (4, _much),
    "a file gone": (5, _go),
    "a heading declared otherwise": (5, _label),
    "an earlier day again": (0, lambda root: None),
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_portal(tmp_path_factory.mktemp("nights") / "portal", crowd(), pages=True, address=ADDRESS, today=None)
    more = {"XK_JDRQ": "2023/12/04", "XK_YXQZ": "2023/12/04", "XK_YXQZI": ENDS.isoformat()}
    write(root / "data/records/licence/2023-12/lushan.csv", [licence(600, XK_LYDW="鲁山县市场监督管理局", **more)])
    write(root / "data/records/penalty/2024-01/scjgj.csv", [penalty(610, CF_GSJZQ=ENDS.isoformat(), BSRQ="2024/01/04")])
    build_site(root)
    return root


@pytest.mark.parametrize("night", NIGHTS)
def test_a_night_gives_what_a_build_from_nothing_gives(portal: Path, night: str, tmp_path: Path) -> None:
    days, change = NIGHTS[night]
    change(portal)
    day = TODAY + timedelta(days)
    built = tree(build_site(portal, today=day))
    anew = tree(_from_nothing(portal, tmp_path, day))
    assert [path for path in built.keys() | anew.keys() if built.get(path) != anew.get(path)] == []


def _from_nothing(portal: Path, folder: Path, day: date) -> Path:
    """The site as a portal that never was built before makes it."""
    kept, aside = portal / "build" / KEPT, folder / "kept"
    kept.rename(aside)
    site = build_site(portal, folder / "site", today=day)
    for path in (portal / "build").iterdir():
        if path.name == KEPT:
            path.rename(folder / "other")
    aside.rename(kept)
    return site


@pytest.fixture
def standing(tmp_path: Path) -> Path:
    """A portal with a site, built once."""
    files = {LICENCES: [licence(number) for number in range(1, 4)], PENALTIES: [penalty(1)]}
    root = make_portal(tmp_path / "portal", files, pages=True, address=ADDRESS, today=None)
    build_site(root)
    return root


def _same_file(site: Path, path: str) -> int:
    return (site / path).stat().st_ino


PAGE = "notices/licence/archive/2023-12/1/index.html"


def test_what_did_not_change_is_the_same_file_as_before(standing: Path) -> None:
    before = _same_file(standing / "site", PAGE)
    profile = Profile()
    build_site(standing, today=TODAY + timedelta(1), profile=profile)
    assert _same_file(standing / "site", PAGE) == before
    assert "prepare" in profile.text()
    build_site(standing, today=TODAY + timedelta(1), fresh=True)
    assert _same_file(standing / "site", PAGE) != before


def test_a_page_that_somebody_changed_by_hand_is_made_anew(standing: Path) -> None:
    page = standing / "site" / PAGE
    right = page.read_bytes()
    with page.open("ab") as file:
        file.write(b"<!-- by hand -->")
    os.utime(page, ns=(1, 1))
    build_site(standing)
    assert (standing / "site" / PAGE).read_bytes() == right


ELSEWHERE = Path("/dev/shm")


@pytest.mark.skipif(not ELSEWHERE.is_dir(), reason="no second file system here")
def test_a_site_on_another_file_system_takes_nothing_over_and_is_the_same(standing: Path) -> None:
    assert ELSEWHERE.stat().st_dev != standing.stat().st_dev
    with TemporaryDirectory(dir=ELSEWHERE) as folder:
        other = tree(build_site(standing, Path(folder) / "site"))
    assert other == tree(build_site(standing))


def test_nothing_of_a_withdrawn_record_is_kept_among_the_files_of_the_site(standing: Path) -> None:
    folder, number = standing / "build" / KEPT / "files", penalty(1)["CF_WSH"].encode()
    assert any(number in content for content in _contents(folder))
    _withdraw(standing)
    for _ in range(2):  # the former site, which still has it, goes with the second build
        build_site(standing, today=date(2024, 1, 7))
    kept = _contents(folder)
    assert kept
    assert not any(number in content for content in kept)


def _contents(folder: Path) -> list[bytes]:
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return [gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content for content in files]


def test_a_row_dated_in_the_future_appears_when_its_day_has_come(standing: Path) -> None:
    row = licence(700, XK_JDRQ="2024/01/09", XK_YXQZ="2024/01/09", BSRQ="2024/01/09")
    write(standing / "data/records/licence/2024-01/scjgj.csv", [row])
    page = standing / "site/notices/licence/archive/2024-01/1/index.html"
    build_site(standing, today=date(2024, 1, 8))
    assert not page.exists()
    build_site(standing, today=date(2024, 1, 9))
    assert row["XK_XDR_MC"] in page.read_text(encoding="utf-8")
