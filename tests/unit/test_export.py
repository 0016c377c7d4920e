"""The exporter: an executed notebook becomes an accessible PDF, the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import nbformat
import pikepdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.basis.errors import RenderError
from adminduk.publish.export import NaskahExporter, compile_pdf, typst_source
from adminduk.publish.typeset import BUNDLE

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="80mm" height="30mm" viewBox="0 0 80 30">'
    '<text x="4" y="14" font-family="IBM Plex Sans" font-size="6">98,78%</text></svg>'
)
DOCUMENT = {
    "kind": "document",
    "region_code": "64.71",
    "region_name": "Kota Balikpapan",
    "as_of_text": "12 November 2024",
    "period": "2024-11-12",
    "meeting": "Rakorda Dukcapil Kaltim",
    "language": "id",
    "simulated": False,
    "data_hash": "a1b2c3d4" * 8,
    "date": "2024-11-12",
}
COLUMNS = {
    "label": "Indikator",
    "value": "Capaian",
    "target": "Target",
    "gap": "Selisih",
    "change": "Perubahan",
    "date": "Tanggal",
    "source": "Sumber",
    "reference": "Provinsi",
}
ROW = {
    "label": "Akta kelahiran",
    "detail": "anak 0-17 tahun",
    "value": "98,78%",
    "mark": "*",
    "target": "99%",
    "gap": "−0,22 poin persen",
    "change": {"text": "+16.729 akta", "detail": "sejak 15 Apr 2022"},
    "date": "12 Nov 2024",
    "sources": [1, 3],
    "reference": {"text": "98,10%", "detail": "12 Nov 2024"},
    "verdict": {"state": "missed", "text": "di bawah target, kurang 2.717 akta"},
    "note": "dihitung ulang 98,78%; dipublikasikan 99%",
    "empty": "",
    "bar": {"value": 0.9878, "target": 0.99, "reference": 0.981, "upper": 1.0, "style": "solid", "stale": False},
}
EMPTY = {"label": "IKD", "empty": "belum ada angka sampai 12 November 2024"}
FIGURE = {
    "kind": "figure",
    "caption": "Akta kelahiran naik",
    "svg": SVG,
    "alt": "Akta kelahiran 98,78%, di bawah target 99%",
    "unit": "persen",
    "date": "12 November 2024",
    "sources": [1],
    "width_mm": 80,
    "height_mm": 30,
}
TABLE = {
    "kind": "table",
    "caption": "KIA menurut kabupaten/kota",
    "unit": "persen",
    "columns": [{"label": "Wilayah", "align": "left"}, {"label": "Cakupan", "align": "right"}],
    "rows": [["Paser", "12,5%"], ["Jumlah", "42,48%"]],
    "total_rows": [1],
    "notes": ["Catatan tabel."],
    "sources": [2, 4],
}


def display(data: dict, **metadata) -> nbformat.NotebookNode:
    return new_output("display_data", data=data, metadata=metadata)


def cell(*outputs: dict | nbformat.NotebookNode, source: str = "") -> nbformat.NotebookNode:
    """A code cell that shows these; plain dictionaries are bundles."""
    made = [
        display({BUNDLE: {"version": 1, **output}, "text/plain": "?"}) if "output_type" not in output else output
        for output in outputs
    ]
    return new_code_cell(source, outputs=made)


def summary(rows: int = 2) -> dict:
    known = [{**ROW, "label": f"Indikator {number}"} for number in range(rows - 1)]
    return {"kind": "summary", "caption": "Capaian", "columns": COLUMNS, "rows": [*known, EMPTY], "notes": ["* x."]}


def report(*cells: nbformat.NotebookNode, **about) -> nbformat.NotebookNode:
    title = new_markdown_cell("# Capaian administrasi kependudukan")
    return new_notebook(cells=[title, cell({**DOCUMENT, **about}), *cells])


def briefing(**about) -> nbformat.NotebookNode:
    return report(
        cell({"kind": "sentence", "text": "Akta kelahiran 98,78%.", "role": "message"}, summary()),
        new_markdown_cell("## Bagaimana perkembangannya?"),
        cell(FIGURE, TABLE),
        cell({"kind": "checklist", "caption": "Daftar", "items": [{"text": "Jumlah wajib KTP"}], "notes": ["Kirim."]}),
        cell({"kind": "notes", "blocks": [{"heading": "Target", "paragraphs": ["Dinilai."], "items": ["satu"]}]}),
        cell(
            {
                "kind": "sources",
                "heading": "Sumber",
                "items": [{"number": 3, "title": "DKP3A", "address": "https://a.id"}],
            }
        ),
        cell({"kind": "remark", "heading": "Catatan analis", "markdown": "Belum *pasti* #import"}),
        **about,
    )


def pdf(notebook: nbformat.NotebookNode) -> bytes:
    return compile_pdf(typst_source(notebook, "capaian"))


def pages(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def words(*outputs: dict | nbformat.NotebookNode) -> str:
    return " ".join(pages(pdf(new_notebook(cells=[cell(*outputs)]))))


def elements(document: pikepdf.Pdf, role: str) -> list[pikepdf.Dictionary]:
    """The structure elements of one role, which is what a screen reader meets."""
    return [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == f"/{role}"]


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf(briefing())


def test_the_first_page_stands_alone(printed):
    first, second, *_ = pages(printed)
    for text in (
        "KOTA BALIKPAPAN",
        "Keadaan 12 November 2024",
        "Capaian administrasi kependudukan",
        "Rakorda Dukcapil Kaltim",
        "98,78%*",
        "di bawah target, kurang 2.717 akta",
        "dihitung ulang 98,78%; dipublikasikan 99%",
        "belum ada angka sampai 12 November 2024",
        "64.71 Kota Balikpapan · 2024-11-12 · sidik data a1b2c3d4",
        "1 dari 2",
    ):
        assert text in first
    assert "Bagaimana perkembangannya?" not in first
    assert "Bagaimana perkembangannya?" in second
    assert "Kota Balikpapan · Capaian administrasi kependudukan 12 November 2024" in second


def test_what_follows_says_its_sources(printed):
    second = pages(printed)[1]
    for text in ("persen · 12 November 2024 · Sumber: 1", "Sumber: 2, 4", "3. DKP3A", "Jumlah wajib KTP", "#import"):
        assert text in second


def test_the_pdf_can_be_read_aloud(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert str(document.Root.Lang) == "id-ID"
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot is not None
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Capaian administrasi kependudukan - Kota Balikpapan - 12 November 2024"
            assert metadata["xmp:CreateDate"].startswith("2024-11-12T00:00:00")
        assert [str(item.Alt) for item in elements(document, "Figure")] == [FIGURE["alt"]]
        assert len(elements(document, "TH")) == len(COLUMNS) + len(TABLE["columns"])
        assert all("/Column" in str(item.A) for item in elements(document, "TH"))


def test_the_outline_names_the_questions(printed):
    with pypdfium2.PdfDocument(printed) as document:
        found = [(item.level, item.get_title()) for item in document.get_toc()]
    questions = ["Bagaimana perkembangannya?", "Sumber", "Catatan analis"]
    assert [title for level, title in found if level == min(level for level, _ in found)] == questions


def test_fonts_are_in_the_file_and_a_page_of_ours_needs_only_plex(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        found = [
            i for i in document.objects if isinstance(i, pikepdf.Dictionary) and i.get("/Type") == "/FontDescriptor"
        ]
        assert {str(item.FontName).split("+")[1] for item in found} == {"IBMPlexSans-Regular", "IBMPlexSans-Italic"}
        assert all(any(f"/FontFile{n}" in item for n in ("", "2", "3")) for item in found)


def test_the_same_notebook_gives_the_same_bytes(printed):
    assert pdf(briefing()) == printed
    assert len(printed) < 1_000_000


@pytest.mark.parametrize("rows", [1, 4, 9])
def test_a_summary_of_nine_rows_fits_one_page(rows):
    message = {"kind": "sentence", "texts": ["Kalimat yang panjang sekali " * 6] * 3, "role": "message"}
    found = pages(pdf(report(cell(message, summary(rows)), new_markdown_cell("## Lalu?\n\nisi"))))
    assert len(found) == 2
    assert "* x." in found[0]
    assert "Lalu?" in found[1]


def test_a_simulated_edition_says_so_on_every_page():
    found = pages(pdf(briefing(simulated=True)))
    assert len(found) == 2
    assert all("DATA SIMULASI - bukan angka resmi" in text for text in found)


def test_fixed_words_follow_the_language():
    content = pdf(briefing(language="en"))
    assert "As of 12 November 2024" in pages(content)[0]
    assert "1 of 2" in pages(content)[0]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert str(document.Root.Lang) == "en-GB"


def test_any_other_notebook_has_a_title_and_no_stamp():
    with_title = pages(pdf(new_notebook(cells=[new_markdown_cell("# Uji\n\nisi")])))
    assert with_title == ["Uji isi 1 dari 1"]
    assert pages(pdf(new_notebook(cells=[new_markdown_cell("isi")]))) == ["capaian isi 1 dari 1"]
    assert pages(pdf(new_notebook())) == ["capaian 1 dari 1"]


def test_levels_that_are_skipped_are_closed_up():
    text = "# Judul\n\n#### Empat\n\n## Dua\n\n###### Enam\n\n# Satu lagi"
    with pypdfium2.PdfDocument(pdf(new_notebook(cells=[new_markdown_cell(text)]))) as document:
        found = [(item.level, item.get_title()) for item in document.get_toc()]
    least = min(level for level, _ in found)
    assert [(level - least, title) for level, title in found] == [
        (0, "Empat"),
        (0, "Dua"),
        (1, "Enam"),
        (0, "Satu lagi"),
    ]


def test_source_code_is_not_printed():
    assert "rahasia" not in words(cell()) + " ".join(pages(pdf(new_notebook(cells=[cell(source="rahasia = 1")]))))


def test_streams_and_plain_text():
    found = words(
        new_output("stream", name="stdout", text="halo \x1b[31mmerah\x1b[0m\n"),
        new_output("stream", name="stderr", text="UserWarning: awas\n"),
        display({"text/plain": "42 #panic()"}),
    )
    for text in ("halo merah", "Pesan program UserWarning: awas", "42 #panic()"):
        assert text in found


def test_an_error_is_printed_without_its_colours():
    trace = ["\x1b[0;31mValueError\x1b[0m Traceback", "\x1b[0;32m----> 1\x1b[0m raise"]
    found = words(new_output("error", ename="ValueError", evalue="salah", traceback=trace))
    assert "Galat: ValueError salah" in found
    assert "ValueError Traceback ----> 1 raise" in found


def test_huge_outputs_are_cut_and_say_so():
    found = words(new_output("stream", name="stdout", text="baris\n" * 5000))
    assert "4.700 baris lagi tidak dicetak" in found
    assert "198.000 karakter lagi tidak dicetak" in words(new_output("stream", name="stdout", text="x" * 200_000))


def test_a_figure_of_a_report_without_alternative_text_names_its_cell():
    with pytest.raises(RenderError, match=r"capaian, sel 3: .*teks alternatif"):
        pdf(report(cell({**FIGURE, "alt": ""})))


def test_a_bundle_that_typst_refuses_names_its_cell():
    with pytest.raises(RenderError, match="capaian, sel 4: tidak dapat dicetak"):
        pdf(report(cell(TABLE), cell({**TABLE, "columns": [{"label": "A", "align": "miring"}]})))


@pytest.mark.parametrize("kind", ["application/vnd.plotly.v1+json", "application/javascript", "video/mp4"])
def test_an_output_without_a_rendering_says_so(kind):
    assert f"keluaran jenis {kind} tidak dapat dicetak" in words(display({kind: "isi", "text/plain": "<objek>"}))


def test_a_bundle_of_an_unknown_kind_falls_back_or_says_so():
    assert "keluaran jenis peta tidak dapat dicetak" in words({"kind": "peta"})
    assert "lama" in words(display({BUNDLE: {"version": 9, "kind": "table"}, "text/html": "<p>lama</p>"}))


def test_a_very_wide_table_lies_on_its_side_and_repeats_its_header():
    head = "<tr>" + "".join(f"<th>kolom {number}</th>" for number in range(20)) + "</tr>"
    rows = "".join("<tr>" + f"<td>{number}</td>" * 20 + "</tr>" for number in range(60))
    shown = display({"text/html": f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"})
    content = pdf(new_notebook(cells=[new_markdown_cell("awal"), cell(shown), new_markdown_cell("akhir")]))
    with pypdfium2.PdfDocument(content) as document:
        wide = [page.get_width() > page.get_height() for page in document]
    assert wide[0] is False
    assert wide[-1] is False
    assert all(wide[1:-1])
    assert all("kolom 19" in text for text in pages(content)[1:-1])


def test_formulas_have_alternative_text():
    notebook = new_notebook(cells=[new_markdown_cell("Rumus $\\frac{a}{b}$ dan\n\n$$\\sum x$$")])
    with pikepdf.open(io.BytesIO(pdf(notebook))) as document:
        assert [str(item.Alt).strip() for item in elements(document, "Formula")] == ["\\frac{a}{b}", "\\sum x"]


LETTERS = st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_categories=("Cc", "Cs", "Cf", "Cn"))
PIECES = [
    "#import",
    '#read("x")',
    "$",
    "\\",
    "@x",
    "`",
    "```",
    "*/",
    "/*",
    "//",
    "]",
    "[",
    "*",
    "_",
    '"',
    "<a>",
    "= ",
    "- ",
]


@settings(max_examples=25, deadline=None)
@example(['#import "x"', "$", "\\", "@x", "`", "*/", "//", "]", "```"])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(LETTERS, max_size=5)), min_size=1, max_size=8))
def test_hostile_text_stays_text(parts):
    """In a sentence, a caption, a cell, a remark and a region's name: it prints, and it is what was given."""
    text = " ".join(["awal", *parts, "akhir"])
    notebook = report(
        cell({"kind": "sentence", "text": text, "role": "answer"}),
        cell({**TABLE, "caption": text, "rows": [[text, text]], "total_rows": []}),
        cell({**FIGURE, "caption": text, "alt": text}),
        cell({"kind": "remark", "heading": text, "markdown": text}),
        region_name=text,
    )
    content = pdf(notebook)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert " ".join(str(elements(document, "Figure")[0].Alt).split()) == " ".join(text.split())
    letters = "".join(char for char in text if char.isascii() and not char.isspace() and char != "-")
    found = "".join(char for char in "".join(pages(content)) if char.isascii() and not char.isspace() and char != "-")
    assert letters in found


def test_the_exporter_is_found_by_its_name():
    exporter = get_exporter("naskah")
    assert exporter is NaskahExporter
    assert exporter.export_from_notebook == "PDF naskah"


def test_the_command_line_gives_the_same_pdf(tmp_path):
    notebook = briefing()
    nbformat.write(notebook, tmp_path / "capaian.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "naskah", "capaian.ipynb"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "capaian.pdf").read_bytes() == pdf(notebook)


def test_templates_lie_in_the_package():
    from adminduk.publish import compiler

    assert {"naskah.typ", "ringkasan.typ", "isi.typ", "dasar.typ"} <= compiler.templates().keys()
    assert Path(compiler.TEMPLATES, "potongan.lua").is_file()
