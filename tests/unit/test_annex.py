"""The Excel annex: figures read back exactly, the sheets of a real report, nothing that becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import nbformat
import openpyxl
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from adminduk.basis.errors import RenderError
from adminduk.present import wording
from adminduk.present.bundles import Bundle
from adminduk.present.opening import open_briefing
from adminduk.present.recap import sheet as recap
from adminduk.present.tables import Column, Table
from adminduk.publish.annex import CONTENTS, NOTES, SIMULATED, annex_parts, annex_xlsx, sheet_name
from adminduk.publish.cells import Cell, day, read
from adminduk.report import Answer, open_report

PERIOD = "2024-11-12"
STAMP = {
    "region_code": "64.71",
    "region_name": "Kota Balikpapan",
    "as_of_text": "12 November 2024",
    "meeting": "Rakorda",
    "period": PERIOD,
    "simulated": False,
    "data_hash": "d90e385e" * 8,
    "status": "",
}
HOSTILE = ["=1+1", "+1+1", "-2", "@SUM(A1)", '=HYPERLINK("http://a.id")', "{=1}", "\tx", "http://a.id/", "-1,5 %"]


def notebook(*answers):
    """A kept notebook: markdown cells from text, code cells with everything that an answer displays; keys sorted."""
    cells = []
    for answer in answers:
        if isinstance(answer, str):
            cells.append(new_markdown_cell(answer))
            continue
        shown = answer.parts if isinstance(answer, Answer) else answer if isinstance(answer, list) else [answer]
        outputs = [new_output("display_data", data=each._repr_mimebundle_()) for each in shown if each is not None]
        cells.append(new_code_cell("rahasia", outputs=outputs))
    return nbformat.reads(nbformat.writes(new_notebook(cells=cells)), as_version=4)


def opened(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def table(rows, columns=("a", "b"), **told) -> Bundle:
    heads = [Column(columns[0]), *(Column(label, "decimal") for label in columns[1:])]
    told = {"caption": "Judul", "unit": "orang", "sources": [], "notes": [], **told}
    return Table(columns=heads, rows=rows, **told).bundle()


def book(*bundles: Bundle, stamp=STAMP):
    return opened(annex_xlsx("Lampiran", stamp, annex_parts(notebook(list(bundles)))))


@pytest.fixture(scope="module")
def balikpapan(paths):
    report = open_report("64.71", PERIOD, "published", paths)
    made = notebook(
        "# Capaian", report, report.sentence("pesan"), report.table("ringkasan"),
        "## Bagaimana perkembangannya?\n\nteks", report.answer("perkembangan"),
        "## Data apa yang perlu dikirim?", report.table("data_dikirim"), report.notes(), report.sources(),
    )  # fmt: skip
    return made, open_briefing(paths, "64.71", PERIOD, "published").stamp


@pytest.fixture(scope="module")
def annex(balikpapan):
    made, stamp = balikpapan
    return annex_xlsx("Lampiran Kota Balikpapan", stamp, annex_parts(made))


def shown(cell: Cell) -> str:
    """A cell as a spreadsheet with Indonesian settings shows it, its mark behind it."""
    if isinstance(cell.value, str):
        return cell.value + cell.mark
    formats = cell.number_format.replace("[$-421]", "").split(";")
    if isinstance(cell.value, date):
        pattern = formats[0].replace("mmmm", "MMMM").replace("mmm", "MMM").replace("yyyy", "y")
        return format_date(cell.value, pattern, locale="id_ID") + cell.mark
    at = 0 if len(formats) == 1 or cell.value > 0 else 1 if cell.value < 0 else 2
    before, pattern, after = re.fullmatch(r'((?:"[^"]*")*)(#,##0(?:\.0+)?)(%|"[^"]*")?', formats[at]).groups()
    value = abs(cell.value) * (100 if after == "%" else 1)
    text = format_decimal(value, pattern, locale="id_ID", decimal_quantization=True)
    return f"{before}{text}{after or ''}".replace('"', "") + cell.mark


@pytest.mark.parametrize(
    ("text", "value", "number_format", "mark"),
    [
        ("2.868.568", Decimal(2868568), "[$-421]#,##0", ""),
        ("99,65%", Decimal("0.9965"), "[$-421]#,##0.00%", ""),
        ("99,98%*", Decimal("0.9998"), "[$-421]#,##0.00%", "*"),
        ("102,07%†", Decimal("1.0207"), "[$-421]#,##0.00%", "†"),
        ("4%§‡", Decimal("0.04"), "[$-421]#,##0%", "§‡"),
        ("Rp1.250.000", Decimal(1250000), '[$-421]"Rp"#,##0', ""),
        ("0", Decimal(0), "[$-421]#,##0", ""),
        ("12 November 2024", date(2024, 11, 12), "[$-421]d mmmm yyyy", ""),
        ("5 Agu 2024", date(2024, 8, 5), "[$-421]d mmm yyyy", ""),
        ("–", "–", "", ""),
        ("–*", "–", "", "*"),
    ],
)  # fmt: skip
def test_what_a_printed_text_says(text, value, number_format, mark):
    assert read(text) == Cell(value, number_format, mark)


def test_a_difference_keeps_its_sign_and_its_unit():
    found = read("−0,58 poin persen")
    assert found.value == Decimal("-0.58")
    assert found.number_format == (
        '[$-421]"+"#,##0.00" poin persen";[$-421]"−"#,##0.00" poin persen";[$-421]#,##0.00" poin persen"'
    )
    assert shown(found) == "−0,58 poin persen"


@pytest.mark.parametrize(
    "text",
    [
        "64.71", "64.10", "2024", "Oktober 2024", "2868568", "2.868.56", "01", "1, 2", "", "+0,00", "31 Feb 2024",
        "12 Nov 1900", "7 dari 10", "1.234 dari 5.678", "1.234.567.890.123.456", "٣", "1e5", "NaN", "99,65 %",
        "dirahasiakan",
    ],
)  # fmt: skip
def test_what_is_neither_figure_nor_day_stays_a_text(text):
    assert read(text) == Cell(text)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_counts_are_read_back(count):
    assert read(wording.number(count)).value == count
    assert read(f"Rp{wording.number(count)}").value == count


@given(st.integers(min_value=-(10**9), max_value=10**9), st.sampled_from(["anak", "akta", "orang per hari kerja"]))
def test_changes_are_read_back(count, noun):
    found = read(wording.more_or_less(count, noun))
    assert found.value == count
    assert shown(found) == wording.more_or_less(count, noun)


@given(st.fractions(min_value=0, max_value=3, max_denominator=3_000_000), st.sampled_from(["", "*", "†", "*‡"]))
@example(Fraction(9939996, 10000000), "*")
def test_percentages_are_read_back(share, mark):
    text = wording.percent(share, Fraction("0.994"))
    found = read(text + mark)
    assert found.value * 100 == Decimal(text.removesuffix("%").replace(".", "").replace(",", "."))
    assert (found.mark, shown(found)) == (mark, text + mark)
    assert read(repr(float(found.value)).replace(".", ",")).value == found.value or float(found.value) < 1e-4


@given(st.fractions(min_value=-3, max_value=3, max_denominator=3_000_000))
def test_points_are_read_back(difference):
    text = wording.points(difference)
    assert shown(read(text)) == text
    assert (read(text).value > 0, read(text).value < 0) == (difference > 0, difference < 0) or abs(difference) < 1e-7


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2999, 12, 31)))
def test_days_are_read_back(when):
    for text in (wording.long_date(when), wording.short_date(when)):
        assert day(text).value == when
        assert shown(read(text)) == text


@given(st.one_of(st.text(), st.text("0123456789.,%+−-Rp *†‡–", max_size=12)))
def test_whatever_is_read_is_shown_as_it_was_printed(text):
    assert shown(read(text)) == text


def test_the_sheets_of_a_real_report(annex):
    assert opened(annex).sheetnames == [
        CONTENTS, "1 Capaian Kota Balikpapan", "2 Angka Kota Balikpapan yang", "3 Data yang perlu dikirim Kota", NOTES,
    ]  # fmt: skip


def test_page_1_has_typed_cells_with_marks_beside_them(annex):
    sheet = opened(annex).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "Indikator")
    first = dict(zip(rows[head], rows[head + 1], strict=True))
    assert first["Indikator"] == "KTP-el"
    assert (first["Capaian"], first["Target"], first["Selisih"]) == (0.9998, 0.994, 0.58)
    assert first["Tanggal"] == datetime(2024, 6, 13)
    assert first["Provinsi"] == 0.9965
    assert rows[head][2:4] == ("Capaian", "Tanda")
    assert rows[head + 1][3] == "*"
    formats = {cell.value: sheet.cell(head + 2, cell.column).number_format for cell in sheet[head + 1]}
    assert formats["Capaian"] == "[$-421]#,##0.00%"
    assert formats["Tanggal"] == "[$-421]d mmm yyyy"
    assert ("* angka publikasi, jumlah tidak dimuat.",) in [row[:1] for row in rows]
    told = {row[0]: row[-1] for row in rows if row[-1]}
    assert told["PKS"] == "belum ada angka sampai 12 November 2024"


def test_the_history_keeps_groups_spanners_and_the_head_in_sight(annex):
    sheet = opened(annex).worksheets[2]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows, 1) if row[0] == "Keadaan")
    assert rows[head - 2][1] == "Jumlah"
    assert f"B{head - 1}:C{head - 1}" in map(str, sheet.merged_cells.ranges)
    group = rows.index(("KTP-el, dari wajib KTP", *[None] * (sheet.max_column - 1)))
    assert rows[group + 2] == (datetime(2022, 4, 15), 504961, 494718, 1.0207, "†", 0.993, 4)
    assert rows[group + 1][1:5] == ("–", "–", 0.9998, "*")
    assert sheet.freeze_panes == f"B{head + 1}"
    assert sheet.print_title_rows == f"${head - 1}:${head}"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes; one page wide is what Excel takes for granted
    assert sheet.column_dimensions["A"].width >= len("13 Jun 2024")


def test_notes_and_sources_stand_behind(annex, balikpapan):
    texts = [cell.value for row in opened(annex)[NOTES].iter_rows() for cell in row if cell.value is not None]
    payloads = {payload["kind"]: payload for _, payload in annex_parts(balikpapan[0])}
    for block in payloads["notes"]["blocks"]:
        assert block["heading"] in texts
        assert all(text in texts for text in block["paragraphs"])
        assert all(f"• {text}" in texts for text in block["items"])
    assert [text for text in texts if isinstance(text, int)] == [
        item["number"] for item in payloads["sources"]["items"]
    ]
    assert all(item["address"] in texts for item in payloads["sources"]["items"])


def test_the_contents_lead_to_every_sheet(annex):
    made = opened(annex)
    links = [cell.hyperlink.location for row in made[CONTENTS].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in made.sheetnames[1:]]


def test_headings_and_several_outputs_of_one_cell(balikpapan):
    parts = annex_parts(balikpapan[0])
    under = {heading: [payload["kind"] for name, payload in parts if name == heading] for heading, _ in parts}
    assert under["Bagaimana perkembangannya?"] == ["sentence", "figure", "sentence", "table"]
    assert under["Capaian"] == ["document", "sentence", "summary"]


def test_the_same_bytes_each_time(annex, balikpapan):
    made, stamp = balikpapan
    assert annex_xlsx("Lampiran Kota Balikpapan", stamp, annex_parts(made)) == annex


def test_the_recap_of_all_regencies(briefing, paths):
    numbers = open_briefing(paths, "64", PERIOD, "published").numbers
    sheet = book(recap(briefing("64", PERIOD), numbers)).worksheets[1]
    rows = list(sheet.iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "Kabupaten/kota")
    spanner = rows[head - 1].index("KTP-el, target 99,40%, dari wajib KTP")
    assert rows[head][spanner] == "Angka"
    (province,) = [row for row in rows if row[0] == "Kalimantan Timur"]
    assert province[spanner] == 0.9965
    assert "mencapai atau melampaui target" in province
    assert len(rows) - head - 1 >= 11
    assert sheet.page_setup.fitToWidth == 2  # too wide for one page of A4 that can be read
    assert sheet.print_title_cols == "$A:$A"


def test_a_kind_that_nobody_described_is_still_a_table():
    payload = {
        "caption": "Rencana", "stub": "Kegiatan", "columns": [{"label": "KIA", "detail": "rupiah"}, "Tahun"],
        "rows": [{"name": "Paser", "cells": [{"small": ["lama"], "value": "Rp1.250", "mark": "*"}, 2025]},
                 {"name": "Berau", "cells": [{"text": "99,65%"}]}],
    }  # fmt: skip
    sheet = book(Bundle("matriks", payload, "", "", "")).worksheets[1]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in ("Kegiatan", "Paser", "Berau")]
    assert rows == [("Kegiatan", "KIA rupiah", "Tahun"), ("Paser", "Rp1.250* lama", "2025"), ("Berau", 0.9965, None)]


def test_a_list_without_a_caption_is_called_by_its_heading():
    payload = {"items": [{"subject": "IKD", "text": "dibagi."}, {"subject": "=1", "text": "diputuskan."}]}
    parts = annex_parts(notebook("## Apa yang perlu *diputuskan*? ##", [Bundle("numbered", payload, "", "", "")]))
    sheet = opened(annex_xlsx("", STAMP, parts)).worksheets[1]
    assert sheet.title == "1 Apa yang perlu diputuskan"
    assert [row[:3] for row in sheet.iter_rows(values_only=True)][-2:] == [
        (1, "IKD", "dibagi."),
        (2, "=1", "diputuskan."),
    ]


def test_a_bundle_that_lost_its_caption_is_told():
    payload = {"columns": [{"label": "a"}], "rows": [["1"]]}
    with pytest.raises(RenderError, match="jenis table tidak lengkap"):
        book(Bundle("table", payload, "", "", ""))


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_becomes_a_formula(text):
    bundle = table([[text, text]], (text, text), caption=text, unit=text, notes=[text], groups=[(text, 0)])
    stamp = STAMP | {"region_name": text, "meeting": text}
    content = annex_xlsx(text, stamp, [(text, payload) for _, payload in annex_parts(notebook([bundle]))])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        links = [name for name in archive.namelist() if "externalLinks" in name or "_rels/sheet" in name]
    assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
    assert links == []
    made = opened(content)
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) >= 7  # title, caption, group, two heads, two cells, note
    assert all(cell.data_type == "s" for cell in cells)
    assert text[0] not in "=+-@\t" or all(cell.quotePrefix for cell in cells)


def test_simulated_is_told_on_every_sheet_and_on_paper():
    made = book(table([["a", "1"]]), stamp=STAMP | {"simulated": True})
    for sheet in made:
        assert SIMULATED in [row[0] for row in sheet.iter_rows(max_row=4, values_only=True)]
        assert SIMULATED in sheet.oddHeader.center.text
    real = book(table([["a", "1"]]))
    assert not any("SIMULASI" in str(cell.value) for sheet in real for row in sheet.iter_rows() for cell in row)


def test_totals_stand_out_and_codes_stay_text():
    sheet = book(table([["64.10", "1.000"], ["64", "2.000"]], totals=[1])).worksheets[1]
    last = [row for row in sheet.iter_rows() if row[0].value in ("64", "64.10")]
    assert [(row[0].value, row[0].data_type, row[1].value) for row in last] == [("64.10", "s", 1000), ("64", "s", 2000)]
    assert [row[1].font.bold for row in last] == [False, True]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
@example(["A: b", "A: b", "'x'", "[a]*?/\\", "History", "a" * 40, "😀" * 20, "\ud800x"])
def test_names_of_sheets_are_valid_and_unique(captions):
    names = [sheet_name(number, caption) for number, caption in enumerate(captions, 1)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name) for name in names)


def test_several_documents_say_which_sheets_their_sources_belong_to(paths):
    report = open_report("64.71", PERIOD, "published", paths)
    one = [report.table("riwayat"), report.sources()]
    texts = [cell.value for row in book(*one, *one)[NOTES].iter_rows() for cell in row]
    assert "Sumber, lembar 1 sampai 1" in texts
    assert "Sumber, lembar 2 sampai 2" in texts
