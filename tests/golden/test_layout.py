"""Every page of every report as a reader meets it: nothing clipped, nothing overlapping, no nearly empty page."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from boxes import MARGIN, MM, misplaced, overlap, text_boxes
from charts import cut_off, drawings
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.basis.paths import find_paths
from adminduk.basis.periods import period_ids
from adminduk.basis.regions import load_regions
from adminduk.present import bundles
from adminduk.publish.export import NaskahExporter

PERIODS = period_ids(find_paths())
CODES = [region.code for region in load_regions(find_paths()).all]
HEADER_FOOTER = 17 * MM


def pages_of(pdf: Path):
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            yield number, page, page.get_size()


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_no_text_is_clipped_or_overlaps(code, period, printed):
    for number, page, _ in pages_of(printed(code, period).pdf):
        assert misplaced(page, text_boxes(page)) == [], number


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", CODES)
def test_no_text_of_a_chart_is_cut_off(code, period, printed):
    for drawing in drawings(printed(code, period).pdf.with_suffix(".ipynb")):
        assert cut_off(drawing) == []


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
            assert misplaced(page, text_boxes(page)) == []
        said = copied(document)
    assert said.count(address) == 3


def test_overlap_is_measured_on_the_smaller_box():
    assert overlap((0, 0, 10, 10), (5, 5, 15, 15)) == 0.25
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0.0
    assert overlap((0, 0, 100, 10), (40, 2, 50, 8)) == 1.0


def test_what_is_cut_off_is_measured_in_the_letters_of_the_charts():
    """Ten zeros of 10 points are 60 points wide: a figure of IBM Plex Sans is six tenths of its size."""
    text = '<text style="font-size: 10px; text-anchor: {}" x="{}" y="5">0000000000</text>'
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 10">{}</svg>'
    places = {("start", 39): 0, ("start", 42): 1, ("middle", 31): 0, ("middle", 28): 1, ("end", 58): 1, ("end", 99): 0}
    assert {place: len(cut_off(svg.format(text.format(*place)))) for place in places} == places
