"""Slides as they are projected: letters, room, words of simulated data, structure, and the same bytes."""

from __future__ import annotations

from itertools import combinations

import pikepdf
import pypdfium2
import pytest
from boxes import overlap, text_boxes

from adminduk.basis.paths import Paths, find_paths
from adminduk.basis.regions import load_regions
from adminduk.ingest.simulation.messy import write_demo
from adminduk.measure.indicators import IndicatorRow
from adminduk.present import wording
from adminduk.present.opening import open_briefing
from adminduk.publish.plan import plan
from adminduk.publish.slides import print_slides

PERIOD = "2024-11-12"
CODES = [region.code for region in load_regions(find_paths()).all]
EVERY = [(data, code) for data in ("published", "demo") for code in CODES]


@pytest.fixture(scope="module")
def project(cloned, tmp_path_factory) -> Paths:
    paths = cloned(tmp_path_factory.mktemp("salindia") / "proyek")
    write_demo(paths, "kecamatan", refusal=False)
    return paths


def printed(project: Paths, data: str, code: str):
    return print_slides(plan(project, code, PERIOD, data), project)


@pytest.mark.parametrize(("data", "code"), EVERY)
def test_numbers_read_back_are_those_of_the_indicators(project, data, code):
    pdf = printed(project, data, code)
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    entries = [entry for entry in open_briefing(project, code, PERIOD, data).briefing.entries if entry.rows]
    assert len(entries) >= 1
    for entry, page in zip(entries, pages[2:], strict=False):
        row: IndicatorRow = entry.rows[0]
        assert wording.value(row) in page
        assert wording.value(row) in pages[1]
        assert not row.gap or f"kurang {wording.number(row.gap)} {entry.indicator.missing.id}" in page
        assert row.target is None or wording.target(row) in page
    assert all(("DATA SIMULASI" in page) == (data == "demo") for page in pages)


@pytest.mark.parametrize(("data", "code"), EVERY)
def test_nothing_meets_or_leaves_the_slide(project, data, code):
    with pypdfium2.PdfDocument(printed(project, data, code)) as document:
        for number, page in enumerate(document, 1):
            # The mark behind everything is turned: the box around it is as large as half of the slide.
            boxes = [(words, box) for words, box in text_boxes(page) if box[3] - box[1] < 120]
            assert page.get_size() == (960, 540)
            for words, (left, bottom, right, top) in boxes:
                assert left >= 40 and right <= 922 and bottom >= 8 and top <= 532, (number, words)
            found = [(a[0], b[0]) for a, b in combinations(boxes, 2) if overlap(a[1], b[1]) > 0.05]
            assert not found, (number, found)


@pytest.mark.parametrize("code", ["64", "64.03"])
def test_what_is_read_is_large(project, code):
    with pypdfium2.PdfDocument(printed(project, "published", code)) as document:
        for page in document:
            text = page.get_textpage()
            sizes = [round(pypdfium2.raw.FPDFText_GetFontSize(text, n), 1) for n in range(text.count_chars())]
            letters = [size for size in sizes if size > 1]  # a space between words that pdfium adds has size 1
            assert min(letters) >= 13
            assert max(letters) >= 32


def test_structure_outline_and_alternative_texts(project):
    with pikepdf.Pdf.open(printed(project, "published", "64")) as pdf:
        assert str(pdf.Root.Lang).lower() == "id-id"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            headings = [item.title for item in outline.root]
        alts = [str(node.Alt) for node in pdf.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
    assert "Akta kelahiran 0-17 tahun: kurang 2.717 akta" in headings
    assert any("98,78%" in alt and "Target 99%" in alt for alt in alts)


def test_the_same_bytes_twice(project):
    first = printed(project, "demo", "64.71").read_bytes()
    assert printed(project, "demo", "64.71").read_bytes() == first
