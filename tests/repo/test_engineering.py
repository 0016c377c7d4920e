"""docs/engineering.md names nothing that is not there."""

from __future__ import annotations

import importlib
import re

import pytest

from adminduk.cli import cli

NAME = re.compile(r"[a-z_]+(\.[A-Za-z_]+)+")
FILE = re.compile(r"[\w./-]*(/|\.(md|toml|lock|yml))[\w./-]*")


@pytest.fixture(scope="module")
def page(paths) -> str:
    return (paths.root / "docs" / "engineering.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def quoted(page) -> list[str]:
    """Everything between backticks, outside blocks of code."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", page, flags=re.DOTALL))


def resolved(name: str) -> object:
    """The module, class, function or constant of that name below ``adminduk``; None when there is none."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(["adminduk", *parts[:length]]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found
    return None


def is_path(text: str) -> bool:
    return bool(FILE.fullmatch(text)) and not text.startswith("outputs/")


def test_every_name_exists(quoted):
    names = [
        text
        for text in quoted
        if NAME.fullmatch(text) and not is_path(text) and text not in ("run.json", "manifest.json")
    ]
    assert len(names) > 50
    assert [name for name in names if resolved(name) is None] == []


def test_every_path_exists(paths, quoted):
    found = [text for text in quoted if is_path(text)]
    assert len(found) > 15
    assert [text for text in found if not (paths.root / text).exists()] == []


def test_every_command_exists(paths, quoted):
    targets = re.findall(r"^([a-z-]+):.*## ", (paths.root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    used = [text.split()[1] for text in quoted if text.startswith("make ")]
    assert len(used) > 5
    assert {*used} <= {*targets} <= {*cli.commands} | {"help", "soak"}


def test_every_link_leads_somewhere_and_every_record_is_listed(paths, page):
    folder = paths.root / "docs"
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert [link for link in links if not (folder / link).is_file()] == []
    records = {f"adr/{path.name}" for path in (folder / "adr").glob("*.md")}
    assert records <= {*links}


def test_every_folder_of_tests_is_listed(paths, page):
    folders = {
        path.name for path in (paths.root / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")
    }
    assert {name for name in folders if f"`tests/{name}`" not in page} == set()
