"""Our page on what Quarto is documented to emit: partials and filter, run by pandoc and Typst of this environment."""

from __future__ import annotations

import re
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from emulated import OURS_ALONE, outline, pdf_of, text_of, typst_of, words_of

CODES = ["64.71", "64"]
IMAGE = (
    "![Judul \\*satu\\*](data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI5IiBoZWlnaHQ9IjkiPjxwYXRoIGQ9Ik0wIDBoOXY5eiIvPjwvc3ZnPg=="
    '){fig-alt="Naik \\"dua\\" poin"}'
)
STAMP = '::: {.adminduk-document wilayah="Kota Uji" keadaan="12 Nov 2024" kaki="kaki" simulasi="ya"}\nKota Uji\n:::'


@pytest.fixture(scope="module")
def rendered(executed, tmp_path_factory):
    made = {}

    def make(code):
        if code not in made:
            made[code] = pdf_of(executed(code).notebook, tmp_path_factory.mktemp("lembar"))
        return made[code]

    return make


@pytest.mark.parametrize("code", CODES)
def test_the_same_words_and_figures(executed, rendered, code):
    ours, theirs = words_of(executed(code).pdf), words_of(rendered(code))
    headers = {str(number) for number in range(1, 30)}  # numbers of pages
    assert ours - theirs - OURS_ALONE - headers == set()
    figures = {word for word in theirs - ours if re.search(r"\d", word)}
    assert figures - headers == set()


@pytest.mark.parametrize("code", CODES)
def test_the_same_order_of_questions_and_figures(executed, rendered, code):
    told = text_of(executed(code).pdf)
    asked = [title for title in outline(executed(code).pdf) if told.count(title) == 1]
    assert len(asked) >= 5
    places = [text_of(rendered(code)).find(title) for title in asked]
    assert -1 not in places
    assert all(one < other for one, other in pairwise(places))
    assert outline(rendered(code)) == outline(executed(code).pdf)


@pytest.mark.parametrize("code", CODES)
def test_the_same_drawings_with_the_same_alternative_texts(executed, rendered, code):
    ours, theirs = alternatives(executed(code).pdf), alternatives(rendered(code))
    assert len(ours) >= 2
    assert theirs == ours


def test_a4_in_indonesian_of_indonesia_with_numbered_pages(rendered):
    with pikepdf.Pdf.open(rendered("64.71")) as pdf:
        assert str(pdf.Root.Lang).lower() == "id-id"
        assert pdf.Root.MarkInfo.Marked
        assert "Kota Balikpapan" in str(pdf.docinfo.Title)
    with pypdfium2.PdfDocument(rendered("64.71")) as document:
        assert {tuple(round(side) for side in page.get_size()) for page in document} == {(595, 842)}
        last = " ".join(document[len(document) - 1].get_textpage().get_text_range().split())
        assert f"{len(document)} dari {len(document)}" in last
        assert "64.71 Kota Balikpapan · 2024-11-12 · sidik data" in last


def test_an_empty_question_is_left_out_and_no_level_is_skipped(tmp_path):
    source = typst_of(f"# Judul\n\n{STAMP}\n\n## Kosong\n\n## Penuh\n\n#### Dalam\n\nTeks.\n\n## Akhir", tmp_path)
    assert re.findall(r"^(=+) (\w+)", source, flags=re.MULTILINE) == [("=", "Penuh"), ("==", "Dalam")]
    assert "judul: [Judul]" in source
    assert "simulasi: true" in source
    assert "kaki: [kaki]" in source


def test_without_a_stamp_nothing_is_left_out(tmp_path):
    source = typst_of("# Judul\n\n## Kosong\n\n## Penuh\n\nTeks.", tmp_path)
    assert re.findall(r"^=+ (\w+)", source, flags=re.MULTILINE) == ["Kosong", "Penuh"]
    assert "wilayah:" not in source.split("#show: naskah.with(")[1].split("\n)")[0]


def test_a_drawing_keeps_its_caption_its_bytes_and_its_alternative_text(tmp_path):
    source = typst_of(f"{IMAGE}\n", tmp_path)
    assert '"Naik \\"dua\\" poin"' in source
    assert 'xmlns=\\"http://www.w3.org/2000/svg\\"' in source
    assert "Judul \\*satu\\*" in source
    assert "data:image" not in source


def test_a_row_that_names_a_group_goes_across(tmp_path):
    source = typst_of("| A | B | C |\n|:--|--:|--:|\n| Grup |  |  |\n| a | 1 | 2 |\n\n: Judul\n", tmp_path)
    assert "colspan: 3" in source
    assert re.search(r"columns: (3|\(auto, auto, auto\))", source)


def test_a_partial_holds_no_sign_that_pandoc_would_read():
    from adminduk.publish.quarto import PARTIALS

    assert "$" not in (PARTIALS / "typst-template.typ").read_text(encoding="utf-8")


def alternatives(pdf) -> list[str]:
    with pikepdf.Pdf.open(pdf) as document:
        nodes = [node for node in document.objects if isinstance(node, pikepdf.Dictionary) and "/Alt" in node]
        return sorted({" ".join(str(node.Alt).split()) for node in nodes})


def test_a_table_of_many_columns_lies_on_its_side(tmp_path):
    def table(columns: int) -> str:
        rows = ["".join(f"| {text} " for text in cells) + "|" for cells in ([*range(columns)], ["--:"] * columns)]
        return "\n".join([*rows, "".join("| 9 " for _ in range(columns)) + "|", "", ": Judul", ""])

    assert "#lembar-lebar[" not in typst_of(table(9), tmp_path).split("#show: naskah")[1]
    assert "#lembar-lebar[" in typst_of(table(10), tmp_path).split("#show: naskah")[1]
