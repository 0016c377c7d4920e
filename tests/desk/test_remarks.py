"""The office's own paragraphs: where they stand, what of them is printed, and what they may not hold."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from adminduk import open_report
from adminduk.basis.errors import ParameterError
from adminduk.basis.params import check_params
from adminduk.basis.paths import Paths
from adminduk.present.remarks import inert, remark
from adminduk.publish import provenance
from adminduk.publish.export import compile_pdf, typst_source
from adminduk.publish.html import html
from adminduk.publish.markdown import pandoc
from adminduk.publish.plan import plan
from adminduk.publish.run import build

PERIOD = "2024-11-12"
OFFICE = """## Catatan dinas

Perekaman di **Sepaku** berjalan dengan dua tim:

- Senin di kelurahan
- Kamis di sekolah

| Lokasi | Orang |
|---|---|
| Sepaku | 1.240 |
"""
HOSTILE = """#import "x.typ": *  $sum_x$  `#panic("a")`

```{=typst}
#panic("b")
```

<script>alert("c")</script> <b>tag</b>

![peta](https://contoh.example/peta.png) [buka](javascript:alert)
"""


def write(paths: Paths, text: str, name: str = "64.71", period: str = PERIOD) -> Path:
    folder = paths.remarks(period)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def shown(text: str) -> nbformat.NotebookNode:
    """A notebook that shows one remark."""
    output = new_output("display_data", data=remark(text)._repr_mimebundle_())
    return new_notebook(cells=[new_code_cell("report.remark()", outputs=[output])])


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_each_document_finds_its_own_text(desk: Paths):
    write(desk, "Untuk laporan.\n", "64")
    write(desk, "Untuk harmonisasi.\n", "64_harmonisasi_program")
    report = open_report("64", PERIOD, paths=desk)
    assert report.remark().plain == "Untuk laporan."
    assert report.remark("harmonisasi_program").plain == "Untuk harmonisasi."
    assert report.remark("mutu_data") is None
    assert open_report("64.71", PERIOD, paths=desk).remark() is None


def test_an_empty_file_is_no_remark(desk: Paths):
    write(desk, " \n\n")
    assert open_report("64.71", PERIOD, paths=desk).remark() is None


def test_simulated_figures_stand_beside_simulated_words(desk: Paths):
    """What an office says of its real figures is not set below invented ones."""
    from adminduk.ingest.simulation.messy import write_demo

    write_demo(desk, "kecamatan", refusal=False)
    write(desk, "Tentang angka yang nyata.")
    assert open_report("64.71", PERIOD, "demo", desk).remark() is None
    folder = desk.remarks(PERIOD, "demo")
    folder.mkdir(parents=True)
    (folder / "64.71.md").write_text("Tentang angka simulasi.", encoding="utf-8")
    assert open_report("64.71", PERIOD, "demo", desk).remark().plain == "Tentang angka simulasi."


def test_a_remark_is_printed_with_its_headings_lists_and_tables(desk: Paths):
    write(desk, OFFICE)
    pdf = build(plan(desk, "64.71", PERIOD, "published"), desk)
    text = words(pdf.read_bytes())
    for told in ("Catatan dinas", "Sepaku berjalan dengan dua tim", "Kamis di sekolah", "1.240"):
        assert told in text
    page = BeautifulSoup(pdf.with_suffix(".html").read_text(encoding="utf-8"), "html.parser")
    assert page.find("strong", string="Sepaku") is not None
    assert page.find("li", string=re.compile("Senin di kelurahan")) is not None
    assert page.find("td", string="1.240") is not None
    assert page.find(["h1", "h2", "h3"], string="Catatan dinas") is None  # no heading of the document
    assert "**" not in page.get_text() and "##" not in page.get_text()


def test_in_the_notebook_it_is_html():
    soup = BeautifulSoup(remark(OFFICE).html, "html.parser")
    assert [cell.get_text() for cell in soup.select("td")] == ["Sepaku", "1.240"]
    assert [item.get_text(strip=True) for item in soup.select("li")] == ["Senin di kelurahan", "Kamis di sekolah"]
    assert soup.select("h1, h2, h3") == []


def test_hostile_text_stays_text_on_paper_and_on_the_web():
    notebook = shown(HOSTILE)
    text = words(compile_pdf(typst_source(notebook)))
    page = BeautifulSoup(html(notebook), "html.parser")
    for told in ('#import "x.typ"', "$sum_x$", '#panic("a")', '#panic("b")', "<b>tag</b>", "contoh.example/peta.png"):
        assert told in text, told
        assert told in page.get_text(), told
    for found in (page, BeautifulSoup(remark(HOSTILE).html, "html.parser")):
        assert found.select("script, b, img, iframe") == []
        assert [link for link in found.select("a") if "javascript" in link.get("href", "")] == []


@given(st.text(alphabet="<>$@{}[]()!`\\:-=|#*_~ab\n&;'\"", max_size=60))
def test_what_is_inert_has_nothing_left_that_quarto_would_run(text):
    """Read in the dialect that Quarto takes, with everything switched on, no element is raw and none is a picture."""
    made = inert(text)
    assert not re.search(r"[<$@{}]|!\[|:::|\\[A-Za-z]", made)
    assert not re.search(r"(?m)^[ \t]*-{3,}[ \t]*$", made)


def test_pandoc_itself_finds_nothing_raw_in_what_quarto_gets(tmp_path: Path):
    script = tmp_path / "baca.lua"
    script.write_text(
        """local answer = {}
for n, text in ipairs(pandoc.json.decode(io.read('a'), false)) do
  local seen = {}
  pandoc.read(text, 'markdown'):walk({ RawBlock = function(e) table.insert(seen, e.text) end,
    RawInline = function(e) table.insert(seen, e.text) end, Math = function(e) table.insert(seen, e.text) end,
    Image = function(e) table.insert(seen, e.src) end })
  answer[n] = { seen = #seen }
end
io.write(pandoc.json.encode(answer))""",
        encoding="utf-8",
    )
    assert pandoc(script, [HOSTILE])[0]["seen"] >= 4
    assert pandoc(script, [inert(HOSTILE)])[0]["seen"] == 0


@pytest.mark.parametrize(
    ("name", "period", "text", "told"),
    [
        ("64.99", PERIOD, "x", "wilayah '64.99' tidak ada"),
        ("64.71", "2024-11-13", "x", "periode '2024-11-13' tidak ada"),
        ("64_harmonisasi", PERIOD, "x", "Maksud Anda harmonisasi_program?"),
        ("64.71", PERIOD, "satu\ndua 6471011203450001", "baris 2: memuat bilangan 16 angka"),
        ("64.71", PERIOD, "64 71 01 12 03 45 00 01", "baris 1: memuat bilangan 16 angka"),
        ("64.71", PERIOD, "a" * 60_001, "catatan terlalu panjang"),
    ],
)
def test_a_wrong_file_is_told(desk: Paths, name, period, text, told):
    write(desk, text, name, period)
    with pytest.raises(ParameterError) as raised:
        check_params(desk)
    assert told in str(raised.value)
    assert "6471011203450001" not in str(raised.value)


def test_files_that_nothing_reads_and_other_encodings_are_told(desk: Paths):
    path = write(desk, "x")
    path.with_suffix(".markdown").write_text("x", encoding="utf-8")
    path.write_bytes("caf\xe9".encode("latin-1"))
    with pytest.raises(ParameterError) as raised:
        check_params(desk)
    assert "64.71.markdown: tidak pernah dibaca" in str(raised.value)
    assert "64.71.md: bukan teks UTF-8" in str(raised.value)


@pytest.mark.parametrize("text", ["dari 12.868.568 menjadi 12.878.769", "2021 2022 2023 2024", "99,65 persen"])
def test_counts_and_years_are_no_number_of_a_person(desk: Paths, text):
    write(desk, text)
    assert check_params(desk)


def test_a_remark_is_a_dependency_of_its_own_region_and_period_alone(desk: Paths):
    def depends(code: str, period: str = PERIOD) -> dict[str, str]:
        return provenance.of_report(desk, plan(desk, code, period, "published"), "")

    codes = [("64.71", PERIOD), ("64.02", PERIOD), ("64.71", "2023-10-31"), ("64", PERIOD)]
    before = [depends(*each) for each in codes]
    write(desk, "Catatan.")
    after = [depends(*each) for each in codes]
    moved = [{name for name in new if new[name] != old[name]} for old, new in zip(before, after, strict=True)]
    assert moved == [{"catatan"}, set(), set(), set()]
