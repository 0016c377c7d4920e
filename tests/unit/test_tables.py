"""One description of a table, its parts on paper, on the web and as plain text."""

from __future__ import annotations

import base64

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from adminduk.measure.indicators import IndicatorRow
from adminduk.present import tables, wording
from adminduk.present.sources import SourceNumbers
from adminduk.present.summary import summary
from adminduk.present.tables import Column, Table
from adminduk.present.typesetting import bar_html, split_decimal
from adminduk.publish.export import NaskahExporter

EXAMPLE = Table(
    caption="Cakupan <KIA>",
    unit="persen",
    columns=[
        Column("Keadaan"),
        Column("Pembilang", "right"),
        Column("Penyebut", "right"),
        Column("Capaian", "decimal"),
    ],
    rows=[["Okt 2024", "5", "10", "50%*"], ["Nov 2024", "1.005", "2.000", "50,25%"], ["Jumlah", "1.010", "2.010", "–"]],
    sources=[2, 1],
    notes=["* angka publikasi."],
    groups=[("KIA, dari anak", 0)],
    spanners=[("Jumlah", 1, 2)],
    totals=[2],
)


def test_plain_text_by_part():
    assert EXAMPLE.bundle().plain.split("\n") == [
        "Cakupan <KIA> (persen)",
        "             Jumlah",
        "Keadaan   Pembilang  Penyebut  Capaian",
        "--------------------------------------",
        "KIA, dari anak",
        "Okt 2024          5        10   50%*\u2007\u2007".rstrip(),
        "Nov 2024      1.005     2.000   50,25%",
        "--------------------------------------",
        "Jumlah        1.010     2.010    –\u2007\u2007\u2007\u2007".rstrip(),
        "* angka publikasi.",
        "Sumber: 1, 2",
    ]


def test_html_by_part():
    soup = BeautifulSoup(EXAMPLE.bundle().html, "html.parser")
    assert soup.caption.get_text() == "Cakupan <KIA> (persen)"
    spanner, heads = soup.thead.find_all("tr")
    assert [cell.get("colspan") for cell in spanner.find_all("th")] == ["2"]
    assert [cell.get_text() for cell in heads.find_all("th", scope="col")] == [
        "Keadaan",
        "Pembilang",
        "Penyebut",
        "Capaian",
    ]
    assert soup.tbody.find("th", scope="rowgroup").get_text() == "KIA, dari anak"
    assert [cell.get_text() for cell in soup.tbody.find_all("th", scope="row")] == ["Okt 2024", "Nov 2024", "Jumlah"]
    assert soup.find("tr", class_="total").th.get_text() == "Jumlah"
    assert [line.get_text() for line in soup.find_all("p", class_="adminduk-under")] == [
        "* angka publikasi.",
        "Sumber: 1, 2",
    ]


def test_markdown_by_part():
    lines = EXAMPLE.bundle().markdown.split("\n")
    assert lines[0] == "| Keadaan | Jumlah\\: Pembilang | Jumlah\\: Penyebut | Capaian |"
    assert lines[1] == "|:---|---:|---:|---:|"
    assert lines[2] == "| KIA, dari anak |  |  |  |"
    assert lines[3] == "| Okt 2024 | 5 | 10 | 50%\\* |"
    assert ": Cakupan \\<KIA\\> \\(persen\\)" in lines


def test_paper_by_part():
    """The same table set by Typst and read back: spanner, heads, group, rows, total, notes, in this order."""
    cell = new_code_cell("tabel")
    cell.outputs = [new_output("display_data", data=EXAMPLE.bundle()._repr_mimebundle_())]
    pdf, _ = NaskahExporter().from_notebook_node(new_notebook(cells=[cell]))
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    parts = ["Cakupan <KIA> (persen)", "Jumlah", "Keadaan", "Capaian", "KIA, dari anak", "Okt 2024", "50%*",
             "50,25%", "Jumlah", "* angka publikasi.", "Sumber: 1, 2"]  # fmt: skip
    place = 0
    for part in parts:
        assert part in text[place:], (part, text)
        place = text.index(part, place) + len(part)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("99,65%*", ("99", ",65%*")), ("98%*", ("98", "%*")), ("–", ("–", "")), ("2.868.568", ("2.868.568", ""))],
)
def test_a_figure_is_cut_at_its_comma(cell, parts):
    assert split_decimal(cell) == parts


def test_the_commas_of_a_column_stand_under_each_other():
    rows = [line for line in EXAMPLE.bundle().plain.split("\n") if "%" in line and "2024" in line]
    assert rows[0].index("50%") == rows[1].index("50,25%")


@pytest.mark.parametrize("code", ["64", "64.09", "64.71"])
def test_every_row_stands_under_its_own_indicator_and_base(code, briefing, published):
    base = briefing(code, "2024-11-12")
    payload = tables.history(base, SourceNumbers(published["sources"])).payload
    starts = [group["start"] for group in payload["groups"]]
    for group, end in zip(payload["groups"], [*starts[1:], len(payload["rows"])], strict=True):
        for row in payload["rows"][group["start"] : end]:
            assert any(
                group["label"].startswith(entry.indicator.short.id)
                and group["label"].endswith(wording.base(entry.indicator, known.base))
                and says(row, known)
                for entry in base.entries
                for known in base.history(entry.indicator)
            ), (group["label"], row)


def says(row: list[str], known: IndicatorRow) -> bool:
    return row[0] == wording.short_date(known.as_of) and row[3].rstrip("*†‡") == wording.value(known)


def test_the_summary_on_the_web_keeps_every_figure_of_the_province(briefing, published):
    base = briefing("64.07", "2024-11-12")
    bundle = summary(base, SourceNumbers(published["sources"]))
    rows = BeautifulSoup(bundle.html, "html.parser").tbody.find_all("tr")
    for row, told in zip(rows, bundle.payload["rows"], strict=True):
        text = row.get_text()
        assert told["empty"] in text
        assert told["reference"] is None or told["reference"]["text"] in text
    assert sum(row["empty"] != "" and row["reference"] is not None for row in bundle.payload["rows"]) == 4


def test_the_summary_on_the_web_tells_sign_bar_and_source_apart(briefing, published):
    bundle = summary(briefing("64.07", "2024-11-12"), SourceNumbers(published["sources"]))
    row = BeautifulSoup(bundle.html, "html.parser").find("tr", class_="missed")
    told = next(row for row in bundle.payload["rows"] if row["label"] == "KIA")
    assert row.find(class_="verdict").get_text() == f"▲ {told['verdict']['text']}"
    assert row.find_all("td")[-1].small.get_text() == told["note"]
    assert row.find("td", class_="source").get_text() == ", ".join(map(str, told["sources"]))
    assert [bar["alt"] for bar in row.select("img.bar")] == [""]
    assert bundle.payload["bar_note"] in bundle.html


def test_a_bar_ends_at_its_figure_and_its_tick_at_the_target():
    bar = {"value": 0.5, "target": 0.6, "reference": None, "upper": 1.0, "style": "hollow", "stale": False}
    coded = BeautifulSoup(bar_html(bar), "html.parser").img["src"].partition(",")[2]
    drawn = [path["d"] for path in BeautifulSoup(base64.b64decode(coded), "html.parser").find_all("path")]
    assert "M0 3H75.0V12H0Z" in drawn  # half of 150
    assert "M90.0 0V15" in drawn  # six tenths of 150
