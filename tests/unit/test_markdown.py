"""Markdown and HTML of a notebook become Typst through one call of pandoc, each snippet by itself."""

from __future__ import annotations

import base64
import io
import re
import subprocess

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from adminduk.basis.errors import RenderError
from adminduk.publish import markdown
from adminduk.publish.compiler import Naskah, compile_pdf
from adminduk.publish.markdown import Snippet, convert

WHERE = "bebas, sel 2"
FRAME = '#import "naskah.typ": *\n#show: naskah.with(judul: "A", judul-pdf: "A")\n'
WORDS = (
    '#import "x" #read("/etc/passwd") #panic() $ $$ \\ @x ` ``` */ /* // ] [ ( ) { } * _ <a> <b> </b> <script> '
    "</script> <!-- --> = == - + 1. # | |-| ~ ^ [^1] [^1]: ![ ]( https://x.y/z//w &lt; &#0; &#xFEFF; <table><tr><td> "
    "漢 😀 é \\frac{a}{b} x_{1} \\text{#panic()} % & <div> </div> > `#x`{=typst} ::: \n \n\n zz"
)
TOKENS = WORDS.split(" ")


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (30, 12), "#0B5FA5").save(made, "PNG")
    return made.getvalue()


def one(text: str, kind: str = "markdown", **options) -> str:
    """The Typst source of one snippet, headings in brackets."""
    ((*pieces,),), _ = convert([Snippet(WHERE, text, kind, **options)])
    return "\n".join(f"[{piece.level}: {piece.typst}]" if piece.level else piece.typst for piece in pieces)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("biasa **tebal** *miring* ~~coret~~", "biasa #strong[tebal] #emph[miring] #strike[coret]"),
        ("[tautan](https://a.id/b_c)", '#link("https://a.id/b_c")[tautan]'),
        ("`a#b`", '#kode-baris("a#b")'),
        ("```python\nx = 1\n```", '#kode("x = 1", "python")'),
        ("kaki[^1]\n\n[^1]: isi", "kaki#footnote[isi]"),
        ("---", "#garis"),
        ("## Apa?\n\nisi", "[2: Apa?]\nisi"),
        ("$a^2$", '#rumus("a^2")[$a^2$]'),
        ("<b>tebal</b> dan <i>miring</i>", "#strong[tebal] dan #emph[miring]"),
    ],
)
def test_elements(text, source):
    assert one(text) == source


def test_nested_lists_and_quotes():
    made = one("1. satu\n   - dalam\n     - lagi\n2. dua\n\n> kutipan")
    assert "+ satu\n  - dalam\n    - lagi\n+ dua" in made
    assert "#quote(block: true)[\nkutipan\n]" in made


def test_a_table_keeps_its_sides_and_its_header():
    made = one("| Wilayah | Nilai |\n|:--|--:|\n| Paser | 12,5% |\n| Berau | *7* |")
    assert made.startswith("#tabel-bebas((left, right,), (table.cell()[Wilayah], table.cell()[Nilai],)")
    assert "table.cell()[#emph[7]]" in made


def test_a_dataframe_sets_figures_to_the_right():
    frame = pd.DataFrame({"kab": ["Paser", "Berau"], "wajib": [1234, 99], "persen": ["99,65%", "–"]})
    made = one(frame.to_html(), "html")
    assert made.startswith("#tabel-bebas((right, left, right, left,)")
    assert "1234" in made
    assert one(frame.iloc[:1].to_html(), "html").startswith("#tabel-bebas((right, left, right, right,)")


def test_a_styler_keeps_its_caption_and_loses_its_style():
    frame = pd.DataFrame({"a": [1, 2]})
    made = one(frame.style.set_caption("Judul gaya").set_properties(color="red").to_html(), "html")
    assert "caption: [Judul gaya]" in made
    assert "red" not in made


def test_merged_cells_stay_merged():
    frame = pd.DataFrame({"a": ["x", "x"], "b": ["y", "z"], "c": [1, 2]}).set_index(["a", "b"])
    assert "table.cell(rowspan: 2, )[x]" in one(frame.to_html(), "html")


def test_what_one_snippet_leaves_open_does_not_reach_the_next():
    texts = ["```\ntidak ditutup", "<div><b>juga", "$x", "> kutip", "akhir yang *biasa*"]
    pieces, _ = convert([Snippet(WHERE, text) for text in texts])
    assert len(pieces) == len(texts)
    assert pieces[-1][0].typst == "akhir yang #emph[biasa]"


@pytest.mark.parametrize(
    "text",
    [
        '`#panic("x")`{=typst}',
        '```{=typst}\n#panic("x")\n```',
        '#panic("x")',
        "\\#panic()",
        '<span style="color:red" typst:text:fill="panic()">x</span>',
        "<script>panic()</script>",
        "a <script>panic()</script> b",
        "$\\text{#panic()}$",
        "[x](javascript:panic())",
    ],
)
def test_nothing_of_the_source_becomes_code(text):
    for kind in ("markdown", "html"):
        compile_pdf(Naskah(FRAME + one(text, kind)))


def test_a_footnote_that_names_itself_ends():
    assert "isi" in one("kaki[^1]\n\n[^1]: isi [^1]")


def test_a_table_too_wide_for_the_page_may_lie_on_its_side():
    frame = pd.DataFrame([range(26)], columns=[f"kolom {number}" for number in range(26)])
    assert "utama: true" in one(frame.to_html(), "html")
    assert "utama: true" not in one(frame.to_html(), "html", boxed=True)
    assert "utama: true" not in one("> |a|b|\n> |-|-|\n> |1|2|")


def test_links_that_lead_nowhere_on_paper_are_text():
    assert one("[a](javascript:x) [b](#c) [d](berkas.ipynb) [e]()") == "a b d e"


def test_headings_of_a_remark_stay_out_of_the_outline():
    assert one("# Judul\n\nisi", flat=True) == "#strong[Judul]\n\nisi"


def test_no_snippet_no_pandoc(monkeypatch):
    monkeypatch.setattr(subprocess, "run", None)
    assert convert([]) == ([], {})


def test_one_call_for_a_whole_notebook(monkeypatch):
    calls = []
    run = subprocess.run
    monkeypatch.setattr(markdown.subprocess, "run", lambda *a, **k: calls.append(a) or run(*a, **k))
    convert([Snippet(WHERE, "a"), Snippet(WHERE, "<p>b</p>", "html"), Snippet(WHERE, "c")])
    assert len(calls) == 1


def test_pictures_are_put_beside_the_source(tmp_path):
    (tmp_path / "peta.png").write_bytes(png())
    coded = base64.b64encode(png()).decode()
    text = f"![peta](peta.png)\n\n![sisip](attachment:a.png)\n\n![data](data:image/png;base64,{coded})"
    pieces, files = convert([Snippet(WHERE, text, attachments={"a.png": {"image/png": coded}})], tmp_path)
    assert list(files.values()) == [png()] * 3
    assert re.findall(r'#lampiran\("[^"]+", "(\w+)"\)', pieces[0][0].typst) == ["peta", "sisip", "data"]
    compile_pdf(Naskah(FRAME + pieces[0][0].typst, files))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("![](peta.png)", "teks alternatif"),
        ('<img src="peta.png">', "teks alternatif"),
        ("![peta](tidak-ada.png)", "tidak ditemukan"),
        ("![peta](../rahasia.png)", "tidak ditemukan"),
        ("![peta](teks.txt)", "bukan gambar"),
        ("![peta](https://contoh.id/a.png)", "alamat lain"),
    ],
)
def test_a_picture_that_cannot_be_printed_names_its_cell(text, what, tmp_path):
    folder = tmp_path / "notebook"
    folder.mkdir()
    (tmp_path / "rahasia.png").write_bytes(png())
    (folder / "peta.png").write_bytes(png())
    (folder / "teks.txt").write_text("bukan gambar")
    with pytest.raises(RenderError) as raised:
        convert([Snippet(WHERE, text)], folder)
    (problem,) = raised.value.problems
    assert problem.where == WHERE
    assert what in problem.what
    assert problem.next_step


def test_all_pictures_without_text_are_named_at_once():
    with pytest.raises(RenderError) as raised:
        convert([Snippet("sel 1", "![](a.png)"), Snippet("sel 5", "![](b.png)")])
    assert [problem.where for problem in raised.value.problems] == ["sel 1", "sel 5"]


@settings(max_examples=120, deadline=None)
@example(["```", "\n"], "markdown")
@example(["&#0;"], "html")
@example(["#"], "markdown")
@example(["$$", "$$"], "markdown")
@given(
    st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=4)), max_size=12),
    st.sampled_from(["markdown", "html"]),
)
def test_hostile_text_prints(tokens, kind):
    """Whatever stands in a cell compiles: had any of it become code, Typst would stop at ``panic`` or ``import``."""
    try:
        pieces, files = convert([Snippet(WHERE, " ".join(tokens), kind)])
    except RenderError as error:
        assert all("gambar" in problem.what for problem in error.problems)
        return
    body = "\n".join(f"#heading(level: 1)[{p.typst}]" if p.level else p.typst for p in pieces[0])
    compile_pdf(Naskah(FRAME + body, files))
