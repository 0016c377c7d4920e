"""Every command of the manual and of README.md is run, in the order of its page, and ends as the page says."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable

import pytest
from postoffice import PostOffice
from trial import NOT_RUN, UNTIL_CLOSED, Trial, blocks

from adminduk.basis.paths import find_paths
from adminduk.ingest.programme.workbook import write_program

ROOT = find_paths().root
PAGES = {page.stem: page for page in sorted((ROOT / "docs" / "panduan").glob("*.md"))}
PAGES["beranda"] = ROOT / "README.md"
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")
INLINE = re.compile(r"`(make [^`]+|python3? bootstrap\.py [^`]+)`")

# Why a command is not run here; a new one has to be put down here first.
REASONS = {
    "winget install Python.Python.3.12": "installs",
    "winget install Git.Git": "installs",
    "xcode-select --install": "installs",
    "brew install python@3.12": "installs",
    "sudo apt-get install python3 python3-venv git make": "installs",
    "git clone ALAMAT adminduk": "the address is the reader's",
    "cd adminduk": "follows the clone",
    "conda env create --file environment.yml": "installs",
    "python -m pip install --no-deps --editable .": "installs",
    "conda activate adminduk": "needs that environment",
    "adminduk report --region Balikpapan": "needs that environment; with make it is run on the same page",
    "git pull": "needs a server",
    "git add notebooks params": "tests/desk/test_desk_commands.py does, with the filter",
    'git commit -m "Catatan Berau untuk rapat November"': "the same",
    "make test": "it is what runs these tests",
    "make report ENGINE=quarto REGION=Balikpapan": "tests/quarto runs it where Quarto is installed",
}
# Targets that are no reader's, and who tries them.
ELSEWHERE = {
    "help": "tests/repo/test_environment.py",
    "soak": "it is a test itself",
    "lock": "needs the package index",
    "bench": "measures for minutes; tests/repo/test_bench.py",
    "bench-cluster": "measures for minutes; tests/cluster",
    "bench-nation": "measures for minutes; tests/cluster",
    "columns": "tests/unit/test_parquet.py",
}

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="the blocks are for a POSIX shell"),
    pytest.mark.skipif(shutil.which("make") is None, reason="make not found"),
]


def prepared(trial: Trial, simulated) -> None:
    """What README.md takes for given: a filled form, a filled sheet, people, a mail server."""
    (form,) = simulated.deliveries("demo").glob("*formulir_64.71*2024-11-12.xlsx")
    shutil.copy(form, trial.root / "formulir.xlsx")
    shutil.copy(write_program(simulated, "2024-11-12", "demo", "Paser"), trial.root / "program.xlsx")
    shutil.copy(trial.root / "params" / "attendees.example.yml", trial.root / "params" / "attendees.yml")


@pytest.mark.parametrize("name", [name for name in PAGES if name != "beranda"])
def test_what_a_page_says_happens(name: str, desk: Callable[[str], Trial]):
    trial = desk(name)
    for block in blocks(PAGES[name]):
        trial.do(block)


def test_what_the_front_page_says_happens(desk: Callable[[str], Trial], simulated):
    trial = desk("beranda")
    prepared(trial, simulated)
    with PostOffice() as office:
        trial.environment.update(office.environment())
        for block in blocks(PAGES["beranda"]):
            trial.do(block)


def told(about: str) -> set[str]:
    return {
        c for page in PAGES.values() for b in blocks(page) if b.kind == "sh" and b.about == about for c in b.commands
    }


def test_what_is_not_run_is_put_down_with_its_reason():
    assert told(NOT_RUN) == REASONS.keys()
    assert told(UNTIL_CLOSED) == {"make lab", "make preview REGION=Berau"}


def test_no_command_hides_in_a_block_without_its_word():
    plain = [b.text for page in PAGES.values() for b in blocks(page) if b.kind in ("", "text")]
    assert [text for text in plain if re.search(r"^(make|python|adminduk|git) ", text, re.MULTILINE)] == []


def test_every_target_is_run_and_every_target_named_exists():
    targets = set(re.findall(r"^([a-z][a-z-]*):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    shown = [c for page in PAGES.values() for b in blocks(page) if b.kind == "sh" for c in b.commands]
    run = {name for command in shown for name in MAKE.findall(command)}
    inline = [found for page in PAGES.values() for found in INLINE.findall(page.read_text(encoding="utf-8"))]
    named = {name for command in inline for name in MAKE.findall(command)}
    assert named <= targets and ELSEWHERE.keys() <= targets
    assert run >= targets - ELSEWHERE.keys()
