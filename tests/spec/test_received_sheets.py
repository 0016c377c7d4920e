"""What is read from small sheets, as worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spreadsheets
import yaml

from adminduk.basis.errors import DataError
from adminduk.ingest.sheets.extract import Extract

EXAMPLES = yaml.safe_load((Path(__file__).parent / "received_sheets.yml").read_text(encoding="utf-8"))


def named(example: dict[str, Any]) -> str:
    return example["name"]


def read(given: dict[str, Any]) -> Extract:
    rows = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in given["rows"]]
    said = {key: given[key] for key in ("source", "as_of", "denominator") if key in given}
    return spreadsheets.read(spreadsheets.sheet(rows), **said)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "problems" not in e["expect"]], ids=named)
def test_a_sheet_says(example):
    expect, found = example["expect"], read(example["given"])
    told: dict[str, Any] = {
        "layout": found.layout.id,
        "counts": spreadsheets.counts(found),
        "statement": sorted({row["statement"] for row in found.counts}),
        "source": [row["id"] for row in found.sources],
        "claims": [claim(row) for row in found.claims],
        "findings": sorted(finding(row) for row in found.findings),
        "ignored": found.ignored,
    }
    wanted = {"claims": [], "findings": [], "ignored": []} | expect
    assert {key: told[key] for key in wanted} == wanted


def claim(row: dict[str, str]) -> str:
    return " ".join(row[column] for column in ("region_code", "indicator", "base", "kind", "percent", "as_of"))


def finding(row: dict[str, str]) -> str:
    cell = row["origin"].removeprefix("berkas.xlsx:Data!")
    return " ".join((row["rule"], row["region_code"], cell, row["values"]))


@pytest.mark.parametrize("example", [e for e in EXAMPLES if "problems" in e["expect"]], ids=named)
def test_a_sheet_is_refused(example):
    with pytest.raises(DataError) as error:
        read(example["given"])
    told, wanted = error.value.problems, example["expect"]["problems"]
    assert len(told) == len(wanted), str(error.value)
    assert all(any(words in str(problem) for problem in told) for words in wanted), str(error.value)


def test_every_layout_but_the_form_has_an_example():
    layouts = {example["expect"].get("layout") for example in EXAMPLES} | {e["given"].get("source") for e in EXAMPLES}
    assert layouts - {None} == set(spreadsheets.known()[0].layouts) - {"formulir"}
