"""Every writing system prints with glyphs of its own; what has none is a visible box, and the analyst is told."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import nbformat
import pandas as pd
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.present import theme
from adminduk.publish.compiler import STAND_IN, Printed, print_pdf
from adminduk.publish.export import typst_source
from adminduk.publish.lettering import drawn, replaced, settable
from adminduk.publish.plan import plan
from adminduk.publish.run import build

# Writing system: (words, the face that prints them).
SCRIPTS = {
    "emoji": ("😀 🎉 ✅", "NotoEmoji"),
    "emoji yang dirangkai": ("👍🏽 👩‍👩‍👧‍👦 🇮🇩 1️⃣ ❤️", "NotoEmoji"),
    "Tionghoa": ("张伟 張偉 𠮷", "KurintoSansSC"),
    "Jepang": ("ひらがな", "KurintoSansJP"),
    "Korea": ("서울", "KurintoSansKR"),
    "Arab": ("عبد الله", "IBMPlexSansArabic"),
    "Jawi": ("كوتاي ڠ ڤ ڽ", "IBMPlexSansArabic"),
    "Jawa": ("ꦲꦏ꧀ꦱꦫꦗꦮ", "KurintoSans"),
    "Bali": ("ᬅᬓ᭄ᬱᬭᬩᬮᬶ", "KurintoSans"),
    "Sunda": ("ᮞᮥᮔ᮪ᮓ", "KurintoSans"),
    "Bugis": ("ᨒᨚᨈᨑ", "KurintoSans"),
    "Thai": ("ประเทศไทย ที่", "NotoSansThai"),
    "Dewanagari": ("नमस्ते", "NotoSansDevanagari"),
    "Georgia": ("საქართველო", "NotoSansGeorgian"),
}
WIDE = "<svg xmlns='http://www.w3.org/2000/svg' width='80mm' height='30mm' viewBox='0 0 80 30'>"


def label(text: str, attributes: str = " x='4' y='14' font-size='6'") -> str:
    return f"{WIDE}<text{attributes}>{text}</text></svg>"


def shown(data: dict) -> nbformat.NotebookNode:
    output = new_output("display_data", data=data, metadata={"alt": "isi gambar"})
    return new_code_cell(outputs=[output])


def told(text: str) -> nbformat.NotebookNode:
    return new_code_cell(outputs=[new_output("stream", name="stdout", text=text)])


def print_cells(*cells: nbformat.NotebookNode) -> Printed:
    return print_pdf(typst_source(new_notebook(cells=list(cells)), "bebas"))


def letters(content: bytes) -> list[tuple[str, str, float]]:
    """Every character of the first page: itself, the font that shows it, where it begins (points from the left)."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        text = document[0].get_textpage()
        for index in range(text.count_chars()):
            name = ctypes.create_string_buffer(100)
            pypdfium2.raw.FPDFText_GetFontInfo(text, index, name, len(name), None)
            char = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
            found.append((char, name.value.decode().partition("+")[2].partition("-")[0], text.get_charbox(index)[0]))
    return found


def words(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def pictures(content: bytes) -> int:
    with pypdfium2.PdfDocument(content) as document:
        return sum(1 for _ in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=9))


@pytest.mark.parametrize("script", SCRIPTS)
def test_text_tables_and_output_print_every_script(script):
    text, face = SCRIPTS[script]
    name = pd.DataFrame({"Nama": [text], "Jumlah": [1234]})
    for cell in (new_markdown_cell(f"Nama: {text}, **{text}**"), shown({"text/html": name.to_html()}), told(text)):
        printed = print_cells(cell)
        assert text in words(printed.pdf)
        assert printed.boxes == ()
        assert face in {font for _, font, _ in letters(printed.pdf)} or cell.cell_type == "code"


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_figure_prints_every_script(script):
    """As text where Typst can; letters that join are drawn, and emoji stand side by side."""
    text, _ = SCRIPTS[script]
    printed = print_cells(shown({"image/svg+xml": label(f"{text}")}))
    assert printed.boxes == ()
    assert STAND_IN not in words(printed.pdf)
    if script in ("Jawa", "Bali", "Sunda", "Bugis", "Thai", "Dewanagari"):
        assert pictures(printed.pdf) == 1
    elif script == "emoji yang dirangkai":
        assert "👍 👩👩👧👦 ID 1 ❤" in words(printed.pdf)
    else:
        assert text in words(printed.pdf)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_chart_with_emoji_and_ideographs_in_its_title():
    with theme.style():
        from matplotlib.figure import Figure

        figure = Figure((5, 2))
        figure.subplots().set_title("Naik 🎉 di 北京 98,78%")
        svg = theme.to_svg(figure)
    printed = print_cells(shown({"image/svg+xml": svg}))
    assert "Naik 🎉 di 北京 98,78%" in words(printed.pdf)
    assert printed.boxes == ()


def test_latin_letters_digits_and_marks_stay_plex_beside_other_scripts():
    every = " ".join(text for text, _ in SCRIPTS.values() if "1" not in text)
    latin = "Kota Balikpapan 1234567890 98,78% – “é” (Nguyễn) & © §; ½ → ≥ − €"
    fonts = {char: font for char, font, _ in letters(print_cells(new_markdown_cell(f"{every}\n\n{latin}")).pdf)}
    assert {fonts[char] for char in latin if char != " "} == {"IBMPlexSans"}


def test_arabic_runs_from_right_to_left_and_its_letters_join():
    where = {char: left for char, _, left in letters(print_cells(new_markdown_cell("Nama بيت")).pdf)}
    assert where["N"] < where["ت"] < where["ي"] < where["ب"]

    def width(text: str) -> float:
        places = [left for char, _, left in letters(print_cells(new_markdown_cell(text)).pdf) if char in "بيت"]
        return max(places) - min(places)

    assert width("بيت") < width("ب\u200cي\u200cت")


def test_the_same_notebook_in_every_script_gives_the_same_bytes():
    cells = [new_markdown_cell(text) for text, _ in SCRIPTS.values()]
    assert print_cells(*cells).pdf == print_cells(*cells).pdf
    assert len(print_cells(*cells).pdf) < 150_000


LOST = "\ue000"  # for private use: no font can know what it means
BOX = "tidak dapat dicetak, diganti kotak □"
NEXT = "\n  Seharusnya: karakter yang ada di fon"
NEXT += "\n  Langkah berikut: tulis dengan kata atau karakter lain, lalu jalankan lagi"


def test_what_has_no_glyph_is_a_box_and_told_once_for_each_cell():
    table = pd.DataFrame({f"a{LOST}": [f"{LOST}x", "𓀀"]})
    printed = print_cells(
        new_markdown_cell(f"Satu {LOST} dua {LOST}"),
        new_markdown_cell("Tidak apa-apa 😀"),
        new_code_cell(outputs=[*shown({"text/html": table.to_html()}).outputs, *told(f"lagi {LOST}").outputs]),
        shown({"image/svg+xml": label("a&#xE001;b")}),
    )
    assert [str(box) for box in printed.boxes] == [
        f"bebas, sel 1: {BOX}: {LOST} (U+E000){NEXT}",
        f"bebas, sel 3: {BOX}: {LOST} (U+E000), 𓀀 (U+13000){NEXT}",
        f"bebas, sel 4: {BOX}: \ue001 (U+E001){NEXT}",
    ]
    found = words(printed.pdf)
    for text in ("Satu □ dua □", "a□", "□x", "lagi □", "a□b", "Tidak apa-apa 😀"):
        assert text in found


def test_a_title_that_cannot_be_shown_is_told():
    printed = print_cells(new_markdown_cell(f"# Judul {LOST}\n\nisi"))
    assert [box.where for box in printed.boxes] == ["naskah"]
    assert words(printed.pdf).startswith("Judul □ isi")


def test_what_is_not_to_be_seen_is_not_told():
    printed = print_cells(new_markdown_cell("a\u200db\u2066c\u2069 d\ufe0f e\u00ad f\U000e0041"))
    assert printed.boxes == ()
    assert STAND_IN not in words(printed.pdf)


def test_a_box_of_the_analyst_is_no_complaint():
    printed = print_cells(new_markdown_cell("Centang □ ini"))
    assert "Centang □ ini" in words(printed.pdf)
    assert printed.boxes == ()


@settings(max_examples=40, deadline=None)
@example("Ḉ")  # one character whose accents Plex sets only apart
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=12))
def test_whatever_is_written_prints(text):
    """In text and in a figure: no character of Unicode stops a page, and a box is told wherever there is one."""
    inside = text.replace("&", "").replace("<", "")
    printed = print_cells(told(f"awal {text}"), shown({"image/svg+xml": label(inside)}))
    assert (STAND_IN in words(printed.pdf)) <= (bool(printed.boxes) or STAND_IN in text)


def test_a_run_that_prints_a_box_ends_well_and_says_so(cloned, tmp_path, capsys):
    project = cloned(tmp_path)
    names = new_code_cell(
        'region = "64.71"\nperiod = "2024-11-12"\ndata = "published"', metadata={"tags": ["parameters"]}
    )
    notebook = new_notebook(cells=[names, new_markdown_cell(f"Nama {LOST}"), new_markdown_cell(f"{LOST}")])
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, project.notebooks / "bebas.ipynb")
    job = plan(project, "64.71", "2024-11-12", "published", "bebas")
    assert "Nama □" in words(build(job, project).read_bytes())
    start = f"{job}, {job.stem}, sel"
    lines = [line for line in capsys.readouterr().err.splitlines() if STAND_IN in line]
    assert lines == [f"{start} {number}: {BOX}: {LOST} (U+E000)" for number in (2, 3)]


def test_the_command_line_of_nbconvert_says_so(tmp_path):
    nbformat.write(new_notebook(cells=[new_markdown_cell(f"Nama {LOST}")]), tmp_path / "bebas.ipynb")
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "naskah", "bebas.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120, encoding="utf-8")
    assert f"bebas, sel 1: {BOX}: " in done.stderr
    assert "(U+E000)" in done.stderr


FAMILIES = frozenset({"IBM Plex Sans", "Noto Sans Thai", "Kurinto Sans"})


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Naik 👍🏽 98%", "Naik 👍 98%"),
        ("👩‍👩‍👧‍👦 🇮🇩 1️⃣", "👩👩👧👦 ID 1"),
        ("ที่ น้ำ", "<tspan font-family='Noto Sans Thai'>ที่ น้ำ</tspan>"),
        ("Kota ที่", "<tspan font-family='Kurinto Sans'>Kota ที่</tspan>"),
        ("ไทย 张伟", "ไทย 张伟"),
        ("x\u0331 98%", "x\u0331 98%"),
        ("a <tspan>ที่</tspan>", "a <tspan>ที่</tspan>"),
    ],
)
def test_a_label_in_a_figure_is_made_so_that_typst_can_set_it(text, made):
    assert settable(label(text).encode(), FAMILIES).decode() == label(made)


def test_only_labels_whose_letters_join_are_drawn():
    both = f"{WIDE}<text y='9'>98%</text><text y='9'>ที่</text></svg>"
    through = " filter='url(#naskah-label)'"
    made = drawn(both.encode()).decode()
    assert made == (
        f"{WIDE}<filter id='naskah-label'><feOffset/></filter><text y='9'>98%</text><text{through} y='9'>ที่</text></svg>"
    )


def test_pictures_that_hold_no_text_stay_as_they_are():
    for content in (b"\x89PNG\r\n<text>\xe0</text>", "<svg><text>é</text></svg>".encode("latin-1")):
        assert settable(content, FAMILIES) == drawn(content) == replaced(content, {0xE9: "x"}) == content


def test_characters_written_as_numbers_are_replaced():
    assert replaced(b"<svg>&#xE000;&#57344;&#38;\xee\x80\x80</svg>", {0xE000: "?"}) == b"<svg>??&#38;?</svg>"
