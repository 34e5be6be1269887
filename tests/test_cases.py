"""Golden cases: a folder of data files, and the report and the public content that come out of them.

tests/cases/<case>/data/ is what a clerk hands in, expected/ what has to come out: the report of
`portal check`, and from the built site the manifest, shards, record pages and subjects unpacked, and the
articles of archive and bulletin pages. case.yml changes settings of the small site of portals.py.

UPDATE_CASES=1 writes expected/ anew. Look at every changed line before you commit it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from portals import admitted, build_site, make_portal
from printed import tree, unpacked

from generator.issues import catalogue

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())
UPDATE = os.environ.get("UPDATE_CASES") == "1"


def outcome(case: Path, folder: Path) -> dict[str, str]:
    """Path below expected/ → text, for everything that comes out of a case."""
    settings = yaml.safe_load((case / "case.yml").read_text(encoding="utf-8"))
    root = make_portal(folder / "portal", pages=True, **settings)
    shutil.copytree(case / "data", root / "data", dirs_exist_ok=True)
    today = date.fromisoformat(settings["today"])
    with admitted(root, today) as found:
        report = found.told()
    content = {"report.txt": report}
    for path, packed in tree(build_site(root, today=today)).items():
        if re.match("store/(?!names|numbers|facets|index|pages)", path):
            text = json.dumps(json.loads(unpacked(packed)), ensure_ascii=False, indent=1)
            content[path.removesuffix(".gz")] = text + "\n"
        elif re.match(r"notices/\w+/archive/\d|bulletins/\d.*html$", path):
            article = packed.decode().partition("<article")[2].partition(">")[2].rpartition("</article>")[0]
            article = re.sub(r"<nav.*?</nav>", "", article, flags=re.DOTALL)
            lines = [line.rstrip() for line in article.splitlines() if line.strip()]
            content[path] = "\n".join(lines) + "\n"
    return content


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_out_of_a_case_is_what_was_agreed(name: str, tmp_path: Path) -> None:
    expected_folder = CASES / name / "expected"
    produced = outcome(CASES / name, tmp_path)
    if UPDATE:
        shutil.rmtree(expected_folder, ignore_errors=True)
        for path, text in produced.items():
            target = expected_folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="")
        pytest.fail(f"{name}: expected/ was written anew; look at the differences and run again without UPDATE_CASES")
    expected = {path: content.decode() for path, content in tree(expected_folder).items()}
    assert {
        "missing": sorted(expected.keys() - produced.keys()),
        "unexpected": sorted(produced.keys() - expected.keys()),
    } == {"missing": [], "unexpected": []}
    for path, text in expected.items():
        assert produced[path] == text, f"{name}: {path}"


def test_there_are_cases_and_each_has_its_parts() -> None:
    assert set(NAMES) >= {"clean-month", "correction", "every-fault", "gb18030-and-xlsx"}
    for name in NAMES:
        assert (CASES / name / "case.yml").is_file()
        assert (CASES / name / "data").is_dir()
        assert (CASES / name / "expected/report.txt").is_file()


def test_the_case_of_every_fault_has_every_fault_that_files_alone_can_have() -> None:
    report = (CASES / "every-fault/expected/report.txt").read_text(encoding="utf-8")
    codes = set(re.findall(r"（([a-z-]+)）$", report, re.MULTILINE))
    # Rows and withdrawals vanish from git; an article is no data file; no field of the present kinds has a day it may
    # not follow; no code is registered as issued with a wrong check character.
    elsewhere = {"row-vanished", "withdrawal-undone", "day-after-other", "code-issued-so"}
    # How files are laid out has a folder of nasty files of its own, tests/intake/nasty.py.
    elsewhere |= {
        "file-disguised",
        "file-encoding",
        "file-delimiter",
        "file-too-large",
        "rows-not-data",
        "cells-merged",
    }
    elsewhere |= {"sheet-hidden", "rows-hidden", "cell-without-value", "characters-unseen", "characters-private-use"}
    # What a file by itself does not say, and names that are no text: tests/report/test_desk.py, tests/intake.
    elsewhere |= {"file-kind-unclear", "file-unit-unclear", "file-name-strange"}
    # Tried out one by one in tests/check/test_catalogue.py.
    elsewhere |= {"table-of-another-kind", "heading-blank"}
    # Articles, statistics and bulletins are no records: their faults have tests of their own.
    others = ("article-", "statistics-", "bulletin-")
    assert codes == {code for code in catalogue() if not code.startswith(others)} - elsewhere
