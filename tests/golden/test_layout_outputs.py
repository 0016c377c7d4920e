"""What an analyst puts into a notebook, on paper: nothing overlaps, tables and lists keep what belongs together."""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pandas as pd
import pypdfium2
import pytest
from boxes import Box, overlap, text_boxes
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.present import bundles
from adminduk.present.tables import Column, Table
from adminduk.publish.compiler import print_pdf
from adminduk.publish.export import typst_source

MM = 72 / 25.4
MARGIN = 20 * MM


def shown(content: bundles.Bundle | pd.DataFrame | str):
    """A cell that displays this: a bundle, a table of pandas, or what it prints."""
    if isinstance(content, str):
        return new_code_cell("", outputs=[new_output("stream", name="stdout", text=content)])
    frame = isinstance(content, pd.DataFrame)
    data = {"text/html": content.to_html()} if frame else content._repr_mimebundle_()
    return new_code_cell("", outputs=[new_output("display_data", data=data)])


class Page(NamedTuple):
    """The text of a page, white space folded, and the boxes it stands in."""

    text: str
    boxes: list[tuple[str, Box]]


def printed_pages(*cells) -> list[Page]:
    """Each page; no text overlaps another or stands in the margin."""
    pdf = print_pdf(typst_source(new_notebook(cells=[new_markdown_cell("# Judul"), *cells]))).pdf
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            boxes = text_boxes(page)
            assert all(box[0] >= MARGIN - 4 and box[2] <= page.get_width() - MARGIN + 4 for _, box in boxes)
            for (text, box), (other_text, other) in combinations(boxes, 2):
                assert overlap(box, other) < 0.2, (text, other_text)
            text = page.get_textpage().get_text_range().replace("\u200b", "")
            pages.append(Page(" ".join(text.split()), boxes))
    return pages


LONG_NAMES = pd.DataFrame(
    {f"jumlah_perekaman_ktp_el_menurut_kecamatan_{n:02d}": [100_000 + n] * 3 for n in range(14)},
    index=pd.Index(["Batu Sopang", "Tanah Grogot", "Kuaro"], name="kecamatan"),
)
TWO_LEVELS = LONG_NAMES.set_axis(
    pd.MultiIndex.from_product([["laki_laki", "perempuan"], [f"perekaman_kumulatif_{n}" for n in range(7)]]), axis=1
)


def test_a_table_too_wide_for_any_page_goes_on_below_with_its_first_column():
    (_, page) = printed_pages(new_markdown_cell("awal"), shown(LONG_NAMES))
    text = page.text
    assert [text.count(name) for name in ("Batu Sopang", "Tanah Grogot", "Kuaro")] == [2, 2, 2]
    assert [text.count(str(100_000 + n)) for n in range(14)] == [3] * 14


@pytest.mark.parametrize("table", [TWO_LEVELS, LONG_NAMES.iloc[:, :4], LONG_NAMES.T])
def test_no_shape_of_table_overlaps(table):
    assert "100000" in " ".join(page.text for page in printed_pages(shown(table)))


def test_a_table_on_its_side_takes_its_headings_along():
    first, wide, last = printed_pages(
        new_markdown_cell("awal\n\n## Bagian\n\n### Tabel lebar"), shown(LONG_NAMES), new_markdown_cell("akhir")
    )
    assert "Bagian" not in first.text
    assert wide.text.index("Bagian") < wide.text.index("Tabel lebar") < wide.text.index("Batu Sopang")
    assert "akhir" in last.text


def test_a_continued_table_names_its_header_and_its_group_again():
    rows = [[f"Kelurahan {n}", str(n)] for n in range(70)]
    groups = [("Balikpapan Kota", 0), ("Balikpapan Utara", 20)]
    table = Table("Angka", "jumlah", [Column("Nama"), Column("Jumlah", "right")], rows, [1], [], groups)
    first, second = printed_pages(shown(table.bundle()))
    assert "Balikpapan Kota" in first.text
    assert "Balikpapan Utara" in first.text
    text = second.text
    assert "Balikpapan Kota" not in text
    assert text.index("Nama") < text.index("Balikpapan Utara") < text.index("Kelurahan 69")


@pytest.mark.parametrize("lines", range(20, 40, 4))
def test_a_list_that_fits_a_page_is_never_split(lines):
    items = [(f"Jumlah nomor {n}", "sekarang: belum ada") for n in range(20)]
    pages = printed_pages(
        shown("\n".join(["baris"] * lines)),
        new_markdown_cell("## Data apa yang perlu dikirim?"),
        shown(bundles.checklist("Daftar", items, ["Kirim jumlah saja."])),
    )
    holding = [number for number, page in enumerate(pages) if "Jumlah nomor" in page.text]
    heading = [number for number, page in enumerate(pages) if "perlu dikirim?" in page.text]
    assert holding == heading == [1]


def test_a_list_longer_than_a_page_goes_on():
    items = [(f"Jumlah nomor {n}", "sekarang: belum ada") for n in range(90)]
    pages = printed_pages(shown(bundles.checklist("Daftar", items, [])))
    assert len(pages) > 2
    assert sum(page.text.count("Jumlah nomor") for page in pages) == 90


@pytest.mark.parametrize(
    "before", ["tercetak\nlagi", pd.DataFrame({"a": [1, 2]}), bundles.sentences(["Kalimat lain."], "reading")]
)
def test_the_message_stands_below_what_comes_before_it(before):
    (page,) = printed_pages(shown(before), shown(bundles.sentences(["Pesan pertama.", "Pesan kedua."], "message")))
    tops = {text: box[3] for text, box in page.boxes}
    lowest_before = min(box[1] for text, box in page.boxes if "Pesan" not in text and box[1] > 2 * MARGIN)
    assert tops["Pesan pertama."] < lowest_before - 3 * MM


def test_footnotes_on_lines_that_follow_each_other_stay_two():
    (page,) = printed_pages(new_markdown_cell("Satu[^1] dan dua[^2].\n\n[^1]: isi pertama\n[^2]: isi kedua"))
    feet = {text: box[1] for text, box in page.boxes if text.startswith("isi")}
    assert feet["isi pertama"] > feet["isi kedua"]
