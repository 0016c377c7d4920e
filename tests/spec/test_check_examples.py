"""Every rule by its worked examples, and its page in docs/method, which prints what the examples give."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from handmade import tables

from adminduk.basis.checks import RULES, Finding
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.checks import CHECKS, review
from adminduk.measure.evidence import Evidence, Scope
from adminduk.present import wording
from adminduk.present.findings import SENTENCES, sentence

# BaseLoader: 64.10 and 99.40 stay what was written.
WRITTEN = (Path(__file__).parent / "checks.yml").read_text(encoding="utf-8")
EXAMPLES: list[dict[str, Any]] = yaml.load(WRITTEN, Loader=yaml.BaseLoader)
COMPUTED = [example for example in EXAMPLES if "values" not in example]
OF_INGEST = [example for example in yaml.safe_load(WRITTEN) if "values" in example]
HEADINGS = ("Yang diperiksa", "Mengapa", "Contoh", "Yang dilakukan")


@pytest.fixture(scope="module")
def book(paths):
    return load_rulebook(paths)


def named(example: dict[str, Any]) -> str:
    return example["rule"]


@pytest.mark.parametrize("example", COMPUTED, ids=named)
def test_a_computed_rule_finds_its_example_and_no_other_rule_does(example, book):
    day = date.fromisoformat(example.get("day", "2024-11-12"))
    given = tables(example.get("counts", ()), example.get("claims", ()), example.get("titles"))
    evidence = Evidence(given, book, Scope(day, date.max, example.get("within", "64.71")))
    found = review(evidence, [name for name in CHECKS if name not in example.get("without", [])])
    told = [[item.region_code, item.as_of, item.severity, sentence(item, book.catalog)] for item in found]
    assert told == example["expect"]
    assert {item.rule for item in found} == {example["rule"]}
    assert all(item.origin for item in found if item.rule != "daerah_tanpa_data")


@pytest.mark.parametrize("example", OF_INGEST, ids=named)
def test_a_finding_of_ingest_becomes_its_sentence(example, book):
    severity = book.params.severity(example["rule"])
    found = Finding("64.71", "2024-11-15", example["rule"], severity, example["values"], "a.xlsx:Lembar!B7")
    assert sentence(Finding.from_row(found.row()), book.catalog) == example["expect"]


def test_every_rule_has_a_sentence_and_an_example():
    assert set(SENTENCES) == set(RULES)
    assert {example["rule"] for example in EXAMPLES} == set(RULES)
    assert set(CHECKS) == {example["rule"] for example in COMPUTED}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_page_that_says_what_params_and_the_code_say(rule, book, paths):
    page = (paths.root / "docs" / "method" / f"{rule}.md").read_text(encoding="utf-8")
    text = re.sub(r"[\s>]+", " ", page)
    assert f"`{rule}`" in text
    for heading in HEADINGS:
        assert f"**{heading}.**" in text
    for example in (example for example in EXAMPLES if example["rule"] == rule):
        told = [example["expect"]] if isinstance(example["expect"], str) else [row[-1] for row in example["expect"]]
        assert all(one in text for one in told)
    for written in thresholds(dict(book.params)[rule]):
        assert written in text


def thresholds(rule: Any) -> list[str]:
    """Severities and limits as a page prints them."""
    values = [value for name, value in rule if name not in ("because", "pairs")]
    values += [*values.pop().values()] if values and isinstance(values[-1], dict) else []
    values += [f"`{small}` ≤ `{large}`" for small, large in getattr(rule, "pairs", ())]
    return [printed(value) for value in values]


def printed(value: Any) -> str:
    if isinstance(value, int):
        return wording.number(value)
    return wording.tick(value) if isinstance(value, Decimal) else value
