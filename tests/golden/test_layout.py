"""Every page of every report as a reader meets it: nothing clipped, nothing overlapping, no nearly empty page."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from boxes import overlap, text_boxes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.basis.paths import find_paths
from adminduk.basis.periods import period_ids
from adminduk.basis.regions import load_regions
from adminduk.present import bundles
from adminduk.publish.export import NaskahExporter

PERIODS = period_ids(find_paths())
CODES = [region.code for region in load_regions(find_paths()).all]
MM = 72 / 25.4
MARGIN, HEADER_FOOTER = 20 * MM, 17 * MM
HANG = 1.2 * MM  # punctuation hangs into the margin


def pages_of(pdf: Path):
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            yield number, page, page.get_size()


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_no_text_is_clipped_or_overlaps(code, period, printed):
    for number, page, (width, height) in pages_of(printed(code, period).pdf):
        boxes = text_boxes(page)
        for text, (left, bottom, right, top) in boxes:
            assert left >= MARGIN - HANG and right <= width - MARGIN + HANG, (number, text)
            assert bottom >= 0 and top <= height, (number, text)
        for (text, box), (other_text, other) in combinations(boxes, 2):
            assert overlap(box, other) < 0.2, (number, text, other_text)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_no_page_is_less_than_a_third_full_and_no_heading_stands_alone(code, period, printed):
    for number, page, (_, height) in pages_of(printed(code, period).pdf):
        body = [
            (text, box)
            for text, box in text_boxes(page)
            if box[1] > HEADER_FOOTER and box[3] < height - HEADER_FOOTER + 2
        ]
        lowest_text, lowest = min(body, key=lambda entry: entry[1][1])
        used = (height - MARGIN - lowest[1]) / (height - 2 * MARGIN)
        assert used >= 1 / 3, (number, round(used, 2))
        assert not lowest_text.endswith("?"), (number, lowest_text)  # a question without its answer


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_fonts_are_embedded_and_charts_can_be_read_aloud(code, period, printed):
    with pikepdf.open(printed(code, period).pdf) as pdf:
        dictionaries = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
    descriptors = [obj for obj in dictionaries if obj.get("/Type") == "/FontDescriptor"]
    assert descriptors
    for descriptor in descriptors:
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    for shown in (obj for obj in dictionaries if obj.get("/S") == "/Figure"):
        assert "/Alt" in shown


def copied(pdf: pypdfium2.PdfDocument) -> str:
    """What a reader copies from all pages, line breaks left out."""
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


@pytest.mark.parametrize("code", CODES)
def test_an_address_is_copied_as_it_is(code, printed):
    report = printed(code, "2024-11-12")
    with pikepdf.open(report.pdf) as pdf:
        links = [note.A for page in pdf.pages for note in page.get("/Annots", [])]
    addresses = {str(action.URI) for action in links if "/URI" in action}
    with pypdfium2.PdfDocument(report.pdf) as document:
        text = copied(document)
    assert addresses
    assert [address for address in addresses if address not in text] == []


LONG = [
    "https://contoh.go.id/" + "a" * 300,
    "https://contoh.go.id/berita/" + "-".join(["perekaman"] * 40),
    "https://contoh.go.id/cari?q=" + "%20kata" * 60,
    "https://contoh.go.id/" + "1" * 150 + "/" + "_" * 150,
]


@pytest.mark.parametrize("address", LONG)
def test_a_long_address_stays_on_the_page_and_is_copied_as_it_is(address):
    sources = [{"number": 1, "title": "Judul", "published": "", "note": "", "address": address}]
    shown = new_output("execute_result", data=bundles.source_list(sources)._repr_mimebundle_(), execution_count=1)
    text = f"# Alamat\n\nLihat <{address}> dan `{address}`."
    notebook = new_notebook(cells=[new_markdown_cell(text), new_code_cell("", outputs=[shown], execution_count=1)])
    pdf, _ = NaskahExporter().from_notebook_node(notebook, {"metadata": {"name": "alamat"}})
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for words, (left, _, right, _) in text_boxes(page):
                assert left >= MARGIN - HANG and right <= page.get_size()[0] - MARGIN + HANG, words
        said = copied(document)
    assert said.count(address) == 3


def test_overlap_is_measured_on_the_smaller_box():
    assert overlap((0, 0, 10, 10), (5, 5, 15, 15)) == 0.25
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0.0
    assert overlap((0, 0, 100, 10), (40, 2, 50, 8)) == 1.0
