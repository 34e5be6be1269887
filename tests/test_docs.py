"""What the documentation says is true: commands, options, targets, links, what a clerk has to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from generator.cli import portal
from generator.model.portal import load_portal

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

# Pages that the generator writes and that pages by hand link to.
PORTAL = load_portal(ROOT)
SECTIONS = "|".join(PORTAL.articles.sections)
GENERATED = re.compile(
    rf"(notices|bulletins|{SECTIONS})/index\.md|(status|data/index|about/rules)\.md|services/(repair|objection)\.md|"
    r"staff/((fields-[\w-]+|faults)\.md|templates/rules\.zip)"
)
ARTICLES = re.compile(rf"({SECTIONS})/\d{{4}}/.*")
COMMON_OPTIONS = {"--help", "--root", "--jobs", "--today"}


def command_rows() -> dict[str, str]:
    """Command → its row in the README's table."""
    section = README.partition("## Commands")[2].partition("\n## ")[0]
    return {found[1]: found[0] for found in re.finditer(r"^\| `portal (\w+).*$", section, re.MULTILINE)}


def options_of(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("--")}


def test_the_readme_lists_every_command_and_no_other() -> None:
    assert set(command_rows()) == set(portal.commands)


@pytest.mark.parametrize("name", sorted(command_rows()))
def test_the_readme_names_every_option_of_a_command_and_no_other(name: str) -> None:
    own = options_of(portal.commands[name]) - COMMON_OPTIONS
    assert set(re.findall(r"--[a-z][a-z-]*", command_rows()[name])) == own


def test_the_options_that_the_readme_calls_common_are_those_of_every_command() -> None:
    neither = {name: {"--today", "--jobs"} for name in ("template", "init", "new")}
    without = {"demo": {"--today"}, "withdraw": {"--jobs"}, "pack": {"--jobs"}, **neither}
    for name, command in portal.commands.items():
        assert COMMON_OPTIONS - {"--help"} - options_of(command) == without.get(name, set()), name


def test_every_make_target_that_is_named_exists_and_every_target_is_in_the_readme() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", MAKEFILE, re.MULTILINE))
    for path in [*ROOT.glob("*.md"), *CONTENT.rglob("*.md"), *ROOT.glob(".github/workflows/*.yml")]:
        named = re.findall(r"(?:`|run: |^)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert set(named) <= targets, path
    assert set(re.findall(r"`make ([a-z]+)`", README)) == targets - {"help"}


def test_continuous_integration_runs_the_two_commands_of_the_readme() -> None:
    shown = README.partition("## Two commands")[2].partition("```sh")[2].partition("```")[0]
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert re.findall(r"^make \w+", shown, re.MULTILINE) == ["make site", "make test"]
    assert re.findall(r"^make .*$", run, re.MULTILINE) == ["make site", "make test"]


def links(page: Path) -> Iterator[str]:
    """The relative targets of a page's links, without their anchors; what stands in code is no link."""
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]+`", "", page.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:", target) and (path := target.partition("#")[0]):
            yield path


@pytest.mark.parametrize("page", sorted(CONTENT.rglob("*.md")), ids=lambda page: page.stem)
def test_a_page_by_hand_has_title_and_description_and_its_links_lead_somewhere(page: Path) -> None:
    head = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
    assert head["title"]
    assert head["summary" if ARTICLES.fullmatch(page.relative_to(CONTENT).as_posix()) else "description"]
    for target in links(page):
        reached = (page.parent / target).resolve()
        assert reached.is_file() or GENERATED.fullmatch(reached.relative_to(CONTENT).as_posix()), target


def test_links_between_the_files_of_the_repository_lead_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *ROOT.glob("data/kinds/*/README.md")]:
        for target in links(page):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_what_a_clerk_is_told_to_fill_in_is_what_the_declaration_requires() -> None:
    for name, kind in PORTAL.kinds.items():
        guide = (ROOT / "data/kinds" / name / "README.md").read_text(encoding="utf-8")
        table = guide.partition("## 必填的列")[2].partition("\n## ")[0]
        told = dict(re.findall(r"^\| ([^|]+) \| ([A-Z][A-Z_0-9]+) \|", table, re.MULTILINE))
        required = {
            field.title: code
            for code, field in kind.fields.items()
            if field.required and field.required.when is None and field.required.level == "error"
        }
        assert told == required, name
