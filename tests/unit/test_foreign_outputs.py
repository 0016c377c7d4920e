"""Outputs that are not ours: their cells are counted as the analyst counts, and what is cut says so."""

from __future__ import annotations

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.basis.errors import RenderError
from adminduk.publish.compiler import TEMPLATES
from adminduk.publish.export import typst_source
from adminduk.publish.html import html
from adminduk.publish.markdown import Snippet, convert, pandoc
from adminduk.publish.outputs import cell_number, extent_told, shortened, streamed


def picture_without_words():
    return new_output("display_data", data={"image/svg+xml": "<svg/>"})


def test_all_pictures_without_words_are_told_at_once_and_the_injected_cell_is_not_counted():
    injected = new_code_cell("region = 1", metadata={"tags": ["injected-parameters"]})
    cells = [
        new_markdown_cell("# Judul"),
        new_code_cell("region = 0"),
        injected,
        new_code_cell("", outputs=[picture_without_words()]),
        new_markdown_cell("![](peta.png)"),
        new_code_cell("", outputs=[picture_without_words()]),
    ]
    with pytest.raises(RenderError) as raised:
        typst_source(new_notebook(cells=cells), "capaian")
    assert [problem.where for problem in raised.value.problems] == [
        "capaian, sel 3",
        "capaian, sel 4",
        "capaian, sel 5",
    ]


def test_a_line_that_goes_on_for_pages_is_cut_and_says_so():
    assert shortened("x" * 100_000) == "x" * 2_000 + "\n… 98.000 karakter lagi tidak dicetak"
    assert shortened("x" * 2_000) == "x" * 2_000


def test_footnotes_on_consecutive_lines_stay_apart():
    pieces, _ = convert([Snippet("sel 1", "a[^1] b[^2]\n\n[^1]: satu\n[^2]: dua")])
    assert pieces[0][0].typst == "a#footnote[satu] b#footnote[dua]"


def test_a_table_takes_the_headings_above_it_along():
    table = new_output("display_data", data={"text/html": "<table><tr><td>1</td></tr></table>"})
    cells = [new_markdown_cell("# Judul\n\n## Bagian\n\n### Tabel lebar"), new_code_cell("", outputs=[table])]
    (line,) = [line for line in typst_source(new_notebook(cells=cells)).source.split("\n") if "tabel-bebas" in line]
    assert line.startswith("#tabel-bebas(atasnya: [#heading(depth: 1)[Bagian] #heading(depth: 2)[Tabel lebar]], ")


def test_a_word_of_markdown_that_goes_on_for_pages_is_cut_and_says_so():
    pieces, _ = convert([Snippet("sel 1", "é" * 100_000)])
    assert pieces[0][0].typst == "é" * 2_000 + " … 98\\.000 karakter lagi tidak dicetak"


def test_a_table_that_pandas_cut_says_how_many_rows_are_left_out():
    table = pd.DataFrame({"a": range(1_600)})
    with pd.option_context("display.max_rows", 500, "display.min_rows", 60, "display.show_dimensions", "truncate"):
        cut = extent_told(table._repr_html_())
        whole = extent_told(table.head(500)._repr_html_())
    assert cut.count("<tr") == 1 + 60 + 1  # head, rows, the row of dots
    assert "<p>1.600 baris × 1 kolom; 1.540 baris tidak dicetak</p>" in cut
    assert "rows" not in cut
    assert whole.count("<tr") == 501
    assert "tidak dicetak" not in whole


GLYPH = (
    "ipykernel_1/2.py:3: UserWarning: Glyph 127881 (\\N{PARTY POPPER}) missing from font(s) DejaVu Sans.\n"
    "  figure.savefig(file)\n"
)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("stderr", GLYPH, ""),
        ("stderr", f"{GLYPH}awas: data lama\n{GLYPH}", "awas: data lama"),
        ("stderr", GLYPH.replace("font(s)", "current font.")[: GLYPH.index("\n")], ""),
        ("stdout", "Glyph 12 missing from font", "Glyph 12 missing from font"),
    ],
)
def test_what_matplotlib_says_of_a_letter_is_not_printed(name, text, left):
    output = new_output("stream", name=name, text=text)
    assert streamed(output) == left
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output])])
    assert ("Glyph" in typst_source(notebook).source) == ("Glyph" in left)
    assert ("<pre>" in html(notebook)) == bool(left)


@pytest.mark.parametrize("script", ["potongan.lua", "laman.lua"])
def test_a_pandoc_that_does_not_come_to_an_end_is_told_as_an_error_of_the_page(script):
    with pytest.raises(RenderError) as raised:
        pandoc(TEMPLATES / script, [], seconds=0.001)
    (problem,) = raised.value.problems
    assert problem.where == "naskah"
    assert problem.what == "teks sel markdown tidak selesai dibaca dalam 0.001 detik"
    assert problem.expected
    assert problem.next_step


def test_cells_are_counted_as_the_analyst_sees_them():
    plain, injected = new_markdown_cell(""), new_code_cell("", metadata={"tags": ["injected-parameters"]})
    assert [cell_number([injected, plain, plain], index) for index in range(3)] == [0, 1, 2]
    assert [cell_number([plain, plain, injected, plain], index) for index in range(4)] == [1, 2, 2, 3]
