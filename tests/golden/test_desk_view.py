"""The executed notebook as JupyterLab and plain nbconvert show it: no heading stands alone, no frame is empty."""

from __future__ import annotations

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

PERIOD = "2024-11-12"
UNSAID = "Tidak ada isi di sini untuk wilayah ini."
# Mahakam Ulu has one published figure, the province the most.
SPARSE_HEADINGS = [
    "Apa yang disepakati dahulu, dan sampai di mana?",
    "Berapa yang perlu dilayani setiap hari?",
    "Kapan target tercapai bila lajunya tetap?",
    "Kecamatan mana yang perlu didahulukan?",
    "Bagaimana dibandingkan dengan kabupaten dan kota lain?",
    "Apakah program tahun depan cukup?",
]


def sections(notebook) -> dict[str, str]:
    """What nbconvert's own page shows under each question, without the code."""
    exporter = HTMLExporter(exclude_input=True, exclude_output_prompt=True, exclude_anchor_links=True)
    page = BeautifulSoup(exporter.from_notebook_node(notebook)[0], "html.parser").main
    found: dict[str, str] = {}
    for element in page.find_all(["h2", "h3", "p", "td", "li", "figcaption", "caption"]):
        if element.name == "h2":
            found[element.get_text()] = ""
        elif found:
            found[list(found)[-1]] += element.get_text() + " "
    return found


@pytest.mark.parametrize(("code", "unsaid"), [("64.11", SPARSE_HEADINGS), ("64.71", SPARSE_HEADINGS[:1])])
def test_a_question_without_an_answer_says_so_in_the_notebook_and_is_not_printed(printed, code, unsaid):
    report = printed(code, PERIOD)
    notebook = nbformat.read(report.pdf.with_suffix(".ipynb"), as_version=4)
    shown = sections(notebook)
    assert [heading for heading, text in shown.items() if UNSAID in text] == unsaid
    assert [heading for heading, text in shown.items() if not text.strip()] == []
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert all(BeautifulSoup(output.data["text/html"], "html.parser").get_text().strip() for output in outputs)
    page = report.pdf.with_suffix(".html").read_text(encoding="utf-8")
    for text in (report.text, " ".join(BeautifulSoup(page, "html.parser").get_text().split())):
        assert not [heading for heading in unsaid if heading in text] and UNSAID not in text
