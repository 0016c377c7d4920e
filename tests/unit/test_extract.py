"""What a file says, whole: or everything that is wrong with it, and nothing else."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pandas as pd
import pytest
from spreadsheets import AS_OF, TODAY, counts, known, read, sheet

from adminduk.basis import frames
from adminduk.basis.errors import DataError, ParameterError
from adminduk.basis.rows import wrong_rows
from adminduk.ingest.files.workbooks import open_workbook
from adminduk.ingest.form.asked import Form
from adminduk.ingest.form.workbook import form_bytes
from adminduk.ingest.sheets.extract import extract
from adminduk.ingest.sheets.recognise import recognise

HEAD = ["kode_wilayah", "nama_wilayah", "wajib_ktp", "rekam"]
MANGGAR = ["64.71.01.1001", "Manggar", 10, 9]
LONG = ["wilayah", "tanggal", "ukuran", "jumlah", "jenis_penyebut", "tanggal_penyebut", "pernyataan"]
RECAP = ["kab/kota", "perekaman", "akta 0-17", "PKS", "jumlah BPP"]


def opened(path, source="", **said):
    """A file as it lies on a disk."""
    sources, places, catalog = known()
    book = open_workbook(path, sources.limits)
    match = recognise(book, sources.layouts, source)
    return extract(book, match, said.get("as_of", AS_OF), said.get("denominator", ""), places, catalog, TODAY)


def test_the_rows_are_those_of_the_tables():
    """Percentages without counts, sums, findings: each in the columns of its table, and right by its rules."""
    head = [*HEAD, "persen", "catatan dinas"]
    villages = [[f"64.71.01.{number}", None, 1000, 990, "98,00"] for number in range(1001, 1005)]
    found = read(sheet([head, *villages, ["64.71.02.1001", None, None, 5, "98,7 %", "x"]]))
    for table in ("counts", "claims", "sources", "findings"):
        rows = getattr(found, table)
        assert rows and all(tuple(row) == frames.TABLES[table] for row in rows), table
        assert wrong_rows(pd.DataFrame(rows, dtype=str), table, table) == []
    assert len(found.findings) == 4 + 1
    assert found.as_of == AS_OF


def test_a_csv_and_a_workbook_say_the_same(tmp_path):
    rows = [HEAD, ["64.71.01.1001", "Manggar", "1.100", "1.099"], ["64.71.01.1002", "Lamaru", "900", "899"]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "ktp.xlsx")
    (tmp_path / "ktp.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    one, other = opened(tmp_path / "ktp.xlsx"), opened(tmp_path / "ktp.csv")
    assert counts(one) == counts(other)
    assert len(one.counts) == 4
    assert {row["origin"] for row in other.counts} == {f"ktp.csv:{cell}" for cell in ("C2", "D2", "C3", "D3")}
    assert {row["origin"] for row in one.counts} == {f"ktp.xlsx:Sheet!{cell}" for cell in ("C2", "D2", "C3", "D3")}


def filled(regions, catalog, **changes) -> bytes:
    """The form of Bontang with wajib KTP, perekaman and the burial registers filled in."""
    bontang = next(region for region in regions.regencies if region.code == "64.74")
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(Form(regions, (bontang,), AS_OF, catalog, {}))))
    typed = {"tanggal_penyebut": date(2024, 6, 30), "jenis_penyebut": "beku", "keadaan_per": AS_OF} | changes
    by_district, by_regency = book["Isian"], book["Isian daerah"]
    head = next(cell.row for cell in by_district["A"] if cell.value == "kode_wilayah")
    columns = {cell.value: cell.column for cell in by_district[head]}
    for row in range(1, head):
        word = by_district.cell(row, 1).value
        if word in typed:
            column = 2 if word == "keadaan_per" else columns["wajib_ktp"]
            by_district.cell(row, column).value = typed[word]
    for row in range(head + 1, head + 5):  # Bontang, then its three kecamatan
        by_district.cell(row, columns["wajib_ktp"]).value = 60 if row == head + 1 else 20
        by_district.cell(row, columns["rekam_ktp_el"]).value = None if row == head + 1 else 19
    head = next(cell.row for cell in by_regency["A"] if cell.value == "kode_wilayah")
    columns = {cell.value: cell.column for cell in by_regency[head]}
    for row in range(head + 1, by_regency.max_row + 1):
        if by_regency.cell(row, columns["ukuran"]).value == "buku_pokok_pemakaman":
            by_regency.cell(row, columns["jumlah"]).value = 11
        if by_regency.cell(row, columns["ukuran"]).value == "desa_kelurahan":
            by_regency.cell(row, columns["jumlah"]).value = typed.get("desa_kelurahan")
    book.save(buffer := io.BytesIO())
    return buffer.getvalue()


@pytest.mark.parametrize("as_of", [AS_OF, None])
def test_a_filled_in_form_is_read_without_a_question(as_of, regions, catalog, tmp_path):
    (tmp_path / "formulir.xlsx").write_bytes(filled(regions, catalog))
    found = opened(tmp_path / "formulir.xlsx", as_of=as_of)
    assert (found.layout.id, found.findings, found.ignored) == ("formulir", [], [])
    parts = [f"64.74.0{number}" for number in (1, 2, 3)]
    assert counts(found) == sorted([
        "64.74 wajib_ktp - 2024-06-30 beku 60",
        "64.74 rekam_ktp_el - 2024-11-15 - 57",  # the office left it empty, and has all its kecamatan
        "64.74 buku_pokok_pemakaman - 2024-11-15 - 11",
        *(f"{code} wajib_ktp - 2024-06-30 beku 20" for code in parts),
        *(f"{code} rekam_ktp_el - 2024-11-15 - 19" for code in parts),
    ])  # fmt: skip
    assert {row["statement"] for row in found.counts} == {"formulir@2024-11-15"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"tanggal_penyebut": None}, "tanggal penyebut belum diisi"),
        ({"tanggal_penyebut": date(2024, 12, 31)}, "tanggal penyebut 2024-12-31"),
        ({"tanggal_penyebut": date(2024, 7, 30), "jenis_penyebut": "beku"}, "2024-07-30 untuk penyebut beku"),
        ({"jenis_penyebut": "campur"}, "jenis penyebut belum diisi atau tidak dikenal"),
        ({"keadaan_per": date(2024, 10, 31)}, "padahal AS_OF 2024-11-15"),
        ({"keadaan_per": date(2025, 1, 15)}, "belum tiba"),
        ({"keadaan_per": None}, "belum diisi tanggal"),
        ({"desa_kelurahan": 15}, "tanggal atau jenis penyebut belum diisi"),
    ],
)
def test_a_form_must_say_of_what_and_when(changes, told, regions, catalog, tmp_path):
    (tmp_path / "formulir.xlsx").write_bytes(filled(regions, catalog, **changes))
    with pytest.raises(DataError) as error:
        opened(tmp_path / "formulir.xlsx")
    assert told in str(error.value)
    assert "lembar Isian" in str(error.value) and ", sel " in str(error.value)


def test_a_formula_without_a_result_matters_only_where_it_is_data():
    rows = [[*HEAD, "catatan"], [*MANGGAR, None], ["JUMLAH", None, None, None, None]]
    unharmed = read(sheet(rows, uncached=[(1, 4), (2, 2)]))
    assert len(unharmed.counts) == 2
    for cell, told in (((1, 3), "sel D2"), ((1, 0), "sel A2")):
        blank = [list(row) for row in rows]
        blank[cell[0]][cell[1]] = None
        with pytest.raises(DataError) as error:
            read(sheet(blank, uncached=[cell]))
        assert told in str(error.value)
        assert "rumus tanpa nilai tersimpan" in str(error.value)


def test_text_like_a_formula_stays_text_and_goes_nowhere():
    head = [*HEAD, '=HYPERLINK("x")', "+62"]
    found = read(sheet([head, [*MANGGAR, "=1+1", "@x"]], name="=cmd|' /c calc'!A1"), name="=2+5.xlsx")
    cells = [value for rows in (found.counts, found.findings, found.sources) for row in rows for value in row.values()]
    assert found.counts and len(found.findings) == 2
    assert not [value for value in cells if value.startswith(("=", "+", "-", "@"))]
    with pytest.raises(DataError, match="bukan bilangan"):
        read(sheet([HEAD, ["64.71.01.1001", "Manggar", "=10", 9]]))


@pytest.mark.parametrize("said", [{"name": "Simulasi KTP.xlsx"}, {"title": "data simulasi: KTP"}])
def test_simulated_files_say_so_in_their_source(said):
    rows = [[said.get("title")], HEAD, MANGGAR]
    found = read(sheet(rows), name=said.get("name", "ktp.xlsx"))
    (source,) = found.sources
    assert source["id"] == "simulasi-kelurahan_ktp-2024-11-15"
    assert source["title"] == "DATA SIMULASI: Lembar KTP-el per kelurahan, keadaan 15 November 2024"
    assert {row["source"] for row in found.counts} == {source["id"]}
    assert {row["statement"] for row in found.counts} == {"kelurahan_ktp@2024-11-15"}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([RECAP, ["KAB. PASIR", 1, 2, 3, 4]], "64.01"),
        ([["kode", *RECAP], [64.71, "x", 1, 2, 3, 4]], "64.71"),
        ([["kode", *RECAP], [64.1, "Paser", 1, 2, 3, 4]], "64.01"),  # the number alone may also be 64.10
        ([["kode", *RECAP], [None, "Mahakam Hulu", 1, 2, 3, 4]], "64.11"),
    ],
)
def test_places_are_found_by_code_or_name(rows, code):
    assert {row["region_code"] for row in read(sheet(rows)).counts} == {code}


def test_a_name_that_several_places_share_is_decided_by_the_names_beside_it():
    rows = [["Kab/Kota", "Kelurahan/Desa", "wajib_ktp", "rekam"], ["Samarinda", "Sidomulyo", 10, 9]]
    assert {row["region_code"] for row in read(sheet(rows)).counts} == {"64.72.04.1003"}
    with pytest.raises(DataError, match=r"nama 'Sidomulyo' dipakai beberapa wilayah: 64\.02\.04\.2007"):
        read(sheet([row[1:] for row in rows]))


def test_a_regency_name_above_its_kecamatan_is_their_sum():
    head = ["kode", "nama", "wajib_ktp", "rekam"]
    parts = [[f"64.74.0{number}", None, 10, 9] for number in (1, 2, 3)]
    found = read(sheet([head, [None, "KOTA BONTANG", 30, 28], *parts]))
    assert [row["rule"] for row in found.findings] == ["total_bukan_jumlah"]
    assert [row["count"] for row in found.counts if row["region_code"] == "64.74"] == ["30", "27"]


@pytest.mark.parametrize(
    ("rows", "said", "told"),
    [
        ([HEAD, MANGGAR], {"as_of": date(2024, 11, 30)}, "AS_OF: 2024-11-30 belum tiba"),
        ([LONG, ["64.74", "2024-11-30", "aktif_ikd", 1]], {}, "sel B2: 2024-11-30 sesudah 2024-11-15"),
        ([LONG, ["64.74", "besok", "aktif_ikd", 1]], {}, "sel B2: bukan tanggal"),
        ([LONG, ["64.74", None, "aktif_ikdd", 1]], {"source": "panjang"}, "Maksud Anda aktif_ikd?"),
        ([LONG, ["64.74", None, "wajib_ktp", 1, "beku"]], {}, "penyebut beku tanpa tanggal penyebut"),
        ([LONG, ["64.74", None, "wajib_ktp", 1, "lama"]], {}, "jenis penyebut 'lama'"),
        ([LONG, ["64.74", None, "wajib_ktp", 1, "beku", "2024-12-31"]], {}, "sel F2: tanggal penyebut '2024-12-31'"),
        ([LONG, ["64.74", None, "aktif_ikd", 1, None, None, "=x"]], {}, "sel G2: pernyataan '=x'"),
        ([[*HEAD, "rekam jml"], [*MANGGAR, 9]], {}, "sel E1: kolom 'rekam jml' sama artinya dengan D1"),
        ([HEAD, ["64.71.01.1001", "Manggar", 39.962, 9]], {}, "sel C2: pecahan"),
        ([HEAD, ["64.71.01.1001", "Manggar", "-", "n/a"]], {}, "tidak memuat angka yang dapat dipakai"),
        ([HEAD, ["64.71.01.1001", "Manggar", -3, 9]], {}, "sel C2: bilangan negatif"),
        ([["kode", "awal_jumlah", "awal_memiliki_kia"], ["64.71", 1, 1]], {}, "DENOMINATOR=DKB-2024-S1"),
    ],
)
def test_what_cannot_be_used_is_refused(rows, said, told):
    with pytest.raises(DataError) as error:
        read(sheet(rows), **said)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("rows", "said", "told"),
    [
        ([HEAD, MANGGAR], {"as_of": None}, "AS_OF: belum diisi"),
        ([LONG[:1] + LONG[2:], ["64.74", "aktif_ikd", 1]], {"as_of": None}, "AS_OF: belum diisi"),
        ([["kode", "penduduk"], ["64.74", 1]], {}, "AS_OF: 2024-11-15 bukan akhir semester"),
        ([["kode", "penduduk"], ["64.74", 1]], {"denominator": "DKB-2024-S1"}, "tidak dipakai untuk layout rilis_dkb"),
        ([LONG, ["64.74", None, "aktif_ikd", 1]], {"denominator": "dinamis"}, "tidak dipakai untuk layout panjang"),
        ([HEAD, MANGGAR], {"denominator": "DKB-2024-S3"}, "Maksud Anda DKB-2024-S1?"),
        ([HEAD, MANGGAR], {"denominator": "DKB-2024-S2"}, "DKB-2024-S2 lebih baru daripada AS_OF 2024-11-15"),
        ([RECAP, ["Bontang", 1, 2, 3, 4]], {"denominator": "dinamis"}, "'dinamis' bukan penyebut"),
    ],
)
def test_what_is_said_of_a_file_must_fit_its_layout(rows, said, told):
    with pytest.raises(ParameterError) as error:
        read(sheet(rows), **said)
    assert told in str(error.value)


def test_the_same_place_on_two_sheets_is_refused():
    with pytest.raises(DataError) as error:
        read(sheet([HEAD, MANGGAR], "Timur"), sheet([HEAD, MANGGAR], "Barat"))
    told = "lembar Barat, baris 2: wilayah 64.71.01.1001 sudah ada (berkas.xlsx, lembar Timur, baris 2)"
    assert told in str(error.value)


def test_a_percentage_that_may_be_a_share_is_no_claim_and_is_told_where_nothing_else_tells():
    head = [*HEAD, "persen"]
    alone = read(sheet([head, ["64.71.01.1001", None, None, 990, 0.98], ["64.71.01.1002", None, None, 970, 0.97]]))
    assert alone.claims == []
    assert [row["rule"] for row in alone.findings] == ["angka_meragukan"] * 2
    beside = read(sheet([head, ["64.71.01.1001", None, 1000, 980, 0.98], ["64.71.01.1002", None, 1000, 970, 0.97]]))
    assert beside.claims == beside.findings == []
