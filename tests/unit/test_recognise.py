"""Which layout a workbook has: found by its headings, never guessed."""

from __future__ import annotations

import pytest
from spreadsheets import known, recognised, sheet, triplets

from adminduk.basis.errors import DataError, ParameterError
from adminduk.ingest.sheets.headings import Field, Headings

KTP = ["kode_wilayah", *triplets("wajib_ktp", "rekam", "belum_rekam", "ktp", "blm_ktp")]
TOLD = ("jumlah", "memiliki", "belum_memiliki", "persen")
TWO_BLOCKS = ["kode_wilayah", *triplets(*(f"{block}_{name}" for block in ("awal", "dinamis") for name in TOLD))]
MISSPELT = [KTP[0], "wajb_ktp_jml", *KTP[4:]]


def row(columns: int) -> list:
    return ["64.71.01.1001", *[1] * (columns - 1)]


@pytest.mark.parametrize(
    ("layout", "heading", "field"),
    [
        ("kelurahan_ktp", "WAJIB KTP-EL (LK)", Field("kolom", "wajib_ktp", "", "L")),
        ("kelurahan_ktp", "Wajib KTPel  Laki-laki", Field("kolom", "wajib_ktp", "", "L")),
        ("kelurahan_ktp", "wajib ktp elektronik jml", Field("kolom", "wajib_ktp")),
        ("kelurahan_ktp", "Jumlah Wajib KTP", Field("kolom", "wajib_ktp")),
        ("kelurahan_ktp", "PR sudah rekam", Field("kolom", "rekam", "", "P")),
        ("kelurahan_ktp", "belum.rekam.l+p", Field("kolom", "belum_rekam")),
        ("kelurahan_ktp", "ktp_pr", Field("kolom", "ktp", "", "P")),
        ("kelurahan_ktp", "%", Field("kolom", "persen")),
        ("kelurahan_ktp", "Kode Kelurahan/Desa", Field("kunci", "code")),
        ("kelurahan_ktp", "No.", Field("diabaikan")),
        ("kelurahan_ktp", "rekam tahun lalu", None),
        ("kelurahan_kia", "awal_jumlah_lk", Field("kolom", "jumlah", "awal", "L")),
        ("kelurahan_kia", "jumlah_awal_lk", Field("kolom", "jumlah", "awal", "L")),
        ("kelurahan_kia", "LK Jumlah Awal", Field("kolom", "jumlah", "awal", "L")),
        ("kelurahan_kia", "AWAL Jumlah JUMLAH", Field("kolom", "jumlah", "awal")),
        ("kelurahan_kia", "dinamis_belum_memiliki_jml", Field("kolom", "belum_memiliki", "dinamis")),
        ("kelurahan_kia", "memiliki_jml", None),  # of which block?
        ("kelurahan_kia", "dinamis anak 0-17 tahun kurang 1 hari", Field("kolom", "jumlah", "dinamis")),
        ("kelurahan_kia", "dinamis anak 0-17 tahun", None),
        ("kelurahan_akta", "dinamis anak 0 s.d. 17 tahun", Field("kolom", "jumlah", "dinamis")),
        ("kelurahan_akta", "dinamis anak 0-18 tahun", None),  # another age band is another measure
        ("rekap_provinsi", "Waktu Pelaporan", Field("tanggal")),
        ("rekap_provinsi", "sisa blanko KTP-el", Field("kolom", "sisa_blanko")),
        ("rekap_provinsi", "Jumlah BPP", Field("kolom", "jumlah_bpp")),
        ("arus", "tanggal_laporan", Field("tanggal")),
        ("arus", "Cetak KTP-el", Field("kolom", "cetak_ktp")),
        ("rilis_dkb", "Penduduk (Jiwa) LK", Field("kolom", "penduduk", "", "L")),
        ("panjang", "as_of", Field("tanggal")),
        ("panjang", "Jumlah", Field("panjang", "count")),
        ("panjang", "wajib_ktp", None),  # the rows say what is counted
        ("formulir", "wajib_ktp", Field("kolom", "wajib_ktp")),
        ("formulir", "Wajib KTP", None),  # for people; the machine's word stands below
        ("formulir", "sebelum_wajib_ktp", None),
    ],
)
def test_a_heading_says(layout, heading, field):
    assert Headings(known()[0].layouts[layout]).read(heading) == field


def test_every_word_of_a_layout_leads_to_its_column():
    for layout in known()[0].layouts.values():
        headings = Headings(layout)
        for name, column in layout.columns.items():
            for word in column.words:
                assert headings.column(word) == name
                for block in layout.blocks or ("",):
                    wide = headings.read(f"{block} {word}".strip())
                    assert layout.shape == "panjang" or wide == Field("kolom", name, block), (layout.id, word)


@pytest.mark.parametrize(
    ("headings", "layout"),
    [
        (KTP, "kelurahan_ktp"),
        (["Kab/Kota", "Perekaman", "Cetak KIA", "Akta 0-17", "PKS", "Jumlah BPP"], "rekap_provinsi"),
        (["Kab/Kota", "Tgl Laporan", "Perekaman", "Datang", "Pindah"], "arus"),
        (["kode", "Jumlah Penduduk", "Wajib KTP", "Anak 0-16 tahun"], "rilis_dkb"),
        (["wilayah", "per tanggal", "ukuran", "nilai"], "panjang"),
        (["kode", *triplets("dinamis_anak_0_17", "dinamis_memiliki_akta")], "kelurahan_akta"),
    ],
)
def test_a_layout_is_recognised_by_its_headings(headings, layout):
    assert recognised(sheet([headings, row(len(headings))])).layout.id == layout


def test_the_header_is_found_and_other_sheets_are_left_alone():
    guide = sheet([["Petunjuk"], ["1.", "Isi semua kolom wajib KTP dan rekam"]], "Petunjuk")
    top = [["PEMERINTAH KOTA BALIKPAPAN"], ["LAPORAN KTP-EL", "Kecamatan Balikpapan Timur"], []]
    match = recognised(guide, sheet([*top, ["", *KTP], ["", *row(16)]], "KTP"))
    (table,) = match.tables
    assert (table.sheet.name, table.top, table.bottom) == ("KTP", 3, 3)
    assert (min(table.fields), len(table.fields)) == (1, 16)


def test_every_sheet_of_the_layout_is_a_table():
    match = recognised(sheet([KTP, row(16)], "Timur"), sheet([KTP, row(16)], "Barat"))
    assert [table.sheet.name for table in match.tables] == ["Timur", "Barat"]


def test_same_headings_are_told_apart_by_the_sheet_then_by_the_file_name():
    rows = [TWO_BLOCKS, row(25)]
    assert recognised(sheet(rows, "KIA")).layout.id == "kelurahan_kia"
    assert recognised(sheet([["KEPEMILIKAN AKTA KELAHIRAN"], *rows])).layout.id == "kelurahan_akta"
    assert recognised(sheet(rows), name="lap_akta_2024.xlsx").layout.id == "kelurahan_akta"
    assert recognised(sheet(rows, "KIA"), name="lap_akta_2024.xlsx").layout.id == "kelurahan_kia"
    both = recognised(sheet(rows, "KIA"), sheet(rows, "AKTA"), source="kelurahan_akta")
    assert [table.sheet.name for table in both.tables] == ["AKTA"]


def test_a_long_table_of_flows_is_told_from_another_by_what_it_counts():
    head = ["wilayah", "tanggal", "ukuran", "jumlah"]
    flows = [["64.71", "2024-11-15", word, 1] for word in ("arus_datang", "arus_pindah")]
    assert recognised(sheet([head, *flows])).layout.id == "arus"
    assert recognised(sheet([head, *flows, ["64.71", "2024-11-15", "aktif_ikd", 1]])).layout.id == "panjang"


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ([sheet([TWO_BLOCKS, row(25)])], "lebih dari satu layout cocok: kelurahan_kia, kelurahan_akta"),
        ([sheet([KTP, row(16)], "KTP"), sheet([TWO_BLOCKS, row(25)], "KIA")], "kelurahan_ktp, kelurahan_kia"),
        ([sheet([["wajib_kpt", *KTP[2:]], row(15)])], "kurang kolom kode atau nama wilayah"),
        ([sheet([MISSPELT, row(14)])], "kurang kolom wajib_ktp"),
        ([sheet([MISSPELT, row(14)])], "B1 'wajb_ktp_jml' tidak dikenal. Maksud Anda wajib ktp?"),
        ([sheet([["kode", "wajib_ktp_lk", "rekam_jml"], row(3)])], "kurang kolom wajib_ktp (P dan L, atau jumlah)"),
        ([sheet([["nama", "alamat"], ["Budi", "Jalan"]])], "tidak ada lembar dengan judul kolom yang dikenal"),
        # A sheet that could be one of the tables is not passed over.
        ([sheet([KTP, row(16)], "Januari"), sheet([MISSPELT, row(14)], "Februari")], "lembar Februari"),
    ],
)
def test_what_does_not_fit_is_not_guessed(sheets, told):
    with pytest.raises(DataError) as error:
        recognised(*sheets)
    assert told in str(error.value)


def test_a_source_that_does_not_fit_says_what_is_missing():
    with pytest.raises(DataError) as error:
        recognised(sheet([KTP, row(16)]), source="rilis_dkb")
    assert "bukan layout rilis_dkb: kurang kolom penduduk" in str(error.value)


def test_a_sheet_that_names_another_layout_is_not_read_as_the_wanted_one():
    with pytest.raises(DataError) as error:
        recognised(sheet([TWO_BLOCKS, row(25)], "AKTA"), source="kelurahan_kia")
    assert "layout kelurahan_akta, bukan kelurahan_kia" in str(error.value)


def test_a_misspelt_source_is_answered_with_a_suggestion():
    with pytest.raises(ParameterError) as error:
        recognised(sheet([KTP, row(16)]), source="kelurahan_kpt")
    assert "Maksud Anda kelurahan_ktp?" in str(error.value)
