"""docs/reference/ is what the models, the tables and the help say now."""

from __future__ import annotations

import difflib
import importlib
import re

import pytest
import yaml

from adminduk.cli import cli


@pytest.fixture
def made(paths, monkeypatch) -> dict[str, str]:
    """The pages as they would be written now."""
    monkeypatch.syspath_prepend(str(paths.root / "docs"))
    return importlib.import_module("make_reference").reference(paths)


def test_nothing_has_drifted(paths, made):
    folder = paths.root / "docs" / "reference"
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    drifted = [name for name in {*made, *written} if made.get(name, "").encode() != written.get(name)]
    lines = {name: (written.get(name, b"").decode().splitlines(), made.get(name, "").splitlines()) for name in drifted}
    changes = {
        name: [*difflib.unified_diff(*both, "docs/reference", "now", lineterm="", n=0)] for name, both in lines.items()
    }
    assert changes == {}, "run .venv/bin/python docs/make_reference.py"


def test_every_file_of_params_has_a_page(paths, made):
    kinds = {path.parent.name if path.parent != paths.params else path.name for path in paths.params.rglob("*.*")}
    pages = {name.removeprefix("params/").removesuffix(".md") for name in made if name.startswith("params/")}
    assert {kind.partition(".")[0] for kind in kinds if not kind.startswith("20")} <= pages


def test_a_key_has_type_default_meaning_and_the_example_of_the_real_file(made):
    cells = (
        "`stale_after_days`",
        "whole number > 0",
        "**required**",
        "A figure older than this is printed as old.",
        "`200`",
    )
    assert f"| {' | '.join(cells)} |" in made["params/indicators.md"]
    assert "| `code` | text like" in made["params/regions.md"]


def test_what_no_file_holds_is_not_listed(made):
    assert "| `agreed` |" not in made["params/periods.md"]
    assert "| `severities` |" not in made["params/sources.md"]


def test_every_link_leads_somewhere(paths, made):
    folder = paths.root / "docs" / "reference"
    for name, text in made.items():
        headings = {line.lstrip("# ").casefold() for line in text.splitlines() if line.startswith("#")}
        for target in re.findall(r"\]\(([^)]+)\)", text):
            file, _, anchor = target.partition("#")
            assert not file or ((folder / name).parent / file).resolve().is_file(), (name, target)
            assert not anchor or anchor in headings, (name, target)


def test_a_tried_mistake_ends_with_a_code_that_is_listed(paths, made):
    spec = (paths.root / "tests" / "spec" / "messages.yml").read_text(encoding="utf-8")
    tried = {(case["run"].split(" ")[0], case["exit"]) for case in yaml.load(spec, Loader=yaml.BaseLoader)}
    for name, code in {(name, code) for name, code in tried if name in cli.commands}:
        own = made["commands.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        assert code in own.partition("Exit codes besides 0: ")[2], (name, code)


def test_every_command_option_and_exit_code_is_told(made):
    for name, command in cli.commands.items():
        own = made["commands.md"].partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        for option in (part for parameter in command.params for part in parameter.opts if part.startswith("--")):
            assert option in own, (name, option)
    assert all(f"| {code} |" in made["commands.md"] for code in (0, 1, 10, 11, 12, 130))
