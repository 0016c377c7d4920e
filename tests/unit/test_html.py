"""The page for a phone: one file that asks no address and runs nothing."""

from __future__ import annotations

import base64
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.present.bundles import figure
from adminduk.present.remarks import remark
from adminduk.publish.html import clean, html

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
HOSTILE = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//a.id/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://a.id/a.png" alt="a">',
    '<a href="javascript:alert(1)">a</a>',
    '<iframe src="https://a.id"></iframe>',
    '<link rel="stylesheet" href="https://a.id/a.css">',
    "<style>@import url(https://a.id)</style>",
    '<p style="background:url(https://a.id)">a</p>',
    '<svg onload=alert(1)><script>alert(1)</script><use href="//a.id"/></svg>',
    '<form action="https://a.id"><input></form>',
    '<meta http-equiv="refresh" content="0;url=https://a.id">',
    '<base href="https://a.id">',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
)


def output(data: dict):
    return new_code_cell("rahasia = 1", outputs=[new_output("display_data", data=data)])


def page(*cells) -> BeautifulSoup:
    return BeautifulSoup(html(new_notebook(cells=list(cells)), "uji"), "html.parser")


def is_harmless(soup: BeautifulSoup) -> bool:
    """Nothing that runs or asks: links are only followed by a reader's own hand."""
    forbidden = ("script", "iframe", "link", "object", "embed", "form", "base", "svg", "math", "noscript")
    attributes = [
        (tag.name, name.lower(), str(value)) for tag in soup.find_all(True) for name, value in tag.attrs.items()
    ]
    return (
        not soup.find_all(forbidden)
        and not any(name.startswith("on") or name == "style" for _, name, _ in attributes)
        and all(value.startswith("data:image/") for _, name, value in attributes if name in ("src", "srcset"))
        and all(re.match("(?i)https?://|mailto:|#", value) for _, name, value in attributes if name == "href")
        and not any("refresh" in value for tag, name, value in attributes if (tag, name) == ("meta", "http-equiv"))
    )


def test_the_frame_of_a_page():
    soup = page(new_markdown_cell("# Capaian & target\n\n## Lalu?\n\nisi"))
    assert soup.html["lang"] == "id"
    assert soup.title.string == "Capaian & target"
    assert soup.find("meta", attrs={"name": "viewport"})["content"].startswith("width=device-width")
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert [item.get_text() for item in soup.find_all(["h1", "h2"])] == ["Capaian & target", "Lalu?"]
    assert "@media print" in soup.style.string
    assert "http" not in soup.style.string


def test_source_code_is_not_shown():
    assert "rahasia" not in page(output({"text/html": "<p>a</p>"})).get_text()


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_runs_and_nothing_is_fetched(text):
    soup = page(new_markdown_cell(f"awal {text} akhir\n\n{text}"), output({"text/html": text}))
    assert is_harmless(soup)
    assert "awal" in soup.get_text()


@settings(max_examples=150, deadline=None)
@example(["<svg><p><style><!--</style><img src=x onerror=alert(1)>-->"])
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text('<>"/=&;! abs', max_size=8)), max_size=6))
def test_cleaning_leaves_no_hole(parts):
    cleaned = clean("".join(parts))
    assert is_harmless(BeautifulSoup(cleaned, "html.parser"))


def test_wide_tables_scroll_inside_a_frame():
    frame = page(new_markdown_cell("|a|b|\n|-|-|\n|1|2|")).table.parent
    assert frame.name == "div"
    assert frame["class"] == ["gulir"]
    assert frame["tabindex"] == "0"


def test_attached_pictures_carry_their_own_bytes():
    cell = new_markdown_cell("![biru](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}})
    picture = page(cell).img
    assert picture["src"] == f"data:image/png;base64,{PIXEL}"
    assert picture["alt"] == "biru"


def test_an_attachment_that_is_missing_leaves_its_text():
    assert page(new_markdown_cell("![biru](attachment:b.png)")).img["alt"] == "biru"


def test_an_output_that_cannot_be_shown_says_so():
    assert "keluaran jenis video/mp4 tidak dapat ditampilkan" in page(output({"video/mp4": "x"})).get_text()


def test_formulas_are_set_and_nothing_rides_on_them():
    soup = page(new_markdown_cell("## Luas $r^2$\n\nJadi $x \\text{<script>} < 2$ dan `$y$`."))
    assert [formula.msup.get_text() for formula in soup.find_all("math") if formula.msup] == ["r2"]
    assert not soup.find_all("script")
    assert "<script>" in soup.find_all("math")[1].get_text()
    assert "$" not in soup.get_text().replace("$y$", "")
    assert soup.h2.get_text() == "Luas r2"


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(HOSTILE), st.text("\ue000\ue00101", max_size=6))
def test_a_formula_opens_no_way_round_the_cleaning(text, hold):
    title = '<a title="&#xe000;0&#xe001;">a</a> &#xe000;9&#xe001;'
    soup = page(new_markdown_cell(f'$\\text{{x" onload="alert(1)}}$ {hold} {title} {text}'))
    for formula in soup.find_all("math"):
        formula.decompose()
    assert is_harmless(soup)
    assert not soup.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs))


def test_footnotes_of_two_cells_lead_to_their_own_places():
    soup = page(*(new_markdown_cell(f"a[^1]\n\n[^1]: catatan {n}") for n in (1, 2)))
    links = soup.select("sup a, a:has(sup)")
    notes = [soup.find(id=link["href"][1:]).get_text() for link in links]
    assert [note.rstrip("↩︎") for note in notes] == ["catatan 1", "catatan 2"]
    assert "[^" not in soup.get_text()


def test_boxes_to_tick_are_characters():
    soup = page(new_markdown_cell("- [x] sudah\n- [ ] belum"))
    assert [" ".join(item.get_text().split()) for item in soup.find_all("li")] == ["☒ sudah", "☐ belum"]


def test_a_number_sign_without_a_space_is_no_heading():
    soup = page(new_markdown_cell('# Judul\n\n#import "x"'))
    assert [item.get_text() for item in soup.find_all("h1")] == ["Judul"]
    assert '#import "x"' in soup.main.get_text()


def test_what_one_cell_leaves_open_does_not_reach_the_next():
    soup = page(new_markdown_cell("<b>awal"), new_markdown_cell("```\nkode"), new_markdown_cell("akhir"))
    assert soup.find(string="akhir").find_parents(["b", "pre"]) == []


def test_figures_of_a_data_frame_stand_to_the_right_and_say_their_column():
    frame = pd.DataFrame({"Wilayah": ["Paser", "Berau"], "Jumlah": [1200, 35]})
    table = page(output({"text/html": frame.to_html()})).table
    cells = [(cell["data-label"], cell.get("class")) for cell in table.tbody.tr.find_all("td")]
    assert cells == [("Wilayah", None), ("Jumlah", ["right"])]
    assert table.thead.find("th", string="Jumlah")["class"] == ["right"]


def test_the_side_that_markdown_asks_for_is_kept():
    cells = page(new_markdown_cell("|a|b|\n|-|-:|\n|x|y|")).select("tbody td")
    assert [cell.get("class") for cell in cells] == [None, ["right"]]


@pytest.mark.parametrize("span", ["abc", "-1", "99999999", ""])
def test_a_span_that_is_no_number_stops_nothing(span):
    markup = f'<table><thead><tr><th>a</th></tr></thead><tbody><tr><td colspan="{span}">1</td></tr></tbody></table>'
    assert page(output({"text/html": markup})).td.get_text() == "1"


def test_the_remark_is_read_as_markdown():
    data = {**remark("angka **tebal**")._repr_mimebundle_()}
    assert page(output(data)).strong.get_text() == "tebal"


def test_a_drawing_has_one_alternative_text_and_a_narrow_form():
    panel = '<g id="axes_{}"><path d="M {} 20 L {} 60"/><text style="font-size: 7px" x="{}" y="12">a</text></g>'
    panels = "".join(panel.format(n, left, left + 80, left) for n, left in ((1, 10), (2, 110)))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80"><g id="figure_1">{panels}</g></svg>'
    shown = figure({"svg": svg, "caption": "a", "alt": "isi", "unit": "persen", "date": "", "sources": []})
    soup = page(output(shown._repr_mimebundle_()))
    assert [picture["alt"] for picture in soup.find_all("img")] == ["isi"]
    narrow = BeautifulSoup(base64.b64decode(soup.find("source")["srcset"].partition(",")[2]), "html.parser")
    # Each panel reaches from 9 above its first letter (3) to 5 below its lowest line (65): 62 points.
    assert narrow.svg["viewbox"] == "-10 0 120 124"
    assert [narrow.find(id=f"axes_{n}")["transform"] for n in (1, 2)] == ["translate(0 -3)", "translate(-100 59)"]
