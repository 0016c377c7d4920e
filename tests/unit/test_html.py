"""The page for a phone: one file that asks no address and runs nothing."""

from __future__ import annotations

import base64
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

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
