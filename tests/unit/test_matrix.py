"""The matrix as a workbook: every line in its columns as numbers, the same bytes, simulated data named as such."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from handmade import tables
from programmes import aim, joining, line, planned

from adminduk.basis.agenda import Outreach
from adminduk.basis.periods import load_period
from adminduk.basis.rulebook import load_rulebook
from adminduk.measure.briefing import Briefing
from adminduk.measure.plans import plans
from adminduk.present import amounts, matrix
from adminduk.present.tables import Column, Table
from adminduk.publish.matrix import FINDINGS, MATRIX, NOTES, matrix_xlsx

PERIOD = "2024-11-12"
COUNTS = (
    "64.71 anak_0_17 2024-11-12 1000 {0} dinamis", "64.71 milik_akta_0_17 2024-11-12 900 {0}",
    "64.71 wajib_ktp 2024-11-12 1000 {0} dinamis", "64.71 rekam_ktp_el 2024-11-12 970 {0}",
)  # fmt: skip
SIMULATED = "DATA SIMULASI - bukan angka resmi"
MILLION = 1_000_000
CARDS = line(
    target=Decimal(1500), realisasi=Decimal(600), pagu=20 * MILLION, realisasi_keuangan=19 * MILLION,
    target_berikutnya=Decimal(1600), pagu_berikutnya=24 * MILLION, bulan=(2, 3, 8), catatan="=1+1",
)  # fmt: skip
OURS = CARDS.model_copy(update={"pelaksana": "64", "sumber_dana": "APBN", "pagu_berikutnya": MILLION, "catatan": ""})
TARGET = aim("64.71", "97.5", target=Decimal(96), realisasi=Decimal("90"))
LINES = (CARDS, OURS, TARGET, aim("64", "99"))


@pytest.fixture(scope="module")
def opened(paths, regions):
    """``opened(lines, source="a")``: a province's briefing of such a programme."""
    book, period = load_rulebook(paths), load_period(paths, PERIOD)
    days = Outreach(indikator="perekaman_ktp_el", team_days=3, floor=1, per_day=10)

    def make(*lines, source="a"):
        made = tables([count.format(source) for count in COUNTS])
        told = planned(period, *lines, newcomers=[joining("64.71", 50, "akta_kelahiran_0_17")], outreach=days)
        return Briefing(made, book, regions.get("64"), told if lines else period)

    return make


def rows(content: bytes, name: str):
    sheet = openpyxl.load_workbook(io.BytesIO(content))[name]
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_line_stands_in_its_columns_as_numbers(opened):
    _, found = rows(matrix_xlsx(opened(*LINES)), MATRIX)
    head = next(place for place, row in enumerate(found) if row[0] == "Indikator")
    assert found[head][8:16] == [
        "Target 2024", "Realisasi 2024", "% keluaran", "Pagu 2024 (Rp)", "Realisasi keuangan 2024 (Rp)", "% keuangan",
        "Target 2025", "Pagu 2025 (Rp)",
    ]  # fmt: skip
    body = found[head + 1 : head + 1 + len(LINES)]
    province, own = [row for row in body if row[7] == "anak"]
    assert own[:8] == [
        "KIA", "2.12.02.2.01.0005", "Program Pendaftaran Penduduk", "Pelayanan Pendaftaran Penduduk",
        "Penerbitan Kartu Identitas Anak", "Balikpapan", "Balikpapan", "anak",
    ]  # fmt: skip
    assert own[8:16] == [1500, 600, 0.4, 20 * MILLION, 19 * MILLION, 0.95, 1600, 24 * MILLION]
    assert own[16:] == ["APBD", "Renja", "2, 3, 8", "=1+1", "keluaran tertinggal; dibiayai lebih dari sekali"]
    assert (province[5], province[6], province[16]) == ("Provinsi", "Balikpapan", "APBN")
    share = next(row for row in body if row[7] == "persen" and row[5] == "Balikpapan")
    assert share[8:10] == [0.96, 0.9] and share[14] == 0.975 and share[10] is None


def test_rupiah_counts_and_percentages_have_their_formats(opened):
    sheet, found = rows(matrix_xlsx(opened(*LINES)), MATRIX)
    place = next(n for n, row in enumerate(found, 1) if row[5] == "Balikpapan" and row[7] == "anak")
    formats = [sheet.cell(place, column).number_format for column in (9, 11, 12)]
    assert formats == ["[$-421]#,##0", "[$-421]#,##0.00%", "[$-421]#,##0"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_head_stays_filters_and_is_printed_on_every_page(opened):
    sheet, found = rows(matrix_xlsx(opened(*LINES)), MATRIX)
    head = next(n for n, row in enumerate(found, 1) if row[0] == "Indikator")
    assert sheet.freeze_panes == f"G{head + 1}"
    assert sheet.auto_filter.ref == f"A{head}:U{head + len(LINES)}"
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0  # one page wide


def test_findings_and_sources_have_sheets_of_their_own(opened):
    content = matrix_xlsx(opened(*LINES))
    _, found = rows(content, FINDINGS)
    subjects = [row[1] for row in found if isinstance(row[0], int)]
    gaps = ["Target akta kelahiran 0-17 tahun", "Sisa tanpa kegiatan", "Sisa tanpa kegiatan"]
    money = ["Pembiayaan lebih dari sekali", "Keluaran yang tertinggal", "Keluaran yang tertinggal"]
    assert subjects == [*gaps, *money, "Pembagian 3 hari tim jemput bola"]
    _, notes = rows(content, NOTES)
    text = " ".join(str(cell) for row in notes for cell in row if cell)
    assert "Baris program disusun dari Renja setiap pelaksana." in text
    assert "Asal tambahan penyebut: daftar kelahiran." in text
    assert [row[:2] for row in notes if row[0] == 1] == [[1, "a"]]


def test_the_same_plans_give_the_same_bytes_in_any_order(opened):
    first = matrix_xlsx(opened(*LINES))
    assert matrix_xlsx(opened(*LINES)) == first
    assert matrix_xlsx(opened(*reversed(LINES))) == first


def test_simulated_data_say_so_on_every_sheet(opened):
    book = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(opened(*LINES, source="simulasi_a"))))
    for sheet in book.worksheets:
        assert SIMULATED in sheet.oddHeader.center.text
        assert sheet["A2"].value == SIMULATED
    plain = openpyxl.load_workbook(io.BytesIO(matrix_xlsx(opened(*LINES))))
    assert all(SIMULATED not in str(cell.value) for sheet in plain for row in sheet.iter_rows() for cell in row)


def test_without_a_programme_the_workbook_says_so(opened):
    content = matrix_xlsx(opened())
    _, found = rows(content, FINDINGS)
    told = "Belum ada program dan kegiatan yang dimuat untuk periode 12 November 2024"
    assert any(told in str(cell) for row in found for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "Jumlah" not in book.sheetnames
    cells = [str(cell.value) for row in book[MATRIX].iter_rows() for cell in row if cell.value is not None]
    assert any(cell.startswith(told) for cell in cells)
    assert not any("0 baris" in cell or "Rp0" in cell for cell in cells)


def test_money_is_added_up_for_each_indicator_and_altogether(opened):
    """Cards: 20 and 20 million, next year 24 and 1; targets of coverage have no money."""
    _, found = rows(matrix_xlsx(opened(*LINES)), "Jumlah")
    money = {row[0]: row[1:6] for row in found if isinstance(row[1], int)}
    assert money["KIA"] == [2, 40 * MILLION, 38 * MILLION, 0.95, 25 * MILLION]
    assert money["Akta kelahiran 0-17 tahun"] == [2, 0, 0, None, 0]
    assert money["Seluruh program"] == [4, 40 * MILLION, 38 * MILLION, 0.95, 25 * MILLION]


def test_the_printed_matrix_groups_by_indicator_then_sub_activity(opened):
    briefing = opened(*LINES)
    payload = matrix.bundle(briefing, plans(briefing)).payload
    groups = [(group["level"], group["start"]) for group in payload["groups"]]
    assert groups == [(1, 0), (1, 1), (2, 2), (1, 4), (2, 5)]
    assert payload["total_rows"] == [0, 1, 4]
    _, total, province, own = payload["rows"][:4]
    assert own[6] == "40,00%†" and own[11] == "24.000.000‡"
    assert (province[0], total[7]) == ("Provinsi, di Balikpapan", "40.000.000")
    assert len(payload["widths"]) == len(payload["columns"]) == len(own)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (range(1, 13), "1–12"),
        ((2, 3, 8), "2, 3, 8"),
        ((10, 9, 8, 2), "2, 8–10"),
        ((), ""),
    ],
)
def test_months_in_a_row_are_told_by_their_ends(numbers, told):
    assert amounts.months(list(numbers)) == told


def test_amounts_as_text():
    assert amounts.rupiah(150_000_000) == "Rp150.000.000"
    assert amounts.rupiah(Fraction(5, 2)) == "Rp3"
    assert amounts.millions(141_250_000) == "141,3"
    assert amounts.or_dash(0) == amounts.or_dash(None) == "–"
    assert amounts.target(Fraction(124, 125)) == "99,2%"
    assert amounts.target(Fraction(1, 3)) == "33,33%"
    assert amounts.quantity(TARGET, Decimal("97.50")) == "97,50%"
    assert amounts.quantity(CARDS, Decimal(2500)) == "2.500"


def test_a_table_that_should_stay_whole_says_so():
    table = Table("Judul", "orang", [Column("a")], [["b"]], [], [])
    assert [replace(table, whole=whole).bundle().payload["whole"] for whole in (True, False)] == [True, False]
