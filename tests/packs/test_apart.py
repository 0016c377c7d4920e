"""No pack holds another region's counts: the packs that params/packs name, on paper and in Excel.

Counts of six digits or more are searched: shorter ones could be the same number of something else. What a comparison
prints of others are their names and percentages.
"""

from __future__ import annotations

import importlib
import io
import re
import shutil
from functools import cache

import openpyxl
import pypdfium2
import pytest
from looks import MOST, moved
from quick_packs import DATA, PERIOD, silent

from adminduk.basis import frames
from adminduk.basis.errors import Problem
from adminduk.basis.paths import Paths
from adminduk.publish.contents import following
from adminduk.publish.material import gather, make_reports

PRINTED = ("64.01", "64.02", "64.03", "64.07", "64.08", "64.09", "64.11", "64.71", "64.72", "64.74")
LEAST = 100_000
_COUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d,])")


@pytest.fixture(scope="session")
def files(simulated, tmp_path_factory) -> dict[str, bytes]:
    """The packs and annexes of these regions, as an edition holds them."""
    own = Paths(shutil.copytree(simulated.root, tmp_path_factory.mktemp("terpisah") / "proyek"))
    material = gather(own, PERIOD, DATA)
    material.held = {"64": (Problem("64", "tidak dicetak"),)}  # the province tells of everybody
    make_reports(material, silent)
    assert not material.failed
    made, contents = following(material, None, PERIOD)
    return {f"{entry.region} {entry.kind}": contents[entry.path] for entry in made.artefacts if entry.region}


@pytest.fixture(scope="session")
def counts(simulated):
    """``counts("64.03")``: every large count of a region and of what lies in it."""
    table = frames.read_dataset(simulated, DATA)["counts"]

    @cache
    def of(code: str) -> frozenset[int]:
        own = table[(table["region_code"] == code) | table["region_code"].str.startswith(f"{code}.")]
        return frozenset(int(count) for count in own["count"] if count >= LEAST)

    return of


def told(kind: str, content: bytes) -> set[int]:
    """The large numbers on paper, or in the cells."""
    if kind == "annex":
        book = openpyxl.load_workbook(io.BytesIO(content))
        values = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return {int(value) for value in values if isinstance(value, int | float) and value >= LEAST}
    document = pypdfium2.PdfDocument(content)
    found = (match for page in document for match in _COUNT.findall(page.get_textpage().get_text_range()))
    return {number for number in (int(text.replace(".", "")) for text in found) if number >= LEAST}


@pytest.mark.parametrize("kind", ["pack", "annex"])
@pytest.mark.parametrize("code", PRINTED)
def test_a_pack_holds_its_own_counts_and_no_other_regions(files, counts, regions, code, kind):
    numbers = told(kind, files[f"{code} {kind}"])
    assert numbers & counts(code) or not counts(code)  # Mahakam Ulu has none that is so large
    theirs = {
        other.name: numbers & (counts(other.code) - counts(code) - counts("64"))
        for other in regions.regencies
        if other.code != code
    }
    assert {name: found for name, found in theirs.items() if found} == {}


def test_the_search_would_find_them(files, counts):
    """Each of two packs holds counts that are nobody else's, so that finding none means something."""
    first, second = "64.03", "64.71"
    for code, other in ((first, second), (second, first)):
        assert told("pack", files[f"{code} pack"]) & (counts(code) - counts(other))


def test_the_cover_looks_as_in_the_manual(files, paths, tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(paths.root / "docs"))
    (tmp_path / "paket.pdf").write_bytes(files["64.71 pack"])
    cover = importlib.import_module("pictures.paper").page(tmp_path / "paket.pdf", 0)
    assert moved((paths.root / "docs" / "images" / "sampul.png").read_bytes(), cover) <= MOST
