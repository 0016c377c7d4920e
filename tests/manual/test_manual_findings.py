"""The manual's page of findings knows every rule, by the name, severity and step that the house gives it."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from adminduk.basis.checks import RULES, load_check_params
from adminduk.basis.paths import Paths, find_paths
from adminduk.present.remedies import REMEDIES


class Entry(NamedTuple):
    severity: str
    title: str
    text: str


def entries(paths: Paths) -> dict[str, Entry]:
    page = (paths.root / "docs" / "panduan" / "temuan.md").read_text(encoding="utf-8")
    found = {}
    for section in re.split(r"^### ", page, flags=re.M)[1:]:
        heading, _, text = section.partition("\n")
        rule, severity = re.fullmatch(r"`(\w+)` \((\w+).*\)", heading).groups()
        found[rule] = Entry(severity, re.search(r"\*\*(.+?)\.\*\*", text)[1], text)
    return found


ENTRIES = entries(find_paths())


def test_every_rule_has_its_entry_and_no_entry_is_without_a_rule():
    assert ENTRIES.keys() == set(RULES) == REMEDIES.keys()


@pytest.mark.parametrize("rule", ENTRIES)
def test_an_entry_says_severity_title_step_and_where_more_stands(rule: str, paths: Paths):
    entry = ENTRIES[rule]
    assert entry.severity == getattr(load_check_params(paths), rule).severity
    assert entry.title == REMEDIES[rule].title
    assert re.search(r"^\*Langkah:\* \S", entry.text, re.M)
    assert f"(../method/{rule}.md)" in entry.text
    assert (paths.root / "docs" / "method" / f"{rule}.md").is_file()
